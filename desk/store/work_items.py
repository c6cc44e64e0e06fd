"""What a person must look at."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from desk.store.statements import statement


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItem:
    """Work for a person. `key` makes adding twice harmless; reason and remedy are Vietnamese, for the one who does it.

    `owner` is duty_officer, secretary or ops; `proposals` are what the machine would do, best first.
    """

    key: str
    kind: str
    reason: str
    owner: str
    remedy: str
    proposals: Sequence[Mapping[str, object]] = ()
    question_id: int | None = None
    outbox_id: int | None = None
    traceback_id: str | None = None
    traceback: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenWork:
    """Work that waits, with the question it is about, if it is about one."""

    work_item_id: int
    kind: str
    reason: str
    owner: str
    remedy: str
    proposals: Sequence[Mapping[str, object]]
    opened_at: datetime
    case_code: str | None
    due_by_rule_on: date | None


def find_open(connection: Connection) -> list[OpenWork]:
    """Return all open work, oldest first."""
    return [OpenWork(**row) for row in connection.execute(statement("work_items/find_open")).mappings()]


def add_work_items(connection: Connection, items: Sequence[WorkItem]) -> set[str]:
    """Put work before a person; keys that were added before are passed over. Returns the keys that are new."""
    if not items:
        return set()
    rows = connection.execute(
        statement("work_items/add_work_items"),
        {
            "keys": [item.key for item in items],
            "kinds": [item.kind for item in items],
            "reasons": [item.reason for item in items],
            "owners": [item.owner for item in items],
            "remedies": [item.remedy for item in items],
            "proposals": json.dumps([list(item.proposals) for item in items], ensure_ascii=False),
            "question_ids": [item.question_id for item in items],
            "outbox_ids": [item.outbox_id for item in items],
            "traceback_ids": [item.traceback_id for item in items],
            "tracebacks": [item.traceback for item in items],
        },
    )
    return {row.key for row in rows}


def close_of_question(connection: Connection, question_id: int, *, closed_by: str, outcome: str) -> int:
    """Close what waited for a decision on a question; returns how many items that were."""
    values = {"question_id": question_id, "closed_by": closed_by, "outcome": outcome}
    return len(connection.execute(statement("work_items/close_of_question"), values).all())


def count_of_question(connection: Connection, question_id: int) -> int:
    """Return how much work was ever put before people for a question."""
    return int(connection.execute(statement("work_items/count_of_question"), {"question_id": question_id}).scalar_one())
