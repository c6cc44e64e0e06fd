"""What is cleared once its time is over: payloads; keys and counts stay (A10)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from desk.store.statements import statement

_PAYLOADS = (
    "messages",
    "media",
    "questions",
    "assignments",
    "answers",
    "deliveries",
    "mails",
    "replies",
    "attachments",
    "work_items",
)


def erase_payloads(connection: Connection, *, before: datetime, limit: int) -> int:
    """Clear a batch of each kind of payload older than *before*; returns how many rows were cleared."""
    values = {"before": before, "limit": limit}
    return sum(len(connection.execute(statement(f"retention/erase_{what}"), values).all()) for what in _PAYLOADS)


def forget_bodies(connection: Connection, *, limit: int) -> int:
    """Clear a batch of the bytes of letters whose own copy came back; returns of how many letters."""
    return len(connection.execute(statement("retention/forget_bodies"), {"limit": limit}).all())
