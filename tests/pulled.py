"""A desk that pulls from a simulated Zalo, and what can be asked of its store."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, text

from desk.rules.tally import Tally
from desk.runtime import office
from sandbox.zalo import Simulator
from tasks.pulling import pull_recent, walk_conversations
from tests.offices import the_office
from tests.simulated_zalo import add_rows, ms

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def pulling_desk(desk_on_zalo: Engine) -> Engine:
    """Return the engine of a desk in office whose account is the simulated Zalo."""
    with desk_on_zalo.begin() as connection:
        office.load(connection, the_office())
    return desk_on_zalo


def pull() -> Tally:
    tally = pull_recent.fn()
    while batch := walk_conversations.fn():
        tally += batch
    return tally


def rows(engine: Engine, query: str, **values: object) -> list[Any]:
    with engine.connect() as connection:
        return list(connection.execute(text(query), values))


def one(engine: Engine, query: str, **values: object) -> Any:
    (found,) = rows(engine, query, **values)
    return found


def run(engine: Engine, statement: str, **values: object) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement), values)


def check_nothing_lost(engine: Engine, zalo: Simulator) -> None:
    """Compare what is stored with all that the simulator shows."""
    with zalo.account.lock:
        shown = set(zalo.account.conversations._by_message_id)
    assert {row.message_id for row in rows(engine, "SELECT message_id FROM message")} == shown
    assert rows(engine, "SELECT user_id FROM pull_todo") == []


def many(
    zalo: Simulator, count: int, *, citizens: int = 1, before: datetime = NOW, seconds_apart: int = 1
) -> list[str]:
    """Let citizens write so many messages in turn, the newest just before a moment."""
    return add_rows(
        zalo,
        [
            {
                "user_id": str(3_000_000_000_000_000_000 + n % citizens),
                "message": f"câu {n}",
                "time": ms(before) - 1000 * seconds_apart * (count - n),
            }
            for n in range(count)
        ],
    )


def due_again(engine: Engine) -> None:
    """Let the back-off of walks and files pass."""
    run(engine, "UPDATE pull_todo SET next_attempt_at = clock_timestamp()")
    run(engine, "UPDATE media SET next_attempt_at = clock_timestamp() WHERE next_attempt_at IS NOT NULL")
