"""The time it is in the simulated Zalo: real by default, or an instant of the tester's choosing."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def vietnam_time(at_ms: int) -> datetime:
    """Return an epoch of milliseconds as an aware datetime in Vietnam, the only zone Zalo writes dates in."""
    return datetime.fromtimestamp(at_ms / SECOND, VIETNAM)


def vietnam_date(at_ms: int) -> date:
    """Return the day it is in Vietnam at an epoch of milliseconds."""
    return vietnam_time(at_ms).date()


class VirtualClock:
    """A clock that follows real time, runs at an offset to it, or stands still until it is moved. Epochs are ms."""

    def __init__(self) -> None:
        self._offset = 0
        self._stopped_at: int | None = None

    @property
    def mode(self) -> str:
        """Return `real`, `running` (at an offset to real time) or `stopped`."""
        if self._stopped_at is not None:
            return "stopped"
        return "running" if self._offset else "real"

    def now_ms(self) -> int:
        """Return the virtual now, in milliseconds since 1970."""
        return _real_ms() + self._offset if self._stopped_at is None else self._stopped_at

    def stop_at(self, at_ms: int) -> None:
        """Set the clock to an instant and let it stand there."""
        self._stopped_at = at_ms

    def run_from(self, at_ms: int) -> None:
        """Set the clock to an instant and let it run on from there at the pace of real time."""
        self._stopped_at = None
        self._offset = at_ms - _real_ms()

    def advance(self, by_ms: int) -> None:
        """Move the clock on; a stopped clock stays stopped, a running one goes on running."""
        if self._stopped_at is None:
            self._offset += by_ms
        else:
            self._stopped_at += by_ms

    def follow_real_time(self) -> None:
        """Set the clock back to real time."""
        self._stopped_at = None
        self._offset = 0


def _real_ms() -> int:
    return time.time_ns() // 1_000_000
