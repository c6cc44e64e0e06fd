"""When people write: most in office hours, many in the evening, some at the weekend, a few at night."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

HCM = ZoneInfo("Asia/Ho_Chi_Minh")

# how many write in each hour of the day, as weights
_WEEKDAY = (1, 0, 0, 0, 0, 1, 2, 5, 11, 13, 12, 8, 5, 7, 11, 11, 10, 6, 4, 6, 8, 7, 4, 2)
_WEEKEND = (1, 0, 0, 0, 0, 1, 1, 2, 4, 5, 4, 3, 2, 2, 3, 4, 3, 3, 3, 4, 5, 4, 3, 1)
_SATURDAY = 5


def some_time(draw: Random, first: datetime, last: datetime) -> datetime:
    """Return an instant between two, as likely as people are to write then."""
    seconds = (last - first).total_seconds()
    while True:
        at = first + timedelta(seconds=draw.random() * seconds)
        local = at.astimezone(HCM)
        weights = _WEEKDAY if local.weekday() < _SATURDAY else _WEEKEND
        if draw.random() * max(_WEEKDAY) < weights[local.hour]:
            return at.replace(microsecond=at.microsecond // 1000 * 1000)
