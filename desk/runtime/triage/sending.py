"""A remembered answer that the officer's letter has shown beside a question, sent by his one word (U5, U11)."""

from __future__ import annotations

from dataclasses import replace

from desk.rules.calendar import local_date
from desk.rules.office import in_force as of_day
from desk.rules.states import QuestionState
from desk.runtime.answering.cases import find_cases
from desk.runtime.answering.composing import by_official
from desk.runtime.answering.mending import check_may_release
from desk.runtime.answering.proposing import record_versions
from desk.runtime.answering.releasing import Word, release
from desk.runtime.decisions.decision import Decision, DecisionRefusedError, Step
from desk.runtime.memory import shown_beside
from desk.runtime.triage.in_hand import InHand, check_may_become


def send_remembered(in_hand: InHand) -> str:
    """Let a remembered answer go as this official's own, word for word as his letter has shown it.

    Raises:
        DecisionRefusedError: none was shown, a law it cites has changed since, or this official lets no answer go.
    """
    connection, question, order = in_hand.connection, in_hand.question, in_hand.order
    desk, as_of, code = in_hand.desk, in_hand.as_of, in_hand.question.case_code
    if question.state is not QuestionState.WITH_DUTY:
        check_may_become(question, QuestionState.WITH_DUTY)
    official = of_day(desk.office.officials, local_date(as_of)).get(order.acting_officer)
    if official is None or order.mail_id is None:
        raise DecisionRefusedError(f"{code}: câu trả lời mẫu chỉ được gửi bằng thư của cán bộ đang công tác.")
    check_may_release(official)
    earlier = shown_beside(connection, question.question_id, desk, as_of)
    if earlier is None:
        raise DecisionRefusedError(f"{code}: không có câu trả lời mẫu để gửi; viết TRẢ LỜI: nội dung trả lời.")
    if not earlier.may_be_sent:
        raise DecisionRefusedError(
            f"{code}: căn cứ đã thay đổi ({'; '.join(earlier.changed)}); viết TRẢ LỜI: nội dung trả lời."
        )
    (case,) = find_cases(connection, [question.question_id], desk, as_of)
    # files of an answer of before are no part of it
    draft = by_official(replace(case, latest=None), earlier.text, official.code, desk, as_of)
    record_versions(connection, [replace(draft, case=case)], official, as_of)
    (case,) = find_cases(connection, [question.question_id], desk, as_of)
    if case.latest is None:
        message = "a version was recorded just now"
        raise ValueError(message)
    decision = Decision(
        step=Step.SORTING,
        official=official,
        command=None,
        text="",
        inbound_mail_id=order.mail_id,
        received_at=as_of,
        question_id=question.question_id,
    )
    release(Word(connection, case, case.latest, decision, desk, as_of))
    return f"đã cho gửi câu trả lời mẫu của câu hỏi mã {earlier.case_code}"
