"""When an editor wants an article to appear: "ĐĂNG: 08:00 25/11/2026"."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

from desk.rules.calendar import HCM, local_date, local_time
from desk.rules.written_dates import dates_written

# as long as anybody who took part may still stop it (Điều 11, A12)
TIME_TO_STOP: Final = timedelta(minutes=10)
_LONGEST_AHEAD: Final = timedelta(days=180)
_HOUR = re.compile(r"(?<![\d/.-])(\d{1,2})\s*(?::|h|g|giờ|gio)\s*(\d{2})?(?![\d/])", re.IGNORECASE)
_HOW: Final = "Viết giờ và ngày, ví dụ: ĐĂNG: 08:00 25/11/2026; hoặc ĐĂNG để đăng ngay."


class PublishHourError(ValueError):
    """An hour cannot be used; says why and what to write, in Vietnamese."""


def publish_hour(argument: str, said_at: datetime, now: datetime) -> datetime:
    """Return when an article may appear at the earliest: what the editor asks for, and never before it can be stopped.

    He means the day and the hour at which he writes, *said_at*: what was still to come then has not become wrong while
    his mail lay unread. A bare hour is that of his day; a bare day is not enough.

    Raises:
        PublishHourError: no hour can be read, it is past, or too far ahead.
    """
    earliest = max(said_at, now) + TIME_TO_STOP
    if not argument.strip():
        return earliest
    days = list(dates_written(argument, local_date(said_at)))
    rest = argument if not days else argument[: days[0].start] + " " + argument[days[0].end :]
    hours = _HOUR.findall(rest)
    if len(hours) != 1 or len(days) > 1:
        message = f"Chưa rõ giờ đăng. {_HOW}"
        raise PublishHourError(message)
    hour, minute = int(hours[0][0]), int(hours[0][1] or 0)
    day = days[0].day if days else local_date(said_at)
    try:
        wanted = datetime(day.year, day.month, day.day, hour, minute, tzinfo=HCM)
    except ValueError:
        message = f"Không có {hour} giờ {minute:02d}. {_HOW}"
        raise PublishHourError(message) from None
    if wanted < said_at:
        message = f"Giờ đăng {wanted:%H:%M %d/%m/%Y} đã qua (thư nhận lúc {local_time(said_at):%H:%M %d/%m/%Y}). {_HOW}"
        raise PublishHourError(message)
    if wanted - said_at > _LONGEST_AHEAD:
        message = f"Giờ đăng {wanted:%H:%M %d/%m/%Y} còn quá xa. {_HOW}"
        raise PublishHourError(message)
    return max(wanted, earliest)
