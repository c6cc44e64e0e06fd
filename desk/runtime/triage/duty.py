"""Questions that the duty officer answers himself: no other unit's opinion is needed (Điều 13, U5)."""

from __future__ import annotations

from desk.rules.deadlines import duty_due_date
from desk.rules.letters import HeldQuestion
from desk.rules.proposals import topic_names
from desk.rules.states import QuestionState
from desk.runtime.answering.asking_duty import ForDuty, ask_duty
from desk.runtime.decisions.kinds import ANSWER_BY_DUTY
from desk.runtime.triage.in_hand import InHand, check_may_become
from desk.store import questions, work_items


def give_to_duty(in_hand: InHand) -> str:
    """Ask the officer on duty for the answer, in a letter whose reply is the answer."""
    connection, question, desk, as_of = in_hand.connection, in_hand.question, in_hand.desk, in_hand.as_of
    check_may_become(question, QuestionState.WITH_DUTY)
    due = duty_due_date(question.received_at, desk.calendar, desk.policy(question.received_at))
    decided = questions.Decided(
        question_id=question.question_id,
        state=QuestionState.WITH_DUTY,
        due_by_rule_on=due.on,
        promised_because=due.because,
        calendar_version=desk.calendar_version,
    )
    questions.record_decisions(connection, [decided])
    item = work_items.WorkItem(
        key=f"duty:{question.question_id}:{work_items.count_of_question(connection, question.question_id)}",
        kind=ANSWER_BY_DUTY,
        reason=f"{desk.office.name_of(in_hand.order.acting_officer)} chọn để cán bộ trực trả lời.",
        owner="duty_officer",
        remedy="Trả lời thư của hệ thống bằng nội dung trả lời công dân.",
        question_id=question.question_id,
    )
    new = work_items.add_work_items(connection, [item])
    held = HeldQuestion(
        question_id=question.question_id,
        case_code=question.case_code,
        text=question.text,
        received_at=question.received_at,
    )
    topic = topic_names(desk.office, question.topics)
    ask_duty(connection, [ForDuty(new[item.key], held, due.on, due.because, topic)], desk, as_of)
    return "giao cán bộ trực trả lời"
