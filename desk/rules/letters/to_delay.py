"""What is said when an answer will not come in time, or not without the citizen (U12, U19)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from desk.rules.calendar import local_date, long_date
from desk.rules.letters.commands import Command, CommandButton
from desk.rules.letters.phrases import joined
from desk.rules.letters.to_citizens import CitizenQuestion
from desk.rules.mail_addresses import DeskAddress
from desk.rules.mailto import mailto
from desk.rules.office import Official
from desk.rules.outgoing import CitizenMessage, Letter

_APOLOGISE: Final = "XIN LỖI"
_WAIT: Final = "CHỜ"


@dataclass(frozen=True, slots=True, kw_only=True)
class EndangeredAnswer:
    """A question whose answer may not come in time.

    `due_on` is the day the citizen was told, the regulation's unless `is_promised`; `proposed_on` the next one that is
    realistic; `units` still owe a reply. `is_reachable`: Zalo still lets the desk write to the citizen.
    """

    question_id: int
    case_code: str
    received_at: datetime
    due_on: date
    proposed_on: date
    units: tuple[str, ...] = ()
    is_promised: bool = True
    may_apologise: bool = True
    is_reachable: bool = True
    reply_token: str | None = None


def endangered_answers(
    questions: Sequence[EndangeredAnswer],
    to: Official,
    *,
    address: DeskAddress,
    on: date,
    reply_token: str,
    reasons: Sequence[str],
) -> Letter:
    """Return the letter that puts late answers before the duty officer: nobody apologises without a person's word.

    Each question has a reply address of its own; *reply_token* is for a reply to several.
    """
    return Letter(
        template="endangered-answers",
        key=f"endangered-answers:{on.isoformat()}:{to.code}:{questions[0].question_id}",
        stream=f"official:{to.code}",
        to=to.email,
        question_id=questions[0].question_id if len(questions) == 1 else None,
        reply_token=questions[0].reply_token if len(questions) == 1 else reply_token,
        context={
            "official": to.name,
            "lines": [_line(question, address, on) for question in questions],
            "reasons": tuple(reasons),
            "example": f"{_APOLOGISE}: {questions[0].proposed_on:%d/%m/%Y}",
        },
    )


def delay(question: CitizenQuestion, *, due_on: date, agreed_on: date, reason: str, is_overdue: bool) -> CitizenMessage:
    """Return the apology for an answer that comes later than told, sent on a person's word alone (U19)."""
    return CitizenMessage(
        template="delay",
        key=f"delay:{question.question_id}:{agreed_on.isoformat()}",
        user_id=question.user_id,
        question_id=question.question_id,
        context={
            "case_code": question.case_code,
            "due": long_date(due_on),
            "agreed": long_date(agreed_on),
            "reason": reason,
            "is_overdue": is_overdue,
        },
    )


def ask_back_reminder(question: CitizenQuestion, *, closes_on: date, version: int) -> CitizenMessage:
    """Return the reminder of what the citizen was asked, and until when the desk waits for it (U12)."""
    return CitizenMessage(
        template="ask-back-reminder",
        key=f"ask-back-reminder:{question.question_id}:{version}",
        user_id=question.user_id,
        question_id=question.question_id,
        context={"case_code": question.case_code, "closes": long_date(closes_on)},
    )


def closed_unanswered(question: CitizenQuestion, *, version: int) -> CitizenMessage:
    """Return the note that a question is closed for want of what was asked; any reply opens it again (U12)."""
    return CitizenMessage(
        template="closed-unanswered",
        key=f"closed-unanswered:{question.question_id}:{version}",
        user_id=question.user_id,
        question_id=question.question_id,
        context={"case_code": question.case_code},
    )


def _line(question: EndangeredAnswer, address: DeskAddress, on: date) -> dict[str, object]:
    reply_address = address.reply(question.reply_token)
    words = [f"{_APOLOGISE}: {question.proposed_on:%d/%m/%Y}", _WAIT] if question.may_apologise else [_WAIT]
    return {
        "case_code": question.case_code,
        "received": long_date(local_date(question.received_at)),
        "due": long_date(question.due_on),
        "is_overdue": question.due_on < on,
        "proposed": long_date(question.proposed_on),
        "is_promised": question.is_promised,
        "may_apologise": question.may_apologise,
        "is_reachable": question.is_reachable,
        "units": joined(question.units),
        "buttons": tuple(
            CommandButton(Command(said), mailto(reply_address, subject=f"[{question.case_code}] {said}", body=said))
            for said in words
        ),
    }
