"""Days and moments with the weekday spelt out, and the official calendar, for tests about time."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date, datetime, time
from functools import cache
from pathlib import Path

from desk.rules.calendar import HCM, WorkingCalendar
from desk.rules.office import Block, CalendarDay, DayKind, Policy

OFFICE_HOURS = (Block(start=time(8), end=time(12)), Block(start=time(13), end=time(17)))
POLICY_A = Policy(valid_from=date(2024, 9, 16), hours=OFFICE_HOURS)
POLICY_B = Policy(valid_from=date(2024, 9, 16), hours=OFFICE_HOURS, counting="B")


def day(spelt: str) -> date:
    """Return the date of "Sun 2026-11-22"; a wrong weekday is a mistake in the test."""
    found = date.fromisoformat(spelt[4:])
    assert f"{found:%a}" == spelt[:3], f"{found} is a {found:%a}"
    return found


def at(spelt: str) -> datetime:
    """Return the moment of "Sun 2026-11-22 09:00" in Asia/Ho_Chi_Minh."""
    on, _, clock = spelt.rpartition(" ")
    return datetime.combine(day(on), time.fromisoformat(clock), HCM)


MORNING = (Block(start=time(8), end=time(11, 30)),)
EVE_OF_TET = CalendarDay(
    day=day("Fri 2026-02-13"),
    kind=DayKind.HALF,
    reason="nghỉ chiều trước Tết",
    source="Thông báo nội bộ",
    blocks=MORNING,
)


@cache
def official_days() -> tuple[CalendarDay, ...]:
    """Return the whole days of office/calendar.csv; a half-day is a test's own to make."""
    path = Path(__file__).parent.parent / "office" / "calendar.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            CalendarDay(
                day=date.fromisoformat(row["date"]),
                kind=DayKind(row["kind"]),
                reason=row["reason"],
                source=row["source"],
            )
            for row in csv.DictReader(file)
            if row["kind"] != DayKind.HALF
        )


def calendar_with(*changes: CalendarDay, without: Iterable[str] = (), version: int = 1) -> WorkingCalendar:
    """Return the official calendar, changed."""
    dropped = {day(spelt) for spelt in without} | {change.day for change in changes}
    return WorkingCalendar([*(row for row in official_days() if row.day not in dropped), *changes], version)


OFFICIAL = calendar_with()
