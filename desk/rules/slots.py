"""The two times of a working day at which what can wait is told at once (U16)."""

from __future__ import annotations

from datetime import datetime, time

from desk.rules.calendar import WorkingCalendar
from desk.rules.office import Policy


def slot_of(as_of: datetime, calendar: WorkingCalendar, policy: Policy) -> time | None:
    """Return the newest slot of the day that has begun; None before the first one and on days off."""
    if not calendar.is_working_day(as_of.date()):
        return None
    return max((slot for slot in policy.board_report_at if slot <= as_of.time()), default=None)
