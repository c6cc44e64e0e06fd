"""The number and date of a công văn, read from what a unit wrote: a proposal only, never made up (U7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class LetterNumber:
    """A number as printed ("1234/BHXH-CSXH") and the date beside it, if there is one."""

    number: str
    on: date | None = None


def letter_number(text: str) -> LetterNumber | None:
    """Return the number of the letter that a text is, or says it is; several letters: none."""
    raise NotImplementedError
