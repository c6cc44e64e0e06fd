"""Messages that wait to be sealed, and what they were taken for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from desk.rules.grouping import WaitingMessage
from desk.store.statements import statement


def find_waiting(connection: Connection, user_ids: Sequence[str]) -> dict[str, list[WaitingMessage]]:
    """Return the messages of these citizens that belong to no sealed burst, by citizen."""
    found: dict[str, list[WaitingMessage]] = defaultdict(list)
    for row in connection.execute(statement("messages/find_waiting"), {"user_ids": list(user_ids)}):
        message = WaitingMessage(
            message_id=row.message_id, sent_at=row.sent_at, kind=row.kind, text=row.text, quoted_id=row.quoted_id
        )
        found[row.user_id].append(message)
    return found


def record_purposes(connection: Connection, purposes: Sequence[tuple[str, str, int | None]]) -> None:
    """Write what each message was taken for: (message id, purpose, question)."""
    if not purposes:
        return
    message_ids, names, question_ids = (list(column) for column in zip(*purposes, strict=True))
    values = {"message_ids": message_ids, "purposes": names, "question_ids": question_ids}
    connection.execute(statement("messages/record_purposes"), values)


def find_questions_of_messages(connection: Connection, message_ids: Sequence[str]) -> Mapping[str, int]:
    """Return the question, open or answered, that each of these messages belongs to; others are left out."""
    if not message_ids:
        return {}
    values = {"message_ids": list(message_ids)}
    rows = connection.execute(statement("messages/find_questions_of_messages"), values)
    return {row.message_id: row.question_id for row in rows}


def find_questions_beside(
    connection: Connection, late: Sequence[tuple[str, str, datetime]], *, quiet_seconds: int
) -> Mapping[str, int]:
    """Return the open question beside whose messages each late one, (message id, citizen, sent at), was said."""
    if not late:
        return {}
    message_ids, user_ids, sent_ats = (list(column) for column in zip(*late, strict=True))
    values = {"message_ids": message_ids, "user_ids": user_ids, "sent_ats": sent_ats, "quiet": quiet_seconds}
    rows = connection.execute(statement("questions/find_question_at"), values)
    return {row.message_id: row.question_id for row in rows}
