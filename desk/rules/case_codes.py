"""Case codes that can be dictated by telephone: ZL 26-004512-7, digits and a check digit (Damm)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# H. M. Damm's quasigroup of order 10: finds every single wrong digit and every swap of neighbours.
_DAMM = ("0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
         "3674209581", "5869720134", "8945362017", "9438617205", "2581436790")  # fmt: skip
# people write it in any spacing, with or without the letters and dashes; a long run of dots is not looked through
_TYPED = re.compile(r"(?<!\d)(?:ZL[\s.:#-]{0,4})?(\d{2})[\s.-]{0,4}(\d{6,9})[\s.-]{0,4}(\d)(?!\d)", re.IGNORECASE)


def check_digit(digits: str) -> str:
    """Return the digit that makes *digits* checkable."""
    interim = 0
    for digit in digits:
        interim = int(_DAMM[interim][int(digit)])
    return str(interim)


def case_code(year: int, number: int) -> str:
    """Return the code of a question: year in two digits, running number, check digit."""
    digits = f"{year % 100:02d}{number:06d}"
    return f"ZL {digits[:2]}-{digits[2:]}-{check_digit(digits)}"


class WrittenCode(NamedTuple):
    """A code as it stands in a text."""

    code: str
    start: int
    end: int


def written_codes(text: str) -> Iterator[WrittenCode]:
    """Yield the codes that stand in a text and where, however they are spaced; digits that do not check are none."""
    for match in _TYPED.finditer(text):
        year, number, check = match.groups()
        if check_digit(year + number) == check:
            yield WrittenCode(f"ZL {year}-{number}-{check}", match.start(), match.end())


def find_case_codes(text: str) -> list[str]:
    """Return the codes that stand in a text, each once, in order."""
    return list(dict.fromkeys(written.code for written in written_codes(text)))


def delivery_mark(outbox_id: int) -> str:
    """Return the mark that ends a Zalo text, unique to its outbox row: by it an echo is known again (law 6)."""
    return f"(Mã tin: {outbox_id:06d}-{check_digit(str(outbox_id))})"


_MARK = re.compile(r"\(Mã tin: (\d{6,18})-(\d)\)\s*$")


def outbox_id_of_mark(text: str) -> int | None:
    """Return the outbox row whose mark ends a text, if there is one that checks."""
    match = _MARK.search(text)
    if match is None or check_digit(str(int(match[1]))) != match[2]:
        return None
    return int(match[1])
