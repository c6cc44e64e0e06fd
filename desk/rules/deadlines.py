"""Due dates of Điều 13: whole working days, each with the sentence by which an official can check it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import count, groupby
from typing import assert_never

from desk.rules.calendar import WorkingCalendar, local_date, weekday_name
from desk.rules.office import Policy


class Counting(StrEnum):
    """What is the day of receipt of a question that came outside office hours (the regulation is silent).

    A: the day it came, as Bộ luật Dân sự 2015 reads literally. B: the day the office next opens.
    """

    A = "A"
    B = "B"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDate:
    """The last day of a limit (until its end), with its derivation and the calendar it was read from."""

    on: date
    days: int
    because: str
    calendar_version: int


def reply_days(units: int, policy: Policy) -> int:
    """Return the working days that Điều 13 gives when so many units must be asked: 3, 4, and 5 from the third on.

    Raises:
        ValueError: no unit at all.
    """
    if units < 1:
        message = f"a limit is set by the number of units asked, 1 or more, not {units}"
        raise ValueError(message)
    return policy.reply_days[min(units, len(policy.reply_days)) - 1]


def promised_date(received_at: datetime, units: int, calendar: WorkingCalendar, policy: Policy) -> DueDate:
    """Return the day by whose end the citizen is promised the answer.

    The day of receipt is not counted (Bộ luật Dân sự 2015, Điều 147). When the number of units changes on the way, ask
    again with the first receipt: the clock never starts anew.

    Raises:
        ValueError: no unit, a moment without time zone, or a way of counting that is neither A nor B.
    """
    days = reply_days(units, policy)
    return _date_from_receipt(received_at, days, f"{units:02d} đơn vị", calendar, policy)


def duty_due_date(received_at: datetime, calendar: WorkingCalendar, policy: Policy) -> DueDate:
    """Return the day by whose end the duty officer answers what needs no unit (`policy.duty_reply_days`).

    Raises:
        ValueError: a moment without time zone, or a way of counting that is neither A nor B.
    """
    return _date_from_receipt(received_at, policy.duty_reply_days, "cán bộ trực trả lời", calendar, policy)


def unit_due_date(lettered_on: date, units: int, calendar: WorkingCalendar, policy: Policy) -> DueDate:
    """Return the day after which a unit is late, counted from its letter: no unit pays for the desk's days (A15).

    Raises:
        ValueError: no unit.
    """
    days = reply_days(units, policy)
    return _due_date(lettered_on, lettered_on, days, calendar, event="Chuyển đơn vị", by=f"{units:02d} đơn vị")


def date_in_letter(promised_on: date, unit_due_on: date, lettered_on: date, calendar: WorkingCalendar) -> date:
    """Return the one date a letter shows: the earlier of the two, but never before the next working day (A15)."""
    return max(min(promised_on, unit_due_on), calendar.next_working_day(lettered_on))


def time_left_is_short(lettered_on: date, due_on: date, calendar: WorkingCalendar) -> bool:
    """Return whether the letter should ask for priority: fewer than two working days remain (U8)."""
    return calendar.working_days_between(lettered_on, due_on) < 2  # noqa: PLR2004 - the rule's own figure


def _date_from_receipt(received_at: datetime, days: int, by: str, calendar: WorkingCalendar, policy: Policy) -> DueDate:
    received_on = local_date(received_at)
    match Counting(policy.counting):
        case Counting.A:
            counted_on = received_on
        case Counting.B:
            counted_on = local_date(calendar.next_opening(received_at, policy.hours))
        case other:
            assert_never(other)
    return _due_date(received_on, counted_on, days, calendar, event="Nhận", by=by)


# Open questions share some hundred days of receipt and limits: a change of the calendar dates all of them anew (A14).
@lru_cache(maxsize=8192)
def _due_date(day: date, counted_on: date, days: int, calendar: WorkingCalendar, *, event: str, by: str) -> DueDate:
    due_on = calendar.add_working_days(counted_on, days)
    start = f"{event} {weekday_name(day)} {day:%d/%m/%Y}"
    if counted_on != day:
        start += f", ngoài giờ hành chính, tính là nhận {weekday_name(counted_on)} {counted_on:%d/%m/%Y}"
    end = f"hạn: hết {weekday_name(due_on)} {due_on:%d/%m/%Y} ({days} ngày làm việc, {by})."
    because = "; ".join([start, *_days_passed(counted_on, due_on, calendar), end])
    for year in sorted({counted_on.year, due_on.year}):
        if calendar.unconfirmed(year):
            because += f" Lịch nghỉ năm {year} chưa được đối chiếu với văn bản chính thức."
    return DueDate(on=due_on, days=days, because=because, calendar_version=calendar.version)


def _days_passed(start: date, end: date, calendar: WorkingCalendar) -> list[str]:
    """Return what each day after the start was: working days numbered, days off of one reason as one range."""
    passed: list[str] = []
    number = count(1)
    days = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    for reason_off, together in groupby(days, lambda day: _reason_off(day, calendar)):
        run = list(together)
        if reason_off is None:
            passed += [f"ngày {next(number)}: {weekday_name(day)} {day:%d/%m}{_remark(day, calendar)}" for day in run]
        elif len(run) == 1:
            passed.append(f"{run[0]:%d/%m} nghỉ {calendar.reason(run[0])}")
        else:
            passed.append(f"{_span(run[0], run[-1])} nghỉ {reason_off}")
    return passed


def _reason_off(day: date, calendar: WorkingCalendar) -> str | None:
    if calendar.is_working_day(day):
        return None
    reason = calendar.reason(day)
    return "cuối tuần" if reason == weekday_name(day) else reason


def _remark(day: date, calendar: WorkingCalendar) -> str:
    reason = calendar.reason(day)
    return f" ({reason})" if reason else ""


def _span(first: date, last: date) -> str:
    return f"{first:%d}-{last:%d/%m}" if first.month == last.month else f"{first:%d/%m}-{last:%d/%m}"
