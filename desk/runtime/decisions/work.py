"""A word on a piece of work: whose it is by its kind, and that the first word counts (U18)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection

from desk.rules.case_codes import find_case_codes
from desk.rules.commands import CommandCode, CommandLine
from desk.rules.letters.phrases import moment_and_date
from desk.rules.replies.readings import ReplyReading
from desk.runtime.collected.taking_in import count_as, count_as_answer, count_as_late_answer, leave_out, take_in
from desk.runtime.decisions import unit_proposals
from desk.runtime.decisions.asking import WAITS_FOR_US
from desk.runtime.decisions.decision import Decision, DecisionRefusedError
from desk.runtime.decisions.kinds import (
    ANSWERED_BY_HAND,
    ASKED_OVERDUE,
    CITIZEN_ADDED,
    HELD_MAIL,
    LATE_REPLY,
    QUESTION_BACK,
    UNIT_PROPOSAL,
    UNSURE_READING,
)
from desk.runtime.decisions.reasons import reason_of
from desk.runtime.in_force import InForce
from desk.runtime.triage import TriageAction, TriageOrder, triage
from desk.store import assignments, questions, replies, work_items
from desk.store.work_items import WorkInHand

_NUMBER: Final = re.compile(r"\d{1,2}")
_WHICH: Final = "Viết ở dòng đầu một trong các cụm từ ghi trong thư, không kèm nội dung khác."


def decide_on_work_item(connection: Connection, decision: Decision, desk: InForce, as_of: datetime) -> str:
    """Carry out an official's word on a piece of work, and return what was done.

    Raises:
        DecisionRefusedError: somebody was quicker, or the word does not fit; says so.
    """
    work = work_items.claim_work_item(connection, decision.work_item_id or 0)
    if work is None:
        raise DecisionRefusedError("Việc này không còn trong hệ thống.")
    if work.closed_at is not None:
        when = moment_and_date(work.closed_at)
        by = desk.office.name_of(work.closed_by)
        raise DecisionRefusedError(f"Việc này đã được {by} xử lý lúc {when}: {work.outcome}")
    if decision.command is None:
        raise DecisionRefusedError(f"Chưa rõ ý kiến. {_WHICH}")
    if (handler := _HANDLERS.get(work.kind)) is None:
        raise DecisionRefusedError("Việc này xử lý bằng biểu mẫu trên Prefect, không qua thư.")
    done = handler(connection, work, decision, desk, as_of)
    for waited in work.proposals:
        if waited.get(WAITS_FOR_US):
            replies.end_silence(connection, int(waited["assignment_id"]), as_of=as_of)
    work_items.close_work_item(connection, work.work_item_id, closed_by=decision.official.code, outcome=done)
    return done


def _answered_by_hand(
    connection: Connection, work: WorkInHand, decision: Decision, desk: InForce, as_of: datetime
) -> str:
    match _code(decision):
        case CommandCode.ANSWERED:
            action = TriageAction.ANSWERED
        case CommandCode.NOT_DONE:
            action = TriageAction.RESUME
        case _:
            raise DecisionRefusedError("Viết ĐÃ TRẢ LỜI hoặc CHƯA XONG.")
    return _triaged(connection, work, decision, desk, as_of, action=action)


def _question_back(connection: Connection, work: WorkInHand, decision: Decision, desk: InForce, as_of: datetime) -> str:
    """The unit wants to know more: the citizen is asked, or the unit hears that it must do without."""
    argument = decision.command.argument if decision.command else ""
    match _code(decision):
        case CommandCode.ASK_CITIZEN:
            asked = argument or decision.text
            return _triaged(connection, work, decision, desk, as_of, action=TriageAction.ASK_BACK, asks=(asked,))
        case CommandCode.WAIT:
            return f"{work.case_code}: tiếp tục chờ đơn vị trả lời."
        case CommandCode.IS_ANSWER:
            count_as_answer(connection, _reply_id(work), desk, as_of)
            return f"{work.case_code}: đã ghi nhận là câu trả lời của đơn vị."
        case _:
            raise DecisionRefusedError("Viết HỎI LẠI CÔNG DÂN: nội dung cần hỏi, LÀ TRẢ LỜI hoặc CHỜ.")


def _unsure_reading(
    connection: Connection, work: WorkInHand, decision: Decision, desk: InForce, as_of: datetime
) -> str:
    match _code(decision):
        case CommandCode.IS_ANSWER:
            count_as_answer(connection, _reply_id(work), desk, as_of)
            return f"{work.case_code}: đã ghi nhận là câu trả lời của đơn vị."
        case CommandCode.IS_NO_ANSWER:
            count_as(connection, _reply_id(work), ReplyReading.INTERIM)
            return f"{work.case_code}: chưa phải câu trả lời, tiếp tục chờ đơn vị."
        case CommandCode.AGREE if "command" in work.proposals[0]:
            count_as(connection, _reply_id(work), ReplyReading.COMMAND)
            return unit_proposals.agree_to_doubtful(connection, work, decision, desk, as_of)
        case _:
            agree = "ĐỒNG Ý, " if "command" in work.proposals[0] else ""
            raise DecisionRefusedError(f"Viết {agree}LÀ TRẢ LỜI hoặc CHƯA TRẢ LỜI.")


def _held_mail(connection: Connection, work: WorkInHand, decision: Decision, desk: InForce, as_of: datetime) -> str:
    """Let a held mail in for a question, once or with its sender for good, or leave it out."""
    mail_id = int(work.proposals[0]["inbound_mail_id"])
    code = _code(decision)
    argument = decision.command.argument if decision.command else ""
    if code is CommandCode.LEAVE_OUT:
        if not argument:
            raise DecisionRefusedError("Không xử lý thì phải ghi lý do: KHÔNG XỬ LÝ: lý do.")
        done = leave_out(connection, mail_id, as_of, because=argument, left_out_by=decision.official.code)
        return f"{work.case_code}: {done}." if work.case_code else f"{done[:1].upper()}{done[1:]}."
    if code not in {CommandCode.TAKE_IN, CommandCode.ADMIT_SENDER}:
        raise DecisionRefusedError("Viết NHẬN THƯ: mã câu hỏi, THÊM VÀO DANH SÁCH hoặc KHÔNG XỬ LÝ: lý do.")
    assignment_id, case_code = _meant(connection, work, argument)
    take_in(
        connection,
        mail_id,
        [assignment_id],
        desk,
        as_of,
        admitted_by=decision.official.code if code is CommandCode.ADMIT_SENDER else None,
    )
    listed = ", địa chỉ gửi được thêm vào danh sách" if code is CommandCode.ADMIT_SENDER else ""
    return f"{case_code}: đã nhận thư{listed}."


def _meant(connection: Connection, work: WorkInHand, argument: str) -> tuple[int, str]:
    """Return the assignment a held mail is let in for: the guess of a number, a question by code, or the only guess."""
    guesses = [guess for guess in work.proposals if "assignment_id" in guess]
    if codes := find_case_codes(argument):
        return _only_unit(connection, codes[0], guesses)
    if _NUMBER.fullmatch(argument.strip()):
        number = int(argument)
        if not 1 <= number <= len(guesses):
            raise DecisionRefusedError(f"Không có đề xuất số {number}; ghi mã câu hỏi: NHẬN THƯ: mã câu hỏi.")
        guess = guesses[number - 1]
    elif len(guesses) == 1:
        guess = guesses[0]
    else:
        raise DecisionRefusedError("Chưa rõ thư thuộc câu hỏi nào; ghi mã câu hỏi: NHẬN THƯ: mã câu hỏi.")
    return int(guess["assignment_id"]), str(guess["case_code"])


def _only_unit(connection: Connection, case_code: str, guesses: list[Mapping[str, Any]]) -> tuple[int, str]:
    if guessed := next((guess for guess in guesses if guess["case_code"] == case_code), None):
        return int(guessed["assignment_id"]), case_code
    question = questions.claim_question(connection, case_code)
    at_units = assignments.find_of_question(connection, question.question_id) if question else []
    if len(at_units) != 1:
        why = "đã hỏi nhiều đơn vị, chọn theo số thứ tự đề xuất" if at_units else "chưa được chuyển đơn vị nào"
        raise DecisionRefusedError(f"Câu hỏi {case_code} {why}.")
    return at_units[0].assignment_id, case_code


def _late_reply(connection: Connection, work: WorkInHand, decision: Decision, desk: InForce, as_of: datetime) -> str:
    """Take up a question again, with the reply that came after its end where that answers, or leave the reply out."""
    match decision.command:
        case CommandLine(CommandCode.REOPEN):
            done = _triaged(connection, work, decision, desk, as_of, action=TriageAction.REOPEN)
            if count_as_late_answer(connection, _reply_id(work), desk, as_of, by=decision.official.code):
                return (
                    f"{work.case_code}: đã mở lại câu hỏi, ghi nhận thư là câu trả lời của đơn vị; dự thảo trả lời "
                    "công dân được trình Ông/Bà; thời hạn không thay đổi."
                )
            return done
        case CommandLine(CommandCode.LEAVE_OUT, argument) if argument:
            return f"{work.case_code}: không xử lý thư trả lời muộn, lý do: {argument}."
        case _:
            raise DecisionRefusedError("Viết MỞ LẠI hoặc KHÔNG XỬ LÝ: lý do.")


def _citizen_added(connection: Connection, work: WorkInHand, decision: Decision, desk: InForce, as_of: datetime) -> str:
    """What was added has been looked at, or becomes a question of its own."""
    match decision.command:
        case CommandLine(CommandCode.SPLIT, argument):
            return _triaged(connection, work, decision, desk, as_of, action=TriageAction.SPLIT, part=argument)
        case CommandLine(CommandCode.LEAVE_OUT, argument) if argument:
            return f"{work.case_code}: đã xem nội dung công dân gửi thêm, không xử lý riêng: {argument}."
        case _:
            raise DecisionRefusedError("Viết TÁCH hoặc KHÔNG XỬ LÝ: lý do.")


def _asked_overdue(connection: Connection, work: WorkInHand, decision: Decision, desk: InForce, as_of: datetime) -> str:
    """The citizen who asked how far it is has been answered by another way, or the officer knows of it."""
    match _code(decision):
        case CommandCode.ANSWERED:
            return _triaged(connection, work, decision, desk, as_of, action=TriageAction.ANSWERED)
        case CommandCode.WAIT:
            return f"{work.case_code}: đã ghi nhận, tiếp tục đôn đốc; chưa nhắn gì cho công dân."
        case _:
            raise DecisionRefusedError("Viết ĐÃ TRẢ LỜI hoặc CHỜ.")


def _triaged(
    connection: Connection,
    work: WorkInHand,
    decision: Decision,
    desk: InForce,
    as_of: datetime,
    *,
    action: TriageAction,
    asks: tuple[str, ...] = (),
    part: str = "",
) -> str:
    order = TriageOrder(
        code=work.case_code or "",
        action=action,
        acting_officer=decision.official.code,
        reason=reason_of(decision.command, desk) if decision.command else "",
        asks=asks,
        part=part,
    )
    return triage(connection, order, desk, as_of)


def _code(decision: Decision) -> CommandCode | None:
    return decision.command.code if decision.command else None


def _reply_id(work: WorkInHand) -> int:
    return int(work.proposals[0]["reply_id"])


_Handler: TypeAlias = Callable[[Connection, WorkInHand, Decision, InForce, datetime], str]
_HANDLERS: Final[Mapping[str, _Handler]] = {
    UNIT_PROPOSAL: unit_proposals.decide_on_proposal,
    ANSWERED_BY_HAND: _answered_by_hand,
    UNSURE_READING: _unsure_reading,
    QUESTION_BACK: _question_back,
    HELD_MAIL: _held_mail,
    LATE_REPLY: _late_reply,
    CITIZEN_ADDED: _citizen_added,
    ASKED_OVERDUE: _asked_overdue,
}
