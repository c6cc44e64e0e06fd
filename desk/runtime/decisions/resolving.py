"""Close a piece of work that nobody decides on by mail: an official says by a form what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from desk.rules.letters.phrases import moment_and_date
from desk.runtime.decisions.decision import DecisionRefusedError
from desk.runtime.decisions.returning import return_parked
from desk.store import events, work_items

# only a decision on the question ends these
_BY_TRIAGE: Final = frozenset({"triage", "redirect"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What became of the work of a number, and who says so; Vietnamese. `is_mended`: the fault behind it is gone."""

    work_item_id: int
    outcome: str
    acting_officer: str
    reason: str
    is_mended: bool = False


def resolve(connection: Connection, resolution: Resolution, as_of: datetime) -> str:
    """Close a piece of work, and return in one Vietnamese sentence what was done.

    Raises:
        DecisionRefusedError: there is none of that number, it is closed already, or it must be decided on; says which.
    """
    number = resolution.work_item_id
    work = work_items.claim_work_item(connection, number)
    if work is None:
        raise DecisionRefusedError(f"Không có việc số {number}. Số của việc ghi trong danh sách zalo-desk triage.")
    if work.closed_at is not None:
        raise DecisionRefusedError(
            f"Việc số {number} đã kết thúc lúc {moment_and_date(work.closed_at)}: {work.outcome}"
        )
    if work.asked is not None:
        raise DecisionRefusedError(f"Việc số {number} đã gửi cán bộ cho ý kiến: trả lời thư của hệ thống về việc này.")
    if work.kind in _BY_TRIAGE:
        raise DecisionRefusedError(f"Việc số {number} là câu hỏi chờ phân loại: dùng biểu mẫu triage-question.")
    outcome = f"{resolution.outcome} ({resolution.reason})"
    if resolution.is_mended and return_parked(connection, work):
        outcome += ", đã đưa trở lại hàng chờ"
    work_items.close_work_item(connection, number, closed_by=resolution.acting_officer, outcome=outcome)
    event = events.Event(
        kind="work_resolved",
        question_id=work.question_id,
        actor=resolution.acting_officer,
        details={"work_item_id": number, "outcome": outcome},
    )
    events.record_events(connection, [event], as_of=as_of)
    return f"Việc số {number}: {outcome}."
