"""Mail that machines wrote: it tells of addresses, and never changes a question's state."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from desk.rules.calendar import local_date
from desk.rules.incoming_mail import DeliveryReport, MailKind
from desk.rules.mail_addresses import KEY_HEADER
from desk.rules.mail_kinds import absent_until
from desk.rules.office import Office, ProvincialUnit, Unit
from desk.rules.office import in_force as in_force_on
from desk.rules.outgoing import Channel, Delivery
from desk.runtime.collected.gathering import Gathered
from desk.runtime.collected.opening import Opened, digest_of
from desk.runtime.collected.verdicts import Verdict
from desk.runtime.in_force import InForce
from desk.runtime.mail import desk_address
from desk.store.address_notices import Absence, Bounce
from desk.store.leads import KnownLetter
from desk.store.work_items import WorkItem

# marks the one letter that is sent again, to the unit's second address
_SECOND: Final = ":second"
# the letters from which a unit's time is counted (U25)
_ASKING: Final = frozenset({"unit-letter", "unit-table"})
# to whoever wrote: nobody needs that address to be right, and a forged one stands for anybody
_TO_A_STRANGER: Final = "sender-unknown"


def machine_verdict(opened: Opened, kind: MailKind, gathered: Gathered, desk: InForce, as_of: datetime) -> Verdict:
    """Return what a machine's mail comes to: a bounce, an absence, evidence of a letter, or nothing but a record."""
    if kind is MailKind.BOUNCE:
        return _bounced(opened, gathered, desk, as_of)
    if kind is MailKind.AUTO_REPLY:
        until = absent_until(opened.mail, local_date(opened.stored.received_at))
        return Verdict(opened=opened, kind=kind, absences=_absence(opened, until))
    copies = opened.mail.headers.get(KEY_HEADER.lower(), ()) if kind is MailKind.OWN_COPY else ()
    return Verdict(opened=opened, kind=kind, copies=tuple(copies))


def _absence(opened: Opened, until: date | None) -> tuple[Absence, ...]:
    address = opened.mail.from_address
    if until is None or not address:
        return ()
    return (Absence(address=address, absent_until=until, inbound_mail_id=opened.mail_id),)


def _bounced(opened: Opened, gathered: Gathered, desk: InForce, as_of: datetime) -> Verdict:
    """Mark who could not be reached, by the report's own word, and try the unit's second address once (A8).

    What is not about a letter of ours marks nothing: anybody can write a report. Nor does a copy that did not reach
    our own mailbox, or one of a unit's colleagues whom its mailbox passes the letter on to, say that the unit has none.
    """
    letters = [letter for letter in gathered.letters_of(opened) if letter.kind != _TO_A_STRANGER]
    ours = desk_address()
    failed = [
        report for report in opened.reports if report.action == "failed" and not ours.owns(report.final_recipient)
    ]
    if not letters or (opened.reports and not failed):
        return Verdict(opened=opened, kind=MailKind.BOUNCE)
    on = local_date(as_of)
    unreached = {report.final_recipient.lower() for report in failed}
    resent = [
        (letter, delivery)
        for letter in letters
        if letter.recipient.lower() in unreached
        for delivery in _second(letter, gathered, desk.office, on)
    ]
    return Verdict(
        opened=opened,
        kind=MailKind.BOUNCE,
        bounces=tuple(_bounces(opened, failed, letters)),
        deliveries=tuple(delivery for _, delivery in resent),
        asked_again={delivery.key: gathered.asked_by(letter) for letter, delivery in resent if letter.kind in _ASKING},
        items=tuple(_item(letter, failed, is_resent=bool(resent)) for letter in letters),
    )


def _bounces(opened: Opened, failed: list[DeliveryReport], letters: list[KnownLetter]) -> Iterator[Bounce]:
    digests = {letter.digest for letter in letters}
    for report in failed:
        original = digest_of(report.original_message_id)
        if report.final_recipient and (not original or original in digests):
            yield Bounce(
                address=report.final_recipient,
                status=report.status,
                inbound_mail_id=opened.mail_id,
                bounced_at=opened.stored.received_at,
            )


def _second(letter: KnownLetter, gathered: Gathered, office: Office, on: date) -> Iterator[Delivery]:
    """Yield the same letter to the second address of whoever it went to."""
    parts = gathered.parts.get(letter.key)
    if letter.key.endswith(_SECOND) or parts is None:
        return
    holders: list[Unit | ProvincialUnit] = [*in_force_on(office.units, on).values()]
    holders += in_force_on(office.provincial_units, on).values()
    for holder in holders:
        first, *others = holder.emails or ("",)
        if first.lower() == letter.recipient.lower() and others:
            yield Delivery(
                key=f"{letter.key}{_SECOND}",
                channel=Channel.MAIL,
                kind=letter.kind,
                stream=letter.stream,
                recipient=others[0],
                parts=parts,
                question_id=letter.question_id,
                assignment_id=letter.assignment_id,
            )
            return


def _item(letter: KnownLetter, failed: list[DeliveryReport], *, is_resent: bool) -> WorkItem:
    why = f" ({', '.join(report.status for report in failed if report.status)})" if failed else ""
    done = "; hệ thống đã gửi lại đến hộp thư thứ hai" if is_resent else ""
    return WorkItem(
        key=f"bounced:{letter.key}",
        kind="bounced",
        reason=f"Thư gửi {letter.recipient} bị trả lại{why}{done}.",
        owner="duty_officer",
        remedy="Liên hệ đơn vị để có địa chỉ đúng, sửa tệp office/units.yaml hoặc office/officials.yaml, "
        "rồi kết thúc việc bằng biểu mẫu resolve-work-item.",
        question_id=letter.question_id,
    )
