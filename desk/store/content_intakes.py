"""Mails that are to become texts of articles, until their files have been looked into."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from desk.store.statements import statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """A mail of an official that is to become a text: of a new article, or of that of a number."""

    inbound_mail_id: int
    content_item_id: int | None
    official_code: str
    subject: str = field(repr=False)
    text: str = field(repr=False)
    received_at: datetime


def add_intake(connection: Connection, intake: Intake) -> None:
    """Keep what a mail says until it is taken in, once."""
    values = {name: value for name, value in asdict(intake).items() if name != "received_at"}
    connection.execute(statement("content_intakes/add_intake"), values)


def claim_intakes(connection: Connection, *, limit: int) -> list[Intake]:
    """Hold mails whose files have all been looked into, oldest first."""
    rows = connection.execute(statement("content_intakes/claim_intakes"), {"limit": limit}).mappings()
    return [Intake(**row) for row in rows]


def record_taken(connection: Connection, inbound_mail_id: int, *, as_of: datetime) -> None:
    """Record that a mail has become a text."""
    values = {"inbound_mail_id": inbound_mail_id, "as_of": as_of}
    connection.execute(statement("content_intakes/record_taken"), values)
