"""The history: what changed, when, by which run."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from desk.store.statements import statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One change. `details` holds codes, dates and counts, never texts or names (law 10)."""

    kind: str
    question_id: int | None = None
    assignment_id: int | None = None
    content_item_id: int | None = None
    outbox_id: int | None = None
    actor: str = "desk"
    details: Mapping[str, object] = field(default_factory=dict)


def record_events(connection: Connection, events: Sequence[Event], *, as_of: datetime | None = None) -> None:
    """Write events in the transaction that makes them true."""
    if not events:
        return
    connection.execute(
        statement("events/record_events"),
        {
            "kinds": [event.kind for event in events],
            "question_ids": [event.question_id for event in events],
            "assignment_ids": [event.assignment_id for event in events],
            "content_item_ids": [event.content_item_id for event in events],
            "outbox_ids": [event.outbox_id for event in events],
            "actors": [event.actor for event in events],
            "details": json.dumps([event.details for event in events], ensure_ascii=False, default=str),
            "as_of": as_of,
        },
    )


def count_of_kind(connection: Connection, kind: str, *, most: int) -> int:
    """Return how many events of a kind there are, counted up to *most*."""
    return int(connection.execute(statement("events/count_of_kind"), {"kind": kind, "most": most}).scalar_one())
