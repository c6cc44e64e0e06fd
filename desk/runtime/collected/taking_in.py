"""What a person decided about mail: whose a held one is, what a reply is, that one is left out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from desk.rules.incoming_mail import MailKind
from desk.rules.replies.readings import ReplyReading
from desk.rules.replies.senders import Standing
from desk.rules.states import ENDED, QuestionState
from desk.runtime.answering.taking_back import take_back
from desk.runtime.collected.gathering import gather
from desk.runtime.collected.opening import opened
from desk.runtime.collected.recording import record
from desk.runtime.collected.unit_replies import said_by_unit
from desk.runtime.collected.verdicts import Verdict
from desk.runtime.in_force import InForce
from desk.runtime.mail import desk_address
from desk.store import admitted_senders, assignments, events, inbound_mails, leads, questions, replies, work_items
from desk.store.replies import Move

# what a unit wrote has left for the citizen already
_OUT_OF_HAND: Final = ENDED | {QuestionState.ANSWER_LEAVING}
_TAKEN_UP_FOR: Final = "đã mở lại để trả lời công dân theo thư trả lời muộn của đơn vị"


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


def leave_out(connection: Connection, inbound_mail_id: int, as_of: datetime, *, because: str, left_out_by: str) -> str:
    """Leave a mail out, with the reason, and return what was done; what was taken in as an answer is awaited again."""
    mail = inbound_mails.get_mail(connection, inbound_mail_id)
    if mail.kind is MailKind.HELD:
        inbound_mails.record_left_out(connection, inbound_mail_id, because=because)
        return "không xử lý thư, đã ghi lý do"
    of_mail = replies.find_answers_of_mail(connection, inbound_mail_id)
    held = leads.hold_questions(connection, sorted(of_mail))
    waiting = [question_id for question_id in of_mail if held[question_id].state not in _OUT_OF_HAND]
    for question_id in waiting:
        outcome = f"không xử lý thư của đơn vị: {because}"
        take_back(connection, question_id, of_mail[question_id], as_of, actor=left_out_by, outcome=outcome)
    if waiting:
        return "không xử lý thư, đã ghi lý do; tiếp tục chờ đơn vị trả lời"
    return "không thêm địa chỉ vào danh sách; không còn câu trả lời nào của thư này chờ gửi công dân"


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


def count_as_late_answer(connection: Connection, reply_id: int, desk: InForce, as_of: datetime, *, by: str) -> bool:
    """Take a reply for the answer to a question that was taken up again for it; returns whether it reads as one.

    The dates stay, and what the unit wrote is laid before the officer on duty as any answer is.
    """
    reply = replies.get_reply(connection, reply_id)
    if reply.reading is not ReplyReading.ANSWER:
        return False
    work_items.close_of_question(connection, reply.question_id, closed_by=by, outcome=_TAKEN_UP_FOR)
    assignments.await_again(connection, reply.assignment_id)
    decided = questions.Decided(question_id=reply.question_id, state=QuestionState.ROUTED)
    questions.record_decisions(connection, [decided])
    count_as_answer(connection, reply_id, desk, as_of)
    return True


def count_as(connection: Connection, reply_id: int, reading: ReplyReading) -> None:
    """Record what a person says a reply is, where that moves nothing."""
    replies.record_reading(connection, reply_id, reading)
