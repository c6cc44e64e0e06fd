"""The calls a minute that all workers of one app share (A16)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from desk.store.statements import statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Calls taken, or not, out of a minute's allowance; `seconds_left` until the next minute begins."""

    granted: bool
    seconds_left: float


def take_calls(connection: Connection, app_id: str, *, calls: int, most: int) -> Block:
    """Take a block of calls for this minute, so long as the minute has not given out more than *most*."""
    values = {"app_id": app_id, "calls": calls, "most": most}
    return Block(**connection.execute(statement("rate_budgets/take_calls"), values).mappings().one())
