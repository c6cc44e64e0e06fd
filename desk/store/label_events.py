"""What people decided questions are about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from desk.rules.classifier import Case, Scope
from desk.store.statements import statement


def add_label_event(
    connection: Connection,
    question_id: int,
    *,
    topics: Sequence[str] = (),
    units: Sequence[str] = (),
    redirect: Sequence[str] = (),
    officer: str,
    reason: str,
    decided_at: datetime,
) -> None:
    """Keep what a person decided a question is about, beside what the classifier had said."""
    values = {
        "question_id": question_id,
        "topics": list(topics),
        "units": list(units),
        "redirect": list(redirect),
        "officer": officer,
        "reason": reason,
        "decided_at": decided_at,
    }
    connection.execute(statement("label_events/add_label_event"), values)


def find_confirmed(connection: Connection) -> tuple[Case, ...]:
    """Return the questions whose topics or authority a person decided, as cases to learn from."""
    rows = connection.execute(statement("label_events/find_confirmed"))
    return tuple(
        Case(
            id=row.case_code,
            text=row.text,
            topics=tuple(row.topics),
            scope=_SCOPES[bool(row.topics), bool(row.redirect)],
            redirect=tuple(row.redirect),
            writer=row.officer,
            calibrates=True,
        )
        for row in rows
    )


_SCOPES = {(True, False): Scope.IN, (False, True): Scope.OUT, (True, True): Scope.MIXED}
