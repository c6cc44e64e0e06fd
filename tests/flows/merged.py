"""Questions of one citizen, and a person who says that two of them are one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desk.runtime.database import transaction
from desk.runtime.decisions.decision import DecisionRefusedError
from desk.runtime.in_force import in_force
from desk.runtime.triage import TriageAction, TriageOrder, triage
from tests.flows.conftest import NOW, Handle, Rows, Say

UNCLEAR = "Hôm trước tôi có hỏi việc ấy ở cơ quan mà chưa rõ thì phải làm thế nào?"
TWINS = "Chế độ thai sản khi sinh đôi được hưởng thế nào?"
DENUNCIATION = "Tôi muốn tố cáo cán bộ BHXH nhận tiền làm hồ sơ thai sản"
LATER = NOW + timedelta(hours=1)


def ask(say: Say, handle: Handle, rows: Rows, *texts: str, user: str = "u1") -> list[str]:
    """Let a citizen ask, an hour apart from now back, and return the codes in that order."""
    for place, text in enumerate(texts):
        say(user, text, at=NOW - timedelta(minutes=20 + 60 * (len(texts) - 1 - place)))
    handle(NOW)
    return [row["case_code"] for row in rows("SELECT case_code FROM question ORDER BY received_at, question_id")]


def merge(code: str, into: str) -> str:
    return decide(TriageOrder(code=code, action=TriageAction.MERGE, acting_officer="HA", other_code=into))


def decide(order: TriageOrder) -> str:
    with transaction() as connection:
        return triage(connection, order, in_force(connection), LATER)


def states(rows: Rows) -> dict[str, str]:
    return {row["case_code"]: row["state"] for row in rows("SELECT case_code, state FROM question")}


def refused(code: str, into: str) -> str:
    with pytest.raises(DecisionRefusedError) as refusal:
        merge(code, into)
    return str(refusal.value)
