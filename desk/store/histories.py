"""Everything that is remembered of one question, for a person who looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from desk.store.statements import statement

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A question with all that belongs to it, each oldest first; columns as in sql/histories/."""

    question: Row
    messages: list[Row]
    assignments: list[Row]
    answers: list[Row]
    steps: list[Row]
    deliveries: list[Row]
    work_items: list[Row]
    events: list[Row]


def get_history(connection: Connection, case_code: str) -> History | None:
    """Return all that is remembered of a question; None where there is no such code."""
    question = (
        connection.execute(statement("histories/get_question"), {"case_code": case_code}).mappings().one_or_none()
    )
    if question is None:
        return None

    def found(what: str) -> list[Row]:
        values = {"question_id": question["question_id"]}
        return [dict(row) for row in connection.execute(statement(f"histories/find_{what}"), values).mappings()]

    return History(
        question=dict(question),
        messages=found("messages"),
        assignments=found("assignments"),
        answers=found("answers"),
        steps=found("steps"),
        deliveries=found("deliveries"),
        work_items=found("work_items"),
        events=found("events"),
    )
