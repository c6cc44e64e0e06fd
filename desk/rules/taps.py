"""Buttons under the desk's messages to citizens: what a tap says when it comes back."""

from __future__ import annotations

import re
from typing import Final

# Zalo sends the tap of a button or menu as a text that begins so, with the button's payload somewhere behind.
TAP: Final = "query:"
KEEP_OPEN: Final = "giu-phien"
SATISFIED: Final = "hai-long"
NOT_SATISFIED: Final = "chua-hai-long"
_RATING: Final = re.compile(rf"\b({SATISFIED}|{NOT_SATISFIED}):(\d+)\b")


def is_tap(text: str) -> bool:
    """Return whether a citizen's text is the tap of a button: nobody wrote it."""
    return text.startswith(TAP)


def payload(what: str, number: int) -> str:
    """Return what a button brings back when it is tapped."""
    return f"{TAP}{what}:{number}"


def rating(text: str) -> tuple[int, bool] | None:
    """Return the question whose answer a tap rates, and whether it satisfies; None where the text is no rating."""
    found = _RATING.search(text) if is_tap(text) else None
    return (int(found[2]), found[1] == SATISFIED) if found else None
