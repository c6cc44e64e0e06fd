"""What the first bytes of a file say it is, whatever it is called; nothing is opened here."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Final


class Format(Enum):
    """A kind of file that the desk tells from others."""

    PDF = auto()
    PICTURE = auto()
    ZIP = auto()  # docx and xlsx too
    OLE = auto()  # doc and xls, and what Office encrypts
    RTF = auto()
    ARCHIVE = auto()
    CALENDAR = auto()
    MAIL = auto()
    MAIL_SIGNATURE = auto()
    SIGNED_CONTAINER = auto()
    OUTLOOK_CONTAINER = auto()
    WEB_PAGE = auto()
    PLAIN_TEXT = auto()
    UNKNOWN = auto()


# (offset, bytes, format); the first that fits
_MAGIC: Final = (
    (0, b"%PDF-", Format.PDF),
    (0, b"\xff\xd8\xff", Format.PICTURE),
    (0, b"\x89PNG\r\n\x1a\n", Format.PICTURE),
    (0, b"II*\0", Format.PICTURE),
    (0, b"MM\0*", Format.PICTURE),
    (8, b"WEBP", Format.PICTURE),
    (0, b"GIF8", Format.PICTURE),
    (0, b"PK\x03\x04", Format.ZIP),
    (0, b"PK\x05\x06", Format.ZIP),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Format.OLE),
    (0, b"{\\rtf", Format.RTF),
    (0, b"Rar!\x1a\x07", Format.ARCHIVE),
    (0, b"7z\xbc\xaf\x27\x1c", Format.ARCHIVE),
    (0, b"\x1f\x8b", Format.ARCHIVE),
    (0, b"\xfd7zXZ\0", Format.ARCHIVE),
    (257, b"ustar", Format.ARCHIVE),
    (0, b"\x78\x9f\x3e\x22", Format.OUTLOOK_CONTAINER),
    (0, b"-----BEGIN PKCS7", Format.SIGNED_CONTAINER),
    (0, b"-----BEGIN PGP SIGNATURE", Format.MAIL_SIGNATURE),
)
# PDF readers look for the header so far into a file: mail gateways and scanners write before it
_PDF_HEADER_WITHIN: Final = 1024
_HEAD: Final = 4096
# the object identifiers of PKCS #7: signedData, envelopedData
_PKCS7: Final = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07"
_MAIL_SIGNATURE_TYPES: Final = frozenset({"application/pkcs7-signature", "application/x-pkcs7-signature"})
_MAIL_HEADERS: Final = re.compile(
    rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:Received|From|Message-ID|MIME-Version):", re.IGNORECASE
)
_WEB_PAGE: Final = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|meta)\b", re.IGNORECASE | re.DOTALL
)


def format_of(content: bytes, *, declared_type: str = "") -> Format:
    """Return a file's format; *declared_type* decides only between what its bytes cannot tell apart."""
    for offset, magic, found in _MAGIC:
        if content.startswith(magic, offset):
            return found
    head = content[:_HEAD]
    if b"%PDF-" in head[:_PDF_HEADER_WITHIN]:
        return Format.PDF
    if head.startswith(b"\x30") and _PKCS7 in head[:64]:
        detached = declared_type.lower() in _MAIL_SIGNATURE_TYPES
        return Format.MAIL_SIGNATURE if detached else Format.SIGNED_CONTAINER
    return _format_of_text(head, declared_type) if _is_text(head) else Format.UNKNOWN


def _format_of_text(head: bytes, declared_type: str) -> Format:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text[:15].upper() == b"BEGIN:VCALENDAR":
        return Format.CALENDAR
    if declared_type.lower() == "message/rfc822" or _MAIL_HEADERS.match(text):
        return Format.MAIL
    return Format.WEB_PAGE if _WEB_PAGE.match(text) else Format.PLAIN_TEXT


def _is_text(head: bytes) -> bool:
    """Return whether bytes are text in UTF-8 or an old encoding: no controls but those of layout."""
    return bool(head) and not any(byte < 9 or 13 < byte < 27 for byte in head)  # noqa: PLR2004 - tab to CR, escape
