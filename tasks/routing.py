"""Decide what becomes of questions: to a unit, to the duty officer, or before a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import assert_never

from prefect import task
from prefect.cache_policies import NO_CACHE
from sqlalchemy import Connection

from desk.rules.classifier import Classification
from desk.rules.deadlines import DueDate, duty_due_date, promised_date
from desk.rules.letters import HeldQuestion
from desk.rules.proposals import topic_names
from desk.rules.routing import (
    Decision,
    GiveToDuty,
    Hold,
    HoldReason,
    HoldSensitive,
    ProposeRedirect,
    Route,
    SealedQuestion,
    decide,
)
from desk.rules.states import QuestionState
from desk.rules.tally import Count, Tally
from desk.runtime.answering.asking_duty import ForDuty, ask_duty
from desk.runtime.assigning import ForUnits, give_to_units
from desk.runtime.database import transaction
from desk.runtime.decisions.asking_to_sort import ask_at_once
from desk.runtime.decisions.kinds import ANSWER_BY_DUTY
from desk.runtime.in_force import InForce, in_force
from desk.runtime.setting_aside import Line, set_aside
from desk.runtime.settings import settings
from desk.store import classifications, events, questions, work_items
from desk.store.questions import QuestionToRoute


@dataclass(frozen=True, slots=True)
class Routed:
    """A question, what the classifier said of it, what was decided, and by when it is to be answered."""

    question: QuestionToRoute
    said: Classification
    decision: Decision
    due: DueDate


@task(name="Chuyển câu hỏi", cache_policy=NO_CACHE)
def route_batch(as_of: datetime) -> Tally:
    """Decide on the oldest questions that wait, and queue the letters. Safe to repeat: a question is decided once."""
    with transaction() as connection:
        desk = in_force(connection)
        waiting = questions.claim_questions_to_route(connection, limit=settings().batch_size)
        to_confirm = _to_confirm(connection, desk, as_of)
        decided = set_aside(connection, _LINE, waiting, lambda question: _decided(question, desk, as_of, to_confirm))
        routed = [result for _, result in decided]
        classifications.add_classifications(
            connection, [(one.question.question_id, one.said, type(one.decision).__name__) for one in routed]
        )
        give_to_units(connection, [for_units for one in routed for for_units in _for_units(one)], desk, as_of)
        _hand_to_people(connection, [one for one in routed if not isinstance(one.decision, Route)], desk, as_of)
        return _tally(routed) + Tally({Count.SET_ASIDE: len(waiting) - len(routed)})


_LINE: Line[QuestionToRoute] = Line(
    name="routing",
    identify=lambda question: question.case_code,
    park=lambda connection, rows: questions.park_questions(connection, [row.question_id for row in rows]),
    question_of=lambda question: question.question_id,
)


def _to_confirm(connection: Connection, desk: InForce, as_of: datetime) -> int:
    """Return how many questions people must still decide before a sure one may go to its unit without them (A21)."""
    confirmed_first = desk.policy(as_of).auto_route_after
    return confirmed_first - events.count_of_kind(connection, "triaged", most=confirmed_first)


def _decided(question: QuestionToRoute, desk: InForce, as_of: datetime, to_confirm: int) -> Routed:
    said = desk.classify(question.text)
    decision = _decision(question, said, desk, as_of, to_confirm)
    policy = desk.policy(question.received_at)
    if isinstance(decision, GiveToDuty):
        due = duty_due_date(question.received_at, desk.calendar, policy)
    else:  # the clock of what a person decides on runs from receipt, as if one unit were to be asked
        units = decision.units if isinstance(decision, Route) else ()
        due = promised_date(question.received_at, max(1, len(units)), desk.calendar, policy)
    return Routed(question, said, decision, due)


def _decision(
    question: QuestionToRoute, said: Classification, desk: InForce, as_of: datetime, to_confirm: int
) -> Decision:
    if question.opened_as == "abuse":
        because = "Lời lẽ không phù hợp; cán bộ xem nội dung và quyết định, máy không tự trả lời."
        return Hold(reason=HoldReason.UNCLEAR, proposals=(), because=because)
    sealed = SealedQuestion(
        question_id=question.question_id,
        text=question.text,
        received_at=question.received_at,
        has_media=question.has_media,
        sensitive=question.sensitive,
        urgent=question.urgent,
        late=question.is_late,
    )
    return decide(sealed, said, desk.office, as_of.date(), to_confirm=to_confirm)


def _for_units(one: Routed) -> Iterator[ForUnits]:
    if isinstance(one.decision, Route):
        route = one.decision
        yield ForUnits(question=one.question, units=route.units, place_unit=route.place_unit, topics=route.topics)


def _hand_to_people(connection: Connection, held: Sequence[Routed], desk: InForce, as_of: datetime) -> None:
    """Write the states and work items of questions that a person decides on, and the letters that may not wait."""
    questions.record_decisions(connection, [_held(one, desk) for one in held])
    work = work_items.add_work_items(connection, [_work_item(one) for one in held])
    ask_duty(connection, [for_duty for one in held for for_duty in _for_duty(one, work, desk)], desk, as_of)
    if any(isinstance(one.decision, HoldSensitive) for one in held):  # no slot is waited for (U6)
        ask_at_once(connection, desk, as_of)
    events.record_events(connection, [_event(one, desk) for one in held], as_of=as_of)


def _state(decision: Decision) -> QuestionState:
    match decision:
        case Route():
            return QuestionState.ROUTED
        case GiveToDuty():
            return QuestionState.WITH_DUTY
        case ProposeRedirect():
            return QuestionState.REDIRECT_PROPOSED
        case HoldSensitive() | Hold():
            return QuestionState.IN_TRIAGE
        case other:
            assert_never(other)


def _held(one: Routed, desk: InForce) -> questions.Decided:
    return questions.Decided(
        question_id=one.question.question_id,
        state=_state(one.decision),
        topics=one.said.topics,
        due_by_rule_on=one.due.on,
        promised_because=one.due.because,
        calendar_version=desk.calendar_version,
    )


def _work_item(one: Routed) -> work_items.WorkItem:
    decision, question = one.decision, one.question
    kind, owner = "triage", "duty_officer"
    match decision:
        case GiveToDuty():
            kind = ANSWER_BY_DUTY
        case ProposeRedirect():
            kind, owner = "redirect", "secretary"
        case HoldSensitive():
            kind = "sensitive"
        case Hold() | Route():
            pass
        case other:
            assert_never(other)
    proposals = () if isinstance(decision, Route | GiveToDuty) else decision.proposals
    return work_items.WorkItem(
        key=_work_key(question),
        kind=kind,
        reason=decision.because,
        owner=owner,
        remedy=f'zalo-desk triage "{question.case_code}" …, hoặc biểu mẫu triage-question',
        proposals=[asdict(proposal) for proposal in proposals],
        question_id=question.question_id,
    )


def _work_key(question: QuestionToRoute) -> str:
    return f"triage:{question.question_id}"


def _for_duty(one: Routed, work: Mapping[str, int], desk: InForce) -> Iterator[ForDuty]:
    if isinstance(one.decision, GiveToDuty):
        topics = topic_names(desk.office, one.decision.topics)
        yield ForDuty(work[_work_key(one.question)], _shown(one), one.due.on, one.due.because, topics)


def _shown(one: Routed) -> HeldQuestion:
    return HeldQuestion(
        question_id=one.question.question_id,
        case_code=one.question.case_code,
        text=one.question.text,
        received_at=one.question.received_at,
    )


def _event(one: Routed, desk: InForce) -> events.Event:
    details: dict[str, object] = {
        "decision": type(one.decision).__name__,
        "classifier": one.said.version,
        "office": desk.version,
    }
    if isinstance(one.decision, Hold):
        details["reason"] = one.decision.reason.value
    return events.Event(kind="held", question_id=one.question.question_id, details=details)


def _tally(routed: Sequence[Routed]) -> Tally:
    names: dict[type, Count] = {
        Route: Count.ROUTED,
        GiveToDuty: Count.WITH_DUTY,
        ProposeRedirect: Count.REDIRECTS,
        HoldSensitive: Count.SENSITIVE,
        Hold: Count.HELD,
    }
    total = Tally()
    for one in routed:
        total += Tally({names[type(one.decision)]: 1})
    return total
