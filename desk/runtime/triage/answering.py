"""The answer that an official writes at once, instead of sorting: shown again before it goes (Điều 13, U11)."""

from __future__ import annotations

from typing import Final

from desk.rules.calendar import local_date
from desk.rules.office import in_force as of_day
from desk.rules.states import QuestionState
from desk.runtime.answering.cases import find_cases
from desk.runtime.answering.mending import OwnText, check_may_release, mend
from desk.runtime.decisions.decision import DecisionRefusedError
from desk.runtime.triage.in_hand import InHand, check_may_become

_UNCLEAR: Final = (
    "chưa rõ nội dung trả lời công dân, câu hỏi chưa được xử lý. Đề nghị viết TRẢ LỜI: và toàn văn nội dung."
)


def answer(in_hand: InHand) -> str:
    """Propose an official's own text as the answer, as if the question had been given to him as the duty officer's.

    Raises:
        DecisionRefusedError: units have been asked, nothing was written, or this official lets no answer go.
    """
    connection, question, desk, as_of = in_hand.connection, in_hand.question, in_hand.desk, in_hand.as_of
    if question.state is not QuestionState.WITH_DUTY:
        check_may_become(question, QuestionState.WITH_DUTY)
    officer = in_hand.order.acting_officer
    official = of_day(desk.office.officials, local_date(as_of)).get(officer)
    if official is None:
        raise DecisionRefusedError(f"Không có cán bộ mã {officer} đang công tác.")
    check_may_release(official)
    (case,) = find_cases(connection, [question.question_id], desk, as_of)
    own = OwnText(text=in_hand.order.text, official=official, is_headed=True, if_unclear=_UNCLEAR)
    return mend(connection, case, own, desk, as_of)
