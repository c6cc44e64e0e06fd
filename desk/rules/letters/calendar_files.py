"""The calendar file of a letter: off unless the unit asks for it, and one entry a day for that unit (U16)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from desk.rules.calendar import HCM
from desk.rules.mail_addresses import DeskAddress, key_digest

LENGTH = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One entry, instants in UTC. The same unit and day give the same `uid`: a further letter replaces the entry."""

    uid: str
    starts_at: datetime
    ends_at: datetime


def entries(due_days: Sequence[date], unit_code: str, address: DeskAddress, reply_by: time) -> list[CalendarEntry]:
    """Return an entry for each day on which replies of a unit are due, ending when they are."""
    ends = [datetime.combine(day, reply_by, HCM).astimezone(UTC) for day in due_days]
    return [
        CalendarEntry(f"{key_digest(f'calendar:{unit_code}:{day.isoformat()}')}@{address.domain}", end - LENGTH, end)
        for day, end in zip(due_days, ends, strict=True)
    ]
