"""Files on their way to Zalo, which keeps each for seven days: what they are called, and how a message holds one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, assert_never
from unicodedata import normalize

from desk.rules.outgoing import UploadForm

# Zalo's words for "no such upload any more": it is uploaded anew and the message sent again.
EXPIRED: Final = frozenset({"-100", "-155"})
_LONGEST_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where uploads of a form go, and under which name the reply holds their id."""

    path: str
    id_name: str


def shelf_of(form: UploadForm) -> Shelf:
    """Return where uploads of a form go."""
    match form:
        case UploadForm.IMAGE:
            return Shelf("/v2.0/oa/upload/image", "attachment_id")
        case UploadForm.FILE:
            return Shelf("/v2.0/oa/upload/file", "token")
        case never:
            assert_never(never)


def plain_name(name: str) -> str:
    """Return a file's name in letters that survive any header; Zalo judges a file by what follows its last dot."""
    letters = normalize("NFD", name.replace("đ", "d").replace("Đ", "D")).encode("ascii", "ignore").decode()
    stem, _, ending = letters.rpartition(".")
    stem = re.sub(r"[^\w]+", "-", stem.replace("\\", "/").rpartition("/")[2]).strip("-")[:_LONGEST_NAME]
    return f"{stem or 'van-ban'}.{ending.lower()}"


def picture(text: str, attachment_id: str) -> Mapping[str, Any]:
    """Return a message that shows a picture with a text under it."""
    element = {"media_type": "image", "attachment_id": attachment_id}
    payload = {"template_type": "media", "elements": [element]}
    return {"text": normalize("NFC", text), "attachment": {"type": "template", "payload": payload}}


def file(token: str) -> Mapping[str, Any]:
    """Return a message that is a file; Zalo takes no text with one."""
    return {"attachment": {"type": "file", "payload": {"token": token}}}
