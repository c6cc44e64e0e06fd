"""What a citizen is told around an answer: a sign is needed to receive it, and whether it was of use (U10)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from desk.rules.letters.phrases import joined, moment_and_date
from desk.rules.letters.to_citizens import CitizenQuestion
from desk.rules.outgoing import Button, CitizenMessage
from desk.rules.taps import KEEP_OPEN, NOT_SATISFIED, SATISFIED, payload


def keep_open(questions: Sequence[CitizenQuestion], *, until: datetime, as_of: datetime) -> CitizenMessage:
    """Return the request for a sign before an instant, without which Zalo carries no answer to a citizen (U10).

    One for all *questions* of a citizen, of which there is at least one; after that instant it is not worth sending.
    """
    newest = questions[-1]
    return CitizenMessage(
        template="keep-open",
        key=f"keep-open:{newest.user_id}:{until:%Y%m%d%H%M%S}",
        user_id=newest.user_id,
        question_id=newest.question_id,
        buttons=(Button(title="Tôi vẫn cần trả lời", payload=payload(KEEP_OPEN, newest.question_id)),),
        lifetime=until - as_of,
        context={
            "case_codes": joined([question.case_code for question in questions]),
            "until": moment_and_date(until),
        },
    )


def come_back(question: CitizenQuestion, *, zbs_template: str, since: datetime) -> CitizenMessage:
    """Return the invitation to write again, without which no answer reaches a citizen; once a time the window shut.

    It leaves as a ZBS template, whose one field is `ma_cau_hoi`; the text is what the template says.
    """
    return CitizenMessage(
        template="come-back",
        key=f"come-back:{question.question_id}:{since:%Y%m%d%H%M%S}",
        user_id=question.user_id,
        question_id=question.question_id,
        zbs_template=zbs_template,
        context={"ma_cau_hoi": question.case_code},
    )


def satisfaction(question_id: int, *, case_code: str, user_id: str, answer_id: int) -> CitizenMessage:
    """Return the question whether an answer was of use, asked once an answer; the tap is counted, nothing else."""
    return CitizenMessage(
        template="satisfaction",
        key=f"satisfaction:{answer_id}",
        user_id=user_id,
        question_id=question_id,
        buttons=(
            Button(title="Hài lòng", payload=payload(SATISFIED, question_id)),
            Button(title="Chưa hài lòng", payload=payload(NOT_SATISFIED, question_id)),
        ),
        context={"case_code": case_code},
    )
