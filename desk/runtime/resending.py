"""Ask a unit once for its letter as PDF, where all it sent is of no use; what it owes, it still owes (U15)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from desk.rules.attachments import has_cloud_link
from desk.rules.commands import Commands
from desk.rules.letters.to_resend import UnusedReply, resend_as_pdf
from desk.rules.letters.to_units import letter_key
from desk.rules.replies.readings import ReplyReading, read_reply
from desk.runtime.assigning import name_of, reply_token, unit_of
from desk.runtime.in_force import InForce
from desk.runtime.rendering import rendered
from desk.store import answers, attachments, events, mail_tokens, outbox
from desk.store.attachments import RepliedTo


def ask_to_resend(connection: Connection, inbound_mail_id: int, desk: InForce, as_of: datetime) -> bool:
    """Ask for a mail's files as PDF if none of them is of use and its text holds no answer; returns whether it did.

    Waits until all files of the mail have been looked into. Safe to repeat.
    """
    files = attachments.find_of_mail(connection, inbound_mail_id)
    replies = attachments.find_replies_of_mail(connection, inbound_mail_id)
    found = [(file.name, file.found) for file in files]
    if not replies or any(one is None or one.is_usable for _, one in found):
        return False
    unused = [(name, one.refused or "") for name, one in found if one and one.is_asked_for_again]
    if not unused and not any(has_cloud_link(reply.text) for reply in replies):
        return False
    commands = Commands(desk.office.commands)
    if any(_answers_by_itself(one, commands) for one in replies):
        return False
    empty = [one.reply_id for one in replies if one.reading is ReplyReading.ANSWER]
    answers.take_back_replies(connection, empty, next_step_at=as_of)
    reply = _unused_reply(inbound_mail_id, replies, desk, as_of)
    (token,) = mail_tokens.add_tokens(connection, [reply_token(reply.question_id, reply.assignment_id, as_of)])
    thread = letter_key(reply.question_id, reply.unit_code, replies[0].version)
    letter = resend_as_pdf(reply, unused, desk.letterhead(as_of), reply_token=token, thread=thread)
    if not outbox.add_deliveries(connection, [rendered(letter)], on=as_of.date()):
        return False
    events.record_events(connection, [_asked(one, inbound_mail_id) for one in replies], as_of=as_of)
    return True


def _asked(reply: RepliedTo, inbound_mail_id: int) -> events.Event:
    return events.Event(
        kind="asked_to_resend",
        question_id=reply.question_id,
        assignment_id=reply.assignment_id,
        details={"inbound_mail_id": inbound_mail_id, "was": reply.reading.value},
    )


def _answers_by_itself(reply: RepliedTo, commands: Commands) -> bool:
    """Return whether what was written is an answer though nothing had come with it."""
    if reply.reading is not ReplyReading.ANSWER:
        return False
    return read_reply(reply.text, commands, has_files=False).reading is ReplyReading.ANSWER


def _unused_reply(inbound_mail_id: int, replies: list[RepliedTo], desk: InForce, as_of: datetime) -> UnusedReply:
    first = replies[0]
    return UnusedReply(
        inbound_mail_id=inbound_mail_id,
        question_id=first.question_id,
        assignment_id=first.assignment_id,
        case_codes=tuple(one.case_code for one in replies),
        unit_code=first.unit_code,
        unit=name_of(*unit_of(desk.office, first.unit_code, first.place_unit, as_of)),
        from_address=first.from_address,
        due_on=min(one.told_on for one in replies),
    )
