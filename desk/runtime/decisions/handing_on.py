"""Hand what an official wrote back to whatever asked for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from desk.runtime.answering.deciding import decide_on_answer, decide_on_duty_answer
from desk.runtime.contents.deciding import decide_on_content
from desk.runtime.decisions.decision import CONTENT_STEPS, Decision, Handler, Step
from desk.runtime.decisions.redirecting import decide_on_redirects
from desk.runtime.decisions.sorting import decide_on_sorting
from desk.runtime.decisions.work import decide_on_work_item
from desk.runtime.delays import decide_on_delay
from desk.runtime.in_force import InForce


def decide(connection: Connection, decision: Decision, desk: InForce, as_of: datetime) -> str:
    """Carry out what an official wrote back, and return in one Vietnamese sentence what was done.

    Raises:
        DecisionRefusedError: it cannot be carried out; says why and what to write instead.
    """
    return HANDLERS[decision.step](connection, decision, desk, as_of)


HANDLERS: Final[Mapping[Step, Handler]] = {
    Step.ANSWER: decide_on_answer,
    Step.DUTY_ANSWER: decide_on_duty_answer,
    Step.WORK_ITEM: decide_on_work_item,
    Step.DELAY: decide_on_delay,
    Step.REDIRECT: decide_on_redirects,
    Step.SORTING: decide_on_sorting,
    **dict.fromkeys(CONTENT_STEPS, decide_on_content),
}
