"""Answered questions whose citizens ask on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from desk.store.statements import statement


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedOn:
    """An answered question whose citizen asks on: when that was written, and by when the duty officer answers."""

    question_id: int
    received_at: datetime
    due_on: date
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenUp:
    """A question that begins anew, with what its first round came to."""

    question_id: int
    case_code: str
    received_at: datetime
    promised_on: date | None
    answered_at: datetime


def reopen_answered(connection: Connection, asked_on: Sequence[AskedOn], *, calendar_version: int) -> list[TakenUp]:
    """Let answered questions begin anew whose citizens ask on, before a person; returns those that were answered."""
    if not asked_on:
        return []
    values = {
        "question_ids": [one.question_id for one in asked_on],
        "received_ats": [one.received_at for one in asked_on],
        "due_ons": [one.due_on for one in asked_on],
        "becauses": [one.because for one in asked_on],
        "calendar_version": calendar_version,
    }
    return [TakenUp(**row) for row in connection.execute(statement("asked_on/reopen_answered"), values).mappings()]
