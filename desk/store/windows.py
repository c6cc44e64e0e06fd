"""Zalo's windows of open questions: moved by what their citizens do, looked at when one may have to be asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from desk.rules.states import QuestionState
from desk.store.statements import statement


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenWindow:
    """A question whose window is to be looked at; `has_ended`: meanwhile nobody waits for its answer."""

    question_id: int
    case_code: str
    user_id: str
    state: QuestionState
    received_at: datetime
    has_ended: bool
    due_on: date | None
    last_act_at: datetime
    asked_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """When a question's window is looked at next (None: after the citizen's next act), and if he was asked for one."""

    question_id: int
    again_at: datetime | None
    asked: bool


def claim_windows(connection: Connection, *, as_of: datetime, limit: int) -> list[OpenWindow]:
    """Hold questions whose windows must be looked at, those of a citizen together; rows held by others are left out."""
    rows = connection.execute(statement("windows/claim_windows"), {"as_of": as_of, "limit": limit}).mappings()
    return [OpenWindow(**{**row, "state": QuestionState(row["state"])}) for row in rows]


def record_looks(connection: Connection, looks: Sequence[Looked], *, as_of: datetime) -> None:
    """Write what came of looking at windows that this transaction holds."""
    if not looks:
        return
    values = {
        "question_ids": [one.question_id for one in looks],
        "agains": [one.again_at for one in looks],
        "askeds": [one.asked for one in looks],
        "as_of": as_of,
    }
    connection.execute(statement("windows/record_looks"), values)


def move_windows(connection: Connection, user_ids: Sequence[str]) -> list[int]:
    """Let the windows of all open questions of these citizens reach as far as their newest act lets them."""
    return list(connection.scalars(statement("windows/move_windows"), {"user_ids": list(user_ids)}))


def get_last_act(connection: Connection, question_id: int) -> tuple[str, datetime]:
    """Return a question's case code, and when its citizen acted last."""
    row = connection.execute(statement("windows/get_last_act"), {"question_id": question_id}).one()
    return row.case_code, row.last_act_at
