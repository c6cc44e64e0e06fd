"""Working time: which days and hours are worked, and what the others are called (in Vietnamese, to be printed).

Days are those of Asia/Ho_Chi_Minh. The dated rows of office/calendar.csv decide; the `holidays` library fills the years
they do not reach.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from itertools import chain
from typing import Final
from zoneinfo import ZoneInfo

import holidays

from desk.rules.office import Block, CalendarDay, DayKind

HCM: Final = ZoneInfo("Asia/Ho_Chi_Minh")
ONE_DAY: Final = timedelta(days=1)
WEEKDAY_NAMES: Final = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
SATURDAY: Final = 5


def weekday_name(day: date) -> str:
    """Return the Vietnamese name of the weekday, as it stands inside a sentence: "thứ Hai" … "Chủ nhật"."""
    return WEEKDAY_NAMES[day.weekday()]


def long_date(day: date) -> str:
    """Return a date the way citizens are told it: "thứ Năm, 26/11/2026"."""
    return f"{weekday_name(day)}, {day:%d/%m/%Y}"


def local_time(moment: datetime) -> datetime:
    """Return the moment on the wall clock of Asia/Ho_Chi_Minh.

    Raises:
        ValueError: the moment carries no time zone.
    """
    if moment.tzinfo is None:
        message = f"{moment.isoformat()} has no time zone: pass an aware datetime, such as moment.replace(tzinfo=HCM)"
        raise ValueError(message)
    return moment.astimezone(HCM)


def local_date(moment: datetime) -> date:
    """Return the day of the moment in Asia/Ho_Chi_Minh.

    Raises:
        ValueError: the moment carries no time zone.
    """
    return local_time(moment).date()


class WorkingCalendar:
    """Tells working days and hours from the others, by dated rows first and the `holidays` library after them.

    Nothing about it changes once it is made, it is cheap to ask again, and it compares by identity: fit for a cache's
    key. `version` is written beside every date that comes from it.
    """

    def __init__(self, days: Iterable[CalendarDay], version: int = 0) -> None:
        self.version: Final = version
        self._rows: Final[Mapping[date, CalendarDay]] = {row.day: row for row in days}
        self._facts = cache(self._find_facts)

    def is_working_day(self, day: date) -> bool:
        """Return whether the day is worked, in whole or in part: a half-day counts for limits like any other (U18)."""
        return self._facts(day).is_worked

    def next_working_day(self, day: date) -> date:
        """Return the first working day after the day, which itself is not considered."""
        return self.add_working_days(day, 1)

    def add_working_days(self, day: date, n: int) -> date:
        """Return the n-th working day after the day, or before it where n is negative; the day itself for 0.

        The day itself is not counted (Bộ luật Dân sự 2015, Điều 147), whether it is worked or not.
        """
        step = ONE_DAY if n > 0 else -ONE_DAY
        left = abs(n)
        while left:
            day += step
            left -= self._facts(day).is_worked
        return day

    def working_days_between(self, a: date, b: date) -> int:
        """Return how many working days follow a, up to b and with it; none where b is not after a."""
        return sum(self._facts(a + timedelta(days=n)).is_worked for n in range(1, (b - a).days + 1))

    def reason(self, day: date) -> str:
        """Return why the day differs from an ordinary working day, empty for one.

        Of a day off it reads well after "nghỉ": "thứ Bảy", "Ngày Văn hóa Việt Nam", "bù Quốc khánh". A Saturday that is
        worked says for which day, a half-day what is off.
        """
        return self._facts(day).reason

    def hours(self, day: date, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """Return the hours worked on the day: the usual blocks, its own on a half-day, none on a day off."""
        facts = self._facts(day)
        if not facts.is_worked:
            return ()
        return blocks if facts.own_hours is None else facts.own_hours

    def is_working_time(self, moment: datetime, blocks: tuple[Block, ...]) -> bool:
        """Return whether the moment is in office hours (giờ hành chính, Điều 13)."""
        local = local_time(moment)
        now = local.time()
        return any(block.start <= now < block.end for block in self.hours(local.date(), blocks))

    def next_opening(self, moment: datetime, blocks: tuple[Block, ...]) -> datetime:
        """Return when office hours begin next, in Asia/Ho_Chi_Minh; the moment itself where they are on.

        Raises:
            ValueError: there are no usual hours, so the office would never open.
        """
        if not blocks:
            message = "no office hours: office/policy.yaml needs at least one block under `hours`"
            raise ValueError(message)
        local = local_time(moment)
        day = local.date()
        while True:
            for opens_at, closes_at in self._open_periods(day, blocks):
                if local < closes_at:
                    return max(local, opens_at)
            day = self.next_working_day(day)

    def working_hours_between(self, start: datetime, end: datetime, blocks: tuple[Block, ...]) -> timedelta:
        """Return how long the office was open from one moment to the other; zero where the end is not the later."""
        start, end = local_time(start), local_time(end)
        days = (start.date() + timedelta(days=n) for n in range((end.date() - start.date()).days + 1))
        periods = chain.from_iterable(self._open_periods(day, blocks) for day in days)
        shares = (min(end, closes_at) - max(start, opens_at) for opens_at, closes_at in periods)
        return sum((share for share in shares if share > timedelta()), timedelta())

    def unconfirmed(self, year: int) -> bool:
        """Return whether the library alone speaks for a weekday off, or a Saturday worked, in that year."""
        library = _library(year)
        days_off = {day for day in library.days_off if day.weekday() < SATURDAY}
        return not (days_off | library.worked_weekend_days) <= self._rows.keys()

    def _open_periods(self, day: date, blocks: tuple[Block, ...]) -> list[tuple[datetime, datetime]]:
        return [
            (datetime.combine(day, block.start, HCM), datetime.combine(day, block.end, HCM))
            for block in self.hours(day, blocks)
        ]

    def _find_facts(self, day: date) -> _Facts:
        if isinstance(day, datetime):
            message = "a moment is no day: pass local_date(moment)"
            raise TypeError(message)
        if row := self._rows.get(day):
            is_half = row.kind is DayKind.HALF
            return _Facts(row.kind is not DayKind.OFF, row.reason, row.blocks if is_half else None)
        library = _library(day.year)
        if day in library.worked_weekend_days:
            return _Facts(is_worked=True, reason="làm bù")
        if day in library.days_off:
            return _Facts(is_worked=False, reason=library.days_off[day])
        if day.weekday() >= SATURDAY:
            return _Facts(is_worked=False, reason=weekday_name(day))
        return _Facts(is_worked=True)


@dataclass(frozen=True, slots=True)
class _Facts:
    is_worked: bool
    reason: str = ""
    own_hours: tuple[Block, ...] | None = None


@dataclass(frozen=True, slots=True)
class _LibraryYear:
    days_off: Mapping[date, str]
    worked_weekend_days: frozenset[date]


@cache
def _library(year: int) -> _LibraryYear:
    # One object a year, copied: a shared one grows while it is read. The language is named, or LANG would choose it;
    # keys are dates, because the library reads strings month first.
    found = holidays.country_holidays("VN", years=year, expand=False, observed=True, language="vi")
    return _LibraryYear(
        days_off={day: _printable(name) for day, name in found.items()},
        worked_weekend_days=frozenset(day for day in found.weekend_workdays if day.year == year),
    )


def _printable(name: str) -> str:
    # The library's names of the days around Tết are wrong in years whose last lunar month has 29 days.
    if "Tết" in name and "Dương lịch" not in name:
        return "Tết Nguyên đán"
    if name.startswith("Ngày nghỉ (thay cho ngày "):
        return f"hoán đổi với ngày {name.removeprefix('Ngày nghỉ (thay cho ngày ').removesuffix(')')}"
    if name.endswith(" (nghỉ bù)"):
        return f"bù {name.removesuffix(' (nghỉ bù)')}"
    return name
