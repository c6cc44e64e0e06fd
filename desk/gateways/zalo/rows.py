"""Rows of listrecentchat and conversation, read into what the desk keeps; nothing a row holds makes this fail.

Sources differ on half of the fields: ids come as strings or bare integers, types in any case,
links as objects or strings, a location and a business card as JSON inside a string, texts not at all.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final
from unicodedata import normalize
from zoneinfo import ZoneInfo

from desk.rules.incoming import PulledRow

NAME_LENGTH: Final = 100
_ID_LENGTH: Final = 128
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_HCM: Final = ZoneInfo("Asia/Ho_Chi_Minh")
_SURROGATES: Final = re.compile("[\ud800-\udfff]")
# kinds whose `url` is a file of the citizen's own; a link leads anywhere, a sticker is a mood
_FILES: Final = frozenset({"photo", "gif", "voice", "video", "file"})
_SAME_KIND: Final = {"links": "link", "image": "photo", "audio": "voice"}
_BY_OA: Final = "0"
_encode: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def read_rows(rows: Iterable[object], *, user_id: str = "") -> list[PulledRow]:
    """Return the rows of a page; *user_id* is whose conversation was asked for, where it was one's.

    What is no row at all, or names nobody it could belong to, is left out.
    """
    read = (_read_row(row, user_id) for row in rows if isinstance(row, dict))
    return [row for row in read if row.user_id]


def clean_name(name: str) -> str:
    """Return a display name fit for one line: no line breaks, control or direction characters, NFC, 100 characters."""
    visible = name if name.isprintable() else "".join(letter if letter.isprintable() else " " for letter in name)
    return " ".join(normalize("NFC", visible).split())[:NAME_LENGTH].strip()


def _read_row(row: Mapping[str, Any], user_id: str) -> PulledRow:
    raw = _storable(_encode(row))
    by_oa = str(row.get("src", "1")) == _BY_OA
    citizen, name = ("to_id", "to_display_name") if by_oa else ("from_id", "from_display_name")
    kind = str(row.get("type") or "text").lower()[:_ID_LENGTH]
    kind = _SAME_KIND.get(kind, kind)
    return PulledRow(
        message_id=_id(row.get("message_id")) or hashlib.sha256(raw.encode()).hexdigest()[:20],
        user_id=user_id or _id(row.get(citizen)),
        from_citizen=not by_oa,
        sent_at=_sent_at(row),
        kind=kind,
        text=_text(row, kind),
        quoted_id=_id(row.get("quote_message_id") or row.get("quote_msg_id")) or None,
        media_url=(_string(row.get("url")) or None) if kind in _FILES else None,
        display_name=clean_name(_string(row.get(name))),
        raw=raw,
    )


def _text(row: Mapping[str, Any], kind: str) -> str:
    message = _string(row.get("message"))
    match kind:
        case "text":
            return message
        case "link":
            return _lines([message, *_link_texts(row), *(text for link in _links(row) for text in _link_texts(link))])
        case "location":
            place = _object(row.get("location"))
            return _lines([message, ", ".join(str(place[name]) for name in ("latitude", "longitude") if name in place)])
        case _:
            return _lines([message, _string(row.get("description"))])


def _links(row: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    links = row.get("links")
    return [link if isinstance(link, dict) else {"url": link} for link in links] if isinstance(links, list) else []


def _link_texts(link: Mapping[str, Any]) -> list[str]:
    card = _object(link.get("description"))  # of a business card: {"phone": …, "qrCodeUrl": …}
    description = str(card["phone"]) if "phone" in card else _string(link.get("description"))
    return [_string(link.get("title")), _string(link.get("url")), description]


def _object(value: object) -> Mapping[str, Any]:
    if isinstance(value, str) and value.lstrip().startswith("{"):
        try:
            value = json.loads(value)
        except ValueError:
            return {}
    return value if isinstance(value, dict) else {}


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(text for text in texts if text))


def _string(value: object) -> str:
    return _storable(value).replace("\0", "") if isinstance(value, str) else ""


def _storable(text: str) -> str:
    """Return the text without halves of characters, which no UTF-8 can carry; JSON lets them through as escapes."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATES.sub("\ufffd", text)
    return text


def _id(value: object) -> str:
    return "" if value is None else _storable(str(value)).replace("\0", "")[:_ID_LENGTH]


def _sent_at(row: Mapping[str, Any]) -> datetime:
    try:
        return datetime.fromtimestamp(int(row["time"]) / 1000, UTC)
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        pass
    try:
        return datetime.strptime(str(row.get("sent_time")), "%H:%M:%S %d/%m/%Y").replace(tzinfo=_HCM).astimezone(UTC)
    except ValueError:
        return _EPOCH
