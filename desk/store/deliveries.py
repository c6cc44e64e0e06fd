"""The outbox on its way out: leases on machine time, each row recorded right after the reply (laws 4-6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from desk.rules.outgoing import Channel
from desk.store.statements import statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Leased:
    """A delivery that this worker alone may send until its lease ends. `body` is None before its first attempt.

    `is_paid`: the free part of Zalo's window is over, as far as the citizen's acts are known.
    """

    outbox_id: int
    key: str
    kind: str
    stream: str
    recipient: str
    parts: Mapping[str, Any]
    body: bytes | None
    attempts: int
    question_id: int | None
    queued_on: date
    recorded_at: datetime
    is_paid: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsettled:
    """A delivery of which nothing shows that it left."""

    outbox_id: int
    channel: Channel
    kind: str
    repeated: bool
    question_id: int | None


def claim_deliveries(
    connection: Connection,
    channel: Channel,
    *,
    limit: int,
    lease_seconds: int,
    worker: str,
    pilots: Sequence[str] | None,
) -> list[Leased]:
    """Lease the next deliveries of a channel, of each stream only the first; *pilots* None is everybody."""
    values = {
        "channel": channel.value,
        "limit": limit,
        "lease_seconds": lease_seconds,
        "worker": worker,
        "pilots": None if pilots is None else list(pilots),
    }
    rows = connection.execute(statement("outbox/claim_deliveries"), values).mappings()
    leased = [Leased(**{**row, "body": None if row["body"] is None else bytes(row["body"])}) for row in rows]
    return sorted(leased, key=lambda row: row.outbox_id)


def store_bodies(connection: Connection, leased: Sequence[Leased], bodies: Sequence[bytes]) -> list[Leased]:
    """Fix the bytes of deliveries before their first attempt, and return the deliveries with them."""
    if leased:
        values = {"outbox_ids": [row.outbox_id for row in leased], "bodies": list(bodies)}
        connection.execute(statement("outbox/store_bodies"), values)
    return [replace(row, body=body) for row, body in zip(leased, bodies, strict=True)]


def record_sent(connection: Connection, outbox_id: int, *, outside_id: str | None, outcome: str) -> None:
    """Record that one delivery is out."""
    values = {"outbox_id": outbox_id, "outside_id": outside_id or None, "outcome": outcome}
    connection.execute(statement("outbox/record_sent"), values)


def record_put_off(
    connection: Connection, outbox_id: int, *, worker: str, wait_seconds: float, outcome: str, counts: bool = True
) -> None:
    """Record that one delivery is tried again later; *counts* False gives the attempt back."""
    values = {
        "outbox_id": outbox_id,
        "worker": worker,
        "wait_seconds": wait_seconds,
        "outcome": outcome,
        "counts": counts,
    }
    connection.execute(statement("outbox/record_put_off"), values)


def record_failed(connection: Connection, outbox_id: int, *, outcome: str, whole_stream: bool = False) -> str | None:
    """Record that one delivery will never succeed as it stands, and cancel the rest of its answer, or of its stream.

    Returns the code of the question it was about.
    """
    values = {"outbox_id": outbox_id, "outcome": outcome, "whole_stream": whole_stream}
    code: str | None = connection.scalar(statement("outbox/record_failed"), values)
    return code


def record_uncertain(connection: Connection, outbox_id: int, *, outcome: str) -> None:
    """Record that nobody knows whether one delivery left; it is settled from evidence."""
    values = {"outbox_id": outbox_id, "outcome": outcome}
    connection.execute(statement("outbox/record_uncertain"), values)


def expire_leases(connection: Connection) -> int:
    """Make uncertain what a worker that died was sending; returns how many."""
    return len(connection.execute(statement("outbox/expire_leases")).all())


def cancel_outlived(connection: Connection) -> int:
    """Cancel what nobody needs any more; returns how many."""
    return len(connection.execute(statement("outbox/cancel_outlived")).all())


def ask_for_walks(connection: Connection) -> None:
    """Have the conversations walked in which an uncertain delivery may show up."""
    connection.execute(statement("outbox/ask_for_walks"))


def find_unsettled(connection: Connection, *, limit: int) -> list[Unsettled]:
    """Return uncertain deliveries for which the evidence is in, held for this transaction: nothing shows they left."""
    rows = connection.execute(statement("outbox/find_unsettled"), {"limit": limit}).mappings()
    return [Unsettled(**{**row, "channel": Channel(row["channel"])}) for row in rows]


def repeat(connection: Connection, outbox_ids: Sequence[int]) -> None:
    """Send these once more, the same bytes."""
    connection.execute(statement("outbox/repeat"), {"outbox_ids": list(outbox_ids)})


def record_copies(connection: Connection, keys: Sequence[str]) -> int:
    """Record that the desk's own copies of these letters came back; returns how many were news."""
    return len(connection.execute(statement("outbox/record_copies"), {"keys": list(keys)}).all())


def forget_untried_bodies(connection: Connection) -> None:
    """Have letters made anew that the outside has not seen: another mode of delivery addresses them otherwise."""
    connection.execute(statement("outbox/forget_untried_bodies"))
