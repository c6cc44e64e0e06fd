"""What a mail points to, and what the store knows of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from desk.rules.case_codes import find_case_codes
from desk.rules.incoming_mail import IncomingMail
from desk.rules.mail_addresses import DeskAddress
from desk.rules.reply_tokens import token_hash
from desk.rules.states import AssignmentState

_TOKEN = re.compile(r"(?:[^@]*\+)?([0-9a-z]{16})@", re.IGNORECASE)
_LETTER = re.compile(r"([0-9a-f]{32})@(.+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a mail points to: hashes of the tokens it was sent to, digests of our letters it answers, case codes.

    `subject_codes` are those of its subject alone.
    """

    token_hashes: tuple[bytes, ...] = ()
    letter_digests: tuple[str, ...] = ()
    case_codes: tuple[str, ...] = ()
    subject_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenLead:
    """A token of the mail that the store knows. Dead: expired, used up, or of a letter that was withdrawn."""

    step: str
    version: int = 1
    is_dead: bool = False
    question_id: int | None = None
    assignment_id: int | None = None
    work_item_id: int | None = None
    answer_id: int | None = None
    content_item_id: int | None = None
    official_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentLead:
    """A question at a unit that a mail may be about; `by_letter`: the mail answers the very letter that asked it."""

    assignment_id: int
    question_id: int
    case_code: str
    unit_code: str
    place_unit: str | None = None
    state: AssignmentState = AssignmentState.AWAITING
    by_letter: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Leads:
    """What the store knows of the evidence; `assignments`: all of every question that token, letter or code names.

    More of them do no harm: what the evidence does not point to is guessed at, never matched. `open_letters`: what
    officials still have to decide on the one question whose code stands in the subject.
    """

    tokens: tuple[TokenLead, ...] = ()
    assignments: tuple[AssignmentLead, ...] = ()
    open_letters: tuple[TokenLead, ...] = ()


def evidence_of(mail: IncomingMail, new_text: str, desk: DeskAddress) -> Evidence:
    """Return what a mail points to; *new_text* is what its sender wrote, without what it quotes.

    A code that is only quoted counts where it is the only one: who quotes a table answers not all its questions.
    """
    tokens = dict.fromkeys(match[1].lower() for address in mail.recipients if (match := _TOKEN.match(address)))
    ids = (match for referred in mail.referred_ids if (match := _LETTER.match(referred.strip("<> ").lower())))
    codes = find_case_codes(f"{mail.subject}\n\n{new_text}")
    quoted = find_case_codes(mail.text) if not codes else []
    return Evidence(
        token_hashes=tuple(token_hash(token) for token in tokens),
        letter_digests=tuple(dict.fromkeys(match[1] for match in ids if match[2] == desk.domain.lower())),
        case_codes=tuple(codes or (quoted if len(quoted) == 1 else ())),
        subject_codes=tuple(find_case_codes(mail.subject)),
    )
