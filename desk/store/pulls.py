"""The two cursors of a pull: how far the newest rows were swept, and whose conversation is still to be walked (A2)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from desk.rules.pulling import Sighting, Sweep, Walk
from desk.store.statements import statement


def begin_sweep(connection: Connection, oa_id: str) -> Sweep:
    """Return a sweep of an account's newest rows that begins now."""
    row = connection.execute(statement("pulls/begin_sweep"), {"oa_id": oa_id}).mappings().one()
    return Sweep(**row)


def record_sweep(connection: Connection, oa_id: str, sweep: Sweep) -> int:
    """Record whom a sweep that is over saw move, and move its cursor; returns how many citizens moved."""
    values: dict[str, object] = {"oa_id": oa_id, "high_water": sweep.next_high_water, "began_at": sweep.began_at}
    for name, sightings in (("moved", sweep.moved), ("perhaps", sweep.perhaps)):
        values |= _columns(name, sightings)
    return len(connection.execute(statement("pulls/record_sweep"), values).all())


def claim_walks(connection: Connection, *, limit: int, lease_seconds: float) -> list[Walk]:
    """Take conversations to walk, those due longest first; until the lease is over they are nobody else's."""
    rows = connection.execute(statement("pulls/claim_walks"), {"limit": limit, "lease_seconds": lease_seconds})
    return [Walk(**row) for row in rows.mappings()]


def record_walks(connection: Connection, walks: Sequence[Walk]) -> None:
    """Record complete walks: call it in the transaction that stores their last rows."""
    if not walks:
        return
    values = {
        "user_ids": [walk.user_id for walk in walks],
        "versions": [walk.version for walk in walks],
        "complete_tos": [walk.next_complete_to for walk in walks],
        "began_ats": [walk.began_at for walk in walks],
    }
    connection.execute(statement("pulls/record_walks"), values)


def put_off_walks(connection: Connection, reasons: Sequence[tuple[Walk, str]]) -> None:
    """Record walks that did not succeed, each with its reason; they are tried later and hold up nobody else."""
    if not reasons:
        return
    values = {
        "user_ids": [walk.user_id for walk, _ in reasons],
        "reasons": [reason for _, reason in reasons],
    }
    connection.execute(statement("pulls/put_off_walks"), values)


def give_back_walks(connection: Connection, walks: Sequence[Walk]) -> None:
    """Make walks due again that could not be made because the gateway is down."""
    if walks:
        values = {"user_ids": [walk.user_id for walk in walks]}
        connection.execute(statement("pulls/give_back_walks"), values)


def _columns(name: str, sightings: Sequence[Sighting]) -> dict[str, object]:
    return {
        f"{name}_user_ids": [sighting.user_id for sighting in sightings],
        f"{name}_ids": [sighting.message_id for sighting in sightings],
        f"{name}_ats": [sighting.sent_at for sighting in sightings],
    }
