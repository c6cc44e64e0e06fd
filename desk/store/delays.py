"""Answers that will not come in time: who was asked about them, and what their citizens were told."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from desk.rules.states import QuestionState
from desk.store.statements import pairs, statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Endangered:
    """A question that is due, with the units that still owe a reply and the last of their dates.

    `is_promised`: its citizen was told the day; else it is the regulation's. `last_act_at`: when its citizen acted.
    """

    question_id: int
    case_code: str
    received_at: datetime
    due_on: date
    is_promised: bool
    apologised: bool
    last_act_at: datetime
    units: tuple[tuple[str, str | None], ...]
    units_due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LateHere:
    """A question that is late for its citizen while no unit is."""

    question_id: int
    case_code: str
    received_at: datetime
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What a citizen was told, `agreed_on` being the later day of an apology or extension.

    `proposed_on` is the day that the newest letter about the delay has proposed; `last_act_at` when the citizen acted.
    """

    question_id: int
    case_code: str
    user_id: str
    received_at: datetime
    last_act_at: datetime
    state: QuestionState
    promised_on: date | None
    due_by_rule_on: date | None
    agreed_on: date | None
    apologised_at: datetime | None
    proposed_on: date | None

    @property
    def due_on(self) -> date | None:
        """The day that the citizen was told last, the regulation's where none was."""
        return max(filter(None, (self.promised_on, self.agreed_on)), default=self.due_by_rule_on)


def find_endangered(
    connection: Connection, *, after: date, until: date, stage: str, states: Collection[QuestionState]
) -> list[Endangered]:
    """Hold questions due after a day until another, in such states, which nobody was asked about at that stage."""
    values = {"after": after, "until": until, "stage": stage, "states": sorted(states)}
    rows = connection.execute(statement("delays/find_endangered"), values).mappings()
    return [Endangered(**{**row, "units": pairs(row["units"])}) for row in rows]


def claim_late_here(connection: Connection, *, today: date) -> list[LateHere]:
    """Hold questions that are late here and of which the Ban Quản trị has not heard."""
    return [
        LateHere(**row) for row in connection.execute(statement("delays/claim_late_here"), {"today": today}).mappings()
    ]


def record_late_told(connection: Connection, question_ids: Sequence[int]) -> None:
    """Record that the Ban Quản trị has heard of these."""
    connection.execute(statement("delays/record_late_told"), {"question_ids": list(question_ids)})


def claim_promise(connection: Connection, *, question_id: int | None = None, case_code: str = "") -> Promise | None:
    """Hold what a citizen was told; None where there is no such question."""
    values = {"question_id": question_id, "case_code": case_code or None}
    row = connection.execute(statement("delays/claim_promise"), values).mappings().one_or_none()
    return None if row is None else Promise(**{**row, "state": QuestionState(row["state"])})


def record_new_promise(connection: Connection, question_id: int, *, agreed_on: date, as_of: datetime) -> None:
    """Record the later day a citizen is told; the regulation's date stays."""
    values = {"question_id": question_id, "agreed_on": agreed_on, "as_of": as_of}
    connection.execute(statement("delays/record_new_promise"), values)


def close_asks(connection: Connection, question_id: int, *, closed_by: str, outcome: str) -> None:
    """Close what asked a person about a late answer."""
    values = {"question_id": question_id, "closed_by": closed_by, "outcome": outcome}
    connection.execute(statement("delays/close_asks"), values)
