"""The slots of a day at which officials are asked about what was held."""

from __future__ import annotations

from datetime import date, time

from sqlalchemy import Connection

from desk.store.statements import statement


def hold_slot(connection: Connection, kind: str, *, on: date, slot: time) -> bool:
    """Take a slot of a day for one kind of asking; False where it was taken before."""
    values = {"kind": kind, "held_on": on, "slot": slot}
    return connection.execute(statement("asking_slots/hold_slot"), values).first() is not None
