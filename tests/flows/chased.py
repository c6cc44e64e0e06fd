"""Questions that a unit lets lie, and what the chase writes about them."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

from tasks.chasing import chase_batch, report_overdue
from tests.dates import at
from tests.flows.conftest import LOST_BOOK, Handle, Rows, Say

ASKED = at("Fri 2026-11-20 09:30")  # the unit's date is Thu 2026-11-26, the 24th being a holiday

_users = count(1)


def chase(moment: str) -> None:
    while chase_batch.fn(at(moment)):
        pass
    report_overdue.fn(at(moment))


def ask(say: Say, handle: Handle, rows: Rows, number: int) -> list[str]:
    for _ in range(number):
        say(f"chased{next(_users)}", LOST_BOOK, at=ASKED - timedelta(minutes=20))
    handle(ASKED)
    return [str(row["case_code"]) for row in rows("SELECT case_code FROM question ORDER BY question_id")]


def letters(rows: Rows) -> list[dict[str, Any]]:
    return rows(
        "SELECT kind, recipient, key, parts->>'subject' AS subject, parts->>'text' AS text FROM outbox "
        "WHERE kind LIKE 'chase-%' ORDER BY outbox_id"
    )


def told(rows: Rows) -> list[tuple[str, str]]:
    return [(str(row["kind"]), str(row["recipient"]).partition("@")[0]) for row in letters(rows)]
