"""Mails on articles that answer no letter of ours: an author's text, the Secretary's wish to take one down (U17)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from desk.rules.calendar import local_date
from desk.rules.commands import CommandLine
from desk.rules.incoming_mail import MailKind
from desk.rules.letters import decision_receipt
from desk.rules.office import Official, Role
from desk.rules.replies.matching import NoMatch
from desk.rules.replies.senders import Authentication
from desk.rules.wording import folded
from desk.runtime.collected.opening import Opened
from desk.runtime.collected.unit_replies import commands_of
from desk.runtime.contents.removing import TAKE_DOWN, confirm_removal
from desk.runtime.in_force import InForce
from desk.runtime.mail import desk_address
from desk.runtime.rendering import rendered
from desk.store import attachments, content_intakes, inbound_mails, outbox
from desk.store.content_intakes import Intake
from desk.store.inbound_mails import ReadMail

_WRITERS: Final = frozenset({Role.AUTHOR, Role.COLLABORATOR, Role.EDITOR})
_SUBJECT: Final = re.compile(r"\s*(?:(?:re|fwd?|tra loi|chuyen tiep)\s*:\s*)*bai(?:\s+(?:viet|dang))?\s*:")
_UNPROVED: Final = "Máy chủ thư chưa xác nhận được người gửi nên chưa nhận bài viết, yêu cầu này."
_NO_SUCH_ARTICLE: Final = (
    "không tìm thấy bài đang đăng theo mã đã ghi. Viết GỠ: mã tin, lý do; ví dụ GỠ: ND-2026-0012, lý do."
)


@dataclass(frozen=True, slots=True)
class ArticleMail:
    """A mail of an official that is a text, or orders something of an article by its code."""

    opened: Opened
    official: Official
    command: CommandLine | None


def article_mail(
    opened: Opened, official: Official | None, proof: Authentication, desk: InForce
) -> ArticleMail | NoMatch | None:
    """Return what a mail that nothing asked for is about articles; None where it is not about any.

    An address alone proves nobody: what is not authenticated is for a person.
    """
    if official is None:
        return None
    roles = set(official.roles)
    command = _removal(opened, desk) if Role.SECRETARY in roles else None
    if command is None and not (roles & _WRITERS and _is_text(opened)):
        return None
    return ArticleMail(opened, official, command) if proof is Authentication.PASS else NoMatch(_UNPROVED)


def take_in(connection: Connection, one: ArticleMail, desk: InForce, as_of: datetime) -> None:
    """Put an author's text down, or have the Secretary confirm; all of it or, where something breaks, nothing."""
    opened, mail = one.opened, one.opened.mail
    kind = MailKind.DECISION if one.command else MailKind.DRAFT
    with connection.begin_nested():
        read = ReadMail(inbound_mail_id=opened.mail_id, kind=kind, from_address=mail.from_address)
        inbound_mails.record_read(connection, [read], as_of=as_of)
        if one.command:
            _confirm(connection, one, one.command, desk, as_of)
            return
        attachments.add_attachments(connection, {opened.mail_id: opened.mail.leaves})
        intake = Intake(
            inbound_mail_id=opened.mail_id,
            content_item_id=None,
            official_code=one.official.code,
            subject=mail.subject,
            text=opened.new_text,
            received_at=opened.stored.received_at,
        )
        content_intakes.add_intake(connection, intake)


def _confirm(connection: Connection, one: ArticleMail, command: CommandLine, desk: InForce, as_of: datetime) -> None:
    occasion = f"asked:{one.opened.mail_id}"
    if not confirm_removal(connection, one.official, command, desk, as_of, occasion=occasion):
        receipt = decision_receipt(
            one.official,
            inbound_mail_id=one.opened.mail_id,
            question_id=None,
            received_at=one.opened.stored.received_at,
            refused=_NO_SUCH_ARTICLE,
        )
        outbox.add_deliveries(connection, [rendered(receipt)], on=local_date(as_of))


def _removal(opened: Opened, desk: InForce) -> CommandLine | None:
    reading = commands_of(desk.office.commands).read(opened.new_text)
    command = reading.commands[0] if len(reading.commands) == 1 else None
    return command if command and command.code in TAKE_DOWN else None


def _is_text(opened: Opened) -> bool:
    return bool(_SUBJECT.match(folded(opened.mail.subject))) or desk_address().drafts in opened.mail.recipients
