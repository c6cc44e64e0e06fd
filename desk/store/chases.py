"""The chase: whose replies are due to be looked at, which steps were taken, who was thanked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection

from desk.rules.states import AssignmentState
from desk.store.statements import statement


class DueReply(NamedTuple):
    """A reply that the chase must look at, in the order of its statement."""

    assignment_id: int
    question_id: int
    unit_code: str
    place_unit: str | None
    case_code: str
    state: str
    received_at: datetime
    lettered_at: datetime
    unit_due_on: date
    version: int
    told_on: date
    silent_until: datetime | None
    passed_to: str
    is_shared: bool
    taken_for: date | None
    taken: int | None
    warned_for: date | None


class TakenStep(NamedTuple):
    """A step that a letter takes, with the lowest of those that it stands for."""

    assignment_id: int
    due_on: date
    step: int
    first_step: int
    outbox_key: str
    for_board: bool


class ToThank(NamedTuple):
    """An answer that reached its citizen, for which a unit is to be thanked."""

    assignment_id: int
    unit_code: str
    place_unit: str | None
    case_code: str


class ForBoard(NamedTuple):
    """An overdue reply that the Ban Quản trị is to hear of."""

    assignment_id: int
    due_on: date
    case_code: str
    received_at: datetime
    lettered_at: datetime | None
    unit_code: str
    place_unit: str | None
    state: AssignmentState


def claim_units(connection: Connection, *, as_of: datetime, limit: int) -> list[str]:
    """Hold units whose chase is due; those another worker holds are passed over."""
    return list(connection.scalars(statement("chases/claim_units"), {"as_of": as_of, "limit": limit}))


def find_due(connection: Connection, unit_codes: Sequence[str], *, as_of: datetime) -> list[DueReply]:
    """Return all that these units owe and the chase must look at, unit by unit, oldest first."""
    values = {"unit_codes": list(unit_codes), "as_of": as_of}
    return [DueReply._make(row) for row in connection.execute(statement("chases/find_due"), values).all()]


def record_steps(connection: Connection, steps: Sequence[TakenStep], *, taken_on: date) -> None:
    """Record steps; one that was taken for its date stays as it was."""
    if not steps:
        return
    values = {
        "assignment_ids": [step.assignment_id for step in steps],
        "due_ons": [step.due_on for step in steps],
        "steps": [step.step for step in steps],
        "first_steps": [step.first_step for step in steps],
        "outbox_keys": [step.outbox_key for step in steps],
        "for_board": [step.for_board for step in steps],
        "taken_on": taken_on,
    }
    connection.execute(statement("chases/record_steps"), values)


def record_next_steps(connection: Connection, next_steps: Sequence[tuple[int, datetime | None]]) -> None:
    """Write when the chase looks at each assignment again; None is never."""
    if not next_steps:
        return
    assignment_ids, moments = zip(*next_steps, strict=True)
    values = {"assignment_ids": list(assignment_ids), "next_step_ats": list(moments)}
    connection.execute(statement("chases/record_next_steps"), values)


def keep_silent(connection: Connection, assignment_ids: Sequence[int], *, until: datetime) -> None:
    """Let the chase of assignments keep still until an instant; one that is later already stays."""
    connection.execute(statement("chases/keep_silent"), {"assignment_ids": list(assignment_ids), "until": until})


def take_back(connection: Connection, assignment_ids: Sequence[int], *, on: date) -> None:
    """Record that overdue notices were taken back."""
    values = {"assignment_ids": list(assignment_ids), "taken_back_on": on}
    connection.execute(statement("chases/take_back"), values)


def find_to_thank(connection: Connection, unit_codes: Sequence[str]) -> list[ToThank]:
    """Return what these units are to be thanked for, unit by unit."""
    rows = connection.execute(statement("chases/find_to_thank"), {"unit_codes": list(unit_codes)})
    return [ToThank._make(row) for row in rows]


def record_thanked(connection: Connection, assignment_ids: Sequence[int], *, on: date) -> None:
    """Record that units were thanked."""
    connection.execute(statement("chases/record_thanked"), {"assignment_ids": list(assignment_ids), "thanked_on": on})


def claim_for_board(connection: Connection) -> list[ForBoard]:
    """Hold the steps the Ban Quản trị has not heard of, oldest date first."""
    rows = connection.execute(statement("chases/claim_for_board")).mappings()
    return [ForBoard(**{**row, "state": AssignmentState(row["state"])}) for row in rows]


def record_for_board(connection: Connection, assignment_ids: Sequence[int], *, board_key: str) -> None:
    """Record by which letter the Ban Quản trị hears of these."""
    values = {"assignment_ids": list(assignment_ids), "board_key": board_key}
    connection.execute(statement("chases/record_for_board"), values)
