"""Ask a unit once for its letter as PDF, where all it sent is of no use; what it owes, it still owes (U15)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from desk.rules.attachments import AttachmentForm, has_cloud_link
from desk.rules.commands import Commands
from desk.rules.letters.to_resend import UnusedReply, resend_as_pdf
from desk.rules.replies.readings import ReplyReading, read_reply
from desk.runtime.assigning import name_of, reply_token, unit_of
from desk.runtime.in_force import InForce
from desk.runtime.rendering import rendered
from desk.store import answer_sources, attachments, events, mail_tokens, outbox
from desk.store.attachments import Attachment, RepliedTo

# What comes with mails of itself.
_BESIDE: Final = frozenset({AttachmentForm.SIGNATURE, AttachmentForm.CALENDAR})


def ask_to_resend(connection: Connection, inbound_mail_id: int, desk: InForce, as_of: datetime) -> bool:
    """Ask for a mail's files as PDF if none of them is of use and its text holds no answer; returns whether it did.

    Waits until all files of the mail have been looked into. Safe to repeat.
    """
    files = attachments.find_of_mail(connection, inbound_mail_id)
    replies = attachments.find_replies_of_mail(connection, inbound_mail_id)
    if not replies or _may_answer(files, replies, desk):
        return False
    found = [(file.name or "Tệp không có tên", file.found) for file in files if file.found]
    unused = [(name, one.refused or "") for name, one in found if one.form not in _BESIDE]
    answered = [one.reply_id for one in replies if one.reading is ReplyReading.ANSWER]
    has_link = any(has_cloud_link(one.text) for one in replies)
    awaited_again = answer_sources.take_back_replies(connection, answered, next_step_at=as_of)
    asked = False
    if has_link or (unused and (answered or any(one.is_asked_for_again for _, one in found))):
        asked = _ask(connection, _unused_reply(inbound_mail_id, replies, desk, as_of), unused, desk, as_of)
    if awaited_again or asked:
        details = {"inbound_mail_id": inbound_mail_id, "asked_to_resend": asked}
        events.record_events(connection, [_of_no_use(one, details) for one in replies], as_of=as_of)
    return asked


def _may_answer(files: list[Attachment], replies: list[RepliedTo], desk: InForce) -> bool:
    """Return whether a file of a mail is of use or has yet to be looked into, or its text answers by itself."""
    if any(file.found is None or file.found.is_usable for file in files):
        return True
    commands = Commands(desk.office.commands)
    texts = [one.text for one in replies if one.reading is ReplyReading.ANSWER]
    return any(read_reply(text, commands, has_files=False).reading is ReplyReading.ANSWER for text in texts)


def _of_no_use(reply: RepliedTo, details: Mapping[str, object]) -> events.Event:
    return events.Event(
        kind="reply_of_no_use", question_id=reply.question_id, assignment_id=reply.assignment_id, details=details
    )


def _ask(
    connection: Connection, reply: UnusedReply, unused: list[tuple[str, str]], desk: InForce, as_of: datetime
) -> bool:
    (token,) = mail_tokens.add_tokens(connection, [reply_token(reply.question_id, reply.assignment_id, as_of)])
    letter = resend_as_pdf(reply, unused, desk.letterhead(as_of), reply_token=token)
    return bool(outbox.add_deliveries(connection, [rendered(letter)], on=as_of.date()))


def _unused_reply(inbound_mail_id: int, replies: list[RepliedTo], desk: InForce, as_of: datetime) -> UnusedReply:
    first = replies[0]
    return UnusedReply(
        inbound_mail_id=inbound_mail_id,
        question_id=first.question_id,
        assignment_id=first.assignment_id,
        case_codes=tuple(one.case_code for one in replies),
        unit_code=first.unit_code,
        version=first.version,
        unit=name_of(*unit_of(desk.office, first.unit_code, first.place_unit, as_of)),
        from_address=first.from_address,
        due_on=min(one.told_on for one in replies),
    )
