"""Questions at their units: given, waiting for a table of questions, dated anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from desk.store.statements import statement


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAssignment:
    """A question as it is given to a unit. `told_on` is the one date the letter shows."""

    question_id: int
    unit_code: str
    place_unit: str | None
    lettered_on: date
    lettered_at: datetime | None
    unit_due_on: date
    unit_because: str
    told_on: date
    calendar_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TabledQuestion:
    """A question that waits for its unit's next table, with what the table shows."""

    assignment_id: int
    unit_code: str
    place_unit: str | None
    told_on: date
    lettered_on: date
    question_id: int
    case_code: str
    text: str
    received_at: datetime
    topics: tuple[str, ...]
    unit_count: int
    promised_on: date
    promised_because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedQuestion:
    """An open question with the date that was told; `unit_count` None was given to the duty officer."""

    question_id: int
    case_code: str
    state: str
    received_at: datetime
    unit_count: int | None
    promised_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedAssignment:
    """An awaited assignment with its dates."""

    assignment_id: int
    question_id: int
    unit_code: str
    place_unit: str | None
    lettered_on: date
    unit_due_on: date
    told_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionDates:
    """New dates of a question."""

    question_id: int
    promised_on: date
    due_by_rule_on: date
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentDates:
    """New dates of an assignment."""

    assignment_id: int
    unit_due_on: date
    told_on: date
    because: str


def add_assignments(connection: Connection, assignments: Sequence[NewAssignment]) -> dict[tuple[int, str], int]:
    """Give questions to units. Returns the ids of the new assignments by question and unit."""
    if not assignments:
        return {}
    values = {
        "question_ids": [assignment.question_id for assignment in assignments],
        "unit_codes": [assignment.unit_code for assignment in assignments],
        "place_units": [assignment.place_unit for assignment in assignments],
        "becauses": [assignment.unit_because for assignment in assignments],
        "lettered_ons": [assignment.lettered_on for assignment in assignments],
        "lettered_ats": [assignment.lettered_at for assignment in assignments],
        "unit_due_ons": [assignment.unit_due_on for assignment in assignments],
        "told_ons": [assignment.told_on for assignment in assignments],
        "calendar_versions": [assignment.calendar_version for assignment in assignments],
    }
    rows = connection.execute(statement("assignments/add_assignments"), values)
    return {(row.question_id, row.unit_code): row.assignment_id for row in rows}


def claim_assignments_to_table(connection: Connection, *, limit: int) -> list[TabledQuestion]:
    """Hold the questions that wait for their unit's next table, unit by unit."""
    rows = connection.execute(statement("assignments/claim_assignments_to_table"), {"limit": limit}).mappings()
    return [TabledQuestion(**{**row, "topics": tuple(row["topics"])}) for row in rows]


def record_lettered(connection: Connection, assignment_ids: Sequence[int], *, as_of: datetime) -> None:
    """Record that the table with these questions is queued."""
    values = {"assignment_ids": list(assignment_ids), "as_of": as_of}
    connection.execute(statement("assignments/record_lettered"), values)


def claim_questions_to_redate(connection: Connection, *, calendar_version: int, limit: int) -> list[DatedQuestion]:
    """Hold open questions whose dates were read from an older calendar."""
    values = {"calendar_version": calendar_version, "limit": limit}
    rows = connection.execute(statement("assignments/claim_questions_to_redate"), values).mappings()
    return [DatedQuestion(**row) for row in rows]


def find_awaited_of_questions(connection: Connection, question_ids: Sequence[int]) -> dict[int, list[DatedAssignment]]:
    """Return the awaited assignments of these questions, by question."""
    found: dict[int, list[DatedAssignment]] = defaultdict(list)
    values = {"question_ids": list(question_ids)}
    for row in connection.execute(statement("assignments/find_awaited_of_questions"), values).mappings():
        found[row["question_id"]].append(DatedAssignment(**row))
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
    connection.execute(statement("assignments/redate_questions"), values)


def redate_assignments(connection: Connection, dates: Sequence[AssignmentDates], *, calendar_version: int) -> None:
    """Write new dates of awaited assignments."""
    values = {
        "assignment_ids": [dated.assignment_id for dated in dates],
        "unit_due_ons": [dated.unit_due_on for dated in dates],
        "told_ons": [dated.told_on for dated in dates],
        "becauses": [dated.because for dated in dates],
        "calendar_version": calendar_version,
    }
    connection.execute(statement("assignments/redate_assignments"), values)
