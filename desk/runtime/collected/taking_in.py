"""What a person decided about mail: whose a held one is, what a reply is, that one is left out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from desk.rules.incoming_mail import MailKind
from desk.rules.replies.readings import ReplyReading
from desk.rules.replies.senders import Standing
from desk.runtime.collected.gathering import gather
from desk.runtime.collected.opening import opened
from desk.runtime.collected.recording import record
from desk.runtime.collected.unit_replies import said_by_unit
from desk.runtime.collected.verdicts import Verdict
from desk.runtime.in_force import InForce
from desk.runtime.mail import desk_address
from desk.store import admitted_senders, events, inbound_mails, leads, replies
from desk.store.replies import Move


def take_in(
    connection: Connection,
    inbound_mail_id: int,
    assignment_ids: Sequence[int],
    desk: InForce,
    as_of: datetime,
    *,
    admitted_by: str | None = None,
) -> None:
    """Take a mail for a reply to these assignments, as if its sender had been known; *admitted_by* lists the sender.

    Safe to repeat: what is recorded already stays.
    """
    one = opened(inbound_mails.get_mail(connection, inbound_mail_id), desk_address())
    gathered = gather(connection, [one], as_of, also=assignment_ids)
    asked = gathered.asked_units(assignment_ids)
    said = said_by_unit(one, asked, Standing.RELEASED, gathered, desk)
    record(connection, [Verdict(opened=one, kind=MailKind.REPLY, said=tuple(said))], desk, as_of)
    if admitted_by:
        for unit in asked:
            admitted_senders.admit(
                connection,
                address=one.mail.from_address,
                unit_code=unit.place_unit or unit.unit_code,
                admitted_by=admitted_by,
                inbound_mail_id=inbound_mail_id,
            )


def leave_out(connection: Connection, inbound_mail_id: int, *, because: str) -> None:
    """Leave a held mail as it is, with the reason; one that is taken in already stays taken in."""
    mail = inbound_mails.get_mail(connection, inbound_mail_id)
    if mail.kind is MailKind.HELD:
        inbound_mails.record_left_out(connection, inbound_mail_id, because=because)


def count_as_answer(connection: Connection, reply_id: int, desk: InForce, as_of: datetime) -> None:
    """Take a reply for the unit's answer, from the time it came; a unit that owes nothing any more is left alone."""
    del desk
    reply = replies.get_reply(connection, reply_id)
    leads.hold_questions(connection, [reply.question_id])
    replies.record_reading(connection, reply_id, ReplyReading.ANSWER)
    move = Move(assignment_id=reply.assignment_id, replied_at=reply.received_at, acknowledged_at=reply.received_at)
    replies.move_assignments(connection, [move])
    event = events.Event(
        kind="unit_replied",
        question_id=reply.question_id,
        assignment_id=reply.assignment_id,
        details={"reply_id": reply_id, "read_by": "person"},
    )
    events.record_events(connection, [event], as_of=as_of)


def count_as(connection: Connection, reply_id: int, reading: ReplyReading, as_of: datetime) -> None:
    """Record what a person says a reply is, where that moves nothing: the chase goes on at once."""
    reply = replies.get_reply(connection, reply_id)
    replies.record_reading(connection, reply_id, reading)
    replies.end_silence(connection, reply.assignment_id, as_of=as_of)
