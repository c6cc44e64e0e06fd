"""Questions that wait for a person to say whose they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from desk.rules.sorters import Sorter
from desk.store.statements import statement


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSort:
    """A question that waits, to be answered by `due_on`. `proposals`: best first; `evidence`: what spoke for them."""

    work_item_id: int
    reason: str
    proposals: Sequence[Mapping[str, Any]]
    question_id: int
    case_code: str
    text: str
    received_at: datetime
    sensitive: str | None
    urgent: str | None
    due_on: date | None
    evidence: Sequence[Mapping[str, Any]]

    @property
    def is_narrow(self) -> bool:
        """Whether the officer in charge and the Secretary alone read it (U6)."""
        return self.sensitive is not None or self.urgent is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorting:
    """The sorting of one question, held; `asked_at`: by letter; `closed_by`, `outcome`: where somebody was quicker.

    `is_narrow`: only who was written to about this question alone decides on it.
    """

    work_item_id: int
    proposals: Sequence[Mapping[str, Any]]
    asked_at: datetime | None
    closed_at: datetime | None
    closed_by: str | None
    outcome: str | None
    question_id: int
    case_code: str
    text: str
    received_at: datetime
    topics: Sequence[str]
    is_narrow: bool


def claim_to_sort(
    connection: Connection, *, at_slot: bool = False, asked_before: datetime | None = None
) -> list[ToSort]:
    """Hold all that waits at a slot; else what was asked before an instant, and what may wait for no slot."""
    values = {"at_slot": at_slot, "asked_before": asked_before}
    return [ToSort(**row) for row in connection.execute(statement("work_items/claim_to_sort"), values).mappings()]


def claim_sorting_of(connection: Connection, case_code: str) -> Sorting | None:
    """Hold the newest sorting of a question; None where it was never to be sorted."""
    row = connection.execute(statement("work_items/claim_sorting_of"), {"case_code": case_code}).mappings().first()
    return Sorting(**row) if row else None


def find_sorters(connection: Connection, work_item_ids: Sequence[int]) -> dict[int, list[Sorter]]:
    """Return who was asked to sort each question, by its work item, in the order they were asked."""
    found: dict[int, list[Sorter]] = defaultdict(list)
    if work_item_ids:
        values = {"work_item_ids": list(work_item_ids)}
        for row in connection.execute(statement("sorters/find_sorters"), values):
            sorter = Sorter(
                official_code=row.official_code, asked_at=row.asked_at, told_at=row.told_at, letters=row.letters
            )
            found[row.work_item_id].append(sorter)
    return found


def record_letters(connection: Connection, told: Sequence[tuple[int, str]], *, as_of: datetime) -> None:
    """Record to whom questions were put: work item and official, each once."""
    values = {
        "work_item_ids": [work_item_id for work_item_id, _ in told],
        "official_codes": [official_code for _, official_code in told],
        "as_of": as_of,
    }
    connection.execute(statement("sorters/record_letters"), values)
