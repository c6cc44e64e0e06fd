"""Questions that wait for their citizens: reminded, closed, opened again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from desk.store.statements import statement


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedBack:
    """A question whose citizen was asked back so many `times`, for the last time on a day."""

    question_id: int
    case_code: str
    user_id: str
    received_at: datetime
    window_closes_at: datetime
    times: int
    asked_on: date
    reminded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened:
    """A question that goes on: with the units that have it, or before a person."""

    question_id: int
    case_code: str
    at_units: bool


def claim_silent(
    connection: Connection, *, asked_until: date, closes_until: date, reminded_until: date, limit: int
) -> list[AskedBack]:
    """Hold questions whose citizens must be reminded, asked so long ago, or which are to be closed, reminded so."""
    values = {
        "asked_until": asked_until,
        "closes_until": closes_until,
        "reminded_until": reminded_until,
        "limit": limit,
    }
    return [AskedBack(**row) for row in connection.execute(statement("asked_back/claim_silent"), values).mappings()]


def close_unanswered(connection: Connection, question_ids: Sequence[int]) -> None:
    """Close questions until their citizens write again."""
    connection.execute(statement("asked_back/close_unanswered"), {"question_ids": list(question_ids)})


def reopen(connection: Connection, question_ids: Sequence[int]) -> list[Reopened]:
    """Let those of the questions go on that waited for their citizens; returns which did."""
    if not question_ids:
        return []
    rows = connection.execute(statement("asked_back/reopen"), {"question_ids": list(question_ids)}).mappings()
    return [Reopened(**row) for row in rows]
