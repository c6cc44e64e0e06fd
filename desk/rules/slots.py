"""When what can wait is told at once: at two times of a working day, and once in each half of it (U16)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from desk.rules.calendar import HCM, WorkingCalendar, local_time
from desk.rules.office import Block, Policy


def slot_of(as_of: datetime, calendar: WorkingCalendar, slots: Iterable[time]) -> time | None:
    """Return the newest slot of the day that has begun; None before the first one and on days off."""
    if not calendar.is_working_day(as_of.date()):
        return None
    return max((slot for slot in slots if slot <= as_of.time()), default=None)


def duty_told_at(day: date, calendar: WorkingCalendar, policy: Policy) -> datetime:
    """Return when duty officers hear of late answers: at the time of the policy, or an hour before a day ends early."""
    told_at = datetime.combine(day, policy.duty_told_at, HCM)
    ends = [datetime.combine(day, block.end, HCM) for block in calendar.hours(day, policy.hours)]
    return min(told_at, max(ends) - timedelta(hours=1)) if ends else told_at


def half_day_of(as_of: datetime, calendar: WorkingCalendar, hours: tuple[Block, ...]) -> time | None:
    """Return when the block of office hours began that a moment is in; None outside office hours."""
    local = local_time(as_of)
    blocks = calendar.hours(local.date(), hours)
    return next((block.start for block in blocks if block.start <= local.time() < block.end), None)


def next_half_day(as_of: datetime, calendar: WorkingCalendar, hours: tuple[Block, ...]) -> datetime:
    """Return when the next block of office hours begins."""
    local = local_time(as_of)
    begun = (datetime.combine(local.date(), block.start, HCM) for block in calendar.hours(local.date(), hours))
    if later := [moment for moment in begun if moment > local]:
        return min(later)
    day = calendar.next_working_day(local.date())
    return datetime.combine(day, calendar.hours(day, hours)[0].start, HCM)
