"""Questions that wait for a person to say whose they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from desk.store.statements import statement


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSort:
    """A question that waits; `asked_of` was asked last, `times_asked` times in all. `proposals`: best first."""

    work_item_id: int
    reason: str
    proposals: Sequence[Mapping[str, Any]]
    asked_of: str | None
    asked_at: datetime | None
    times_asked: int
    question_id: int
    case_code: str
    text: str
    received_at: datetime
    evidence: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorting:
    """The sorting of one question, held; `closed_by` and `outcome` where somebody was quicker."""

    work_item_id: int
    proposals: Sequence[Mapping[str, Any]]
    closed_at: datetime | None
    closed_by: str | None
    outcome: str | None
    question_id: int
    case_code: str
    text: str
    received_at: datetime
    topics: Sequence[str]


def claim_to_sort(connection: Connection, *, asked_before: datetime) -> list[ToSort]:
    """Hold what was put before nobody, or before somebody who has been silent since before an instant."""
    rows = connection.execute(statement("work_items/claim_to_sort"), {"asked_before": asked_before}).mappings()
    return [ToSort(**row) for row in rows]


def claim_sorting_of(connection: Connection, case_code: str) -> Sorting | None:
    """Hold the newest sorting of a question; None where it was never to be sorted."""
    row = connection.execute(statement("work_items/claim_sorting_of"), {"case_code": case_code}).mappings().first()
    return Sorting(**row) if row else None
