"""Citizens who ask on after their answer: the question begins anew, before the duty officer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from desk.rules.deadlines import duty_due_date
from desk.runtime.in_force import InForce
from desk.store import events, work_items
from desk.store.asked_on import AskedOn, TakenUp, reopen_answered


def take_up_after_answer(
    connection: Connection, asked: Sequence[tuple[int, datetime]], desk: InForce, as_of: datetime
) -> None:
    """Open again those of the questions, each with when more was written to it, that were answered.

    What the first round came to stays with the answer and in the event; the clock of the second starts now.
    """
    rounds = {question_id: _round(question_id, written_at, desk) for question_id, written_at in reversed(asked)}
    taken_up = reopen_answered(connection, list(rounds.values()), calendar_version=desk.calendar_version)
    work_items.add_work_items(connection, [_work_item(one, as_of) for one in taken_up])
    told = [
        events.Event(
            kind="asked_on",
            question_id=one.question_id,
            details={
                "received_at": one.received_at,
                "promised_on": one.promised_on,
                "answered_at": one.answered_at,
            },
        )
        for one in taken_up
    ]
    events.record_events(connection, told, as_of=as_of)


def _round(question_id: int, written_at: datetime, desk: InForce) -> AskedOn:
    due = duty_due_date(written_at, desk.calendar, desk.policy(written_at))
    return AskedOn(question_id=question_id, received_at=written_at, due_on=due.on, because=due.because)


def _work_item(one: TakenUp, as_of: datetime) -> work_items.WorkItem:
    return work_items.WorkItem(
        key=f"asked_on:{one.question_id}:{as_of.isoformat()}",
        kind="triage",
        reason=f"Công dân hỏi tiếp sau câu trả lời cho câu hỏi {one.case_code}.",
        owner="duty_officer",
        remedy=f'zalo-desk triage "{one.case_code}" …, hoặc biểu mẫu triage-question',
        question_id=one.question_id,
    )
