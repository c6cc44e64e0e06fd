"""Carry out what a person decided on a question, whichever way the word came."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final, TypeAlias

from sqlalchemy import Connection

from desk.rules.states import QuestionState
from desk.runtime.in_force import InForce
from desk.runtime.labelling import keep_label
from desk.runtime.named_units import give_to_named
from desk.runtime.triage.answering import answer
from desk.runtime.triage.asking import ask_citizen, propose_redirect
from desk.runtime.triage.choosing import order_of
from desk.runtime.triage.duty import give_to_duty
from desk.runtime.triage.ending import close, end_as_answered, reopen, resume
from desk.runtime.triage.in_hand import InHand, check_may_become, hold_citizen, question_called
from desk.runtime.triage.merging import merge
from desk.runtime.triage.orders import ChosenProposal, TriageAction, TriageOrder
from desk.runtime.triage.sending import send_remembered
from desk.runtime.triage.splitting import split
from desk.store import answers, events, work_items

# Returns in Vietnamese what was done.
Deed: TypeAlias = Callable[[InHand], str]


def _route(in_hand: InHand) -> str:
    check_may_become(in_hand.question, QuestionState.ROUTED)
    return give_to_named(in_hand.connection, in_hand.question, in_hand.order.units, in_hand.desk, in_hand.as_of)


_DEEDS: Final[Mapping[TriageAction, Deed]] = {
    TriageAction.ROUTE: _route,
    TriageAction.ANSWERED: end_as_answered,
    TriageAction.REDIRECT: propose_redirect,
    TriageAction.ASK_BACK: ask_citizen,
    TriageAction.CLOSE: close,
    TriageAction.DUTY: give_to_duty,
    TriageAction.ANSWER: answer,
    TriageAction.SEND: send_remembered,
    TriageAction.RESUME: resume,
    TriageAction.REOPEN: reopen,
    TriageAction.MERGE: merge,
    TriageAction.SPLIT: split,
}
# what is told to whoever writes later about work that the decision has closed
_OUTCOMES: Final[Mapping[TriageAction, str]] = {
    TriageAction.ROUTE: "đã chuyển đơn vị",
    TriageAction.ANSWERED: "đã ghi nhận trả lời bằng kênh khác",
    TriageAction.REDIRECT: "đã đề xuất hướng dẫn công dân liên hệ cơ quan khác",
    TriageAction.ASK_BACK: "đã hỏi lại công dân",
    TriageAction.CLOSE: "đã kết thúc, không xử lý",
    TriageAction.DUTY: "cán bộ trực tự trả lời",
    TriageAction.ANSWER: "đã soạn trả lời công dân",
    TriageAction.SEND: "đã cho gửi câu trả lời mẫu",
    TriageAction.RESUME: "câu hỏi được xử lý tiếp",
    TriageAction.REOPEN: "đã mở lại câu hỏi",
    TriageAction.MERGE: "đã gộp vào câu hỏi khác",
}
_REGROUPS: Final = frozenset({TriageAction.MERGE, TriageAction.SPLIT})
# what says that no unit need be asked
_BY_DUTY: Final = frozenset({TriageAction.DUTY, TriageAction.ANSWER, TriageAction.SEND})


def triage(connection: Connection, given: TriageOrder | ChosenProposal, desk: InForce, as_of: datetime) -> str:
    """Carry out a decision, and return in one Vietnamese sentence what was done.

    Raises:
        DecisionRefusedError: the question, a unit or an authority is not known, or the question has moved on.
    """
    order = order_of(connection, given, desk, as_of) if isinstance(given, ChosenProposal) else given
    if order.action in _REGROUPS:
        hold_citizen(connection, order.code)
    question = question_called(connection, order.code)
    if order.action is not TriageAction.SPLIT:  # what is left still waits
        outcome = _OUTCOMES[order.action]
        work_items.close_of_question(connection, question.question_id, closed_by=order.acting_officer, outcome=outcome)
    if order.action not in {TriageAction.RESUME, TriageAction.SPLIT}:
        answers.withdraw(connection, question.question_id)
    done = _DEEDS[order.action](InHand(connection, question, order, desk, as_of))
    keep_label(
        connection,
        question,
        desk,
        as_of,
        units=order.units,
        authorities=order.authorities,
        by_duty=order.action in _BY_DUTY,
        topics=order.topics,
        officer=order.acting_officer,
        reason=order.reason,
    )
    details = {"action": order.action.value, "reason": order.reason, "units": list(order.units)}
    event = events.Event(kind="triaged", question_id=question.question_id, actor=order.acting_officer, details=details)
    events.record_events(connection, [event], as_of=as_of)
    return f"{question.case_code}: {done}."
