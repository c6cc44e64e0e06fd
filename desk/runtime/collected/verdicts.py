"""What the desk makes of one mail, before any of it is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from desk.rules.incoming_mail import MailKind
from desk.rules.outgoing import Delivery
from desk.runtime.collected.opening import Opened
from desk.runtime.collected.unit_replies import Said
from desk.runtime.decisions.asking import Ask
from desk.store.address_notices import Absence, Bounce
from desk.store.inbound_mails import ReadMail
from desk.store.work_items import WorkItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a mail is and all that is to be recorded of it; `copies` are outbox keys that it proves to have left.

    `asked_again` are the assignments that a delivery asks a second time, by its key.
    """

    opened: Opened
    kind: MailKind
    held_because: str | None = None
    said: tuple[Said, ...] = ()
    asks: tuple[Ask, ...] = ()
    items: tuple[WorkItem, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    bounces: tuple[Bounce, ...] = ()
    absences: tuple[Absence, ...] = ()
    copies: tuple[str, ...] = ()
    asked_again: Mapping[str, Sequence[int]] = field(default_factory=dict)

    @property
    def read(self) -> ReadMail:
        """What of it stays with the mail."""
        return ReadMail(
            inbound_mail_id=self.opened.mail_id,
            kind=self.kind,
            from_address=self.opened.mail.from_address,
            held_because=self.held_because,
        )
