"""Hand what an official wrote back to whatever asked for it."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from sqlalchemy import Connection

from desk.runtime.answering import decide_on_answer, decide_on_duty_answer
from desk.runtime.contents.deciding import decide_on_content
from desk.runtime.decisions.decision import Decision, Step
from desk.runtime.decisions.redirecting import decide_on_redirects
from desk.runtime.decisions.work import decide_on_work_item
from desk.runtime.delays import decide_on_delay
from desk.runtime.in_force import InForce


def decide(connection: Connection, decision: Decision, desk: InForce, as_of: datetime) -> str:
    """Carry out what an official wrote back, and return in one Vietnamese sentence what was done.

    Raises:
        DecisionRefusedError: it cannot be carried out; says why and what to write instead.
    """
    match decision.step:
        case Step.ANSWER:
            return decide_on_answer(connection, decision, desk, as_of)
        case Step.DUTY_ANSWER:
            return decide_on_duty_answer(connection, decision, desk, as_of)
        case Step.WORK_ITEM:
            return decide_on_work_item(connection, decision, desk, as_of)
        case Step.DELAY:
            return decide_on_delay(connection, decision, desk, as_of)
        case Step.REDIRECT:
            return decide_on_redirects(connection, decision, desk, as_of)
        case (
            Step.CONTENT_DRAFT
            | Step.CONTENT_REVIEW
            | Step.CONTENT_DECISION
            | Step.CONTENT_CONFORMITY
            | Step.CONTENT_PUBLISH
            | Step.CONTENT_STOP
            | Step.CONTENT_PUBLISHED
            | Step.CONTENT_TAKEDOWN
            | Step.CONTENT_BROADCAST
        ):
            return decide_on_content(connection, decision, desk, as_of)
        case other:
            assert_never(other)
