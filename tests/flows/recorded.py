"""What the desk has recorded of questions, of units' replies to them, and of the work that follows."""

from __future__ import annotations

from typing import Any

from tests.flows.conftest import Rows


def code_of(rows: Rows, number: int = 1) -> str:
    return str(rows("SELECT case_code FROM question ORDER BY question_id")[number - 1]["case_code"])


def assignment(rows: Rows) -> dict[str, Any]:
    return rows("SELECT * FROM assignment ORDER BY assignment_id")[0]


def replies(rows: Rows) -> list[dict[str, Any]]:
    return rows("SELECT * FROM reply ORDER BY reply_id")


def readings(rows: Rows) -> list[str]:
    return [str(reply["reading"]) for reply in replies(rows)]


def work(rows: Rows) -> list[str]:
    return [str(row["kind"]) for row in rows("SELECT kind FROM work_item ORDER BY work_item_id")]
