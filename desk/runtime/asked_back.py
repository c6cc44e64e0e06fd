"""Questions that wait for their citizens: reminded, closed with a note, taken up again by any reply (U12)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from desk.rules.letters import CitizenQuestion, ask_back_reminder, closed_unanswered
from desk.rules.tally import Count, Tally
from desk.runtime.in_force import InForce
from desk.runtime.rendering import rendered
from desk.store import asked_back, events, outbox, work_items
from desk.store.asked_back import AskedBack, Reopened


def remind_or_close(connection: Connection, desk: InForce, as_of: datetime, *, limit: int) -> Tally:
    """Remind citizens who were asked back and keep silent; close their questions when the days of the policy are over.

    Nobody's question is closed before its reminder had as many days as the policy leaves between the two. What Zalo
    would not deliver any more is not written.
    """
    policy, today = desk.policy(as_of), as_of.date()
    between = policy.ask_back_closed_days - policy.ask_back_reminder_days
    silent = asked_back.claim_silent(
        connection,
        asked_until=desk.calendar.add_working_days(today, -policy.ask_back_reminder_days),
        closes_until=desk.calendar.add_working_days(today, -policy.ask_back_closed_days),
        reminded_until=desk.calendar.add_working_days(today, -between),
        limit=limit,
    )
    to_remind = [one for one in silent if not one.reminded]
    to_close = [one for one in silent if one.reminded]
    closes_on = desk.calendar.add_working_days(today, between)
    messages = [ask_back_reminder(_question(one), closes_on=closes_on, version=one.times) for one in to_remind]
    messages += [
        closed_unanswered(_question(one), version=one.times) for one in to_close if one.window_closes_at > as_of
    ]
    outbox.add_deliveries(connection, [rendered(message) for message in messages], on=today)
    asked_back.close_unanswered(connection, [one.question_id for one in to_close])
    told = [events.Event(kind="closed_unanswered", question_id=one.question_id) for one in to_close]
    events.record_events(connection, told, as_of=as_of)
    return Tally({Count.ASKED_AGAIN: len(to_remind), Count.UNANSWERED: len(to_close)})


def take_up_again(connection: Connection, question_ids: Sequence[int], as_of: datetime) -> None:
    """Let questions go on whose citizens have written: with their units, or before a person."""
    opened = asked_back.reopen(connection, question_ids)
    work_items.add_work_items(connection, [_work_item(one, as_of) for one in opened if not one.at_units])
    events.record_events(
        connection, [events.Event(kind="citizen_replied", question_id=one.question_id) for one in opened], as_of=as_of
    )


def _question(one: AskedBack) -> CitizenQuestion:
    return CitizenQuestion(
        question_id=one.question_id, case_code=one.case_code, user_id=one.user_id, received_at=one.received_at
    )


def _work_item(one: Reopened, as_of: datetime) -> work_items.WorkItem:
    return work_items.WorkItem(
        key=f"citizen_replied:{one.question_id}:{as_of.isoformat()}",
        kind="triage",
        reason=f"Công dân đã bổ sung thông tin cho câu hỏi {one.case_code}.",
        owner="duty_officer",
        remedy=f'zalo-desk triage "{one.case_code}" …, hoặc biểu mẫu triage-question',
        question_id=one.question_id,
    )
