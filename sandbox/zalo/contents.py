"""What may stand in a consultation message, and the row it leaves in the conversation."""

from __future__ import annotations

from dataclasses import dataclass, field

from sandbox.zalo.calls import Call, id_of, part_of, text_of
from sandbox.zalo.knobs import Knobs
from sandbox.zalo.refusals import Json, invalid, too_much
from sandbox.zalo.uploads import Uploads

TEXT = ADDRESS = 2_000
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


class Contents:
    """Judges what a message holds."""

    def __init__(self, knobs: Knobs, uploads: Uploads) -> None:
        self._knobs = knobs
        self._uploads = uploads

    def found(self, message: Json, call: Call) -> Content:
        """Return what a message of a call holds.

        Raises:
            Refused: a field is missing or malformed (-201), too long (-210), or an upload expired (-100).
        """
        if message.get("attachment") is None:
            return Content("text", "text", self._text(message, needed=True))
        attachment = part_of(message, "attachment")
        payload = part_of(attachment, "payload")
        match attachment.get("type"):
            case "file":
                return self._file(message, payload, call)
            case "template":
                return self._template(message, payload, call)
        raise invalid(field="attachment.type")

    def _template(self, message: Json, payload: Json, call: Call) -> Content:
        match payload.get("template_type"):
            case "media":
                return self._media(message, payload, call)
            case "request_user_info":
                _check_cards(payload, most=1, all_need_subtitle=True)
                return Content("request_user_info", "nosupport", None)
            case "list":
                _check_cards(payload, most=ELEMENTS, all_need_subtitle=False)
                return Content("list", "nosupport", None)
            case None if payload.get("buttons"):
                _check_buttons(payload["buttons"])
                text, row_type = self._text(message, needed=True), self._knobs.buttons_seen_as
                return Content("buttons", row_type, text if row_type == "text" else None)
        raise invalid(field="template_type")

    def _text(self, message: Json, *, needed: bool) -> str:
        """Return the text, counted in UTF-16 units when strict: what passes passes by any count."""
        text = text_of(message, "text", longest=2 * TEXT, needed=needed)
        length = len(text.encode("utf-16-le", "surrogatepass")) // 2 if self._knobs.strict else len(text)
        if length > TEXT:
            raise too_much(field="text")
        return text

    def _file(self, message: Json, payload: Json, call: Call) -> Content:
        if self._knobs.strict and message.get("text"):
            raise invalid(field="text")
        name = self._knobs.file_field
        if not self._knobs.strict and name not in payload:
            name = "attachment_id" if name == "token" else "token"
        upload_id = id_of(payload, name)
        stored = self._uploads.get(upload_id, ("file",), name)
        return Content("file", "file", None, {"url": call.media_url(upload_id), "description": stored.filename})

    def _media(self, message: Json, payload: Json, call: Call) -> Content:
        element = _elements(payload, most=1)[0]
        media_type = str(element.get("media_type"))
        if media_type not in ROW_TYPES:
            raise invalid(field="media_type")
        has_size = element.get("width") and element.get("height")
        if media_type == "gif" and self._knobs.strict and not has_size:
            raise invalid(field="width")
        url = self._picture(element, media_type, call)
        caption = self._text(message, needed=False)
        media = {"url": url, "thumb": url} | ({"description": caption} if caption else {})
        return Content(media_type, ROW_TYPES[media_type], None, media)

    def _picture(self, element: Json, media_type: str, call: Call) -> str:
        if media_type == "sticker":
            return f"https://zalo-api.zadn.vn/api/emoticon/sticker/webpc?eid={id_of(element, 'attachment_id')}"
        if "attachment_id" in element:
            upload_id = id_of(element, "attachment_id")
            self._uploads.get(upload_id, ("image", "gif"), "attachment_id")
            return call.media_url(upload_id)
        url = text_of(element, "url", longest=ADDRESS)
        if not url.startswith("https://") and (self._knobs.strict or not url.startswith("http://")):
            raise invalid(field="url")
        return url


def _elements(payload: Json, most: int) -> list[Json]:
    elements = payload.get("elements")
    if not isinstance(elements, list) or not elements:
        raise invalid(field="elements")
    if len(elements) > most:
        raise too_much(field="elements")
    return [part_of({"elements": element}, "elements") for element in elements]


def _check_cards(payload: Json, *, most: int, all_need_subtitle: bool) -> None:
    for place, card in enumerate(_elements(payload, most)):
        text_of(card, "title", longest=TITLE)
        text_of(card, "subtitle", longest=SUBTITLE, needed=all_need_subtitle or place == 0)
        if all_need_subtitle:
            text_of(card, "image_url", longest=ADDRESS)
    if "buttons" in payload:
        _check_buttons(payload["buttons"])


def _check_buttons(buttons: object) -> None:
    if not isinstance(buttons, list):
        raise invalid(field="buttons")
    if len(buttons) > BUTTONS:
        raise too_much(field="buttons")
    for button in (part_of({"buttons": button}, "buttons") for button in buttons):
        text_of(button, "title", longest=TITLE)
        if button.get("type") not in BUTTON_TYPES:
            raise invalid(field="buttons.type")
        if not button.get("payload"):
            raise invalid(field="buttons.payload")
