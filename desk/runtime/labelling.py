"""A person's decision kept as a label: what the classifier learns from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection

from desk.rules.calendar import local_date
from desk.rules.office import AnsweredBy, competences_of
from desk.rules.units import resolve_for_text
from desk.runtime.in_force import InForce
from desk.runtime.naming import authority_called, unit_called
from desk.store import label_events
from desk.store.questions import QuestionInHand


def keep_label(
    connection: Connection,
    question: QuestionInHand,
    desk: InForce,
    as_of: datetime,
    *,
    units: Sequence[str] = (),
    authorities: Sequence[str] = (),
    by_duty: bool = False,
    topics: Sequence[str] = (),
    officer: str,
    reason: str,
) -> None:
    """Keep the units or authorities that a person named, or that the duty officer answers; nothing where neither is.

    The *topics* of a proposal that was chosen are kept too; else the question's own, where they come to the same.
    """
    codes = {unit_called(word, desk, as_of)[0].code for word in units}
    if codes or authorities or by_duty:
        is_confirmed = _needs_no_unit(question, desk) if by_duty else bool(codes) and codes == _units_of(question, desk)
        label_events.add_label_event(
            connection,
            question.question_id,
            topics=topics or (question.topics if is_confirmed else ()),
            units=sorted(codes),
            redirect=[authority_called(word, desk, as_of).code for word in authorities],
            officer=officer,
            reason=reason,
            decided_at=as_of,
        )


def _needs_no_unit(question: QuestionInHand, desk: InForce) -> bool:
    """Return whether the question's topics are the duty officer's, or come to no other unit than the desk's own."""
    by_duty = {topic.code for topic in desk.office.topics if topic.answered_by is AnsweredBy.DUTY}
    return by_duty.issuperset(question.topics) or not _units_of(question, desk)


def _units_of(question: QuestionInHand, desk: InForce) -> Collection[str]:
    """Return the units that the question's topics come to."""
    known = {topic.code: topic for topic in desk.office.topics}
    competences = competences_of([code for code in question.topics if code in known], known, desk.office.facets)
    on = local_date(question.received_at)
    return {unit.code for unit in resolve_for_text(competences, question.text, on, desk.office).units}
