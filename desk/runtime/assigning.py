"""Give questions to units: dates, assignments, letters and the citizen's notice, committed together (laws 4, 11)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from desk.rules.deadlines import DueDate, date_in_letter, promised_date, time_left_is_short, unit_due_date
from desk.rules.letters import AskedQuestion, CitizenQuestion, forwarded, unit_letter
from desk.rules.masking import identity_numbers, masked
from desk.rules.office import LetterRhythm, Office, ProvincialUnit, Unit
from desk.rules.office import in_force as in_force_on
from desk.rules.outgoing import CitizenMessage, Letter
from desk.rules.states import QuestionState
from desk.runtime.addressing import addresses_on
from desk.runtime.in_force import InForce
from desk.runtime.memory import remembered_for
from desk.runtime.rendering import rendered
from desk.store import assignments, events, mail_tokens, outbox, questions

# A reply may come long after its date; then the address dies.
_TOKEN_LIFE = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForUnits:
    """A question and the units that must be asked; `beside` have it already and are counted with them."""

    question: questions.QuestionToRoute
    units: tuple[Unit, ...]
    place_unit: ProvincialUnit | None
    topics: tuple[str, ...]
    beside: tuple[Unit, ...] = ()

    @property
    def all_units(self) -> tuple[Unit, ...]:
        """Everybody who is asked, those who have the question already first."""
        return (*self.beside, *self.units)

    @property
    def unit_count(self) -> int:
        """How many units Điều 13 counts: those that count as one, and one at least."""
        return max(1, sum(unit.counts_as_unit for unit in self.all_units))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question at one unit, with the citizen's date, the unit's own, and the one its letter shows."""

    of: ForUnits
    unit: Unit
    promised: DueDate
    for_unit: DueDate
    shown_on: date

    @property
    def waits_for_table(self) -> bool:
        """Whether the unit gets its questions in a table twice a day."""
        return self.unit.letters is LetterRhythm.TWICE_DAILY

    @property
    def pair(self) -> tuple[int, str]:
        """What the assignment is known by."""
        return self.of.question.question_id, self.unit.code


def give_to_units(connection: Connection, given: Sequence[ForUnits], desk: InForce, as_of: datetime) -> None:
    """Write assignments, letters, the citizens' notices and events of questions that this transaction holds."""
    promises = [_promised(of, desk) for of in given]
    decided = [_decided(of, promised, desk, as_of) for of, promised in zip(given, promises, strict=True)]
    questions.record_decisions(connection, decided)
    asked = [one for of, promised in zip(given, promises, strict=True) for one in _asked(of, promised, desk, as_of)]
    new = assignments.add_assignments(connection, [_assignment(one, desk, as_of) for one in asked])
    lettered = [(one, new[one.pair]) for one in asked if one.pair in new and not one.waits_for_table]
    tokens = mail_tokens.add_tokens(
        connection, [reply_token(one.of.question.question_id, of.assignment_id, as_of) for one, of in lettered]
    )
    head = desk.letterhead(as_of)
    addresses = addresses_on(connection, {(one.unit, one.of.place_unit) for one, _ in lettered}, as_of.date())
    earlier = remembered_for(connection, [one.of.question.question_id for one, _ in lettered], desk, as_of)
    letters = [
        unit_letter(
            replace(
                _as_asked(one, of.assignment_id, token, desk, as_of),
                earlier=earlier.get(one.of.question.question_id),
            ),
            addresses.addressee(one.unit, one.of.place_unit),
            head,
            version=of.version,
        )
        for (one, of), token in zip(lettered, tokens, strict=True)
    ]
    notices = _notices(connection, zip(given, promises, strict=True), desk, as_of)
    leaving: list[Letter | CitizenMessage] = [*letters, *notices]
    outbox.add_deliveries(connection, [rendered(item) for item in leaving], on=as_of.date())
    events.record_events(
        connection, [_event(of, promised) for of, promised in zip(given, promises, strict=True)], as_of=as_of
    )


def record_lettered(connection: Connection, assignment_ids: Sequence[int], desk: InForce, as_of: datetime) -> None:
    """Record that units are written to now, in a table or at another address: no day before was theirs (U25)."""
    if not assignment_ids:
        return
    dates = [
        unit_due_date(as_of.date(), units, desk.calendar, desk.policy(as_of))
        for units in range(1, len(desk.policy(as_of).reply_days) + 1)
    ]
    assignments.record_lettered(connection, assignment_ids, [(due.on, due.because) for due in dates], as_of=as_of)


def reply_token(question_id: int, assignment_id: int, as_of: datetime) -> mail_tokens.TokenFor:
    """Return what the reply address of a unit's letter is for."""
    return mail_tokens.TokenFor(
        step="reply", question_id=question_id, assignment_id=assignment_id, expires_on=as_of.date() + _TOKEN_LIFE
    )


