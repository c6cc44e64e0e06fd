"""Units that a person names: who is asked anew, whose reply stands, who need not reply any more."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection

from desk.rules.letters import unit_released
from desk.rules.states import AssignmentState, QuestionState
from desk.runtime.addressing import addressee
from desk.runtime.assigning import ForUnits, give_to_units, unit_of
from desk.runtime.decisions.decision import DecisionRefusedError
from desk.runtime.in_force import InForce
from desk.runtime.naming import unit_called
from desk.runtime.rendering import rendered
from desk.store import answer_sources, assignments, outbox
from desk.store.questions import QuestionInHand


def give_to_named(
    connection: Connection, question: QuestionInHand, words: Sequence[str], desk: InForce, as_of: datetime
) -> str:
    """Ask the units that a person names and none beside them; returns in Vietnamese what was done.

    Raises:
        DecisionRefusedError: none is named, one is not known, or all have replied already.
    """
    if not words:
        raise DecisionRefusedError("Chưa nêu đơn vị nào để chuyển.")
    found = [unit_called(word, desk, as_of) for word in words]
    places = {place.code: place for _, place in found if place}
    if len(places) > 1:
        raise DecisionRefusedError("Mỗi lần chỉ chuyển được một cơ quan BHXH tỉnh, thành phố.")
    units = tuple({unit.code: unit for unit, _ in found}.values())
    place = next(iter(places.values()), None)
    has_replied = _replied(connection, question.question_id)
    beside = tuple(
        unit for unit in units if (unit.code, place.code if unit.by_place and place else None) in has_replied
    )
    names = {unit.code: place.name if unit.by_place and place else unit.name for unit in units}
    if beside == units and question.state is QuestionState.ANSWER_PROPOSED:
        raise DecisionRefusedError(
            f"{'; '.join(names.values())} đã trả lời câu hỏi {question.case_code} và đã có dự thảo trả lời công dân. "
            "Nếu đúng là câu trả lời, đề nghị trả lời thư dự thảo: GỬI; nếu chưa phải, viết CHƯA TRẢ LỜI để chờ tiếp "
            "đơn vị."
        )
    release_units(connection, question, "đã được chuyển đơn vị khác", desk, as_of, keep=list(names))
    assignments.withdraw_others(connection, question.question_id, keep=list(names))
    asked = tuple(unit for unit in units if unit not in beside)
    given = ForUnits(question=question, units=asked, place_unit=place, topics=question.topics, beside=beside)
    give_to_units(connection, [given], desk, as_of)
    done = {
        "đã chuyển": [names[unit.code] for unit in asked],
        "giữ câu trả lời đã có của": [names[unit.code] for unit in beside],
    }
    return ", ".join(f"{what} {'; '.join(who)}" for what, who in done.items() if who)


def release_units(
    connection: Connection,
    question: QuestionInHand,
    because: str,
    desk: InForce,
    as_of: datetime,
    *,
    keep: Collection[str] = (),
) -> None:
    """Tell the units that still owe a reply that they need not give it."""
    letters = [
        unit_released(
            addressee(connection, *unit_of(desk.office, one.unit_code, one.place_unit, as_of), as_of.date()),
            assignment_id=one.assignment_id,
            question_id=question.question_id,
            case_code=question.case_code,
            because=because,
        )
        for one in assignments.find_of_question(connection, question.question_id)
        if one.state is AssignmentState.AWAITING and one.lettered_at and one.unit_code not in keep
    ]
    outbox.add_deliveries(connection, [rendered(letter) for letter in letters], on=as_of.date())


def _replied(connection: Connection, question_id: int) -> frozenset[tuple[str, str | None]]:
    """Return the units, with their provincial offices, whose reply stands and need not be asked anew."""
    answering = {
        reply.assignment_id for reply in answer_sources.find_replies(connection, [question_id]).get(question_id, ())
    }
    return frozenset(
        (one.unit_code, one.place_unit)
        for one in assignments.find_of_question(connection, question_id)
        if one.state is AssignmentState.REPLIED and one.assignment_id in answering
    )
