"""What the duty officer is asked about units' replies: how one is meant, and whether its sender is let in (U2, U14)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from desk.rules.commands import CommandCode
from desk.rules.replies.readings import ReplyReading
from desk.rules.states import ENDED, QuestionState
from desk.runtime.assigning import name_of, unit_of
from desk.runtime.collected.opening import Opened
from desk.runtime.collected.unit_replies import Said
from desk.runtime.decisions.asking import WAITS_FOR_US, WHILE_IT_WAITS, Ask
from desk.runtime.decisions.kinds import HELD_MAIL, LATE_REPLY, QUESTION_BACK, UNSURE_READING
from desk.runtime.in_force import InForce
from desk.store.leads import AskedUnit

# thanks and receipts for a question that has ended need nobody
_WORTH_TELLING: Final = frozenset(
    {ReplyReading.ANSWER, ReplyReading.UNSURE, ReplyReading.QUESTION_BACK, ReplyReading.COMMAND}
)


def ask_reading(said: Said, reply_id: int, desk: InForce, as_of: datetime) -> Ask:
    """Return what is asked of a reply that only a person can read, or that wants to know more itself."""
    unit = _name(said.asked, desk, as_of)
    facts = [WHILE_IT_WAITS]
    proposal: dict[str, object] = {
        "reply_id": reply_id,
        "assignment_id": said.asked.assignment_id,
        WAITS_FOR_US: True,
    }
    if said.read.reading is ReplyReading.QUESTION_BACK:
        kind, subject = QUESTION_BACK, f"{unit} cần thêm thông tin"
        reason = f"{unit} hỏi lại về câu hỏi mã {said.asked.case_code}."
        options: tuple[CommandCode, ...] = (CommandCode.ASK_CITIZEN, CommandCode.IS_ANSWER, CommandCode.WAIT)
    elif (order := said.order) is not None:
        kind, subject = UNSURE_READING, f"Thư của {unit} có cả đề nghị và nội dung như câu trả lời"
        reason = f"Thư của {unit} về câu hỏi mã {said.asked.case_code} có đề nghị, kèm nội dung như câu trả lời."
        options = (CommandCode.AGREE, CommandCode.IS_ANSWER, CommandCode.IS_NO_ANSWER)
        written = f"{_words(desk, order.code)}: {order.argument}"
        facts = [
            ("Đề nghị của đơn vị", written),
            ("Cách chọn", "ĐỒNG Ý là thực hiện đề nghị; LÀ TRẢ LỜI là ghi nhận nội dung trích dẫn làm câu trả lời"),
            WHILE_IT_WAITS,
        ]
        proposal |= {"command": order.code.value, "argument": order.argument, "label_vi": written}
    else:
        kind, subject = UNSURE_READING, f"Chưa rõ {unit} đã trả lời hay chưa"
        reason = f"Thư của {unit} về câu hỏi mã {said.asked.case_code} chưa rõ là câu trả lời hay chưa."
        options = (CommandCode.IS_ANSWER, CommandCode.IS_NO_ANSWER)
    return Ask(
        key=f"reading:{reply_id}",
        kind=kind,
        subject=subject,
        reason=reason,
        question_id=said.asked.question_id,
        case_code=said.asked.case_code,
        quoted=said.reply.text or said.reply.full_text,
        facts=facts,
        options=options,
        proposals=[proposal],
    )


def ask_sender(opened: Opened, asked: AskedUnit, remarks: Sequence[str], desk: InForce, as_of: datetime) -> Ask:
    """Return what is asked of a colleague who is not on the list; the reply is taken in already. Asked once a unit."""
    unit, address = _name(asked, desk, as_of), opened.mail.from_address
    return Ask(
        key=f"sender:{address}:{asked.place_unit or asked.unit_code}",
        kind=HELD_MAIL,
        subject=f"Người gửi chưa có trong danh sách của {unit}",
        reason=" ".join(remarks) or f"Thư đã được nhận là trả lời của {unit}; địa chỉ gửi chưa có trong danh sách.",
        question_id=asked.question_id,
        case_code=asked.case_code,
        facts=[("Người gửi", address), ("Thư", f"đã được nhận là trả lời của {unit}")],
        options=(CommandCode.ADMIT_SENDER, CommandCode.LEAVE_OUT),
        proposals=[
            {
                "inbound_mail_id": opened.mail_id,
                "assignment_id": asked.assignment_id,
                "case_code": asked.case_code,
                "unit_code": asked.unit_code,
            }
        ],
    )


def late_reply(said: Said, reply_id: int, desk: InForce, as_of: datetime) -> Ask | None:
    """Return what is asked of a reply that nobody waits for any more; by itself it opens nothing again."""
    if said.read.reading not in _WORTH_TELLING:
        return None
    unit = _name(said.asked, desk, as_of)
    can_reopen = said.question.state in ENDED - {QuestionState.MERGED} | {QuestionState.ANSWER_LEAVING}
    return Ask(
        key=f"late-reply:{reply_id}",
        kind=LATE_REPLY,
        subject=f"{unit} trả lời khi không còn được chờ",
        reason=f"{unit} trả lời khi câu hỏi mã {said.asked.case_code} không còn chờ đơn vị này.",
        question_id=said.asked.question_id,
        case_code=said.asked.case_code,
        quoted=said.reply.text or said.reply.full_text,
        options=(CommandCode.REOPEN, CommandCode.LEAVE_OUT) if can_reopen else (CommandCode.LEAVE_OUT,),
        proposals=[{"reply_id": reply_id, "assignment_id": said.asked.assignment_id}],
    )


def _words(desk: InForce, code: CommandCode) -> str:
    return next(command.words[0] for command in desk.office.commands if command.code == code.value)


def _name(asked: AskedUnit, desk: InForce, as_of: datetime) -> str:
    return name_of(*unit_of(desk.office, asked.unit_code, asked.place_unit, as_of))
