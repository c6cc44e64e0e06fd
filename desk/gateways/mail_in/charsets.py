"""Bytes of a mail as text: by the charset it declares where that can be believed."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from typing import NamedTuple

_UTF_8 = "utf-8"
# Python's codecs hold more than charsets, some of them slow beyond bounds (idna, punycode).
_IS_CHARSET = re.compile(r"utf|iso|cp|windows|koi8|gb|big5|euc|hz$|shift|mac|tis|ascii|johab|kz1048|ptcp")
# Declared by programs that never asked which one it is. Text of theirs that is sound UTF-8 is UTF-8.
_DECLARED_BLINDLY = frozenset({"ascii", "iso8859-1", "iso8859-15", "cp1252", "cp1258", ""})
_VIETNAMESE = "cp1258"


class Decoded(NamedTuple):
    """A text, and what was wrong with its charset, in English, or nothing."""

    text: str
    defect: str


def decoded(content: bytes, charset: str) -> Decoded:
    """Return the text of bytes, whatever they are; no byte is refused."""
    codec = _codec(charset)
    unknown = "" if codec or not charset.strip() else "unknown charset"
    candidates = [_UTF_8, codec or _VIETNAMESE] if codec in _DECLARED_BLINDLY else [codec, _UTF_8, _VIETNAMESE]
    for number, candidate in enumerate(candidates):
        try:
            text = content.decode(candidate)
        except ValueError:
            continue
        is_sound = not number or codec in _DECLARED_BLINDLY
        return Decoded(text, unknown or ("" if is_sound else "not in the declared charset"))
    return Decoded(content.decode(codec or _UTF_8, "replace"), unknown or "not in the declared charset")


@lru_cache(maxsize=256)
def _codec(charset: str) -> str:
    try:
        name = codecs.lookup(charset.strip().lower()).name if charset.isascii() else ""
    except (LookupError, ValueError):
        return ""
    return name if _IS_CHARSET.match(name) else ""
