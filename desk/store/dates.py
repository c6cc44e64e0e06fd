"""Dates after a change of the working calendar: computed anew, then told (A14)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import repeat
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection

from desk.store.statements import pairs, statement


class AwaitedDates(NamedTuple):
    """The dates of an awaited assignment, in the order of their statement."""

    lettered_on: date
    unit_due_on: date
    told_on: date


# compared by identity: one object stands for many questions
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Dated:
    """All that the dates of a question are made of; no promise where the citizen was told none."""

    state: str
    received_at: datetime
    unit_count: int | None
    promised_on: date | None
    awaited: tuple[AwaitedDates, ...]


class DatedQuestion(NamedTuple):
    """An open question with its awaited assignments, in the order of `dated.awaited`."""

    question_id: int
    dated: Dated
    assignment_ids: Sequence[int]


class QuestionDates(NamedTuple):
    """New dates of a question."""

    promised_on: date | None
    due_by_rule_on: date
    because: str


class AssignmentDates(NamedTuple):
    """New dates of an assignment."""

    unit_due_on: date
    told_on: date
    because: str


NewDates = TypeVar("NewDates", QuestionDates, AssignmentDates)


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


def claim_questions_to_redate(connection: Connection, *, calendar_version: int, limit: int) -> Sequence[int]:
    """Hold open questions whose dates were read from an older calendar, and return their ids."""
    values = {"calendar_version": calendar_version, "limit": limit}
    return connection.execute(statement("dates/claim_questions_to_redate"), values).scalars().all()


def find_dated(
    connection: Connection, question_ids: Sequence[int], *, closing_times: Sequence[time]
) -> list[DatedQuestion]:
    """Return these questions with what their dates are made of; where all of it is the same, they share one object.

    *closing_times*: when on any day the office may close, in order; between two of them all receipts count alike.
    """
    values = {"question_ids": list(question_ids), "closing_times": list(closing_times)}
    found: list[DatedQuestion] = []
    for row in connection.execute(statement("dates/find_dated"), values):
        dated = Dated(
            state=row.state,
            received_at=row.received_at,
            unit_count=row.unit_count,
            promised_on=row.promised_on,
            awaited=tuple(AwaitedDates._make(days) for days in row.awaited or ()),
        )
        of_each = row.assignment_ids or repeat((), len(row.question_ids))
        found += [DatedQuestion(*one) for one in zip(row.question_ids, repeat(dated), of_each)]
    return found


def redate_questions(
    connection: Connection, redated: Sequence[tuple[int, QuestionDates]], *, calendar_version: int
) -> None:
    """Write new dates of questions (by id) and the calendar they were read from."""
    dates, places = _each_once(redated)
    values = {
        "question_ids": [question_id for question_id, _ in redated],
        "places": places,
        "promised_ons": [dated.promised_on for dated in dates],
        "due_by_rule_ons": [dated.due_by_rule_on for dated in dates],
        "becauses": [dated.because for dated in dates],
        "calendar_version": calendar_version,
    }
    connection.execute(statement("dates/redate_questions"), values)


def redate_assignments(
    connection: Connection, redated: Sequence[tuple[int, AssignmentDates]], *, calendar_version: int
) -> None:
    """Write new dates of awaited assignments (by id)."""
    dates, places = _each_once(redated)
    values = {
        "assignment_ids": [assignment_id for assignment_id, _ in redated],
        "places": places,
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


def _each_once(redated: Sequence[tuple[int, NewDates]]) -> tuple[list[NewDates], list[int]]:
    """Return the dates without repetition, and where each row's stand among them, from 1 on."""
    found: dict[NewDates, int] = {}
    places = [found.setdefault(dates, len(found) + 1) for _, dates in redated]
    return list(found), places
