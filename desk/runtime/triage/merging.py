"""Two questions of one citizen that are one: the messages of the first become more to the second."""

from __future__ import annotations

from sqlalchemy import Connection

from desk.rules.calendar import long_date
from desk.rules.letters import state_name
from desk.rules.masking import masked
from desk.rules.states import AssignmentState, QuestionState
from desk.runtime.additions import BEING_ANSWERED, look_at
from desk.runtime.decisions.asking import ask_officers
from desk.runtime.decisions.decision import DecisionRefusedError
from desk.runtime.named_units import release_units
from desk.runtime.triage.in_hand import InHand, check_may_become, question_called
from desk.store import answer_sources, assignments, events, outbox, regroupings
from desk.store.questions import QuestionInHand

# where more that is said still comes before whoever answers
_TAKES_MORE = frozenset(
    {
        QuestionState.SEALED,
        QuestionState.IN_TRIAGE,
        QuestionState.WITH_DUTY,
        QuestionState.REDIRECT_PROPOSED,
        QuestionState.ROUTED,
        QuestionState.AWAITING_CITIZEN,
    }
)


def merge(in_hand: InHand) -> str:
    """End a question as part of another of its citizen, whose units hear of it as of anything added.

    Nobody tells the citizen: who asks how far it is hears of the other one. Its day never moves later, and is this
    one's where that was told to be earlier.

    Raises:
        DecisionRefusedError: the other question cannot take it in; says why.
    """
    connection, question, order, as_of = in_hand.connection, in_hand.question, in_hand.order, in_hand.as_of
    check_may_become(question, QuestionState.MERGED)
    other = question_called(connection, order.other_code)
    _check_takes_in(connection, question, other)
    named = "câu hỏi khác" if other.sensitive else f"câu hỏi mã {other.case_code}"
    release_units(connection, question, f"đã được gộp vào {named}", in_hand.desk, as_of)
    assignments.end_of_question(connection, question.question_id, state=AssignmentState.CLOSED)
    outbox.cancel_receipts(connection, question.question_id)
    due_on = regroupings.merge_question(connection, question.question_id, into_id=other.question_id)
    if other.state in BEING_ANSWERED:
        added = look_at(f"merged:{question.question_id}", other, masked(question.text))
        ask_officers(connection, [added], in_hand.desk, as_of)
    told = [("merged", question, {"into": other.case_code}), ("merged_in", other, {"from": question.case_code})]
    recorded = [
        events.Event(kind=kind, question_id=of.question_id, actor=order.acting_officer, details=details)
        for kind, of, details in told
    ]
    events.record_events(connection, recorded, as_of=as_of)
    due = f", hạn trả lời công dân: hết {long_date(due_on)}" if due_on else ""
    return f"đã gộp vào câu hỏi mã {other.case_code} ({state_name(other.state)}{due})"


def _check_takes_in(connection: Connection, question: QuestionInHand, other: QuestionInHand) -> None:
    codes = f"{question.case_code} vào {other.case_code}"
    if other.question_id == question.question_id:
        raise DecisionRefusedError(f"Không gộp {question.case_code} vào chính câu hỏi đó; ghi mã câu hỏi khác.")
    if other.user_id != question.user_id:
        raise DecisionRefusedError(f"Không gộp {codes} được: hai câu hỏi của hai công dân khác nhau.")
    if question.sensitive and not other.sensitive:
        raise DecisionRefusedError(f"Không gộp {codes} được: nội dung cần giữ kín không gộp vào câu hỏi thường.")
    if other.state not in _TAKES_MORE:
        raise DecisionRefusedError(
            f"Không gộp {codes} được: câu hỏi {other.case_code} {state_name(other.state)}, không nhận thêm nội dung."
        )
    is_narrower = other.sensitive and not question.sensitive
    backwards = "đề nghị xử lý riêng" if is_narrower else f"đề nghị gộp {other.case_code} vào {question.case_code}"
    if answer_sources.find_replies(connection, [question.question_id]):
        raise DecisionRefusedError(f"Không gộp {codes} được: đơn vị đã trả lời {question.case_code}; {backwards}.")
    told = regroupings.find_promises(connection, [question.question_id, other.question_id])
    if told[question.question_id] and not told[other.question_id]:
        raise DecisionRefusedError(
            f"Không gộp {codes} được: công dân đã được hẹn ngày trả lời {question.case_code}; {backwards}."
        )
