"""What a file that came by mail is, by its content and never by its name (U15)."""

from __future__ import annotations

from enum import StrEnum


class AttachmentForm(StrEnum):
    """What an attachment is to the desk."""

    PDF = "pdf"
    IMAGE = "image"
    WORD = "word"
    SIGNATURE = "signature"
    CALENDAR = "calendar"
    TEXT = "text"
    ARCHIVE = "archive"
    MAIL = "mail"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    UNKNOWN = "unknown"
