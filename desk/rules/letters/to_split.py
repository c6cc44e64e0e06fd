"""What is told when a part of a question becomes a question of its own: to its citizen and to its units."""

from __future__ import annotations

from desk.rules.letters.phrases import moment_and_date, time_of_day
from desk.rules.letters.to_citizens import CitizenQuestion
from desk.rules.letters.to_units import Addressee, AskedQuestion, FollowUp, Letterhead
from desk.rules.outgoing import CitizenMessage, Letter


def split_off(question: CitizenQuestion, *, of_code: str) -> CitizenMessage:
    """Return what tells a citizen the code of the part that was split off question *of_code*."""
    return CitizenMessage(
        template="split-off",
        key=f"split-off:{question.question_id}",
        user_id=question.user_id,
        question_id=question.question_id,
        context={
            "case_code": question.case_code,
            "of_code": of_code,
            "received": moment_and_date(question.received_at),
        },
    )


def unit_split(
    question: AskedQuestion,
    unit: Addressee,
    letterhead: Letterhead,
    *,
    part: FollowUp,
    new_code: str,
    thread: str,
) -> Letter:
    """Return what tells a unit which part of a question it need not answer any more; the date of the rest stays.

    The text of *part* and *new_code* are empty where few may know of the new question; *thread* is the letter that
    asked.
    """
    return Letter(
        template="unit-split",
        key=f"split:{question.assignment_id}:{part.received_at:%Y%m%d%H%M%S}",
        stream=f"question:{question.question_id}:{unit.code}",
        to=unit.email,
        question_id=question.question_id,
        assignment_id=question.assignment_id,
        reply_token=question.reply_token,
        thread=thread,
        context={
            "unit": unit.name,
            "case_code": question.case_code,
            "received": moment_and_date(part.received_at),
            "part": part.text,
            "new_code": new_code,
            "due": time_of_day(question.due_on, letterhead.reply_by),
            **letterhead.closing,
        },
    )
