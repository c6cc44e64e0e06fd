"""Officials are asked about what was held at slots of the day, each held once: what comes later waits (U16)."""

from __future__ import annotations

from datetime import datetime, time

from sqlalchemy import Connection

from desk.rules.calendar import local_date
from desk.rules.slots import slot_of
from desk.runtime.in_force import InForce
from desk.store import asking_slots


def slot_to_hold(connection: Connection, kind: str, desk: InForce, as_of: datetime) -> time | None:
    """Return the slot that this run holds, having taken it; None where it was held before, or the office is closed.

    A run that dies gives it back; one that comes late holds it late, in office hours.
    """
    policy = desk.policy(as_of)
    if not desk.calendar.is_working_time(as_of, policy.hours):
        return None
    slot = slot_of(as_of, desk.calendar, policy.triage_at)
    if slot is None or not asking_slots.hold_slot(connection, kind, on=local_date(as_of), slot=slot):
        return None
    return slot
