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
            "parts": [json.dumps(delivery.parts, ensure_ascii=False) for delivery in deliveries],
            "question_ids": [delivery.question_id for delivery in deliveries],
            "assignment_ids": [delivery.assignment_id for delivery in deliveries],
            "lifetimes": [delivery.lifetime and delivery.lifetime.total_seconds() for delivery in deliveries],
        },
    )
    return {row.key: row.outbox_id for row in rows}
