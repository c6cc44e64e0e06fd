"""The desk's own copies of its letters, known again by their headers: the evidence that a letter left (A8)."""

from __future__ import annotations

import re
from email.message import Message
from email.parser import BytesHeaderParser
from typing import Final

from desk.rules.mail_addresses import KEY_HEADER, DeskAddress

_DELIVERED: Final = ("Delivered-To", "X-Original-To", "Envelope-To")
HEADERS_OF_COPIES: Final = (KEY_HEADER, *_DELIVERED)
_KEY = re.compile(r"[!-~]+")
_ADDRESS = re.compile(r"[^\s<>,;]+@[^\s<>,;]+")


def own_copy_key(headers: bytes, desk: DeskAddress) -> str:
    """Return the outbox key of a mail that is the desk's own copy of a letter; empty for any other mail.

    A letter that somebody sent back to us unchanged bears the key as well, but came to another of our addresses.
    """
    mail = BytesHeaderParser().parsebytes(headers)
    key = str(mail.get(KEY_HEADER, "")).strip()
    if _KEY.fullmatch(key) is None:
        return ""
    elsewhere = _delivered_to(mail) - {desk.mailbox.lower()}
    return key if not elsewhere or desk.own_copy(key).lower() in elsewhere else ""


def _delivered_to(mail: Message) -> set[str]:
    lines = (str(line) for name in _DELIVERED for line in mail.get_all(name, []))
    return {address.lower() for line in lines for address in _ADDRESS.findall(line)}
