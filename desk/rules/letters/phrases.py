"""How times and lists of names are written in letters and messages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from desk.rules.calendar import local_time, long_date


def clock_time(moment: time) -> str:
    """Return a time of day the way offices write it: "15 giờ 00"."""
    return f"{moment:%H} giờ {moment:%M}"


def moment_and_date(moment: datetime) -> str:
    """Return an instant on the wall clock of Asia/Ho_Chi_Minh: "09 giờ 05 ngày thứ Hai, 23/11/2026"."""
    local = local_time(moment)
    return time_of_day(local.date(), local.time())


def time_of_day(on: date, at: time) -> str:
    """Return a time of a day: "15 giờ 00 ngày thứ Năm, 26/11/2026"."""
    return f"{clock_time(at)} ngày {long_date(on)}"


def joined(names: Sequence[str]) -> str:
    """Return names as one enumeration; semicolons, because names of units hold commas: "A; B và C"."""
    if len(names) < 2:  # noqa: PLR2004 - nothing to join
        return "".join(names)
    return f"{'; '.join(names[:-1])} và {names[-1]}"
