"""What may stand in a consultation message, and the row it leaves in the conversation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.zalo.calls import id_of, text_of
from sandbox.zalo.knobs import Knobs
from sandbox.zalo.refusals import Json, invalid, too_much
from sandbox.zalo.uploads import Uploads

TEXT = 2_000
TITLE = 100
SUBTITLE = 500
ELEMENTS = 5
BUTTONS = 5
BUTTON_TYPES = ("oa.open.url", "oa.query.show", "oa.query.hide", "oa.open.sms", "oa.open.phone")
ROW_TYPES = {"image": "photo", "gif": "gif", "sticker": "sticker"}


@dataclass(frozen=True)
class Content:
    """A message found sendable: what kind it is, and how the conversation shows it."""

    kind: str
    row_type: str
    message: str | None
    media: Json = field(default_factory=dict)


def content_of(message: Mapping[str, Any], uploads: Uploads, knobs: Knobs, media_url: str) -> Content:
    """Return what a message holds.

    Raises:
        Refused: a field is missing or malformed (-201), too long (-210), or an upload expired (-100).
    """
    attachment = message.get("attachment")
    if attachment is None:
        return Content("text", "text", _text(message, knobs, needed=True))
    kind, payload = _part(attachment, "attachment").get("type"), _part(attachment.get("payload"), "attachment.payload")
    if kind == "file":
        return _file(message, payload, uploads, knobs, media_url)
    if kind != "template":
        raise invalid(field="attachment.type")
    match payload.get("template_type"):
        case "media":
            return _media(message, payload, uploads, knobs, media_url)
        case "request_user_info":
            _cards(payload, most=1, all_need_subtitle=True)
            return Content("request_user_info", "nosupport", None)
        case "list":
            _cards(payload, most=ELEMENTS, all_need_subtitle=False)
            return Content("list", "nosupport", None)
        case None if payload.get("buttons"):
            _check_buttons(payload["buttons"])
            text = _text(message, knobs, needed=True)
            return Content("buttons", knobs.buttons_seen_as, text if knobs.buttons_seen_as == "text" else None)
    raise invalid(field="template_type")


def _text(message: Mapping[str, Any], knobs: Knobs, *, needed: bool) -> str:
    """Return the text, counted in UTF-16 units (strict: whatever the real count, this passes it) or code points."""
    text = text_of(message, "text", longest=2 * TEXT, needed=needed)
    if (len(text.encode("utf-16-le", "surrogatepass")) // 2 if knobs.strict else len(text)) > TEXT:
        raise too_much(field="text")
    return text


def _part(value: object, name: str) -> Json:
    if not isinstance(value, dict):
        raise invalid(name)
    return value


def _elements(payload: Json, most: int) -> list[Json]:
    elements = payload.get("elements")
    if not isinstance(elements, list) or not elements:
        raise invalid(field="elements")
    if len(elements) > most:
        raise too_much(field="elements")
    return [_part(element, "elements") for element in elements]


def _file(message: Mapping[str, Any], payload: Json, uploads: Uploads, knobs: Knobs, media_url: str) -> Content:
    if knobs.strict and message.get("text"):
        raise invalid(field="text")
    name = knobs.file_field
    if not knobs.strict and name not in payload:
        name = "attachment_id" if name == "token" else "token"
    upload_id = id_of(payload, name)
    stored = uploads.get(upload_id, ("file",), name)
    return Content("file", "file", None, {"url": media_url + upload_id, "description": stored.filename})


def _media(message: Mapping[str, Any], payload: Json, uploads: Uploads, knobs: Knobs, media_url: str) -> Content:
    element = _elements(payload, most=1)[0]
    media_type = str(element.get("media_type"))
    if media_type not in ROW_TYPES:
        raise invalid(field="media_type")
    if media_type == "gif" and knobs.strict and not (element.get("width") and element.get("height")):
        raise invalid(field="width")
    caption = _text(message, knobs, needed=False)
    if media_type == "sticker":
        url = f"https://zalo-api.zadn.vn/api/emoticon/sticker/webpc?eid={id_of(element, 'attachment_id')}"
    elif "attachment_id" in element:
        upload_id = id_of(element, "attachment_id")
        uploads.get(upload_id, ("image", "gif"), "attachment_id")
        url = media_url + upload_id
    else:
        url = text_of(element, "url", longest=2_000)
        if not url.startswith("https://") and (knobs.strict or not url.startswith("http://")):
            raise invalid(field="url")
    media = {"url": url, "thumb": url} | ({"description": caption} if caption else {})
    return Content(media_type, ROW_TYPES[media_type], None, media)


def _cards(payload: Json, *, most: int, all_need_subtitle: bool) -> None:
    for place, card in enumerate(_elements(payload, most)):
        text_of(card, "title", longest=TITLE)
        text_of(card, "subtitle", longest=SUBTITLE, needed=all_need_subtitle or place == 0)
        if all_need_subtitle:
            text_of(card, "image_url", longest=2_000)
    if "buttons" in payload:
        _check_buttons(payload["buttons"])


def _check_buttons(buttons: object) -> None:
    if not isinstance(buttons, list):
        raise invalid(field="buttons")
    if len(buttons) > BUTTONS:
        raise too_much(field="buttons")
    for button in (_part(button, "buttons") for button in buttons):
        text_of(button, "title", longest=TITLE)
        if button.get("type") not in BUTTON_TYPES:
            raise invalid(field="buttons.type")
        if not button.get("payload"):
            raise invalid(field="buttons.payload")
