"""Dates as officials write them: 30/11/2026, 30-11, "ngày 30 tháng 11 năm 2026"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

_NUMBERS = r"(?P<day>\d{1,2}) ?(?P<mark>[/.-]) ?(?P<month>\d{1,2})(?: ?(?P=mark) ?(?P<year>\d{4}|\d{2}))?(?![\d/])"
_WORDS = r"(?P<d>\d{1,2}) ?(?:tháng|thang) ?(?P<m>\d{1,2})(?!\d)(?:,? ?(?:năm|nam) ?(?P<y>\d{4}))?"
_DATE = re.compile(rf"(?<![\d/.,-])(?:{_WORDS}|{_NUMBERS})", re.IGNORECASE)
_CENTURY = 2000


class WrittenDate(NamedTuple):
    """A day and where it stands in the text; `has_year`: the year was written and not supposed."""

    day: date
    start: int
    end: int
    has_year: bool


def dates_written(text: str, on: date) -> Iterator[WrittenDate]:
    """Yield the days a text names, in order; without a year it is the next such day from *on*. 31/11 is none."""
    for match in _DATE.finditer(text):
        day, month = int(match["d"] or match["day"]), int(match["m"] or match["month"])
        year = match["y"] or match["year"]
        found = _day(day, month, int(year) if year else None, on)
        if found:
            yield WrittenDate(found, match.start(), match.end(), has_year=bool(year))


def _day(day: int, month: int, year: int | None, on: date) -> date | None:
    try:
        if year is not None:
            return date(year if year >= _CENTURY - 100 else _CENTURY + year, month, day)
        this_year = date(on.year, month, day)
        return this_year if this_year >= on else date(on.year + 1, month, day)
    except ValueError:
        return None
