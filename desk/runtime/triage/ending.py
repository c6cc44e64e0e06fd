"""Questions that a decision ends, goes on with or opens again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from desk.rules.states import ENDED, AssignmentState, QuestionState
from desk.runtime.decisions.decision import DecisionRefusedError
from desk.runtime.in_force import InForce
from desk.runtime.named_units import release_units
from desk.runtime.triage.in_hand import check_may_become
from desk.runtime.triage.orders import TriageOrder
from desk.store import assignments, outbox, questions, work_items
from desk.store.questions import QuestionInHand

_ENDS = {
    QuestionState.ANSWERED: ("đã ghi nhận trả lời bằng kênh khác", "đã được trả lời công dân"),
    QuestionState.CLOSED: ("đã kết thúc, không xử lý", "đã kết thúc"),
}


def end(connection: Connection, question: QuestionInHand, after: QuestionState, desk: InForce, as_of: datetime) -> str:
    """End a question as answered elsewhere or as nothing to be answered; its units are released."""
    check_may_become(question, after)
    done, says = _ENDS[after]
    release_units(connection, question, says, desk, as_of)
    assignments.end_of_question(connection, question.question_id, state=AssignmentState.CLOSED)
    outbox.cancel_receipts(connection, question.question_id)
    questions.record_decisions(connection, [questions.Decided(question_id=question.question_id, state=after)])
    return done


def resume(connection: Connection, question: QuestionInHand, order: TriageOrder) -> str:
    """Go on with a question after what staff typed by hand was no answer: with its units, or before a person again."""
    if question.state is not QuestionState.ANSWERED_BY_HAND:
        raise DecisionRefusedError(f"Câu hỏi {question.case_code} không chờ xác nhận trả lời trực tiếp.")
    at_units = assignments.find_of_question(connection, question.question_id)
    is_at_units = any(one.state in {AssignmentState.AWAITING, AssignmentState.REPLIED} for one in at_units)
    after = QuestionState.ROUTED if is_at_units else QuestionState.IN_TRIAGE
    questions.record_decisions(connection, [questions.Decided(question_id=question.question_id, state=after)])
    if is_at_units:
        return "tiếp tục chờ đơn vị trả lời"
    _put_before_duty(
        connection, question, f"{order.acting_officer}: tin trả lời trực tiếp chưa giải quyết xong câu hỏi."
    )
    return "chờ cán bộ trực xử lý tiếp"


def reopen(connection: Connection, question: QuestionInHand, order: TriageOrder) -> str:
    """Take up a question that has ended: before a person again, with the dates it had."""
    if question.state not in ENDED:
        raise DecisionRefusedError(f"Câu hỏi {question.case_code} chưa kết thúc, không cần mở lại.")
    decided = questions.Decided(question_id=question.question_id, state=QuestionState.IN_TRIAGE)
    questions.record_decisions(connection, [decided])
    _put_before_duty(connection, question, f"{order.acting_officer} mở lại câu hỏi đã kết thúc.")
    return "đã mở lại câu hỏi, chờ cán bộ trực xử lý tiếp; thời hạn không thay đổi"


def _put_before_duty(connection: Connection, question: QuestionInHand, reason: str) -> None:
    item = work_items.WorkItem(
        key=f"resumed:{question.question_id}:{work_items.count_of_question(connection, question.question_id)}",
        kind="triage",
        reason=reason,
        owner="duty_officer",
        remedy=f'zalo-desk triage "{question.case_code}" …, hoặc biểu mẫu triage-question',
        question_id=question.question_id,
    )
    work_items.add_work_items(connection, [item])
