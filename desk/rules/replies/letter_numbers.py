"""The number and date of a công văn, read from what a unit wrote: a proposal only, never made up (U7)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from desk.rules.written_dates import dates_written

_NUMBER = re.compile(
    r"(?:(?:công văn|cv|văn bản|thư|letter)(?:\s+(?:trả lời|phúc đáp))?\s*(?:số|no\.?|number)?|số)\s*:?\s*"
    r"(?P<number>\d{1,6}\s?/\s?[A-ZĐ]{2,}[A-ZĐ0-9]*(?:\s?[-–]\s?[A-ZĐ][A-ZĐ0-9]*)*)(?![\w/])",
    re.IGNORECASE,
)
# what a letter rests on or answers is not the letter itself
_CITED = re.compile(r"/(?:NĐ|ND|QH|QĐ|QD|TT|NQ|TTLT|PL|CT|TB)\b", re.IGNORECASE)
_OTHERS = re.compile(
    r"(?:căn cứ|theo|quy định tại|hướng dẫn tại|thực hiện|nhận được|phúc đáp)\s+(?:\S+\s+){0,2}$", re.IGNORECASE
)
_DATE_BESIDE = re.compile(
    r"[\s,;…()]*(?:(?:[^\W\d_]+\s?){1,4},\s*(?=ngày))?(?:(?:ký|ban hành)\s+)?(?:ngày|dated|signed|of)?[\s:]*",
    re.IGNORECASE,
)
_NEAR = 80


@dataclass(frozen=True, slots=True)
class LetterNumber:
    """A number as printed ("1234/BHXH-CSXH") and the date beside it, if there is one."""

    number: str
    on: date | None = None


def letter_number(text: str) -> LetterNumber | None:
    """Return the number of the letter that a text is, or says it is; several letters, or none: none."""
    found: dict[str, LetterNumber] = {}
    for letter in _letters(text):
        found.setdefault(letter.number, letter)
        if letter.on is not None:
            found[letter.number] = letter
    return found.popitem()[1] if len(found) == 1 else None


def _letters(text: str) -> Iterator[LetterNumber]:
    for match in _NUMBER.finditer(text):
        number = re.sub(r"\s*([/–-])\s*", r"\1", match["number"]).replace("–", "-").upper()
        before = text[: match.start()][-_NEAR:]
        if _CITED.search(number) or _OTHERS.search(before):
            continue
        after = text[match.end() : match.end() + _NEAR]
        beside = next(dates_written(after, date.min), None)
        is_beside = beside is not None and beside.has_year and _DATE_BESIDE.fullmatch(after[: beside.start])
        yield LetterNumber(number, beside.day if beside is not None and is_beside else None)
