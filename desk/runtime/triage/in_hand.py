"""The question that a decision is about: found by its code, and only moved where its state allows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from desk.rules.case_codes import find_case_codes
from desk.rules.letters import state_name
from desk.rules.states import QUESTION_MOVES, IllegalMoveError, QuestionState, check_move
from desk.runtime.decisions.decision import DecisionRefusedError
from desk.runtime.in_force import InForce
from desk.runtime.triage.orders import TriageOrder
from desk.store import questions, regroupings
from desk.store.questions import QuestionInHand


@dataclass(frozen=True, slots=True)
class InHand:
    """A question while a person's order on it is carried out."""

    connection: Connection
    question: QuestionInHand
    order: TriageOrder
    desk: InForce
    as_of: datetime


def hold_citizen(connection: Connection, code: str) -> None:
    """Hold the citizen of a question until the end of this transaction: nothing new is grouped meanwhile (A3)."""
    for one in find_case_codes(code):
        regroupings.hold_citizen(connection, one)


def question_called(connection: Connection, code: str) -> QuestionInHand:
    """Return the question of a code, held by this transaction.

    Raises:
        DecisionRefusedError: there is none.
    """
    codes = find_case_codes(code)
    question = questions.claim_question(connection, codes[0]) if len(codes) == 1 else None
    if question is None:
        message = f"Không có câu hỏi mã {code}. Kiểm tra lại mã, dạng ZL 26-004512-8 (chữ số cuối là số kiểm tra)."
        raise DecisionRefusedError(message)
    return question


def check_may_become(question: QuestionInHand, after: QuestionState) -> None:
    """Check that a question may move to a state.

    Raises:
        DecisionRefusedError: it may not; says how it stands.
    """
    try:
        check_move(QUESTION_MOVES, question.state, after)
    except IllegalMoveError:
        message = (
            f"Câu hỏi {question.case_code} {state_name(question.state)}, không đổi thành {state_name(after)} được."
        )
        raise DecisionRefusedError(message) from None
