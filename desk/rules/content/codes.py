"""Codes of content items: "ND-2026-0012", as people write them."""

from __future__ import annotations

import re

_WRITTEN = re.compile(r"(?<![^\W_])nd[\s.:#–-]{0,3}(\d{4})[\s./–-]{1,3}(\d{4,6})(?!\d)", re.IGNORECASE)


def content_code(year: int, number: int) -> str:
    """Return the code of the *number*-th item of a year."""
    return f"ND-{year}-{number:04d}"


def find_content_codes(text: str) -> tuple[str, ...]:
    """Return the codes that a text names, each once, however they are spaced ("nd 2026 0012", "ND–2026–0012-v3")."""
    found = (content_code(int(year), int(number)) for year, number in _WRITTEN.findall(text))
    return tuple(dict.fromkeys(found))


def without_content_code(text: str) -> str:
    """Return what is said beside the code: "ND-2026-0012, sai số liệu." says "sai số liệu"."""
    return " ".join(_WRITTEN.sub(" ", text).split()).strip(" ,;:.-–")
