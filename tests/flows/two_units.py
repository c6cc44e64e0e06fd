"""A question that two units were asked, and where its answer stands: before officials, and on its way."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from desk.runtime.database import transaction
from desk.runtime.in_force import in_force
from desk.runtime.triage import TriageAction, TriageOrder, triage
from tests.dates import at
from tests.flows.conftest import NOW, Rows

LATER = NOW + timedelta(hours=2)
DUE = at("Fri 2026-11-27 15:00")
THU = "Ông/Bà được chốt sổ trong 5 ngày làm việc. Hồ sơ nộp tại cơ quan BHXH nơi cư trú."
TCKT = "Tiền được chuyển vào tài khoản sau khi chốt sổ. Ông/Bà không phải nộp thêm khoản nào."


def decide(rows: Rows, action: TriageAction, **given: Any) -> str:
    (question,) = rows("SELECT case_code FROM question")
    code = question["case_code"]
    order = TriageOrder(code=code, action=action, acting_officer="HA", **given)
    with transaction() as connection:
        return triage(connection, order, in_force(connection), NOW)


def messages(rows: Rows) -> list[str]:
    asked = (
        "SELECT parts->>'text' AS text FROM outbox WHERE kind LIKE 'answer%' AND channel = 'zalo' ORDER BY outbox_id"
    )
    return [row["text"] for row in rows(asked)]


def letters(rows: Rows) -> list[str]:
    return [
        row["text"]
        for row in rows("SELECT parts->>'text' AS text FROM outbox WHERE kind = 'answer-proposal' ORDER BY outbox_id")
    ]


def acted(rows: Rows, moment: datetime) -> None:
    """Let the citizen open Zalo's window."""
    rows("UPDATE citizen SET last_act_at = :at", at=moment)


def leave(rows: Rows) -> None:
    """Let everything leave that waits for Zalo."""
    rows("UPDATE outbox SET state = 'sent', sent_at = now() WHERE channel = 'zalo' AND state = 'queued'")
