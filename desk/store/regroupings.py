"""Questions that a person merges into one, or splits in two."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection

from desk.rules.splitting import SaidMessage
from desk.store.statements import statement


def hold_citizen(connection: Connection, case_code: str) -> None:
    """Hold the citizen of a question, so that nothing is grouped meanwhile."""
    connection.execute(statement("regroupings/hold_citizen"), {"case_code": case_code})


def find_promises(connection: Connection, question_ids: Sequence[int]) -> dict[int, date | None]:
    """Return by when the citizen of each question was told to be answered; None where nobody told."""
    rows = connection.execute(statement("regroupings/find_promises"), {"question_ids": list(question_ids)})
    return {row.question_id: row.told_on for row in rows}


def find_messages(connection: Connection, question_id: int) -> list[SaidMessage]:
    """Return what a citizen wrote to a question, oldest first."""
    rows = connection.execute(statement("regroupings/find_messages"), {"question_id": question_id}).mappings()
    return [SaidMessage(**row) for row in rows]


def merge_question(connection: Connection, question_id: int, *, into_id: int) -> date | None:
    """Make one question part of another that this transaction holds; returns the day by which that is answered."""
    values = {"question_id": question_id, "into_id": into_id}
    due_on: date | None = connection.execute(statement("regroupings/merge_question"), values).scalar_one()
    connection.execute(statement("regroupings/move_messages"), values)
    return due_on


def split_question(
    connection: Connection,
    question_id: int,
    message_ids: Sequence[str],
    *,
    new_id: int,
    opened_as: str,
    left_text: str,
    has_media: bool,
) -> None:
    """Give messages of a question to a new one; *left_text* and *has_media* are what is left of the old."""
    values = {
        "question_id": question_id,
        "message_ids": list(message_ids),
        "new_id": new_id,
        "opened_as": opened_as,
        "left_text": left_text,
        "has_media": has_media,
    }
    connection.execute(statement("regroupings/split_question"), values)
