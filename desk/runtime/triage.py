"""A person's decision on a question that was held: checked, carried out, written down with who made it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, assert_never

from sqlalchemy import Connection

from desk.rules.case_codes import find_case_codes
from desk.rules.letters import ask_back, state_name
from desk.rules.states import ENDED, QUESTION_MOVES, AssignmentState, IllegalMoveError, QuestionState, check_move
from desk.runtime.assigning import citizen_question
from desk.runtime.decisions.decision import DecisionRefusedError
from desk.runtime.in_force import InForce
from desk.runtime.labelling import keep_label
from desk.runtime.named_units import give_to_named, release_units
from desk.runtime.naming import authority_called
from desk.runtime.rendering import rendered
from desk.store import answers, assignments, events, outbox, questions, work_items
from desk.store.questions import QuestionInHand


class TriageAction(StrEnum):
    """What a person may decide."""

    ROUTE = "route"
    ANSWERED = "answered"
    REDIRECT = "redirect"
    ASK_BACK = "ask_back"
    CLOSE = "close"
    RESUME = "resume"
    REOPEN = "reopen"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class TriageOrder:
    """A decision as a person gave it: units and authorities by any name people use, questions to ask the citizen."""

    code: str
    action: TriageAction
    acting_officer: str
    reason: str = ""
    units: Sequence[str] = ()
    authorities: Sequence[str] = ()
    asks: Sequence[str] = ()


def triage(connection: Connection, order: TriageOrder, desk: InForce, as_of: datetime) -> str:
    """Carry out a decision, and return in one Vietnamese sentence what was done.

    Raises:
        DecisionRefusedError: the question, a unit or an authority is not known, or the question has moved on.
    """
    question = _question(connection, order.code)
    outcome = _OUTCOMES[order.action]
    work_items.close_of_question(connection, question.question_id, closed_by=order.acting_officer, outcome=outcome)
    if order.action is not TriageAction.RESUME:
        answers.withdraw(connection, question.question_id)
    match order.action:
        case TriageAction.ROUTE:
            _check(question, QuestionState.ROUTED)
            done = give_to_named(connection, question, order.units, desk, as_of)
        case TriageAction.ANSWERED:
            done = _end(connection, question, QuestionState.ANSWERED, desk, as_of)
        case TriageAction.CLOSE:
            if not order.reason:
                raise DecisionRefusedError("Không xử lý thì phải ghi lý do.")
            done = _end(connection, question, QuestionState.CLOSED, desk, as_of)
        case TriageAction.RESUME:
            done = _resume(connection, question, order)
        case TriageAction.REOPEN:
            done = _reopen(connection, question, order)
        case TriageAction.REDIRECT:
            done = _propose_redirect(connection, question, order, desk, as_of)
        case TriageAction.ASK_BACK:
            done = _ask_back(connection, question, order, as_of)
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


def _question(connection: Connection, code: str) -> QuestionInHand:
    codes = find_case_codes(code)
    question = questions.claim_question(connection, codes[0]) if len(codes) == 1 else None
    if question is None:
        message = f"Không có câu hỏi mã {code}. Kiểm tra lại mã, dạng ZL 26-004512-8 (chữ số cuối là số kiểm tra)."
        raise DecisionRefusedError(message)
    return question


def _check(question: QuestionInHand, after: QuestionState) -> None:
    try:
        check_move(QUESTION_MOVES, question.state, after)
    except IllegalMoveError:
        message = (
            f"Câu hỏi {question.case_code} {state_name(question.state)}, không đổi thành {state_name(after)} được."
        )
        raise DecisionRefusedError(message) from None


_ENDS = {
    QuestionState.ANSWERED: ("đã ghi nhận trả lời bằng kênh khác", "đã được trả lời công dân"),
    QuestionState.CLOSED: ("đã kết thúc, không xử lý", "đã kết thúc"),
}


def _end(connection: Connection, question: QuestionInHand, after: QuestionState, desk: InForce, as_of: datetime) -> str:
    _check(question, after)
    done, says = _ENDS[after]
    release_units(connection, question, says, desk, as_of)
    assignments.end_of_question(connection, question.question_id, state=AssignmentState.CLOSED)
    outbox.cancel_receipts(connection, question.question_id)
    questions.record_decisions(connection, [questions.Decided(question_id=question.question_id, state=after)])
    return done


def _resume(connection: Connection, question: QuestionInHand, order: TriageOrder) -> str:
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


def _reopen(connection: Connection, question: QuestionInHand, order: TriageOrder) -> str:
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


def _propose_redirect(
    connection: Connection, question: QuestionInHand, order: TriageOrder, desk: InForce, as_of: datetime
) -> str:
    """Put a redirect before the Ban Quản trị; only they tell the citizen (Điều 13, U24)."""
    _check(question, QuestionState.REDIRECT_PROPOSED)
    found = [authority_called(word, desk, as_of) for word in order.authorities]
    if not found:
        raise DecisionRefusedError("Chưa nêu cơ quan nào để hướng dẫn công dân.")
    names = "; ".join(authority.name for authority in found)
    decided = questions.Decided(question_id=question.question_id, state=QuestionState.REDIRECT_PROPOSED)
    questions.record_decisions(connection, [decided])
    item = work_items.WorkItem(
        key=f"redirect:{question.question_id}:{as_of:%Y%m%d%H%M%S}",
        kind="redirect",
        reason=f"{order.acting_officer} đề xuất hướng dẫn công dân liên hệ {names}.",
        owner="secretary",
        remedy="Ban Quản trị duyệt trước khi trả lời công dân.",
        proposals=[{"authorities": [authority.code for authority in found], "label_vi": f"Hướng dẫn liên hệ {names}"}],
        question_id=question.question_id,
    )
    work_items.add_work_items(connection, [item])
    return f"đã đề xuất hướng dẫn công dân liên hệ {names}, chờ Ban Quản trị duyệt"


def _ask_back(connection: Connection, question: QuestionInHand, order: TriageOrder, as_of: datetime) -> str:
    """Ask the citizen for what is missing. The days run on: whether they count is policy (U12)."""
    _check(question, QuestionState.AWAITING_CITIZEN)
    version = outbox.count_of_kind(connection, question.question_id, "ask-back") + 1
    try:
        message = ask_back(citizen_question(question), order.asks, version=version)
    except ValueError as error:
        raise DecisionRefusedError("Nội dung hỏi lại phải có từ 1 đến 600 ký tự.") from error
    outbox.add_deliveries(connection, [rendered(message)], on=as_of.date())
    decided = questions.Decided(question_id=question.question_id, state=QuestionState.AWAITING_CITIZEN)
    questions.record_decisions(connection, [decided])
    return "đã hỏi lại công dân"
