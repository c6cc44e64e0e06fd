"""Articles on their way to all who follow the account: leased, sent, recorded; never sent twice (laws 5 and 6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from desk.rules.states import BroadcastState
from desk.store.content_law import refusals
from desk.store.publications import LeaseLostError
from desk.store.statements import statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """An article that this worker alone may send to everybody until its lease ends."""

    broadcast_id: int
    content_item_id: int
    code: str
    article_id: str
    attempts: int
    worker: str


def add_broadcast(connection: Connection, *, content_item_id: int, approval_id: int, decided_at: datetime) -> int:
    """Have an article that citizens see go to everybody, under a decider's word; returns its number.

    Raises:
        ContentRefusedError: there is no such word.
    """
    values = {"content_item_id": content_item_id, "approval_id": approval_id, "decided_at": decided_at}
    with refusals():
        return int(connection.execute(statement("broadcasts/add_broadcast"), values).scalar_one())


def count_of_month(connection: Connection, month: date) -> int:
    """Return how many articles went to everybody, or are to go, in the month of a day."""
    return int(connection.execute(statement("broadcasts/count_of_month"), {"month": month}).scalar_one())


def claim_broadcast(connection: Connection, *, worker: str, lease_seconds: int) -> Broadcast | None:
    """Lease the next article that goes to everybody; None where there is none."""
    values = {"worker": worker, "lease_seconds": lease_seconds}
    row = connection.execute(statement("broadcasts/claim_broadcast"), values).mappings().one_or_none()
    return Broadcast(**row) if row else None


def find_cut_short(connection: Connection) -> list[Broadcast]:
    """Hold what may have left and is on nobody's record: its worker died, or its lease ran out."""
    return [Broadcast(**row) for row in connection.execute(statement("broadcasts/find_cut_short")).mappings()]


def record_ended(
    connection: Connection, broadcast: Broadcast, state: BroadcastState, *, outcome: str, message_id: str | None = None
) -> None:
    """Record that an article went to everybody, will not, or that nobody knows.

    Raises:
        LeaseLostError: that is settled already.
    """
    values = {
        "broadcast_id": broadcast.broadcast_id,
        "worker": broadcast.worker,
        "state": state,
        "outcome": outcome,
        "message_id": message_id,
    }
    if connection.scalar(statement("broadcasts/record_ended"), values) is None:
        raise LeaseLostError


def record_put_off(
    connection: Connection, broadcast: Broadcast, *, wait_seconds: float, outcome: str, counts: bool = True
) -> None:
    """Record that an article goes to everybody later; *counts* False gives the attempt back."""
    values = {
        "broadcast_id": broadcast.broadcast_id,
        "worker": broadcast.worker,
        "wait_seconds": wait_seconds,
        "outcome": outcome,
        "counts": counts,
    }
    connection.execute(statement("broadcasts/record_put_off"), values)
