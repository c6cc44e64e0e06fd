"""Where a reply ends and what it quotes begins, by the habits of mail programs in Vietnamese, English and Chinese."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from desk.rules.replies.programs import FIELDS, FORWARDED, MARKER, ORIGINAL, Field

_LONGEST_LINE = 1_000
_INTRO_LINES = 4
_HEADER_LINES = 12

# An introduction takes up to four lines: "Vào Th 2, 16 thg 9, 2024 vào lúc 10:00 X <a@b> đã viết:", "On … wrote:".
_INTRO_BEGINS = re.compile(r"[-= ]{0,10}(?:Vào|Ngày|Lúc|Hôm|Trong|On|At|Le|Am|在|于|\d{1,4}[-/.:])", re.IGNORECASE)
_INTRO_ENDS = re.compile(r"(?:\bviết|\bwrote|\bwrites|写道)\s*[:：]\s*[-=]*\s*$", re.IGNORECASE)
# Thunderbird's other order: the writer, then when.
_WRITER_FIRST = re.compile(r".{1,120}\bđã viết (?:vào|lúc|ngày)\b.{0,80}[:：]\s*$", re.IGNORECASE)
_TIME = re.compile(r"(?<!\d)\d{1,2}\s?(?:[:.hg]|giờ)\s?\d{2}(?!\d)|\d\s?(?:AM|PM|SA|CH)\b", re.IGNORECASE)
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}[ ,]+(?:thg|tháng|\w{3,9}\.?)[ ,]+\d|年")
_ANGLED = re.compile(r"[<\[][^<>@\s]{1,100}@[^<>@]{1,100}[>\]]")
_SEPARATOR = re.compile(r"[-_=]{3,}\s*([^-_=\s(][^-_=(]{1,50}?)\s*(?:\([^()]{1,80}\)\s*)?[-_=]{2,}\s*$")
_FIELD = re.compile(r"([^\W\d_][\w /-]{0,24}?)\s*\*?\s*[:：]")
# "Từ: 01/2015" is a period of insurance.
_IS_PERIOD = re.compile(r"\W*(?:tháng|ngày|năm|quý)?\s*\d", re.IGNORECASE)
_RULE = re.compile(r"[>\s]*[_=-]{5,}\s*$")
# What a program unknown to us wrote above our marker: "=== 16/9 Hỏi đáp BHXH: ===".
_DECORATED = re.compile(r"\s*([=*_~#-])\1+.*(?:\1\s*|:)$|.{0,160}@.{0,80}:\s*$")


class How(Enum):
    """By what a quote was known."""

    MARKER = "marker"
    INTRO = "intro"
    SEPARATOR = "separator"
    HEADERS = "headers"
    FORWARD = "forward"


class Quote(NamedTuple):
    """Where a quote begins, its introduction included, where its own text does, and by what it was known."""

    start: int
    below: int
    how: How


def first_quote(lines: Sequence[str]) -> Quote | None:
    """Return the first quote in a mail, if one is sure: an answer cut off is worse than a quote left in."""
    for number, line in enumerate(lines):
        if len(line) > _LONGEST_LINE or not (line := line.rstrip()):
            continue
        if MARKER in line.lower():
            return Quote(_above_marker(lines, number), number + 1, How.MARKER)
        if line[-1] in ":：-_=" and (quote := _separated(lines, number) or _introduced(lines, number)):
            return quote
        # After a separator the sender may stand anywhere; alone, a header begins with it.
        if _kind(line) is Field.FROM and (below := _headers_end(lines, number)):
            return Quote(_without_rules(lines, number), below, How.HEADERS)
    return None


def is_quoted(line: str) -> bool:
    """Tell whether a line is marked as quoted."""
    return line.lstrip().startswith(">")


def next_text(lines: Sequence[str], start: int) -> str:
    """Return the first line from *start* on that is not empty, or nothing."""
    return next((line for line in lines[start:] if line.strip()), "")


def _bare(line: str) -> str:
    """Return a line without marks of quoting and emphasis before it."""
    return line.lstrip("> \t*")


def _separated(lines: Sequence[str], number: int) -> Quote | None:
    found = _SEPARATOR.match(_bare(lines[number]))
    named = (found[1] if found else _bare(lines[number]).rstrip(" :")).lower()
    if named not in FORWARDED and not (found and named in ORIGINAL):
        return None
    below = number + 1
    while below < len(lines) and not lines[below].strip():
        below += 1
    headers_end = _headers_end(lines, below)
    if not found and not headers_end:
        return None
    return Quote(number, headers_end or number + 1, How.FORWARD if named in FORWARDED else How.SEPARATOR)


def _introduced(lines: Sequence[str], number: int) -> Quote | None:
    if not _INTRO_ENDS.search(lines[number]):
        is_intro = _WRITER_FIRST.match(_bare(lines[number])) and _TIME.search(lines[number])
        return Quote(number, number + 1, How.INTRO) if is_intro else None
    joined = ""
    for first in range(number, max(-1, number - _INTRO_LINES), -1):
        if not lines[first].strip() or len(lines[first]) > _LONGEST_LINE:
            return None
        if first < number and lines[first].rstrip().endswith((":", ".", ";")):
            return None
        joined = f"{lines[first].strip()} {joined}"
        if _INTRO_BEGINS.match(_bare(lines[first])):
            # "Ngày 29/6/2024, Luật BHXH viết:" introduces a law: it gives no hour, no address, and quotes no mail.
            is_dated = bool(_TIME.search(joined) and _DATE.search(joined))
            is_addressed = bool(_ANGLED.search(joined))
            if is_addressed or ((is_dated or "@" in joined) and is_quoted(next_text(lines, number + 1))):
                return Quote(first, number + 1, How.INTRO)
    return None


def _headers_end(lines: Sequence[str], first: int) -> int:
    """Return where the text below a block of mail headers begins, or 0 where there is no such block."""
    kinds: set[Field] = set()
    end = gap = 0
    names_address = False
    for number, line in enumerate(lines[first : first + _HEADER_LINES], first):
        kind = _kind(line)
        if kind is None:
            # Long lists of recipients are folded, and what was HTML has empty lines between.
            gap += 1
            if not kinds or gap > 1:
                break
            continue
        if kind in kinds and kind is not Field.OTHER:
            break
        value = _bare(line).replace("：", ":").partition(":")[2]
        if kind is Field.FROM and _IS_PERIOD.match(value):
            return 0
        names_address |= "@" in value and kind in (Field.FROM, Field.TO)
        kinds.add(kind)
        end, gap = number + 1, 0
    is_block = Field.FROM in kinds and (
        {Field.DATE, Field.SUBJECT} <= kinds or (names_address and len(kinds - {Field.OTHER}) > 2)  # noqa: PLR2004 - and two more
    )
    return end if is_block else 0


def _kind(line: str) -> Field | None:
    found = _FIELD.match(_bare(line[:_LONGEST_LINE]))
    return FIELDS.get(found[1].lower()) if found else None


def _without_rules(lines: Sequence[str], start: int) -> int:
    """Return *start*, or where the rule and the empty lines above it begin."""
    above = start
    while above and (not lines[above - 1].strip() or _RULE.match(lines[above - 1])):
        above -= 1
    return above


def _above_marker(lines: Sequence[str], marker: int) -> int:
    above = marker
    while above and not lines[above - 1].strip():
        above -= 1
    return above - 1 if above and _DECORATED.match(lines[above - 1]) else above
