"""A mail's bytes as plain values, whatever they are: every part is text or a leaf, and what is neither is said.

The old parser of the standard library (compat32) takes a mail apart eight times as fast as the new one, and refuses
less. Around it: parts that are mails themselves stay whole, and fields in bare 8 bits are read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from email.errors import MessageError
from email.message import Message
from email.parser import BytesParser
from email.policy import Compat32
from typing import cast

from desk.gateways.mail_in.charsets import decoded
from desk.gateways.mail_in.delivery_reports import delivery_reports
from desk.gateways.mail_in.flowed import unflowed
from desk.gateways.mail_in.header_fields import addresses, date_of, display_name, header_text, message_ids, raw_fields
from desk.gateways.mail_in.html_text import html_text
from desk.rules.incoming_mail import IncomingMail, Leaf
from desk.rules.wording import cleaned

MOST_LEAVES = 100
MOST_TEXTS = 100
LONGEST_TEXT = 500_000
LONGEST_NAME = 200

_LONGEST_HTML = 2_000_000
_TOO_STRANGE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MessageError,
    RecursionError,
    TypeError,
    ValueError,
)
_RECIPIENT_FIELDS = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "to", "cc")
# What Exchange calls the text that follows an attachment in the body.
_TEXT_BY_EXCHANGE = re.compile(r"ATT\d{5}\.(?:txt|html?)", re.IGNORECASE)
_TEXTS = frozenset({"text/plain", "text/html", "text/"})
_RETURNED = frozenset({"message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"})
_STATUSES = frozenset({"message/delivery-status", "message/global-delivery-status"})
_HEADER_ENDS = re.compile(rb"\r?\n\r?\n")


class _Lenient(Compat32):
    """Reads a field in bare 8 bits as the UTF-8 it most likely is."""

    def header_fetch_parse(self, name: str, value: str) -> str:  # noqa: ARG002 - the policy's interface
        return _of_8_bits(value)


class _Part(Message):
    """A part that is a mail itself stays as it came: read as bytes, not taken apart."""

    @property
    def declared_type(self) -> str:
        return super().get_content_type()

    def get_content_type(self) -> str:
        declared = self.declared_type
        return declared.replace("message/", "application/") if declared.startswith("message/") else declared


_PARSER: BytesParser[Message] = BytesParser(_Part, policy=_Lenient())


@dataclass(slots=True)
class _Found:
    """What the parts of a mail come to; `skips_html` where the same was said in plain text."""

    skips_html: bool = False
    texts: list[str] = field(default_factory=list)
    leaves: list[Leaf] = field(default_factory=list)
    statuses: list[bytes] = field(default_factory=list)
    returned: list[bytes] = field(default_factory=list)
    defects: dict[str, None] = field(default_factory=dict)
    unlisted: int = 0

    def say(self, defect: str) -> None:
        if defect:
            self.defects[defect] = None


def parse_mail(raw: bytes) -> IncomingMail:
    """Return a mail as plain values. It never raises.

    What cannot be taken apart is one leaf; `defects` say so, and how many parts were too many to list.
    """
    found = _Found()
    try:
        whole = _PARSER.parsebytes(raw)
        _read(whole, found)
    except _TOO_STRANGE as error:
        whole = _PARSER.parsebytes(_HEADER_ENDS.split(raw, maxsplit=1)[0], headersonly=True)
        found = _Found()
        found.say(f"not taken apart: {type(error).__name__}")
        found.leaves.append(Leaf(position=1, name="", declared_type="message/rfc822", content=raw))
    if found.unlisted:
        found.say(f"{found.unlisted} parts more are not listed")
    return _mail(whole, found)


def _mail(whole: Message, found: _Found) -> IncomingMail:
    fields, defects = raw_fields((name, _of_8_bits(value)) for name, value in whole.raw_items())
    for defect in defects:
        found.say(defect)
    senders = addresses(fields.get("from", ()))
    if len(senders) > 1:
        found.say("more than one sender")
    text = "\n\n".join(text for text in found.texts if text.strip())
    if len(text) > LONGEST_TEXT:
        found.say("the text is cut")
    return IncomingMail(
        message_id=next(iter(message_ids(fields.get("message-id", ()))), ""),
        referred_ids=message_ids([*fields.get("references", ()), *fields.get("in-reply-to", ())]),
        # Whoever names several senders names none.
        from_address=senders[0] if len(senders) == 1 else "",
        from_name=display_name(next(iter(fields.get("from", ())), "")),
        sender_address=next(iter(addresses(fields.get("sender", ()))), ""),
        recipients=addresses(value for name in _RECIPIENT_FIELDS for value in fields.get(name, ())),
        subject=header_text(next(iter(fields.get("subject", ())), "")),
        written_at=date_of(fields),
        headers={name: tuple(map(header_text, values)) for name, values in fields.items()},
        text=cleaned(text, LONGEST_TEXT),
        leaves=tuple(found.leaves),
        reports=delivery_reports(found.statuses, found.returned),
        defects=tuple(found.defects),
    )


def _read(part: Message, found: _Found) -> None:
    if not part.is_multipart():
        _read_leaf(part, found)
    elif part.get_content_subtype() == "alternative":
        _read_alternatives(part, found)
    else:
        for inner in _parts(part):
            _read(inner, found)
    for defect in part.defects:
        found.say(type(defect).__name__)


def _read_alternatives(part: Message, found: _Found) -> None:
    """Take the plain text where there is one, and of the others whatever is no text: Apple keeps files among them."""
    chosen: _Found | None = None
    # The plain one first: to read HTML that is not wanted takes longer than all the rest.
    for inner in sorted(_parts(part), key=lambda inner: inner.get_content_type() != "text/plain"):
        one = _Found(skips_html=found.skips_html or chosen is not None)
        _read(inner, one)
        if any(text.strip() for text in one.texts) and not (chosen and one.skips_html):
            chosen = one
        for leaf in one.leaves:
            _add_leaf(leaf.name, leaf.declared_type, leaf.content, found, is_inline=leaf.is_inline)
        found.statuses += one.statuses
        found.returned += one.returned
        found.defects |= one.defects
        found.unlisted += one.unlisted
    found.texts += chosen.texts if chosen else []


def _parts(part: Message) -> list[Message]:
    # The payload of a multipart is a list of messages; typeshed cannot know.
    return cast("list[Message]", part.get_payload())


def _read_leaf(part: Message, found: _Found) -> None:
    declared = part.declared_type if isinstance(part, _Part) else part.get_content_type()
    try:
        name = _name(part)
    except _TOO_STRANGE:
        name = ""
        found.say("a file name cannot be read")
    content = _content(part, found)
    disposition = part.get_content_disposition()
    # What was meant to have parts and has none is shown as it stands.
    is_text = declared in _TEXTS or part.get_content_maintype() == "multipart"
    if is_text and disposition != "attachment" and (not name or _TEXT_BY_EXCHANGE.fullmatch(name)):
        _add_text(part, content, found)
        return
    if declared in _STATUSES:
        found.statuses.append(content)
    elif declared in _RETURNED:
        found.returned.append(content)
    is_inline = disposition == "inline" or (disposition is None and "content-id" in part)
    _add_leaf(name, declared, content, found, is_inline=is_inline)


def _content(part: Message, found: _Found) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except _TOO_STRANGE as error:
        found.say(f"a part cannot be decoded: {type(error).__name__}")
        content = str(part.get_payload()).encode("utf-8", "surrogateescape")
    return content if isinstance(content, bytes) else b""


def _add_text(part: Message, content: bytes, found: _Found) -> None:
    if part.get_content_type() == "text/html" and found.skips_html:
        return
    if len(found.texts) == MOST_TEXTS:
        found.unlisted += 1
        return
    text, defect = decoded(content, part.get_content_charset() or "")
    found.say(defect)
    if part.get_content_type() == "text/html":
        if len(text) > _LONGEST_HTML:
            found.say("the text is cut")
        text = html_text(text[:_LONGEST_HTML])
    elif "flowed" in str(part.get_param("format") or "").lower():
        text = unflowed(text, without_space=str(part.get_param("delsp") or "").lower() == "yes")
    found.texts.append(text.strip("\r\n"))


def _add_leaf(name: str, declared_type: str, content: bytes, found: _Found, *, is_inline: bool) -> None:
    if len(found.leaves) == MOST_LEAVES:
        found.unlisted += 1
        return
    position = len(found.leaves) + 1
    found.leaves.append(
        Leaf(position=position, name=name, declared_type=declared_type, content=content, is_inline=is_inline)
    )


def _name(part: Message) -> str:
    return header_text(part.get_filename() or "")[:LONGEST_NAME]


def _of_8_bits(value: str) -> str:
    if value.isascii():
        return value
    return decoded(value.encode("utf-8", "surrogateescape"), "").text
