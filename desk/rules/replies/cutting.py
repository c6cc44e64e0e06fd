"""One mail about several questions, cut at their codes (U14)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cut:
    """A text in parts, each with the case code it answers; not sure: a person says which part is for which."""

    parts: tuple[tuple[str, str], ...]
    is_sure: bool


def cut_at_codes(text: str, codes: Sequence[str]) -> Cut:
    """Return what a text says to each of the questions that the mail is about."""
    return Cut(tuple((code, text) for code in codes), is_sure=len(codes) <= 1)
