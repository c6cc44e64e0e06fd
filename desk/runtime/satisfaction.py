"""Citizens asked whether an answer was of use, where the office wants to know."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from desk.rules.letters import satisfaction
from desk.rules.windows import Reach, reach, window
from desk.runtime.in_force import InForce
from desk.runtime.rendering import rendered
from desk.store import outbox
from desk.store.answers import LeftAnswer


def ask_satisfaction(connection: Connection, delivered: Sequence[LeftAnswer], desk: InForce, as_of: datetime) -> None:
    """Ask once about each answer that has arrived, if policy says so, while it is free and not one message too many."""
    policy = desk.policy(as_of)
    if not policy.satisfaction_question:
        return
    free = [one for one in delivered if one.last_act_at and reach(window(one.last_act_at), as_of) is Reach.FREE]
    had = outbox.count_of_day(connection, [f"citizen:{one.user_id}" for one in free], on=as_of.date())
    asked = [
        satisfaction(one.question_id, case_code=one.case_code, user_id=one.user_id, answer_id=one.answer_id)
        for one in free
        if had.get(f"citizen:{one.user_id}", 0) < policy.automatic_messages_a_day
    ]
    outbox.add_deliveries(connection, [rendered(message) for message in asked], on=as_of.date())
