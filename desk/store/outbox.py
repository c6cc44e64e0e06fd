"""The outbox: what must leave, in the order of its streams."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection

from desk.rules.outgoing import Delivery
from desk.store.statements import statement


def add_deliveries(connection: Connection, deliveries: Sequence[Delivery], *, on: date) -> dict[str, int]:
    """Queue deliveries on a legal day; a key queued already is passed over. Returns the new rows' ids by key."""
    if not deliveries:
        return {}
    rows = connection.execute(
        statement("outbox/add_deliveries"),
        {
            "queued_on": on,
            "keys": [delivery.key for delivery in deliveries],
            "channels": [delivery.channel.value for delivery in deliveries],
            "kinds": [delivery.kind for delivery in deliveries],
            "streams": [delivery.stream for delivery in deliveries],
            "recipients": [delivery.recipient for delivery in deliveries],
            "parts": json.dumps([delivery.parts for delivery in deliveries], ensure_ascii=False),
            "question_ids": [delivery.question_id for delivery in deliveries],
            "assignment_ids": [delivery.assignment_id for delivery in deliveries],
            "content_item_ids": [delivery.content_item_id for delivery in deliveries],
            "lifetimes": [delivery.lifetime and delivery.lifetime.total_seconds() for delivery in deliveries],
        },
    )
    return {row.key: row.outbox_id for row in rows}


def count_of_day(connection: Connection, streams: Sequence[str], *, on: date) -> dict[str, int]:
    """Return how many automatic messages each citizen's stream was given on a legal day; others are left out."""
    values = {"streams": list(streams), "queued_on": on}
    return {row.stream: row.messages for row in connection.execute(statement("outbox/count_of_day"), values)}


def find_keys(connection: Connection, keys: Sequence[str]) -> set[str]:
    """Return those of the keys that were queued already."""
    return set(connection.scalars(statement("outbox/find_keys"), {"keys": list(keys)}))


def cancel_receipts(connection: Connection, question_id: int) -> int:
    """Cancel unsent receipts about a question that have become pointless; returns how many."""
    return len(connection.execute(statement("outbox/cancel_receipts"), {"question_id": question_id}).all())


def count_of_kind(connection: Connection, question_id: int, kind: str) -> int:
    """Return how many deliveries of a kind were ever queued for a question."""
    values = {"question_id": question_id, "kind": kind}
    return int(connection.execute(statement("outbox/count_of_kind"), values).scalar_one())
