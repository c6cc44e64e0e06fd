"""What the store knows of the evidence in mails: tokens, letters, case codes, and the questions they lead to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from desk.rules.replies.matching import TokenLead
from desk.rules.states import AssignmentState, QuestionState
from desk.store.statements import statement


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownLetter:
    """A letter of ours that a mail answers."""

    digest: str
    key: str
    kind: str
    question_id: int | None
    assignment_id: int | None
    recipient: str
    stream: str


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
    """What a letter of ours says, and whom it went to by its stream."""

    question_id: int
    assignment_id: int | None
    stream: str
    text: str


def find_tokens(connection: Connection, hashes: Sequence[bytes], *, on: date) -> dict[bytes, TokenLead]:
    """Return what these reply addresses are for, as of a day."""
    values = {"token_sha256s": list(hashes), "day": on}
    rows = connection.execute(statement("leads/find_tokens"), values).mappings()
    return {
        bytes(row["token_sha256"]): TokenLead(**{name: row[name] for name in row if name != "token_sha256"})
        for row in rows
    }


def use_tokens(connection: Connection, hashes: Sequence[bytes]) -> None:
    """Use reply addresses up."""
    connection.execute(statement("leads/use_tokens"), {"token_sha256s": list(hashes)})


def find_letters(connection: Connection, digests: Sequence[str]) -> list[KnownLetter]:
    """Return our letters with these digests."""
    rows = connection.execute(statement("leads/find_letters"), {"digests": list(digests)}).mappings()
    return [KnownLetter(**row) for row in rows]


def find_questions(connection: Connection, case_codes: Sequence[str]) -> dict[str, int]:
    """Return the questions with these codes."""
    values = {"case_codes": list(case_codes)}
    return {row.case_code: row.question_id for row in connection.execute(statement("leads/find_questions"), values)}


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
