"""An answer cut into the messages that Zalo takes, never inside what must stay whole (U15)."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import count

# Zalo refuses more than 2,000 characters, whoever counts them; 900 are what a telephone shows without much scrolling.
LONGEST = 2000
PREFERRED = 900
# "\n(Mã tin: 000123-4)", which delivering appends; a row's number may grow to eighteen digits
_MARK = 32

_DATE = r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?|\d{1,2}\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?"
_NUMBER = r"\d{1,5}(?:/\d{4})?/[^\W\d_]{1,8}(?:-[^\W\d_]{1,12})*\d{0,2}"
_ACT = (
    r"(?:Bộ luật|Luật|Pháp lệnh|Nghị định|Nghị quyết|Thông tư|Quyết định|Công văn|Chỉ thị|Hướng dẫn|Thông báo|Quy chế)"
    rf"(?:\s+[^\s.,;:()]+){{0,9}}?\s+(?:(?:số\s+)?{_NUMBER}|(?:năm\s+)?(?:19|20)\d\d)(?:\s+ngày\s+(?:{_DATE}))?"
)
_ARTICLE = r"(?:điểm\s+[a-zđ]\d?,?\s+)?(?:khoản\s+\d+[a-zđ]?,?\s+)?Điều\s+\d+[a-zđ]?"
# What a reader must find in one piece, the longest first where one begins like another.
_WHOLE = re.compile(
    "|".join(
        (
            r"(?:https?://|www\.)\S+",
            rf"{_ARTICLE}(?:,?\s+(?:của\s+)?(?:{_ACT}|(?:Bộ luật|Luật|Nghị định|Thông tư|Quyết định)\s+\S+))?",
            _ACT,
            r"(?:điểm\s+[a-zđ]\s+)?khoản\s+\d+[a-zđ]?",
            rf"(?:số|Số)\s+{_NUMBER}(?:\s+ngày\s+(?:{_DATE}))?",
            r"ZL[\s.:#-]*\d{2}[\s.-]*\d{6,9}[\s.-]*\d",
            rf"(?:(?:thứ\s+\S+|Chủ nhật),\s+)?(?:ngày\s+)?(?:{_DATE})",
            r"tháng\s+\d{1,2}/\d{4}|năm\s+\d{4}|\d{1,2}\s+giờ(?:\s+\d{2})?",
            r"\(?\+?\d{2,4}\)?(?:[ .-]\d{2,5}){1,4}(?!\d)",
            r"\d[\d.,]*\s*(?:%|(?:triệu|nghìn|ngàn|tỷ|tỉ)(?:\s+đồng)?|đồng|đ|VNĐ|VND|tháng|năm|ngày)(?!\w)",
        )
    ),
    re.IGNORECASE,
)
# Where a text is cut, best first: after a paragraph, a line (neither ends in a colon), a sentence, a clause, a word.
_CUTS = tuple(
    re.compile(cut)
    for cut in (
        r"(?<!:)\n[ \t]*\n\s*",
        r"(?<!:)\n\s*",
        # not after "1." of an enumeration, nor after the point of "TP. Hồ Chí Minh"
        r"(?<=[^\W\dA-ZĐ_][.!?…])\s+|(?<=\d\d[.!?…])\s+|(?<=[.!?…)][.)\"”’])\s+",
        r"(?<=[,;])\s+|\s+(?=[–—-]\s)",
        r"\s+",
    )
)
# a part cut earlier than this for the sake of a better place would be too short to be worth a message
_WORTH = 0.4


def split(text: str) -> tuple[str, ...]:
    """Return a text as messages, numbered "(1/3)" where there are several; each leaves room for the mark that ends it.

    Nothing is lost and nothing added but the numbers. A message has 900 characters at most, or up to 2,000 where one
    address or citation alone is longer; counted in NFC, by code points and by UTF-16 units alike.
    """
    whole = unicodedata.normalize("NFC", text).strip()
    if size(whole) + _MARK <= PREFERRED:
        return (whole,)
    for digits in count(1):
        numbering = len("(/) ") + 2 * digits
        pieces = list(_pieces(whole, PREFERRED - _MARK - numbering, LONGEST - _MARK - numbering))
        if len(str(len(pieces))) <= digits:
            break
    if len(pieces) == 1:
        return tuple(pieces)
    return tuple(f"({number}/{len(pieces)}) {piece}" for number, piece in enumerate(pieces, start=1))


def size(text: str) -> int:
    """Return how long a text is by the count that gives most: UTF-16 units, two for an emoji."""
    return len(text) + sum(character > "\uffff" for character in text)


def _pieces(text: str, preferred: int, longest: int) -> Iterator[str]:
    spans = [match.span() for match in _WHOLE.finditer(text)]
    start = 0
    while _reach(text, start, preferred) < len(text):
        end, following = _cut(text, start, spans, preferred, longest)
        yield text[start:end]
        start = following
    yield text[start:]


def _cut(text: str, start: int, spans: Sequence[tuple[int, int]], preferred: int, longest: int) -> tuple[int, int]:
    """Return where a message that begins at *start* ends, and where the next begins."""
    far = _reach(text, start, preferred)
    best: tuple[int, int] | None = None
    for cut in _CUTS:
        found = [match.span() for match in cut.finditer(text, start + 1, _past_blanks(text, far))]
        free = [place for place in found if place[0] <= far and not _around(place[0], spans)]
        best = free[-1] if free else best
        if free and size(text[start : free[-1][0]]) >= preferred * _WORTH:
            break
    if best is None:  # one endless word, or what must stay whole, fills the message
        end = _forced(text, start, far, spans, longest)
        best = end, _past_blanks(text, end)
    return best


def _forced(text: str, start: int, far: int, spans: Sequence[tuple[int, int]], longest: int) -> int:
    """Return where to end a message without a blank to end it at; what must stay whole may make it longer."""
    end, farthest = far, _reach(text, start, longest)
    if whole := _around(far, spans):
        first, last = whole
        end = first if first > start else min(last, farthest)
    while end > start + 1 and _is_inside_letter(text, end):
        end -= 1
    return end


def _around(place: int, spans: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Return what must stay whole and would be cut at a place."""
    following = bisect_left(spans, (place,))
    return spans[following - 1] if following and place < spans[following - 1][1] else None


def _reach(text: str, start: int, most: int) -> int:
    """Return up to where a message that begins at *start* may go, if *most* is its size."""
    end = min(len(text), start + most)
    while (excess := size(text[start:end]) - most) > 0:
        end -= (excess + 1) // 2
    return end


def _past_blanks(text: str, place: int) -> int:
    while place < len(text) and text[place].isspace():
        place += 1
    return place


def _is_inside_letter(text: str, place: int) -> bool:
    """Tell whether what stands at a place belongs to the character before: an accent, a joined emoji."""
    return place < len(text) and (
        unicodedata.category(text[place]).startswith("M") or "\u200d" in text[place - 1 : place + 1]
    )
