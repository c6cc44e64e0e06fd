"""Whose reply a mail is: evidence gathered from it, and the ladder of proofs (U14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from desk.rules.incoming_mail import IncomingMail
from desk.rules.mail_addresses import DeskAddress
from desk.rules.office import Official
from desk.rules.replies.senders import Authentication, Directory, Standing
from desk.rules.states import AssignmentState


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a mail points to: hashes of the tokens it was sent to, digests of our letters it answers, case codes."""

    token_hashes: tuple[bytes, ...] = ()
    letter_digests: tuple[str, ...] = ()
    case_codes: tuple[str, ...] = ()


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
    """What the store knows of the evidence; `assignments`: all of every question that token, letter or code names."""

    tokens: tuple[TokenLead, ...] = ()
    assignments: tuple[AssignmentLead, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """A unit's reply; `remarks` are what the duty officer should know of the sender, in Vietnamese."""

    assignments: tuple[AssignmentLead, ...]
    standing: Standing
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OfficialMatch:
    """What an official wrote back to a letter that was for him alone."""

    token: TokenLead
    official: Official


@dataclass(frozen=True, slots=True)
class NoMatch:
    """A mail for a person: why, in Vietnamese; whether the sender is told; what it may be about, likeliest first."""

    because: str
    tell_sender: bool = False
    guesses: tuple[AssignmentLead, ...] = ()


MailMatch: TypeAlias = UnitMatch | OfficialMatch | NoMatch


def evidence_of(mail: IncomingMail, new_text: str, desk: DeskAddress) -> Evidence:
    """Return what a mail points to; *new_text* is what its sender wrote, without what it quotes."""
    raise NotImplementedError


def match_mail(
    mail: IncomingMail,
    evidence: Evidence,
    leads: Leads,
    directory: Directory,
    *,
    authentication: Authentication,
    on: date,
) -> MailMatch:
    """Return whose reply a mail is, by the strongest proof there is."""
    raise NotImplementedError
