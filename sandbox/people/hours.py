"""When people work: office hours of working days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HCM = ZoneInfo("Asia/Ho_Chi_Minh")
_BLOCKS = ((time(8, 0), time(12, 0)), (time(13, 0), time(17, 0)))


class OfficeHours:
    """Counts on within the hours of working days."""

    def __init__(self, is_working_day: Callable[[date], bool]) -> None:
        self._is_working_day = is_working_day

    def after(self, at: datetime, hours: float) -> datetime:
        """Return the instant after so many hours of work from an instant."""
        left = timedelta(hours=hours)
        day = at.astimezone(HCM).date()
        while True:
            for begins, ends in _BLOCKS if self._is_working_day(day) else ():
                start = max(at, datetime.combine(day, begins, HCM))
                end = datetime.combine(day, ends, HCM)
                if start < end:
                    if start + left < end:
                        return start + left
                    left -= end - start
            day += timedelta(days=1)
