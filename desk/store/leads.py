"""What the store knows of the evidence in mails: tokens, letters, case codes, and the questions they lead to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, CursorResult

from desk.rules.case_codes import find_case_codes
from desk.rules.replies.matching import TokenLead
from desk.rules.states import AssignmentState, QuestionState
from desk.store.statements import statement


@dataclass(frozen=True, kw_only=True)
class KnownLetter:
    """A letter of ours that a mail is about; `text` only where it was about several questions.

    `html` is what a mail program shows, and quotes where it writes no plain text.
    """

    digest: str
    key: str
    kind: str
    question_id: int | None
    assignment_id: int | None
    recipient: str
    stream: str
    text: str | None
    html: str | None

    @cached_property
    def case_codes(self) -> tuple[str, ...]:
        """The questions of a letter about several, by their codes."""
        return tuple(find_case_codes(self.text or ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldQuestion:
    """A question that mails are about, held for this transaction."""

    question_id: int
    case_code: str
    state: QuestionState


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedUnit:
    """A question at a unit that was ever asked; `version` counts the times."""

    assignment_id: int
    question_id: int
    case_code: str
    unit_code: str
    place_unit: str | None
    state: AssignmentState
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SentText:
    """What a letter of ours on a question says."""

    question_id: int
    text: str


def find_tokens(connection: Connection, hashes: Sequence[bytes], *, on: date) -> dict[bytes, TokenLead]:
    """Return what these reply addresses are for, as of a day."""
    values = {"token_sha256s": list(hashes), "day": on}
    return _tokens(connection.execute(statement("leads/find_tokens"), values))


def find_open_letters(connection: Connection, question_ids: Sequence[int], *, on: date) -> dict[bytes, TokenLead]:
    """Return the reply addresses, good on a day, of what officials still have to decide on these questions."""
    if not question_ids:
        return {}
    values = {"question_ids": list(question_ids), "day": on}
    return _tokens(connection.execute(statement("leads/find_open_letters"), values))


def use_token(connection: Connection, token_sha256: bytes, *, outcome: str) -> None:
    """Use a reply address up; *outcome* is what was done by it, in Vietnamese."""
    connection.execute(statement("leads/use_token"), {"token_sha256": token_sha256, "outcome": outcome})


def find_use(connection: Connection, token_sha256: bytes) -> tuple[datetime, str] | None:
    """Return when a reply address was used up and what was done by it; None where it only expired."""
    row = connection.execute(statement("leads/find_use"), {"token_sha256": token_sha256}).one()
    return (row.used_at, row.outcome or "") if row.used_at else None


def find_letters(connection: Connection, digests: Sequence[str]) -> list[KnownLetter]:
    """Return our letters with these digests."""
    rows = connection.execute(statement("leads/find_letters"), {"digests": list(digests)}).mappings()
    return [KnownLetter(**row) for row in rows]


def find_parts(connection: Connection, keys: Sequence[str]) -> dict[str, Mapping[str, Any]]:
    """Return what letters are made of, by key; what retention has erased is left out."""
    return {row.key: row.parts for row in connection.execute(statement("leads/find_parts"), {"keys": list(keys)})}


def find_questions(connection: Connection, case_codes: Sequence[str]) -> dict[str, int]:
    """Return the questions with these codes."""
    values = {"case_codes": list(case_codes)}
    return {row.case_code: row.question_id for row in connection.execute(statement("leads/find_questions"), values)}


def find_questions_of(connection: Connection, assignment_ids: Sequence[int]) -> list[int]:
    """Return the questions of these assignments."""
    values = {"assignment_ids": list(assignment_ids)}
    return list(connection.scalars(statement("leads/find_questions_of"), values))


def hold_questions(connection: Connection, question_ids: Sequence[int]) -> dict[int, HeldQuestion]:
    """Hold questions, always in one order: whoever records replies to the same ones waits, and never for ever."""
    values = {"question_ids": list(question_ids)}
    rows = connection.execute(statement("leads/hold_questions"), values).mappings()
    return {row["question_id"]: HeldQuestion(**{**row, "state": QuestionState(row["state"])}) for row in rows}


def find_assignments(connection: Connection, question_ids: Sequence[int]) -> list[AskedUnit]:
    """Return these questions at all their units."""
    rows = connection.execute(statement("leads/find_assignments"), {"question_ids": list(question_ids)}).mappings()
    return [AskedUnit(**{**row, "state": AssignmentState(row["state"])}) for row in rows]


def find_sent_texts(connection: Connection, question_ids: Sequence[int]) -> list[SentText]:
    """Return what our letters on these questions say, newest first; what retention has erased is left out."""
    rows = connection.execute(statement("leads/find_sent_texts"), {"question_ids": list(question_ids)}).mappings()
    return [SentText(**row) for row in rows]


def _tokens(found: CursorResult[Any]) -> dict[bytes, TokenLead]:
    return {
        bytes(row["token_sha256"]): TokenLead(**{name: row[name] for name in row if name != "token_sha256"})
        for row in found.mappings()
    }
