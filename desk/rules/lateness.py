"""Who used the days of a question: which unit, and which of the desk's own steps.

A working day belongs to whoever had the question when the office opened: the day of receipt to nobody, the day a letter
leaves not yet to the unit (Bộ luật Dân sự 2015, Điều 147). At several units at once it belongs to each of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from desk.rules.calendar import HCM, WorkingCalendar, local_date, local_time
from desk.rules.office import Block


class Stage(StrEnum):
    """A step of a question's way; the value is how officials read it."""

    TRIAGE = "phân loại"
    LETTER = "chờ gửi đơn vị"
    UNIT = "đơn vị trả lời"
    COMPOSING = "tổng hợp"
    RELEASE = "duyệt"
    DELIVERY = "gửi công dân"


@dataclass(frozen=True, slots=True, kw_only=True)
class AtUnit:
    """A question at a unit: from its letter to its reply; None where it did not come so far."""

    name: str
    unit_due_on: date
    lettered_at: datetime | None = None
    replied_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How far a question came, and when; what did not happen is None.

    `due_on` is the regulation's date, `agreed_on` a later one that the citizen was told.
    """

    received_at: datetime
    due_on: date | None = None
    agreed_on: date | None = None
    routed_at: datetime | None = None
    units: tuple[AtUnit, ...] = ()
    proposed_at: datetime | None = None
    released_at: datetime | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Working days that one step has used. `unit` is empty for the desk's own; `late_days`: after a unit's date."""

    stage: Stage
    unit: str = ""
    days: tuple[date, ...]
    late_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who used which days; `late_days` after the regulation's date, and `because_of` the units that were late.

    Late with no unit late: the days were used in coordination. `late_as_told_days` come after the last date that the
    citizen was told.
    """

    shares: tuple[Share, ...]
    late_days: int
    late_as_told_days: int
    because_of: tuple[str, ...]


def attribution(course: Course, calendar: WorkingCalendar, hours: tuple[Block, ...], as_of: datetime) -> Attribution:
    """Return who has used which working days of a question, until its answer, or until now."""
    until = course.answered_at or as_of
    mornings = tuple(_mornings(course.received_at, until, calendar, hours))
    shares = [
        Share(stage=stage, unit=name, days=days, late_days=sum(day > due for day in days) if due else 0)
        for stage, name, due, begun, ended in _held(course)
        if begun and (days := tuple(at.date() for at in mornings if begun < at and (ended is None or at <= ended)))
    ]

    def late_after(day: date | None) -> int:
        return calendar.working_days_between(day, local_date(until)) if day else 0

    late = late_after(course.due_on)
    because_of = tuple(share.unit for share in shares if share.late_days) if late else ()
    as_told = late_after(course.agreed_on) if course.agreed_on else late
    return Attribution(shares=tuple(shares), late_days=late, late_as_told_days=as_told, because_of=because_of)


_Held = tuple[Stage, str, date | None, datetime | None, datetime | None]


def _held(course: Course) -> Iterator[_Held]:
    """Yield the steps with their begin and end, in their order."""
    yield Stage.TRIAGE, "", None, course.received_at, course.routed_at or course.proposed_at
    for unit in course.units:
        yield Stage.LETTER, unit.name, None, course.routed_at, unit.lettered_at
        yield Stage.UNIT, unit.name, unit.unit_due_on, unit.lettered_at, unit.replied_at or course.answered_at
    in_at = _all_in(course.units)
    yield Stage.COMPOSING, "", None, in_at, course.proposed_at or course.answered_at
    yield Stage.RELEASE, "", None, course.proposed_at, course.released_at or course.answered_at
    yield Stage.DELIVERY, "", None, course.released_at, course.answered_at


def _all_in(units: Sequence[AtUnit]) -> datetime | None:
    replied = [unit.replied_at for unit in units]
    return max((at for at in replied if at), default=None) if all(replied) else None


def _mornings(
    received_at: datetime, until: datetime, calendar: WorkingCalendar, hours: tuple[Block, ...]
) -> Iterator[datetime]:
    """Yield when the office opened on each working day after the receipt."""
    day = local_date(received_at) + timedelta(days=1)
    while day <= local_date(until):
        if blocks := calendar.hours(day, hours):
            opened_at = datetime.combine(day, blocks[0].start, HCM)
            if opened_at <= local_time(until):
                yield opened_at
        day += timedelta(days=1)
