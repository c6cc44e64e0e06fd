"""A mail that came in, as the rules read it: plain values, whatever its bytes were."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class MailKind(StrEnum):
    """What a mail is to the desk: one table for everything that arrives."""

    REPLY = "reply"
    DECISION = "decision"
    OWN_COPY = "own_copy"
    BOUNCE = "bounce"
    AUTO_REPLY = "auto_reply"
    RECEIPT = "receipt"
    LIST = "list"
    LOOP = "loop"
    DRAFT = "draft"
    HELD = "held"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A part of a mail that is not its text. `name` is what the sender called it: shown, never used as a path."""

    position: int
    name: str
    declared_type: str
    content: bytes
    is_inline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryReport:
    """What a delivery status notification says of one recipient (RFC 3464); `action` and `status` in its own words."""

    final_recipient: str
    action: str
    status: str
    original_message_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingMail:
    """A mail as read. Addresses are in lower case; text is NFC with LF line ends, made of HTML where no part is plain.

    `recipients` are all addresses it was sent to, Delivered-To and the like first. `headers` are unfolded, decoded,
    topmost first, by lower-case name. `defects` say what could not be read, in English, without content.
    """

    message_id: str = ""
    referred_ids: tuple[str, ...] = ()
    from_address: str = ""
    from_name: str = ""
    sender_address: str = ""
    recipients: tuple[str, ...] = ()
    subject: str = ""
    written_at: datetime | None = None
    headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    text: str = ""
    leaves: tuple[Leaf, ...] = ()
    reports: tuple[DeliveryReport, ...] = ()
    defects: tuple[str, ...] = ()
