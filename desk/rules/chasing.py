"""When a unit is reminded of a reply it owes, and when its head and the Ban Quản trị hear of it (U25).

Steps are named by working days after the unit's date, before it where negative. No day on which a question waited at
our side counts against a unit: it has always had the question for a whole working day before it is reminded or late.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from desk.rules.calendar import HCM, WorkingCalendar, local_date, local_time
from desk.rules.office import Block, Policy, Recipient, Rung
from desk.rules.states import QuestionState

# In any other state of the question no unit is asked for anything: it was answered, or waits for somebody else.
CHASED = frozenset({QuestionState.ROUTED, QuestionState.ANSWER_PROPOSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """A reply that a unit owes.

    `told_on` is the date it was told last, later than its limit once more time was agreed. `taken` is the newest step,
    with the date it was for. `warned_for`: the date that an overdue notice named which nobody has taken back.
    """

    lettered_at: datetime
    unit_due_on: date
    told_on: date
    question_state: QuestionState = QuestionState.ROUTED
    silent_until: datetime | None = None
    taken: tuple[date, int] | None = None
    warned_for: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step that is due: so many working days after the unit's date. `passed_over`: lower ones it makes pointless."""

    due_on: date
    days: int
    to: tuple[Recipient, ...]
    passed_over: tuple[int, ...] = ()

    @property
    def is_overdue(self) -> bool:
        """Whether the unit's date is over."""
        return self.days > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What the chase finds of a reply: a step or none, and when to look again (None: never).

    `due_on` is the unit's date as it stands; `takes_back`: the overdue notice the unit has is no longer true.
    """

    due_on: date
    step: Step | None
    next_step_at: datetime | None
    takes_back: bool = False


@dataclass(frozen=True, eq=False)
class Ladder:
    """The rungs of the office's ladder, on its calendar and in its hours."""

    reminders: tuple[Rung, ...]
    calendar: WorkingCalendar
    hours: tuple[Block, ...]

    @classmethod
    def of(cls, policy: Policy, calendar: WorkingCalendar) -> Ladder:
        """Return the ladder of a policy."""
        return cls(policy.reminders, calendar, policy.hours)

    def look(self, awaited: Awaited, as_of: datetime) -> Look:
        """Return the highest step that is due and was not taken for this date, and when the next one will be."""
        today = local_date(as_of)
        whole_day = self._whole_day_since(max(awaited.lettered_at, awaited.silent_until or awaited.lettered_at))
        due_on = max(awaited.unit_due_on, awaited.told_on, whole_day)
        if awaited.silent_until is not None and awaited.silent_until > as_of:
            return Look(due_on=due_on, step=None, next_step_at=awaited.silent_until)
        if awaited.question_state not in CHASED:
            return Look(due_on=due_on, step=None, next_step_at=self._opening(self.calendar.next_working_day(today)))
        if not self.reminders:
            return Look(due_on=due_on, step=None, next_step_at=None)
        reached = _days_after(due_on, today, self.calendar)
        takes_back = awaited.warned_for is not None and awaited.warned_for < due_on and reached <= 0
        if today <= whole_day:
            first = self._day_of(due_on, min(rung.days for rung in self.reminders))
            waits_until = self._opening(max(first, self.calendar.next_working_day(whole_day)))
            return Look(due_on=due_on, step=None, next_step_at=waits_until, takes_back=takes_back)
        taken = awaited.taken[1] if awaited.taken and awaited.taken[0] == due_on else None
        next_days = _next_after(self.reminders, reached if taken is None else max(reached, taken))
        return Look(
            due_on=due_on,
            step=_step(self.reminders, due_on, reached, taken),
            next_step_at=None if next_days is None else self._opening(self._day_of(due_on, next_days)),
            takes_back=takes_back,
        )

    def _whole_day_since(self, moment: datetime) -> date:
        """Return the first day that began after a moment and was worked."""
        local = local_time(moment)
        hours = self.calendar.hours(local.date(), self.hours)
        return (
            local.date() if hours and local.time() <= hours[0].start else _next_working_day(local.date(), self.calendar)
        )

    def _day_of(self, due_on: date, days: int) -> date:
        return _working_day(due_on, days, self.calendar)

    def _opening(self, day: date) -> datetime:
        return datetime.combine(day, self.calendar.hours(day, self.hours)[0].start, HCM)


# Replies that are awaited share some dozen dates: a sweep decides once for each.
@lru_cache(maxsize=4096)
def _step(reminders: tuple[Rung, ...], due_on: date, reached: int, taken: int | None) -> Step | None:
    rungs = [rung for rung in reminders if rung.days <= reached]
    if not rungs:
        return None
    highest = max(rungs, key=lambda rung: rung.days)
    days = reached if highest.daily else highest.days
    if taken is not None and days <= taken:
        return None
    lower = {rung.days for rung in rungs} | set(range(highest.days, days))
    passed_over = tuple(n for n in sorted(lower - {days}) if taken is None or n > taken)
    return Step(due_on=due_on, days=days, to=highest.to, passed_over=passed_over)


def _next_after(reminders: tuple[Rung, ...], days: int) -> int | None:
    ahead = [max(rung.days, days + 1) if rung.daily else rung.days for rung in reminders]
    return min((n for n in ahead if n > days), default=None)


@lru_cache(maxsize=4096)
def _days_after(due_on: date, day: date, calendar: WorkingCalendar) -> int:
    return calendar.working_days_between(due_on, day) if due_on < day else -calendar.working_days_between(day, due_on)


@lru_cache(maxsize=4096)
def _working_day(due_on: date, days: int, calendar: WorkingCalendar) -> date:
    return calendar.add_working_days(due_on, days)


def _next_working_day(day: date, calendar: WorkingCalendar) -> date:
    return _working_day(day, 1, calendar)
