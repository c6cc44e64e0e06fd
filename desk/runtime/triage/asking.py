"""What a decision asks of others: the Ban Quản trị to release a redirect, the citizen for what is missing."""

from __future__ import annotations

from desk.rules.letters import ask_back
from desk.rules.states import QuestionState
from desk.runtime.assigning import citizen_question
from desk.runtime.decisions.decision import DecisionRefusedError
from desk.runtime.naming import authority_called
from desk.runtime.rendering import rendered
from desk.runtime.triage.in_hand import InHand, check_may_become
from desk.store import outbox, questions, work_items


def propose_redirect(in_hand: InHand) -> str:
    """Put a redirect before the Ban Quản trị; only they tell the citizen (Điều 13, U24)."""
    question, order, as_of = in_hand.question, in_hand.order, in_hand.as_of
    check_may_become(question, QuestionState.REDIRECT_PROPOSED)
    found = [authority_called(word, in_hand.desk, as_of) for word in order.authorities]
    if not found:
        raise DecisionRefusedError("Chưa nêu cơ quan nào để hướng dẫn công dân.")
    names = "; ".join(authority.name for authority in found)
    decided = questions.Decided(question_id=question.question_id, state=QuestionState.REDIRECT_PROPOSED)
    questions.record_decisions(in_hand.connection, [decided])
    item = work_items.WorkItem(
        key=f"redirect:{question.question_id}:{as_of:%Y%m%d%H%M%S}",
        kind="redirect",
        reason=f"{order.acting_officer} đề xuất hướng dẫn công dân liên hệ {names}.",
        owner="secretary",
        remedy="Ban Quản trị duyệt trước khi trả lời công dân.",
        proposals=[{"authorities": [authority.code for authority in found], "label_vi": f"Hướng dẫn liên hệ {names}"}],
        question_id=question.question_id,
    )
    work_items.add_work_items(in_hand.connection, [item])
    return f"đã đề xuất hướng dẫn công dân liên hệ {names}, chờ Ban Quản trị duyệt"


def ask_citizen(in_hand: InHand) -> str:
    """Ask the citizen for what is missing. The days run on: whether they count is policy (U12)."""
    connection, question, order = in_hand.connection, in_hand.question, in_hand.order
    check_may_become(question, QuestionState.AWAITING_CITIZEN)
    version = outbox.count_of_kind(connection, question.question_id, "ask-back") + 1
    try:
        message = ask_back(citizen_question(question), order.asks, version=version)
    except ValueError as error:
        raise DecisionRefusedError("Nội dung hỏi lại phải có từ 1 đến 600 ký tự.") from error
    outbox.add_deliveries(connection, [rendered(message)], on=in_hand.as_of.date())
    decided = questions.Decided(question_id=question.question_id, state=QuestionState.AWAITING_CITIZEN)
    questions.record_decisions(connection, [decided])
    return "đã hỏi lại công dân"
