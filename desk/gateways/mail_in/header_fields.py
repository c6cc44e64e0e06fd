"""The header of a mail as plain text: unfolded, decoded, bounded; addresses are read from what was sent, undecoded."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from email.errors import MessageError
from email.header import decode_header
from email.utils import parsedate_to_datetime

from desk.gateways.mail_in.charsets import decoded

MOST_FIELDS = 1_000
LONGEST_FIELD = 100_000

_FOLD = re.compile(r"[\r\n]+[ \t]*")
_UNPRINTABLE = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
# A quoted name may hold anything, an address of somebody else among it; a comment and an encoded word too.
_SAID_ASIDE = re.compile(r'"(?:[^"\\]|\\.){0,300}"|\((?:[^()\\]|\\.){0,300}\)|=\?[^?\s]{1,40}\?[bBqQ]\?[^?]{0,300}\?=')
_ANGLED = re.compile(r"<\s*([^\s<>@]{1,200}@[^\s<>@]{1,200})\s*>")
_BARE = re.compile(r"(?:mailto:)?([^\s<>@:\"\\()]{1,200}@[^\s<>@:\"\\()]{1,200})")
_MESSAGE_ID = re.compile(r"<[^<>]{1,990}>")


def header_text(value: str) -> str:
    """Return a field's value as a person should read it: encoded words decoded (RFC 2047), NFC, on one line."""
    value = _unfolded(value)
    if "=?" in value:
        # An encoded word that is none is shown as it came.
        with suppress(MessageError, ValueError):
            value = "".join(_word(piece, charset) for piece, charset in decode_header(value))
    if not value.isascii():
        value = unicodedata.normalize("NFC", value)
    return _UNPRINTABLE.sub(" ", value).strip()


def raw_fields(items: Iterable[tuple[str, str]]) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """Return undecoded values by lower-case name, topmost first, and what was left out for its size."""
    fields: dict[str, list[str]] = {}
    defects = []
    for number, (name, value) in enumerate(items):
        if number == MOST_FIELDS:
            defects.append(f"more than {MOST_FIELDS} header fields")
            break
        if len(value) > LONGEST_FIELD:
            defects.append("a header field is cut")
        fields.setdefault(name.strip().lower(), []).append(value[:LONGEST_FIELD])
    return {name: tuple(values) for name, values in fields.items()}, defects


def addresses(values: Iterable[str]) -> tuple[str, ...]:
    """Return each address of undecoded address lists once, in lower case, in order.

    An address inside an encoded word or a quoted name is a name: whoever forges, forges there.
    """
    found: dict[str, None] = {}
    for value in values:
        for entry in re.split("[,;]", _SAID_ASIDE.sub(" ", _unfolded(value))):
            if "@" in entry and (at := _ANGLED.findall(entry) or _BARE.findall(entry)):
                found[at[-1].lower()] = None
    return tuple(found)


def display_name(value: str) -> str:
    """Return the name that stands before an address, or nothing."""
    name = header_text(_unfolded(value).partition("<")[0]) if "<" in value else ""
    return name.strip(" \"'")


def message_ids(values: Iterable[str]) -> tuple[str, ...]:
    """Return each message id once, in order; servers that fold long ones leave spaces inside."""
    return tuple(dict.fromkeys("".join(found.split()) for value in values for found in _MESSAGE_ID.findall(value)))


def date_of(fields: Mapping[str, tuple[str, ...]]) -> datetime | None:
    """Return when a mail says it was written; without a time zone it counts as UTC (RFC 5322)."""
    try:
        written_at = parsedate_to_datetime(_unfolded(fields["date"][0])[:100])
        return written_at.astimezone(UTC) if written_at.tzinfo else written_at.replace(tzinfo=UTC)
    except (LookupError, TypeError, ValueError, OverflowError):
        return None


def _word(piece: str | bytes, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece
    # What stands between encoded words comes back in an encoding of Python's own.
    return decoded(piece, charset).text if charset else piece.decode("raw-unicode-escape", "replace")


def _unfolded(value: str) -> str:
    return _FOLD.sub(" ", value).strip()
