"""What a person must look at."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

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
    content_item_id: int | None = None
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


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkInHand:
    """One piece of work that a person decides on; `asked` is what the letter about it shows."""

    work_item_id: int
    kind: str
    proposals: Sequence[Mapping[str, Any]]
    asked: Mapping[str, Any] | None
    question_id: int | None
    content_item_id: int | None
    closed_at: datetime | None
    closed_by: str | None
    outcome: str | None
    case_code: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Work put before an official by mail: what the letter shows, and who got it."""

    work_item_id: int
    asked: Mapping[str, object]
    asked_of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """Work that an official was asked by mail, `times_asked` times, and nobody has decided.

    `is_narrow`: it is about a question that the officer in charge and the Secretary alone read (U6).
    """

    work_item_id: int
    key: str
    kind: str
    asked: Mapping[str, Any]
    asked_of: str
    asked_at: datetime
    times_asked: int
    question_id: int | None
    is_narrow: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Work that waits for an official since an instant, with whom it was asked of by mail, if of anybody."""

    kind: str
    owner: str
    case_code: str | None
    is_sensitive: bool
    due_on: date | None
    asked_of: str | None
    since: datetime


def find_open(connection: Connection) -> list[OpenWork]:
    """Return all open work, oldest first."""
    return [OpenWork(**row) for row in connection.execute(statement("work_items/find_open")).mappings()]


def add_work_items(connection: Connection, items: Sequence[WorkItem]) -> dict[str, int]:
    """Put work before a person; keys that were added before are passed over. Returns the ids of what is new, by key."""
    if not items:
        return {}
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
            "content_item_ids": [item.content_item_id for item in items],
            "outbox_ids": [item.outbox_id for item in items],
            "traceback_ids": [item.traceback_id for item in items],
            "tracebacks": [item.traceback for item in items],
        },
    )
    return {row.key: row.work_item_id for row in rows}


def close_of_question(connection: Connection, question_id: int, *, closed_by: str, outcome: str) -> int:
    """Close what waited for a decision on a question; returns how many items that were."""
    values = {"question_id": question_id, "closed_by": closed_by, "outcome": outcome}
    return len(connection.execute(statement("work_items/close_of_question"), values).all())


def close_of_article(connection: Connection, content_item_id: int, kinds: Collection[str], *, outcome: str) -> None:
    """Close work on an article that a later success has made pointless."""
    values = {"content_item_id": content_item_id, "kinds": list(kinds), "outcome": outcome}
    connection.execute(statement("work_items/close_of_article"), values)


def count_of_question(connection: Connection, question_id: int) -> int:
    """Return how much work was ever put before people for a question."""
    return int(connection.execute(statement("work_items/count_of_question"), {"question_id": question_id}).scalar_one())


def claim_work_item(connection: Connection, work_item_id: int) -> WorkInHand | None:
    """Hold one piece of work for a person's decision; None where there is none of that number."""
    values = {"work_item_id": work_item_id}
    row = connection.execute(statement("work_items/claim_work_item"), values).mappings().one_or_none()
    return WorkInHand(**row) if row else None


def close_work_item(connection: Connection, work_item_id: int, *, closed_by: str, outcome: str) -> None:
    """Record that a person has done one piece of work."""
    values = {"work_item_id": work_item_id, "closed_by": closed_by, "outcome": outcome}
    connection.execute(statement("work_items/close_work_item"), values)


def record_asked(connection: Connection, asked: Sequence[Asked], *, as_of: datetime) -> None:
    """Record what was put before officials by mail."""
    values = {
        "work_item_ids": [one.work_item_id for one in asked],
        "askeds": json.dumps([one.asked for one in asked], ensure_ascii=False),
        "asked_ofs": [one.asked_of for one in asked],
        "as_of": as_of,
    }
    connection.execute(statement("work_items/record_asked"), values)


def claim_unanswered(connection: Connection, *, asked_before: datetime, limit: int) -> list[Unanswered]:
    """Hold what was asked by mail before an instant, less than three times, and is not decided; oldest first."""
    values = {"asked_before": asked_before, "limit": limit}
    rows = connection.execute(statement("work_items/claim_unanswered"), values).mappings()
    return [Unanswered(**row) for row in rows]


def find_waiting(connection: Connection, *, secretaries: Sequence[str], before: datetime) -> list[Waiting]:
    """Return what waits for officials since before an instant and is not passed on from one to the next any more."""
    values = {"secretaries": list(secretaries), "before": before}
    return [Waiting(**row) for row in connection.execute(statement("work_items/find_waiting"), values).mappings()]
