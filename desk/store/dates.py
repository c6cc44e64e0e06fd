"""Dates after a change of the working calendar: computed anew, then told (A14)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection

from desk.store.statements import pairs, statement


class DatedQuestion(NamedTuple):
    """An open question with its dates, in the order of its statement; no promise where the citizen was told none."""

    question_id: int
    state: str
    received_at: datetime
    unit_count: int | None
    promised_on: date | None
    due_by_rule_on: date


class DatedAssignment(NamedTuple):
    """An awaited assignment with its dates, in the order of its statement."""

    assignment_id: int
    question_id: int
    lettered_on: date
    unit_due_on: date
    told_on: date


class QuestionDates(NamedTuple):
    """New dates of a question."""

    question_id: int
    promised_on: date | None
    due_by_rule_on: date
    because: str


class AssignmentDates(NamedTuple):
    """New dates of an assignment."""

    assignment_id: int
    unit_due_on: date
    told_on: date
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedAssignment:
    """An assignment whose unit must be told a new date."""

    assignment_id: int
    unit_code: str
    place_unit: str | None
    case_code: str
    moved_from: date
    told_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedQuestion:
    """A question whose citizen must be told a new date; `units` are (unit, provincial office where it is by place)."""

    question_id: int
    case_code: str
    user_id: str
    received_at: datetime
    promised_on: date
    units: tuple[tuple[str, str | None], ...]


def claim_questions_to_redate(connection: Connection, *, calendar_version: int, limit: int) -> list[DatedQuestion]:
    """Hold open questions whose dates were read from an older calendar."""
    values = {"calendar_version": calendar_version, "limit": limit}
    return [
        DatedQuestion._make(row)
        for row in connection.execute(statement("dates/claim_questions_to_redate"), values).all()
    ]


def find_awaited(connection: Connection, question_ids: Sequence[int]) -> dict[int, list[DatedAssignment]]:
    """Return the awaited assignments of these questions, by question."""
    found: dict[int, list[DatedAssignment]] = defaultdict(list)
    values = {"question_ids": list(question_ids)}
    for row in connection.execute(statement("dates/find_awaited"), values).all():
        assignment = DatedAssignment._make(row)
        found[assignment.question_id].append(assignment)
    return found


def redate_questions(connection: Connection, dates: Sequence[QuestionDates], *, calendar_version: int) -> None:
    """Write new dates of questions and the calendar they were read from."""
    values = {
        "question_ids": [dated.question_id for dated in dates],
        "promised_ons": [dated.promised_on for dated in dates],
        "due_by_rule_ons": [dated.due_by_rule_on for dated in dates],
        "becauses": [dated.because for dated in dates],
        "calendar_version": calendar_version,
    }
    connection.execute(statement("dates/redate_questions"), values)


def redate_assignments(connection: Connection, dates: Sequence[AssignmentDates], *, calendar_version: int) -> None:
    """Write new dates of awaited assignments."""
    values = {
        "assignment_ids": [dated.assignment_id for dated in dates],
        "unit_due_ons": [dated.unit_due_on for dated in dates],
        "told_ons": [dated.told_on for dated in dates],
        "becauses": [dated.because for dated in dates],
        "calendar_version": calendar_version,
    }
    connection.execute(statement("dates/redate_assignments"), values)


def claim_moved_assignments(connection: Connection) -> list[MovedAssignment]:
    """Hold all assignments whose unit must be told a new date, unit by unit: a digest is whole or it is not written."""
    return [MovedAssignment(**row) for row in connection.execute(statement("dates/claim_moved_assignments")).mappings()]


def record_assignments_told(connection: Connection, assignment_ids: Sequence[int]) -> None:
    """Record that the units were told."""
    connection.execute(statement("dates/record_assignments_told"), {"assignment_ids": list(assignment_ids)})


def claim_moved_questions(connection: Connection, *, limit: int) -> list[MovedQuestion]:
    """Hold questions whose citizen must be told a new date."""
    rows = connection.execute(statement("dates/claim_moved_questions"), {"limit": limit}).mappings()
    return [MovedQuestion(**{**row, "units": pairs(row["units"])}) for row in rows]


def record_questions_told(connection: Connection, question_ids: Sequence[int]) -> None:
    """Record that the citizens are told."""
    connection.execute(statement("dates/record_questions_told"), {"question_ids": list(question_ids)})
