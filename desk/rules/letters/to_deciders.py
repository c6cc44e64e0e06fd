"""Letters that ask an official for a word, and what units hear of it (U13, U14)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desk.rules.calendar import long_date
from desk.rules.letters.commands import Command, buttons
from desk.rules.letters.to_units import Addressee
from desk.rules.office import Official
from desk.rules.outgoing import Letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What an official is asked to decide: what has happened, what is known of it, and the words to choose from."""

    subject: str
    reason: str
    case_code: str = ""
    quoted: str = ""
    facts: Sequence[tuple[str, str]] = ()
    options: Sequence[Command]


def duty_decision(
    matter: Matter,
    to: Official,
    *,
    work_item_id: int,
    times: int,
    address: str,
    reply_token: str,
    question_id: int | None = None,
    unanswered_by: str = "",
) -> Letter:
    """Return the letter that asks for one word; *times* counts the officials asked, *unanswered_by* names the last."""
    return Letter(
        template="duty-decision",
        key=f"decision:{work_item_id}:{times}",
        stream=f"official:{to.code}",
        to=to.email,
        question_id=question_id,
        reply_token=reply_token,
        context={
            "official": to.name,
            "case_code": matter.case_code,
            "subject_vi": matter.subject,
            "reason": matter.reason,
            "quoted_text": matter.quoted,
            "facts": tuple(matter.facts),
            "unanswered_by": unanswered_by,
            "buttons": buttons(tuple(matter.options), address=address, case_code=matter.case_code),
        },
    )


def unit_released(unit: Addressee, *, assignment_id: int, question_id: int, case_code: str, because: str) -> Letter:
    """Return the line of thanks to a unit that need not reply any more."""
    return Letter(
        template="unit-released",
        key=f"released:{assignment_id}",
        stream=f"question:{question_id}:{unit.code}",
        to=unit.email,
        question_id=question_id,
        assignment_id=assignment_id,
        context={"unit": unit.name, "case_code": case_code, "because": because},
    )


def proposal_outcome(
    unit: Addressee,
    *,
    work_item_id: int,
    assignment_id: int,
    question_id: int,
    case_code: str,
    proposal: str,
    outcome: str,
    due_on: date | None,
) -> Letter:
    """Return what became of a unit's proposal; *due_on* is the date that stands, None where nothing is owed now."""
    return Letter(
        template="proposal-outcome",
        key=f"proposal-outcome:{work_item_id}",
        stream=f"question:{question_id}:{unit.code}",
        to=unit.email,
        question_id=question_id,
        assignment_id=assignment_id,
        context={
            "unit": unit.name,
            "case_code": case_code,
            "proposal": proposal,
            "outcome": outcome,
            "due": long_date(due_on) if due_on else "",
        },
    )
