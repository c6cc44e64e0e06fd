"""What whoever wrote to the desk hears at once: a command that cannot be carried out, what came of a decision (A12)."""

from __future__ import annotations

from datetime import datetime

from desk.rules.letters.phrases import moment_and_date
from desk.rules.letters.to_units import Letterhead
from desk.rules.office import Official
from desk.rules.outgoing import Letter


def command_refused(
    to: str,
    *,
    key: str,
    because: str,
    case_code: str,
    question_id: int,
    assignment_id: int,
    letterhead: Letterhead,
) -> Letter:
    """Return the letter that tells a unit why what it ordered was not carried out, and that its date stands."""
    return Letter(
        template="command-refused",
        key=key,
        stream=f"sender:{to}",
        to=to,
        question_id=question_id,
        assignment_id=assignment_id,
        context={
            "case_code": case_code,
            "because": because,
            "officer_name": letterhead.officer_name,
            "officer_phone": letterhead.officer_phone,
        },
    )


def sender_unknown(to: str, *, letterhead: Letterhead) -> Letter:
    """Return the one polite line to an address that is nobody's on the list; an address gets it once (U14)."""
    return Letter(
        template="sender-unknown",
        key=f"sender-unknown:{to}",
        stream=f"sender:{to}",
        to=to,
        context={
            "address": to,
            "officer_name": letterhead.officer_name,
            "officer_phone": letterhead.officer_phone,
        },
    )


def decision_receipt(
    to: Official,
    *,
    inbound_mail_id: int,
    question_id: int | None,
    received_at: datetime,
    done: str = "",
    refused: str = "",
    reply_token: str | None = None,
    content_item_id: int | None = None,
) -> Letter:
    """Return what an official hears after each decision by mail: what was done, or why nothing was and what to write.

    A refusal has a reply address of its own, for the same decision.
    """
    return Letter(
        template="decision-receipt",
        key=f"decision-receipt:{inbound_mail_id}",
        stream=f"official:{to.code}",
        to=to.email,
        question_id=question_id,
        content_item_id=content_item_id,
        reply_token=reply_token,
        context={
            "official": to.name,
            "received": moment_and_date(received_at),
            "done": done,
            "refused": refused,
        },
    )
