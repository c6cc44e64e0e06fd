"""What is told by the slot: to the Ban Quản trị what came, to units what was added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from desk.rules.states import QuestionState
from desk.store.statements import pairs, statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreported:
    """A question the Ban Quản trị was not told of; `units` are (unit, provincial office where it is by place)."""

    question_id: int
    case_code: str
    state: QuestionState
    promised_on: date | None
    sensitive: bool
    units: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """A later message of a citizen, at one unit that has the question."""

    message_id: str
    sent_at: datetime
    text: str
    question_id: int
    case_code: str
    received_at: datetime
    topics: tuple[str, ...]
    promised_because: str
    assignment_id: int
    unit_code: str
    place_unit: str | None
    told_on: date
    lettered_on: date


def claim_unreported(connection: Connection) -> list[Unreported]:
    """Hold the questions that the Ban Quản trị was not told of."""
    rows = connection.execute(statement("reports/claim_unreported")).mappings()
    return [Unreported(**{**row, "state": QuestionState(row["state"]), "units": pairs(row["units"])}) for row in rows]


def record_reported(connection: Connection, question_ids: Sequence[int], *, as_of: datetime) -> None:
    """Record that the Ban Quản trị is told of these questions."""
    values = {"question_ids": list(question_ids), "as_of": as_of}
    connection.execute(statement("reports/record_reported"), values)


def claim_additions(connection: Connection) -> list[Addition]:
    """Hold what citizens wrote later to questions that units have, question by question."""
    rows = connection.execute(statement("reports/claim_additions")).mappings()
    return [Addition(**{**row, "topics": tuple(row["topics"])}) for row in rows]


def record_passed_on(connection: Connection, message_ids: Sequence[str]) -> None:
    """Record that these messages were passed on."""
    connection.execute(statement("reports/record_passed_on"), {"message_ids": list(message_ids)})
