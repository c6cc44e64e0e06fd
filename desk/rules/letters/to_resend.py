"""The request to send a letter again as PDF, where a reply came with files that the desk cannot use (U15)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desk.rules.calendar import local_date
from desk.rules.letters.phrases import joined, time_of_day
from desk.rules.letters.to_units import Letterhead, letter_key
from desk.rules.outgoing import Letter


@dataclass(frozen=True, slots=True, kw_only=True)
class UnusedReply:
    """A mail of a unit whose files nobody can use: what it replied to, and until when the unit's reply is due.

    `version` counts the times the unit was asked the first of its questions.
    """

    inbound_mail_id: int
    question_id: int
    assignment_id: int
    case_codes: tuple[str, ...]
    unit_code: str
    version: int
    unit: str
    from_address: str
    due_on: date


def resend_as_pdf(
    reply: UnusedReply, files: Sequence[tuple[str, str]], letterhead: Letterhead, *, reply_token: str
) -> Letter:
    """Return the request to whoever sent the mail; *files* are (name, why it cannot be used), none where it was a link.

    A mail is answered so once; the unit's date does not move.
    """
    return Letter(
        template="resend-as-pdf",
        key=f"resend-as-pdf:{reply.inbound_mail_id}",
        stream=f"question:{reply.question_id}:{reply.unit_code}",
        to=reply.from_address,
        question_id=reply.question_id,
        assignment_id=reply.assignment_id,
        reply_token=reply_token,
        thread=letter_key(reply.question_id, reply.unit_code, reply.version),
        context={
            "case_codes": joined(reply.case_codes),
            "unit": reply.unit,
            "files": [{"name": name, "why": why} for name, why in files],
            "due": time_of_day(reply.due_on, letterhead.reply_by),
            "is_overdue": reply.due_on < local_date(letterhead.written_at),
            **letterhead.closing,
        },
    )
