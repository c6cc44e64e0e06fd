"""Laws that an answer cites, and whether they still say what they said when it was written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from desk.rules.office import Law
from desk.rules.wording import folded

# numbers of laws, not of letters ("1879/BHXH-CSXH"), whose sign names no kind of law
_NUMBER: Final = re.compile(
    r"(?<![\w/])\d{1,5}(?:/\d{4})?/(?:(?:UBTVQH|QH)\d{1,2}|(?:NĐ|ND|TTLT|TT|QĐ|QD|NQ|CT|PL)-[^\W\d_]{1,8}(?:-[^\W\d_]{1,12})*)",
    re.IGNORECASE,
)
_NAMED: Final = re.compile(
    r"(?P<name>\b(?:Bộ luật|Luật)\s+(?-i:[A-ZĐ])\w*(?:\s+[^\W\d_]+){0,6}?)\s+"
    r"(?:năm\s+)?(?P<year>(?:19|20)\d\d)(?![\d/])",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"/((?:19|20)\d\d)/")


@dataclass(frozen=True, slots=True)
class Basis:
    """How the laws that an answer cites stand: a sentence each that has changed, and those that nobody has listed."""

    changed: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def citations_of(text: str, laws: Sequence[Law], on: date) -> tuple[str, ...]:
    """Return what a text cites, in order, each once: the number where it is known, else as written.

    A law named without number or year is the one of that name in force *on* the day the text was written.
    """
    read = " ".join(unicodedata.normalize("NFC", text).split())
    found = sorted({*_numbered(read, laws), *_named(read, laws, on)})
    return tuple(dict.fromkeys(cited for _, cited in found))


def basis_of(cited: Sequence[str], written_on: date, asked_on: date, laws: Sequence[Law]) -> Basis:
    """Return which laws were replaced or amended after an answer was written, and which are unknown."""
    known = {law.number: law for law in laws}
    return Basis(
        changed=tuple(
            said for number in cited if number in known for said in _changes(known[number], written_on, asked_on, known)
        ),
        unknown=tuple(number for number in cited if number not in known),
    )


def is_old(cited: Sequence[str], written_on: date, asked_on: date, laws: Sequence[Law]) -> bool:
    """Return whether a law that an answer cites was replaced or amended since it was written."""
    return bool(basis_of(cited, written_on, asked_on, laws).changed)


def _numbered(text: str, laws: Sequence[Law]) -> Iterator[tuple[int, str]]:
    known = {folded(law.number): law.number for law in laws}
    for match in _NUMBER.finditer(text):
        yield match.start(), known.get(folded(match[0]), match[0])


def _named(text: str, laws: Sequence[Law], on: date) -> Iterator[tuple[int, str]]:
    taken: list[tuple[int, int]] = []
    for name in sorted({name for law in laws for name in _names(law)}, key=len, reverse=True):
        own = re.compile(
            rf"\b{re.escape(name)}(?!\w)"
            r"(?:\s+(?:năm\s+)?(?P<year>(?:19|20)\d\d)(?![\d/])|(?!\s*\(?(?:Luật\s+)?(?:số\s+)?\d))",
            re.IGNORECASE,
        )
        for match in own.finditer(text):
            if all(match.end() <= start or end <= match.start() for start, end in taken):
                taken.append(match.span())
                yield match.start(), _meant(name, match["year"], laws, on) or match[0]
    for match in _NAMED.finditer(text):
        if all(match.end() <= start or end <= match.start() for start, end in taken):
            yield match.start(), match[0]


def _meant(name: str, year: str | None, laws: Sequence[Law], on: date) -> str:
    """Return the number of the law of a name and a year, or of that name in force on a day; empty where none is."""
    for law in laws:
        if name not in _names(law):
            continue
        own_year = _YEAR.search(law.number)
        if own_year is not None and own_year[1] == year:
            return law.number
        if year is None and (law.valid_from or date.min) <= on <= (law.valid_to or date.max):
            return law.number
    return ""


def _names(law: Law) -> tuple[str, ...]:
    """Return what a law goes by without its number; "Nghị định" alone is no name."""
    return tuple(name for name in (law.name, *law.aliases) if " " in name and folded(name) not in _KINDS)


_KINDS: Final = frozenset({"nghi dinh", "thong tu", "quyet dinh", "nghi quyet", "chi thi", "phap lenh", "bo luat"})


def _changes(law: Law, written_on: date, asked_on: date, known: dict[str, Law]) -> Iterator[str]:
    written = f"{law.name} số {law.number}"
    if law.valid_to is not None and written_on <= law.valid_to < asked_on:
        by = known.get(law.replaced_by)
        instead = f"{by.name} số {by.number}" if by else law.replaced_by
        yield f"{written} đã được thay bằng {instead}" if instead else f"{written} đã hết hiệu lực"
    for change in law.amended:
        if written_on < change.on <= asked_on:
            by = known.get(change.by)
            changed_by = f"{by.name} số {by.number}" if by else change.by
            yield f"{written} đã được sửa đổi, bổ sung bởi {changed_by}"
