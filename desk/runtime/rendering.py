"""Letters and messages become what is queued: templates are read once, and a missing value is an error."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import assert_never

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from desk.rules.outgoing import Channel, CitizenMessage, Delivery, Letter

# Controls but tab and line feed, bidirectional overrides, lone surrogates: a citizen's text must not turn ours around.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_LONGEST_CALENDAR_LINE = 75


def rendered(item: Letter | CitizenMessage) -> Delivery:
    """Return the delivery of a letter or message: every part rendered, what citizens wrote inert in each.

    Raises:
        jinja2.UndefinedError: a template needs what the context does not hold.
    """
    match item:
        case Letter():
            return _mail(item)
        case CitizenMessage():
            return _zalo(item)
        case other:
            assert_never(other)


def _mail(letter: Letter) -> Delivery:
    folder = f"email/{letter.template}"
    parts: dict[str, object] = {
        "subject": _printable(" ".join(_text(f"{folder}/subject.txt.j2", letter.context).split())),
        "text": _printable(_text(f"{folder}/body.txt.j2", letter.context)),
        "html": _printable(_template(f"{folder}/body.html.j2", is_html=True).render(letter.context)),
    }
    if "calendar" in letter.context:
        parts["ics"] = _folded(_text("email/_calendar.ics.j2", letter.context))
    if letter.sheet:
        sheet = letter.sheet
        parts["sheet"] = {"name": sheet.name, "title": sheet.title, "columns": sheet.columns, "rows": sheet.rows}
    if letter.pictures:
        parts["pictures"] = [list(page) for page in letter.pictures]
    if letter.evidence:
        parts["evidence"] = letter.evidence
    if letter.reply_token:
        parts["reply_token"] = letter.reply_token
    if letter.thread:
        parts["thread"] = letter.thread
    return Delivery(
        key=letter.key,
        channel=Channel.MAIL,
        kind=letter.template,
        stream=letter.stream,
        recipient=letter.to,
        parts=parts,
        question_id=letter.question_id,
        assignment_id=letter.assignment_id,
        content_item_id=letter.content_item_id,
        lifetime=letter.lifetime,
    )


def written(template: str, context: Mapping[str, object]) -> str:
    """Return what a template of templates/zalo/ says to a citizen, before anybody has let it go."""
    # Zalo counts characters: composed letters, or Vietnamese counts double.
    return unicodedata.normalize("NFC", _printable(_text(f"zalo/{template}.txt.j2", context)).strip())


def _zalo(message: CitizenMessage) -> Delivery:
    parts: dict[str, object] = {"text": written(message.template, message.context)}
    if message.buttons:
        parts["buttons"] = [{"title": button.title, "payload": button.payload} for button in message.buttons]
    if message.page:
        parts["page"] = list(message.page)
    if message.file:
        parts["file"] = message.file
    if message.zbs_template:
        parts["zbs"] = {"template_id": message.zbs_template, "data": dict(message.context)}
    return Delivery(
        key=message.key,
        channel=Channel.ZALO,
        kind=message.template,
        stream=f"citizen:{message.user_id}",
        recipient=message.user_id,
        parts=parts,
        question_id=message.question_id,
        lifetime=message.lifetime,
    )


def _text(name: str, context: Mapping[str, object]) -> str:
    return _template(name, is_html=False).render(context)


def _printable(text: str) -> str:
    return _UNPRINTABLE.sub("", text)


@cache
def _template(name: str, *, is_html: bool) -> Template:
    return _environment(is_html=is_html).get_template(name)


@cache
def _environment(*, is_html: bool) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(str(resources.files("templates")))),
        autoescape=is_html,  # noqa: S701 - plain text is not escaped
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["quoted"] = _quoted
    return environment


def _quoted(text: str) -> str:
    # Set in from the margin, no line of a citizen's can pass for one of the letter's own.
    return "\n".join(f"    {line}" for line in text.splitlines())


def _folded(calendar: str) -> str:
    """Return a calendar file as RFC 5545 wants it: CRLF, and no line over 75 bytes."""
    lines = []
    for line in calendar.splitlines():
        piece = ""
        for character in line:
            if len((piece + character).encode()) > _LONGEST_CALENDAR_LINE:
                lines.append(piece)
                piece = " "
            piece += character
        lines.append(piece)
    return "".join(f"{line}\r\n" for line in lines)
