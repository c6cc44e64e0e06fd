"""Until when the writer of an out-of-office reply is away, in Vietnamese or English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from desk.rules.incoming_mail import IncomingMail
from desk.rules.replies.trimming import trimmed

_LONGEST_ABSENCE = timedelta(days=366)
_LONGEST_TEXT = 5_000

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_WEEKDAY = r"(?:(?:thứ|thu) \w+|t\d|chủ nhật|cn|(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?)"
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)?"
_DAY = "|".join(
    (
        r"(?P<iso>\d{4}-\d{1,2}-\d{1,2})(?!\d)",
        r"(?P<numbers>\d{1,2}\s?[/.-]\s?\d{1,2}(?:\s?[/.-]\s?(?:\d{4}|\d{2}))?)(?![\d/])",
        r"(?P<words>\d{1,2}\s(?:tháng|thg)\s\d{1,2}(?:,?\s?(?:năm\s)?\d{4})?)(?!\d)",
        rf"(?P<english>(?:{_ORDINAL}\s(?:of\s)?{_MONTH}\.?|{_MONTH}\.?\s{_ORDINAL})(?:,?\s\d{{4}})?)(?!\d)",
    )
)
_BETWEEN = (
    r"(?:\s*(?:,|:|\(|hết|cuối|vào|từ|lúc|sáng|chiều|ngày|on|the|end of"
    rf"|\d{{1,2}}(?:h|:|giờ)\s?\d{{0,2}}|{_WEEKDAY})){{0,5}}[\s,:(]*"
)
_LAST_DAY = r"(?:\b(?:đến|tới|hết|until|till|through|thru|to|til)\b|(?<=\d)\s?[-–—]\s?(?=\d{1,2}[/ ]|\d{4}-))"
_FIRST_DAY_BACK = (
    r"\b(?:trở lại|quay lại|đi làm lại|làm việc lại|làm việc trở lại|có mặt|return(?:ing)?|be back|back)\b"
    r"(?:\s(?:làm việc|cơ quan|văn phòng|tại cơ quan|bình thường|in|at|to|the|office|work))*"
)
_IS_AWAY, _IS_BACK = (re.compile(f"{lead}{_BETWEEN}(?:{_DAY})", re.IGNORECASE) for lead in (_LAST_DAY, _FIRST_DAY_BACK))


def absent_until(mail: IncomingMail, on: date) -> date | None:
    """Return the last day of an absence that a mail tells of, seen from the day *on*; None where none is sure.

    A day without a year is the nearest such day. Nothing before *on* is believed, and nothing over a year ahead.
    """
    text = f"{trimmed(mail.text[:_LONGEST_TEXT]).text}\n{mail.subject}"
    text = re.sub(r"\s+", " ", text)
    back = [day - timedelta(days=1) for day in _days(_IS_BACK, text, on)]
    return max((day for day in back or _days(_IS_AWAY, text, on) if on <= day <= on + _LONGEST_ABSENCE), default=None)


def _days(pattern: re.Pattern[str], text: str, on: date) -> Iterator[date]:
    for found in pattern.finditer(text):
        if day := _read(found, on):
            yield day


def _read(found: re.Match[str], on: date) -> date | None:
    form = next(name for name in ("iso", "numbers", "words", "english") if found[name])
    first, *others = (int(number) for number in re.findall(r"\d+", found[form]))
    match form:
        case "iso":
            return _date(first, *others)
        case "english":
            month = next(number for number, name in enumerate(_MONTHS, 1) if name in found[form].lower())
            day, year = first, others[0] if others else 0
        case _:
            day, month, year = first, others[0], others[1] if len(others) > 1 else 0
            if month > 12 >= day:  # noqa: PLR2004 - months; someone wrote the month first
                day, month = month, day
    if year:
        return _date(year if year > 99 else 2000 + year, month, day)  # noqa: PLR2004 - years in two digits
    nearby = filter(None, (_date(on.year + step, month, day) for step in (-1, 0, 1)))
    return min(nearby, key=lambda near: abs(near - on), default=None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
