"""What a change of the working calendar does to dates that were already told (A14)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from desk.rules.calendar import weekday_name
from desk.rules.deadlines import DueDate
from desk.rules.office import CalendarDay, Policy


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


def closing_times(policies: Iterable[Policy], days: Iterable[CalendarDay]) -> list[time]:
    """Return when the office may close on any day, in order.

    Two receipts of one day that no closing time divides have the same dates, whatever the way of counting.
    """
    hours = [policy.hours for policy in policies] + [day.blocks for day in days]
    return sorted({block.end for blocks in hours for block in blocks})
