"""What a delivery status notification says (RFC 3464): each recipient's fate, and which mail it was about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from email import message_from_string
from email.errors import MessageError

from desk.gateways.mail_in.header_fields import addresses, header_text, message_ids
from desk.rules.incoming_mail import DeliveryReport

_MOST_RECIPIENTS = 200
_BLOCKS = re.compile(r"\n[ \t]*\n+")
_HEADER_ENDS = re.compile(r"\r?\n\r?\n")
_TYPED_AS_UTF_8 = re.compile(r"\\x\{([0-9A-Fa-f]{2,6})\}")


def delivery_reports(statuses: Iterable[bytes], returned: Iterable[bytes]) -> tuple[DeliveryReport, ...]:
    """Return a report for each recipient named; *returned* are the mails, or their headers, that came back with it."""
    original = _original_message_id(returned)
    return tuple(
        DeliveryReport(
            final_recipient=recipient,
            action=_value(block, "action").lower(),
            status=_value(block, "status").partition(" ")[0],
            original_message_id=original,
        )
        for status in statuses
        for block in _blocks(status)
        if (recipient := _recipient(block))
    )[:_MOST_RECIPIENTS]


def _blocks(status: bytes) -> Iterable[Mapping[str, str]]:
    text = status.decode("utf-8", "replace").replace("\r\n", "\n").strip()
    for block in _BLOCKS.split(text, maxsplit=_MOST_RECIPIENTS + 1):
        try:
            yield {name.lower(): str(value) for name, value in message_from_string(f"{block}\n\n").items()}
        except (MessageError, ValueError, LookupError):
            continue


def _recipient(block: Mapping[str, str]) -> str:
    for name in ("final-recipient", "original-recipient"):
        typed = _value(block, name).rpartition(";")[2]
        typed = _TYPED_AS_UTF_8.sub(lambda found: chr(min(int(found[1], 16), 0x10FFFF)), typed)
        if found := addresses([typed]):
            return found[0]
    return ""


def _value(block: Mapping[str, str], name: str) -> str:
    return header_text(block.get(name, ""))


def _original_message_id(returned: Iterable[bytes]) -> str:
    for mail in returned:
        header = _HEADER_ENDS.split(mail.decode("utf-8", "replace").lstrip(), maxsplit=1)[0]
        named = re.search(r"^Message-ID:(.*(?:\n[ \t].*)*)", header.replace("\r\n", "\n"), re.IGNORECASE | re.MULTILINE)
        if named and (found := message_ids([named[1]])):
            return found[0]
    return ""
