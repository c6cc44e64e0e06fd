"""Questions at their units: given, waiting for a table of questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from desk.rules.states import AssignmentState
from desk.store.statements import pairs, statement


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
    """A question that waits for its unit's next table, with what the table shows.

    `other_units` are those asked beside it: (unit, provincial office where it is by place).
    """

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
    other_units: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An assignment for which a letter must be written; `version` counts the times the unit was asked."""

    assignment_id: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AtUnit:
    """A question at one unit, as it stands."""

    assignment_id: int
    unit_code: str
    place_unit: str | None
    state: AssignmentState
    version: int
    told_on: date
    lettered_at: datetime | None


def add_assignments(connection: Connection, assignments: Sequence[NewAssignment]) -> dict[tuple[int, str], Given]:
    """Give questions to units. Returns what is new or asked anew, by question and unit; who owes a reply goes on."""
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
    return {
        (row.question_id, row.unit_code): Given(assignment_id=row.assignment_id, version=row.version) for row in rows
    }


def withdraw_others(connection: Connection, question_id: int, *, keep: Sequence[str]) -> list[str]:
    """Let units that are not named any more off a question; returns which."""
    values = {"question_id": question_id, "keep": list(keep)}
    return list(connection.scalars(statement("assignments/withdraw_others"), values))


def claim_assignments_to_table(connection: Connection, *, limit: int) -> list[TabledQuestion]:
    """Hold the questions that wait for their unit's next table, unit by unit."""
    rows = connection.execute(statement("assignments/claim_assignments_to_table"), {"limit": limit}).mappings()
    return [
        TabledQuestion(**{**row, "topics": tuple(row["topics"]), "other_units": pairs(row["other_units"])})
        for row in rows
    ]


def record_lettered(
    connection: Connection, assignment_ids: Sequence[int], dates: Sequence[tuple[date, str]], *, as_of: datetime
) -> None:
    """Record that units are written to now; *dates* are their limits, for 1, 2, and 3 or more units."""
    values = {
        "assignment_ids": list(assignment_ids),
        "unit_due_ons": [due_on for due_on, _ in dates],
        "becauses": [because for _, because in dates],
        "as_of": as_of,
        "lettered_on": as_of.date(),
    }
    connection.execute(statement("assignments/record_lettered"), values)


def end_of_question(connection: Connection, question_id: int, *, state: AssignmentState) -> int:
    """End a question at its units, whether they have replied or not; returns at how many units."""
    values = {"question_id": question_id, "state": state.value}
    return len(connection.execute(statement("assignments/end_of_question"), values).all())


def find_of_question(connection: Connection, question_id: int) -> list[AtUnit]:
    """Return a question at all units that were ever asked, first asked first."""
    return find_of_questions(connection, [question_id]).get(question_id, [])


def find_of_questions(connection: Connection, question_ids: Sequence[int]) -> dict[int, list[AtUnit]]:
    """Return questions at all units that were ever asked, by question, first asked first."""
    rows = connection.execute(statement("assignments/find_of_questions"), {"question_ids": list(question_ids)})
    found: defaultdict[int, list[AtUnit]] = defaultdict(list)
    for row in map(dict, rows.mappings()):
        found[row.pop("question_id")].append(AtUnit(**{**row, "state": AssignmentState(row["state"])}))
    return dict(found)


def withdraw(connection: Connection, assignment_id: int) -> None:
    """Let one unit off a question."""
    connection.execute(statement("assignments/withdraw"), {"assignment_id": assignment_id})


def await_again(connection: Connection, assignment_id: int) -> None:
    """Let a unit that was released, or through with a question, have it again."""
    connection.execute(statement("assignments/await_again"), {"assignment_id": assignment_id})


def give_time(connection: Connection, assignment_id: int, *, until: date) -> None:
    """Record the later date that a unit is told, and chased by; a date that is later already stays."""
    connection.execute(statement("assignments/give_time"), {"assignment_id": assignment_id, "until": until})
