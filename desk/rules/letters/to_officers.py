"""Letters to the officials of the desk and to the ops team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from desk.rules.calendar import long_date
from desk.rules.letters.commands import Command, buttons
from desk.rules.letters.phrases import moment_and_date
from desk.rules.letters.remembered import EarlierAnswer, quoted_whole
from desk.rules.office import Official
from desk.rules.outgoing import Letter


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldQuestion:
    """A question as the duty officer sees it: with its whole text."""

    question_id: int
    case_code: str
    text: str
    received_at: datetime


def duty_question(
    question: HeldQuestion,
    to: Official,
    *,
    work_item_id: int,
    due_on: date,
    because: str,
    topic: str = "",
    options: Sequence[Command],
    address: str,
    reply_token: str,
    unanswered_by: str = "",
    earlier: EarlierAnswer | None = None,
) -> Letter:
    """Return the letter that gives the duty officer a question to answer without asking a unit (Điều 13, U5).

    What is written in reply is the answer, or one of *options*; *unanswered_by* names who was asked before. Given to
    him again, a question is new work, and a letter of its own. *earlier*: the answer to a like question, which one word
    sends.
    """
    return Letter(
        template="duty-question",
        key=f"duty-question:{work_item_id}:{to.code}",
        stream=f"official:{to.code}",
        to=to.email,
        question_id=question.question_id,
        reply_token=reply_token,
        context={
            "official": to.name,
            "case_code": question.case_code,
            "text": question.text,
            "received": moment_and_date(question.received_at),
            "due": long_date(due_on),
            "because": because,
            "topic": topic,
            "unanswered_by": unanswered_by,
            "earlier": quoted_whole(earlier),
            "send": buttons((Command("GỬI"),), address=address, case_code=question.case_code)[0],
            "buttons": buttons(tuple(options), address=address, case_code=question.case_code),
        },
    )


def form_receipt(
    to: Official, *, run_id: str, form: str, case_codes: Sequence[str], outcome: str, reason: str, done_at: datetime
) -> Letter:
    """Return the receipt for the official named as acting in a form of the Prefect UI, where names are not verified."""
    return Letter(
        template="form-receipt",
        key=f"form-receipt:{run_id}",
        stream=f"official:{to.code}",
        to=to.email,
        context={
            "official": to.name,
            "form": form,
            "case_codes": tuple(case_codes),
            "outcome": outcome,
            "reason": reason,
            "done": moment_and_date(done_at),
        },
    )


def ops_alarm(to: str, *, key: str, subject: str, lines: Sequence[str]) -> Letter:
    """Return an alarm for the ops team, in Vietnamese, with ids and codes only; a key raises it once."""
    return Letter(
        template="ops-alarm",
        key=f"ops-alarm:{key}",
        stream="ops",
        to=to,
        context={"subject_vi": subject, "lines": tuple(lines)},
    )
