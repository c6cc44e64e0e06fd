"""Zalo's window at work: citizens asked for a sign in time, officials told when there is another way only (U10)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Final

from sqlalchemy import Connection

from desk.rules.calendar import HCM
from desk.rules.letters import CitizenQuestion, come_back, keep_open
from desk.rules.outgoing import CitizenMessage
from desk.rules.states import QuestionState
from desk.rules.windows import Look, Reach, look, reach, window
from desk.runtime.decisions.decision import DecisionRefusedError
from desk.runtime.in_force import InForce
from desk.runtime.rendering import rendered
from desk.store import events, outbox, windows, work_items
from desk.store.windows import Looked, OpenWindow

# Their citizens have something else to do for us, or nothing any more: nobody is asked for a sign.
_NOT_ASKED: Final = frozenset(
    {QuestionState.AWAITING_CITIZEN, QuestionState.ANSWER_LEAVING, QuestionState.ANSWERED_BY_HAND}
)
ANOTHER_WAY: Final = "Trả lời bằng OA Manager hoặc điện thoại, rồi ghi nhận bằng biểu mẫu triage-question"


def check_window(connection: Connection, question_id: int, as_of: datetime) -> Reach:
    """Return at what cost an answer reaches its citizen at *as_of*; where Zalo knows better, its refusal decides.

    Raises:
        DecisionRefusedError: the window is shut; says what to do instead.
    """
    case_code, last_act_at = windows.get_last_act(connection, question_id)
    reached = reach(window(last_act_at), as_of)
    if reached is Reach.SHUT:
        message = (
            f"{case_code}: công dân nhắn lần cuối cách đây hơn 7 ngày, Zalo không cho gửi câu trả lời. Đề nghị trả lời "
            "bằng OA Manager hoặc điện thoại, rồi ghi nhận bằng biểu mẫu triage-question; nếu công dân nhắn lại thì "
            "viết GỬI."
        )
        raise DecisionRefusedError(message)
    return reached


def look_at_windows(connection: Connection, opened: Sequence[OpenWindow], desk: InForce, as_of: datetime) -> int:
    """Ask citizens for a sign whose answers may come too late for Zalo; returns how many were asked.

    Questions whose window has shut become work for the duty officer. The questions are held by this transaction, those
    of a citizen together.
    """
    looks = [(one, _look(one, desk, as_of)) for one in opened]
    messages = _messages(connection, looks, desk, as_of)
    asked = {message.user_id for message in messages}
    shut = [one for one, seen in looks if seen.is_shut]
    leaving = [*messages, *_invitations(shut, desk, as_of)]
    outbox.add_deliveries(connection, [rendered(message) for message in leaving], on=as_of.date())
    work_items.add_work_items(connection, [_window_shut(one) for one in shut])
    looked = [
        Looked(
            question_id=one.question_id,
            again_at=seen.again_at,
            asked=seen.asks_until is not None and one.user_id in asked,
        )
        for one, seen in looks
    ]
    windows.record_looks(connection, looked, as_of=as_of)
    told = [events.Event(kind="keep_open_asked", question_id=one.question_id) for one in looked if one.asked]
    told += [events.Event(kind="window_shut", question_id=one.question_id) for one in shut]
    events.record_events(connection, told, as_of=as_of)
    return len(messages)


def _look(one: OpenWindow, desk: InForce, as_of: datetime) -> Look:
    if one.has_ended:
        return Look()
    policy = desk.policy(as_of)
    due_at = datetime.combine(one.due_on, policy.hours[-1].end, HCM) if one.due_on else None
    asked_at = as_of if one.state in _NOT_ASKED else one.asked_at
    return look(window(one.last_act_at), due_at=due_at, asked_at=asked_at, now=as_of, waking_hours=policy.waking_hours)


def _messages(
    connection: Connection, looks: Sequence[tuple[OpenWindow, Look]], desk: InForce, as_of: datetime
) -> list[CitizenMessage]:
    """Return one message a citizen, as far as one may get so many automatic messages a day."""
    to_ask = sorted(
        ((one.user_id, seen.asks_until, one) for one, seen in looks if seen.asks_until),
        key=lambda asked: (asked[0], asked[1], asked[2].question_id),
    )
    had = outbox.count_of_day(connection, [f"citizen:{user_id}" for user_id, _, _ in to_ask], on=as_of.date())
    most = desk.policy(as_of).automatic_messages_a_day
    return [
        keep_open([_question(one) for _, _, one in group], until=until, as_of=as_of)
        for (user_id, until), group in groupby(to_ask, key=lambda asked: asked[:2])
        if had.get(f"citizen:{user_id}", 0) < most
    ]


def _invitations(shut: Sequence[OpenWindow], desk: InForce, as_of: datetime) -> list[CitizenMessage]:
    """Return the paid invitations to write again, where the office has a template for them and an answer is ready."""
    if not (template := desk.policy(as_of).zbs_template):
        return []
    return [
        come_back(_question(one), zbs_template=template, since=one.last_act_at)
        for one in shut
        if one.state is QuestionState.ANSWER_PROPOSED
    ]


def _question(one: OpenWindow) -> CitizenQuestion:
    return CitizenQuestion(
        question_id=one.question_id, case_code=one.case_code, user_id=one.user_id, received_at=one.received_at
    )


def _window_shut(one: OpenWindow) -> work_items.WorkItem:
    return work_items.WorkItem(
        key=f"window-shut:{one.question_id}:{one.last_act_at.isoformat()}",
        kind="window_shut",
        reason=f"Câu hỏi {one.case_code}: công dân nhắn lần cuối hơn 7 ngày trước, Zalo không cho gửi tin.",
        owner="duty_officer",
        remedy=f"{ANOTHER_WAY}; công dân nhắn lại thì gửi được trên Zalo.",
        question_id=one.question_id,
    )
