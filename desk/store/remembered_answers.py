"""Answers that officials marked as reusable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from desk.rules.states import AnswerState
from desk.store.statements import statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The newest answer to a question, with all that decides whether it may be remembered; `is_narrow`: few read it."""

    question_id: int
    case_code: str
    question_text: str
    topics: Sequence[str]
    asker: str
    is_narrow: bool
    answer_id: int | None
    state: AnswerState | None
    answer_text: str
    is_of_dossier: bool
    is_partial: bool
    released_by: str | None
    released_at: datetime | None
    units: Sequence[str]
    letter_numbers: Sequence[str]
    letter_dates: Sequence[date | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRemembered:
    """An answer to be remembered; both texts hold nobody's personal data."""

    question_id: int
    answer_id: int
    question_text: str
    answer_text: str
    topics: Sequence[str]
    units: Sequence[str]
    letter_numbers: Sequence[str]
    letter_dates: Sequence[date | None]
    laws: Sequence[str]
    answered_on: date
    remembered_by: str
    remembered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RememberedAnswer:
    """An answer that may be used again; `case_code` is that of the question it answered."""

    remembered_answer_id: int
    case_code: str
    question_text: str
    answer_text: str
    topics: Sequence[str]
    letter_numbers: Sequence[str]
    letter_dates: Sequence[date | None]
    laws: Sequence[str]
    answered_on: date
    is_retired: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as it is compared with answered ones; `shown_id`: of the answer that letters show beside it."""

    question_id: int
    text: str
    topics: Sequence[str]
    is_narrow: bool
    shown_id: int | None


def get_source(connection: Connection, case_code: str) -> Source | None:
    """Hold a question and return its newest answer; None where there is no such question."""
    row = connection.execute(statement("remembered_answers/get_source"), {"case_code": case_code}).mappings().first()
    if row is None:
        return None
    state = AnswerState(row["state"]) if row["state"] else None
    return Source(**{**row, "state": state})


def add_remembered(connection: Connection, answer: NewRemembered) -> bool:
    """Remember an answer; returns whether it is new."""
    values: Mapping[str, Any] = {
        name: list(value) if isinstance(value, list | tuple) else value
        for name in NewRemembered.__slots__
        for value in (getattr(answer, name),)
    }
    return connection.execute(statement("remembered_answers/add_remembered"), values).first() is not None


def retire(connection: Connection, case_code: str, *, retired_by: str, as_of: datetime) -> bool:
    """Take the answer to a question out of use; returns whether one was in use."""
    values = {"case_code": case_code, "retired_by": retired_by, "as_of": as_of}
    return connection.execute(statement("remembered_answers/retire"), values).first() is not None


def find_kept(connection: Connection, case_code: str) -> str:
    """Return the answer to a question that is kept for like ones; empty where none is in use."""
    return connection.execute(statement("remembered_answers/find_kept"), {"case_code": case_code}).scalar() or ""


def find_asked(connection: Connection, question_ids: Sequence[int]) -> list[Asked]:
    """Return questions as they are compared with answered ones."""
    values = {"question_ids": list(question_ids)}
    return [Asked(**row) for row in connection.execute(statement("remembered_answers/find_asked"), values).mappings()]


def find_in_use(connection: Connection, topics: Sequence[str], shown_ids: Sequence[int]) -> list[RememberedAnswer]:
    """Return the answers in use for questions of these topics, the newest first, and those that letters show."""
    values = {"topics": list(topics), "shown_ids": list(shown_ids)}
    rows = connection.execute(statement("remembered_answers/find_in_use"), values).mappings()
    return [RememberedAnswer(**row) for row in rows]


def record_shown(connection: Connection, shown: Mapping[int, int]) -> None:
    """Record which answers letters show, by question; one that has been shown before stays."""
    values = {"question_ids": list(shown), "remembered_answer_ids": list(shown.values())}
    connection.execute(statement("remembered_answers/record_shown"), values)
