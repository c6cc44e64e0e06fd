"""Questions that a decision ends, goes on with or opens again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from desk.rules.states import ENDED, AssignmentState, QuestionState
from desk.runtime.decisions.decision import DecisionRefusedError
from desk.runtime.named_units import release_units
from desk.runtime.triage.in_hand import InHand, check_may_become
from desk.store import assignments, outbox, questions, work_items
from desk.store.questions import QuestionInHand


def end_as_answered(in_hand: InHand) -> str:
    """End a question that was answered by another way; its units are released."""
    _end(in_hand, QuestionState.ANSWERED, "đã được trả lời công dân")
    return "đã ghi nhận trả lời bằng kênh khác"


def close(in_hand: InHand) -> str:
    """End a question that nobody need answer, for a reason; its units are released."""
    if not in_hand.order.reason:
        raise DecisionRefusedError("Không xử lý thì phải ghi lý do.")
    _end(in_hand, QuestionState.CLOSED, "đã kết thúc")
    return "đã kết thúc, không xử lý"


def _end(in_hand: InHand, after: QuestionState, because: str) -> None:
    connection, question = in_hand.connection, in_hand.question
    check_may_become(question, after)
    release_units(connection, question, because, in_hand.desk, in_hand.as_of)
    assignments.end_of_question(connection, question.question_id, state=AssignmentState.CLOSED)
    outbox.cancel_receipts(connection, question.question_id)
    questions.record_decisions(connection, [questions.Decided(question_id=question.question_id, state=after)])


def resume(in_hand: InHand) -> str:
    """Go on with a question after what staff typed by hand was no answer: with its units, or before a person again."""
    connection, question = in_hand.connection, in_hand.question
    if question.state is not QuestionState.ANSWERED_BY_HAND:
        raise DecisionRefusedError(f"Câu hỏi {question.case_code} không chờ xác nhận trả lời trực tiếp.")
    at_units = assignments.find_of_question(connection, question.question_id)
    is_at_units = any(one.state in {AssignmentState.AWAITING, AssignmentState.REPLIED} for one in at_units)
    after = QuestionState.ROUTED if is_at_units else QuestionState.IN_TRIAGE
    questions.record_decisions(connection, [questions.Decided(question_id=question.question_id, state=after)])
    if is_at_units:
        return "tiếp tục chờ đơn vị trả lời"
    officer = in_hand.order.acting_officer
    put_before_duty(connection, question, f"{officer}: tin trả lời trực tiếp chưa giải quyết xong câu hỏi.")
    return "chờ cán bộ trực xử lý tiếp"


def reopen(in_hand: InHand) -> str:
    """Take up a question that has ended: before a person again, with the dates it had."""
    connection, question = in_hand.connection, in_hand.question
    if question.state not in ENDED:
        raise DecisionRefusedError(f"Câu hỏi {question.case_code} chưa kết thúc, không cần mở lại.")
    check_may_become(question, QuestionState.IN_TRIAGE)
    decided = questions.Decided(question_id=question.question_id, state=QuestionState.IN_TRIAGE)
    questions.record_decisions(connection, [decided])
    put_before_duty(connection, question, f"{in_hand.order.acting_officer} mở lại câu hỏi đã kết thúc.")
    return "đã mở lại câu hỏi, chờ cán bộ trực xử lý tiếp; thời hạn không thay đổi"


def put_before_duty(
    connection: Connection, question: QuestionInHand, reason: str, proposals: Sequence[Mapping[str, object]] = ()
) -> None:
    """Let the officer on duty sort a question anew."""
    item = work_items.WorkItem(
        key=f"resumed:{question.question_id}:{work_items.count_of_question(connection, question.question_id)}",
        kind="triage",
        reason=reason,
        owner="duty_officer",
        remedy=f'zalo-desk triage "{question.case_code}" …, hoặc biểu mẫu triage-question',
        proposals=proposals,
        question_id=question.question_id,
    )
    work_items.add_work_items(connection, [item])
