"""How much each sweep has still to do: partial indexes counted, for those who watch a long run."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from desk.rules.outgoing import Channel
from desk.store.statements import statement


def count_walks(connection: Connection) -> int:
    """Return how many conversations are due to be walked."""
    return int(connection.execute(statement("backlogs/count_walks")).scalar_one())


def count_media(connection: Connection) -> int:
    """Return how many files of citizens are due to be fetched."""
    return int(connection.execute(statement("backlogs/count_media")).scalar_one())


def count_citizens(connection: Connection, *, as_of: datetime) -> int:
    """Return how many citizens have messages to be sealed at *as_of*."""
    return int(connection.execute(statement("backlogs/count_citizens"), {"as_of": as_of}).scalar_one())


def count_questions(connection: Connection) -> int:
    """Return how many questions wait for their decision."""
    return int(connection.execute(statement("backlogs/count_questions")).scalar_one())


def count_deliveries(connection: Connection, *, channel: Channel) -> int:
    """Return how many deliveries are due to leave through a channel."""
    return int(connection.execute(statement("backlogs/count_deliveries"), {"channel": channel.value}).scalar_one())


def count_uncertain(connection: Connection) -> int:
    """Return of how many deliveries it is unknown whether they left."""
    return int(connection.execute(statement("backlogs/count_uncertain")).scalar_one())


def count_dates(connection: Connection) -> int:
    """Return how many open questions carry dates of an older calendar."""
    return int(connection.execute(statement("backlogs/count_dates")).scalar_one())


def count_chases(connection: Connection, *, as_of: datetime) -> int:
    """Return how many replies the chase must look at."""
    return int(connection.execute(statement("backlogs/count_chases"), {"as_of": as_of}).scalar_one())


def count_answers(connection: Connection) -> int:
    """Return how many answers are on their way to citizens."""
    return int(connection.execute(statement("backlogs/count_answers")).scalar_one())
