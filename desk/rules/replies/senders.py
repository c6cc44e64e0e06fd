"""Who wrote a mail, as far as a mail can show it: the ladder of proofs (U14, A12)."""

from __future__ import annotations

from enum import StrEnum


class Standing(StrEnum):
    """By what right a mail counts as a unit's reply, strongest first."""

    LISTED = "listed"
    COLLEAGUE = "colleague"
    LISTED_BY_CODE = "listed_by_code"
    OTHER_UNIT = "other_unit"
    RELEASED = "released"