def text_for_unit(text: str, topics: Sequence[str], office: Office) -> str:
    """Return a question's text as a unit may see it: masked, but for the numbers of a dossier it must look up (U20)."""
    needs_identity = any(topic.needs_identity for topic in office.topics if topic.code in topics)
    numbers = identity_numbers(text) if needs_identity else ()
    shown = masked(text)
    return f"{shown}\n(Mã số BHXH, mã hồ sơ: {', '.join(numbers)})" if numbers else shown


def _promised(of: ForUnits, desk: InForce) -> DueDate:
    received_at = of.question.received_at
    return promised_date(received_at, of.unit_count, desk.calendar, desk.policy(received_at))


def _asked(of: ForUnits, promised: DueDate, desk: InForce, as_of: datetime) -> Iterator[_Asked]:
    lettered_on = as_of.date()
    for_unit = unit_due_date(lettered_on, of.unit_count, desk.calendar, desk.policy(as_of))
    shown_on = date_in_letter(promised.on, for_unit.on, lettered_on, desk.calendar)
    for unit in of.units:
        yield _Asked(of, unit, promised, for_unit, shown_on)


def _assignment(one: _Asked, desk: InForce, as_of: datetime) -> assignments.NewAssignment:
    place = one.of.place_unit if one.unit.by_place else None
    return assignments.NewAssignment(
        question_id=one.of.question.question_id,
        unit_code=one.unit.code,
        place_unit=place.code if place else None,
        lettered_on=as_of.date(),
        lettered_at=None if one.waits_for_table else as_of,
        unit_due_on=one.for_unit.on,
        unit_because=one.for_unit.because,
        told_on=one.shown_on,
        calendar_version=desk.calendar_version,
    )


def _as_asked(one: _Asked, assignment_id: int, token: str, desk: InForce, as_of: datetime) -> AskedQuestion:
    of, earlier = one.of, one.promised if one.promised.on <= one.for_unit.on else one.for_unit
    return AskedQuestion(
        question_id=of.question.question_id,
        assignment_id=assignment_id,
        case_code=of.question.case_code,
        text=text_for_unit(of.question.text, of.topics, desk.office),
        received_at=of.question.received_at,
        due_on=one.shown_on,
        because=earlier.because,
        reply_token=token,
        time_is_short=time_left_is_short(as_of.date(), one.shown_on, desk.calendar),
        other_units=tuple(name_of(unit, of.place_unit) for unit in of.all_units if unit is not one.unit),
    )


def name_of(unit: Unit, place_unit: ProvincialUnit | None) -> str:
    """Return a unit's printable name; a unit by place goes by its provincial office."""
    return place_unit.name if unit.by_place and place_unit else unit.name


def unit_of(office: Office, unit_code: str, place: str | None, as_of: datetime) -> tuple[Unit, ProvincialUnit | None]:
    """Return a unit with its provincial office: as of the day, or as it last was, where an assignment is older."""
    on = as_of.date()
    units = {unit.code: unit for unit in office.units} | in_force_on(office.units, on)
    places = {one.code: one for one in office.provincial_units} | in_force_on(office.provincial_units, on)
    return units[unit_code], places[place] if place else None


def _notices(
    connection: Connection, promises: Iterable[tuple[ForUnits, DueDate]], desk: InForce, as_of: datetime
) -> Iterator[CitizenMessage]:
    """Yield what citizens are told, as far as one may get so many automatic messages a day."""
    told = list(promises)
    streams = [f"citizen:{of.question.user_id}" for of, _ in told]
    had = outbox.count_of_day(connection, streams, on=as_of.date())
    most = desk.policy(as_of).automatic_messages_a_day
    for (of, promised), stream in zip(told, streams, strict=True):
        had[stream] = had.get(stream, 0) + 1
        if had[stream] <= most:
            names = [name_of(unit, of.place_unit) for unit in of.all_units]
            yield forwarded(citizen_question(of.question), units=names, promised_on=promised.on)


def citizen_question(question: questions.QuestionToRoute) -> CitizenQuestion:
    """Return a question as its citizen may be told of it."""
    return CitizenQuestion(
        question_id=question.question_id,
        case_code=question.case_code,
        user_id=question.user_id,
        received_at=question.received_at,
    )


def _decided(of: ForUnits, promised: DueDate, desk: InForce, as_of: datetime) -> questions.Decided:
    return questions.Decided(
        question_id=of.question.question_id,
        state=QuestionState.ROUTED,
        topics=of.topics,
        unit_count=of.unit_count,
        promised_on=promised.on,
        due_by_rule_on=promised.on,
        promised_because=promised.because,
        calendar_version=desk.calendar_version,
        routed_at=as_of,
    )


def _event(of: ForUnits, promised: DueDate) -> events.Event:
    details = {"units": [unit.code for unit in of.units], "promised_on": promised.on}
    return events.Event(kind="routed", question_id=of.question.question_id, details=details)
