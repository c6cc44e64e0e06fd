"""What a change of the working calendar does to dates that were already told (A14)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from desk.rules.calendar import WorkingCalendar, local_date, weekday_name
from desk.rules.deadlines import DueDate, promised_date, unit_due_date
from desk.rules.office import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Redated:
    """The date to keep, and beside it the one the rule gives now: the same, or a stricter one that is shown."""

    on: date
    due_by_rule_on: date
    moved: bool
    because: str
    calendar_version: int


def redated(told_on: date, due_by_rule: DueDate) -> Redated:
    """Return the date to keep: it moves later freely, never earlier than the date already told."""
    because = due_by_rule.because
    if due_by_rule.on < told_on:
        because += f" Giữ nguyên ngày đã thông báo: {weekday_name(told_on)} {told_on:%d/%m/%Y}."
    return Redated(
        on=max(told_on, due_by_rule.on),
        due_by_rule_on=due_by_rule.on,
        moved=due_by_rule.on > told_on,
        because=because,
        calendar_version=due_by_rule.calendar_version,
    )


def redated_promises(
    told: Iterable[tuple[datetime, int, date]], calendar: WorkingCalendar, policy_on: Callable[[date], Policy]
) -> list[Redated]:
    """Return the dates to keep of questions, given as (received_at, units, date told), in their order.

    Each is counted by the policy in force on the day of receipt. Equal cases share one computation and one result, so a
    hundred thousand open questions cost some hundred computations.
    """
    policy_of, once = cache(policy_on), cache(redated)
    return [
        once(told_on, promised_date(received_at, units, calendar, policy_of(local_date(received_at))))
        for received_at, units, told_on in told
    ]


def redated_assignments(
    told: Iterable[tuple[date, int, date]], calendar: WorkingCalendar, policy_on: Callable[[date], Policy]
) -> list[Redated]:
    """Return the dates to keep of assignments, given as (lettered_on, units, date told), in their order.

    Each is counted by the policy in force on the day of the letter; equal cases share one computation and one result.
    """
    policy_of, once = cache(policy_on), cache(redated)
    return [
        once(told_on, unit_due_date(lettered_on, units, calendar, policy_of(lettered_on)))
        for lettered_on, units, told_on in told
    ]
