"""What leaves the desk: a letter or message before rendering, and the delivery it becomes in the outbox."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum


class Channel(StrEnum):
    """Which gateway carries a delivery."""

    ZALO = "zalo"
    MAIL = "mail"


class UploadForm(StrEnum):
    """How a file reaches a citizen on Zalo: as a picture in the conversation, or as a file to open."""

    IMAGE = "image"
    FILE = "file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table that a letter carries as an .xlsx file of that name, without its ending."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail before rendering: a folder of templates/email/ and what stands in it.

    `key` makes queueing twice harmless; letters of one `stream` leave in order; `thread` is the key of the letter that
    opened the thread, empty for the first; `reply_token` goes into a reply address of the letter's own; after
    `lifetime` it is no longer worth sending.
    """

    template: str
    key: str
    stream: str
    to: str
    context: Mapping[str, object]
    question_id: int | None = None
    assignment_id: int | None = None
    content_item_id: int | None = None
    reply_token: str | None = None
    thread: str = ""
    lifetime: timedelta | None = None
    sheet: Sheet | None = None
    # pages of attachments, (attachment, number): the mail carries them as JPEG files
    pictures: tuple[tuple[int, int], ...] = ()
    # a removal whose paper the mail carries as a PDF file
    evidence: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button under a Zalo message: its tap comes back as a message that holds `payload`."""

    title: str
    payload: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CitizenMessage:
    """A Zalo message before rendering: a file of templates/zalo/ and what stands in it.

    `page` is a page of an attachment, (attachment, number), sent as a picture with the text under it; `file` is an
    attachment sent whole, without a text; `zbs_template` is one that Zalo has approved, sent in place of the text and
    filled with the context.
    """

    template: str
    key: str
    user_id: str
    context: Mapping[str, object]
    question_id: int | None = None
    buttons: tuple[Button, ...] = ()
    lifetime: timedelta | None = None
    page: tuple[int, int] | None = None
    file: int | None = None
    zbs_template: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One row of the outbox to be. `kind` is the template's name; `parts` is what was rendered (JSON).

    Mail: subject, text, html; where there are any: ics, sheet, pictures, evidence, reply_token, thread. Zalo: text;
    where there are any: buttons, page, file, zbs.
    """

    key: str
    channel: Channel
    kind: str
    stream: str
    recipient: str
    parts: Mapping[str, object]
    question_id: int | None = None
    assignment_id: int | None = None
    content_item_id: int | None = None
    lifetime: timedelta | None = field(default=None)
