"""Carry out what a person decided on a question, whichever way the word came."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final, assert_never

from sqlalchemy import Connection

from desk.rules.states import QuestionState
from desk.runtime.decisions.decision import DecisionRefusedError
from desk.runtime.in_force import InForce
from desk.runtime.labelling import keep_label
from desk.runtime.named_units import give_to_named
from desk.runtime.triage.asking import ask_citizen, propose_redirect
from desk.runtime.triage.ending import end, reopen, resume
from desk.runtime.triage.in_hand import check_may_become, question_called
from desk.runtime.triage.orders import TriageAction, TriageOrder
from desk.store import answers, events, work_items

# what is told to whoever writes later about work that the decision has closed
_OUTCOMES: Final[Mapping[TriageAction, str]] = {
    TriageAction.ROUTE: "đã chuyển đơn vị",
    TriageAction.ANSWERED: "đã ghi nhận trả lời bằng kênh khác",
    TriageAction.REDIRECT: "đã đề xuất hướng dẫn công dân liên hệ cơ quan khác",
    TriageAction.ASK_BACK: "đã hỏi lại công dân",
    TriageAction.CLOSE: "đã kết thúc, không xử lý",
    TriageAction.RESUME: "câu hỏi được xử lý tiếp",
    TriageAction.REOPEN: "đã mở lại câu hỏi",
}


def triage(connection: Connection, order: TriageOrder, desk: InForce, as_of: datetime) -> str:
    """Carry out a decision, and return in one Vietnamese sentence what was done.

    Raises:
        DecisionRefusedError: the question, a unit or an authority is not known, or the question has moved on.
    """
    question = question_called(connection, order.code)
    outcome = _OUTCOMES[order.action]
    work_items.close_of_question(connection, question.question_id, closed_by=order.acting_officer, outcome=outcome)
    if order.action is not TriageAction.RESUME:
        answers.withdraw(connection, question.question_id)
    match order.action:
        case TriageAction.ROUTE:
            check_may_become(question, QuestionState.ROUTED)
            done = give_to_named(connection, question, order.units, desk, as_of)
        case TriageAction.ANSWERED:
            done = end(connection, question, QuestionState.ANSWERED, desk, as_of)
        case TriageAction.CLOSE:
            if not order.reason:
                raise DecisionRefusedError("Không xử lý thì phải ghi lý do.")
            done = end(connection, question, QuestionState.CLOSED, desk, as_of)
        case TriageAction.RESUME:
            done = resume(connection, question, order)
        case TriageAction.REOPEN:
            done = reopen(connection, question, order)
        case TriageAction.REDIRECT:
            done = propose_redirect(connection, question, order, desk, as_of)
        case TriageAction.ASK_BACK:
            done = ask_citizen(connection, question, order, as_of)
        case other:
            assert_never(other)
    keep_label(
        connection,
        question,
        desk,
        as_of,
        units=order.units,
        authorities=order.authorities,
        officer=order.acting_officer,
        reason=order.reason,
    )
    details = {"action": order.action.value, "reason": order.reason, "units": list(order.units)}
    event = events.Event(kind="triaged", question_id=question.question_id, actor=order.acting_officer, details=details)
    events.record_events(connection, [event], as_of=as_of)
    return f"{question.case_code}: {done}."
