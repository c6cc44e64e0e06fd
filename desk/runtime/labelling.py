"""A person's decision kept as a label: what the classifier learns from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection

from desk.rules.calendar import local_date
from desk.rules.office import competences_of
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
    officer: str,
    reason: str,
) -> None:
    """Keep the units or authorities that a person named; the topics too where they come to the same units."""
    codes = {unit_called(word, desk, as_of)[0].code for word in units}
    if codes or authorities:
        label_events.add_label_event(
            connection,
            question.question_id,
            topics=question.topics if codes == _units_of(question, desk) else (),
            units=sorted(codes),
            redirect=[authority_called(word, desk, as_of).code for word in authorities],
            officer=officer,
            reason=reason,
            decided_at=as_of,
        )


def _units_of(question: QuestionInHand, desk: InForce) -> Collection[str]:
    """Return the units that the question's topics come to."""
    known = {topic.code: topic for topic in desk.office.topics}
    competences = competences_of([code for code in question.topics if code in known], known, desk.office.facets)
    on = local_date(question.received_at)
    return {unit.code for unit in resolve_for_text(competences, question.text, on, desk.office).units}
