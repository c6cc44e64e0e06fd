"""The letters of the chase: for each unit what one half-day brings, with the steps that they take (U25)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from sqlalchemy import Connection

from desk.rules.chasing import Look
from desk.rules.letters import (
    Addressee,
    ChasedQuestion,
    TakenBack,
    chase_digest,
    chase_escalation,
    chase_key,
    letter_key,
)
from desk.rules.office import Recipient, Unit
from desk.rules.outgoing import Letter
from desk.rules.slots import next_half_day
from desk.runtime.addressing import addresses_on, unreachable
from desk.runtime.assigning import name_of, reply_token, unit_of
from desk.runtime.in_force import InForce
from desk.runtime.rendering import rendered
from desk.store import chases, mail_tokens, outbox, work_items
from desk.store.chases import DueReply, TakenStep

Looked = tuple[DueReply, Look]


@dataclass(frozen=True, slots=True)
class Moment:
    """When digests are written: at an instant, in a half-day that began at a time."""

    as_of: datetime
    half_day: time

    @property
    def on(self) -> date:
        """The day."""
        return self.as_of.date()


@dataclass(slots=True, kw_only=True)
class _ToUnit:
    """What a unit must hear in this half-day. `of` is its code, with its provincial office's where it is by place."""

    of: str
    unit: Unit
    addressee: Addressee
    reminded: Sequence[Looked]
    escalated: Sequence[Looked]
    taken_back: Sequence[Looked]
    thanks: list[str] = field(default_factory=list)

    @property
    def gets_digest(self) -> bool:
        """Whether there is anything to remind of or to take back; thanks alone are no mail."""
        return bool(self.reminded or self.taken_back)

    @property
    def told(self) -> int:
        """Of how many questions the unit hears."""
        return len(self.reminded) + len(self.escalated)


def tell_units(connection: Connection, looked: Sequence[Looked], desk: InForce, moment: Moment) -> int:
    """Queue what units must hear of what was looked at, take the steps, and write when to look again.

    A unit that had its letter in this half-day hears more in the next one; one that no mail reaches is a person's work.
    Returns how many questions units hear of.
    """
    at_units = _by_unit(looked)
    units = {pair: unit_of(desk.office, *pair, moment.as_of) for pair in at_units}
    addresses = addresses_on(connection, units.values(), moment.on)
    had = outbox.find_keys(connection, [key for pair in units for key in _keys(_of(*pair), moment)])
    to_units: list[_ToUnit] = []
    waiting: set[int] = set()
    unreached: list[int] = []
    lost: list[work_items.WorkItem] = []
    for pair, of_unit in at_units.items():
        unit, place_unit = units[pair]
        speaking = [reply.assignment_id for reply, look in of_unit if look.step or look.takes_back]
        if speaking and addresses.best(unit, place_unit) is None:
            lost.append(unreachable(name_of(unit, place_unit), _of(*pair), moment.on))
            waiting.update(speaking)
            unreached += speaking
        elif had.intersection(_keys(_of(*pair), moment)):
            waiting.update(speaking)
        elif speaking:
            to_units.append(_to_unit(_of(*pair), unit, addresses.addressee(unit, place_unit), of_unit))
    _thank(connection, to_units, moment)
    letters = _letters(connection, to_units, desk, moment)
    outbox.add_deliveries(connection, [rendered(letter) for letter in letters], on=moment.on)
    chases.record_steps(connection, [step for one in to_units for step in _steps(one, moment)], taken_on=moment.on)
    taken_back = [reply.assignment_id for one in to_units for reply, _ in one.taken_back]
    chases.take_back(connection, taken_back, on=moment.on)
    later = next_half_day(moment.as_of, desk.calendar, desk.policy(moment.as_of).hours)
    chases.record_next_steps(
        connection,
        [
            (reply.assignment_id, later if reply.assignment_id in waiting else look.next_step_at)
            for reply, look in looked
        ],
    )
    chases.keep_silent(connection, unreached, until=later)
    work_items.add_work_items(connection, lost)
    return sum(one.told for one in to_units)


def _of(unit_code: str, place_unit: str | None) -> str:
    return f"{unit_code}:{place_unit}" if place_unit else unit_code


def _by_unit(looked: Sequence[Looked]) -> dict[tuple[str, str | None], list[Looked]]:
    found: dict[tuple[str, str | None], list[Looked]] = {}
    for reply, look in looked:
        found.setdefault((reply.unit_code, reply.place_unit), []).append((reply, look))
    return found


def _keys(of: str, moment: Moment) -> tuple[str, str]:
    """Return the keys of a unit's two letters of a half-day."""
    digest = chase_key("chase-digest", of, moment.on, moment.half_day)
    return digest, chase_key("chase-escalation", of, moment.on, moment.half_day)


def _to_unit(of: str, unit: Unit, to: Addressee, looked: Sequence[Looked]) -> _ToUnit:
    stepping = [(reply, look) for reply, look in looked if look.step is not None]
    return _ToUnit(
        of=of,
        unit=unit,
        addressee=to,
        reminded=[(reply, look) for reply, look in stepping if look.step and Recipient.HEAD not in look.step.to],
        escalated=[(reply, look) for reply, look in stepping if look.step and Recipient.HEAD in look.step.to],
        taken_back=[(reply, look) for reply, look in looked if look.takes_back],
    )


def _thank(connection: Connection, to_units: Sequence[_ToUnit], moment: Moment) -> None:
    """Put into digests, in one line, for which answers units are thanked: those that reached their citizens (U25)."""
    with_digest = {one.of: one for one in to_units if one.gets_digest}
    answered = chases.find_to_thank(connection, sorted({one.unit.code for one in with_digest.values()}))
    thanked = [row for row in answered if _of(row.unit_code, row.place_unit) in with_digest]
    for row in thanked:
        with_digest[_of(row.unit_code, row.place_unit)].thanks.append(row.case_code)
    chases.record_thanked(connection, [row.assignment_id for row in thanked], on=moment.on)


def _letters(connection: Connection, to_units: Sequence[_ToUnit], desk: InForce, moment: Moment) -> list[Letter]:
    """Return the letters of units, each with a reply address of its own."""
    wanted = [_token(listed, moment) for one in to_units for listed in _lists(one)]
    tokens = iter(mail_tokens.add_tokens(connection, wanted))
    return [letter for one in to_units for letter in _letters_to(one, tokens, desk, moment)]


def _steps(one: _ToUnit, moment: Moment) -> Iterator[TakenStep]:
    """Yield the steps that a unit's letters take."""
    for key, looked in zip(_keys(one.of, moment), (one.reminded, one.escalated), strict=True):
        for reply, look in looked:
            if look.step is None:
                continue
            step = look.step
            yield TakenStep(
                assignment_id=reply.assignment_id,
                due_on=look.due_on,
                step=step.days,
                first_step=min((*step.passed_over, step.days)),
                outbox_key=key,
                for_board=Recipient.BOARD in step.to,
            )


def _lists(unit: _ToUnit) -> Iterator[Sequence[Looked]]:
    if unit.gets_digest:
        yield unit.reminded
    if unit.escalated:
        yield unit.escalated


def _token(looked: Sequence[Looked], moment: Moment) -> mail_tokens.TokenFor:
    """Return what the letter's reply address is for: its one question, or the questions whose codes a reply names."""
    if len(looked) == 1:
        return reply_token(looked[0][0].question_id, looked[0][0].assignment_id, moment.as_of)
    return mail_tokens.TokenFor(step="table", expires_on=reply_token(0, 0, moment.as_of).expires_on)


def _letters_to(unit: _ToUnit, tokens: Iterator[str], desk: InForce, moment: Moment) -> Iterator[Letter]:
    head = desk.letterhead(moment.as_of)
    if unit.gets_digest:
        yield chase_digest(
            [_shown(reply, look, moment) for reply, look in unit.reminded],
            unit.addressee,
            head,
            of=unit.of,
            slot=moment.half_day,
            reply_token=next(tokens),
            taken_back=[_taken_back(reply, look) for reply, look in unit.taken_back],
            thanks=unit.thanks,
            thread=_thread(unit.reminded),
        )
    if not unit.escalated:
        return
    token = next(tokens)
    recipients = [Recipient.UNIT, *([Recipient.HEAD] if unit.unit.head_email else [])]
    for to in recipients:
        yield chase_escalation(
            [_shown(reply, look, moment) for reply, look in unit.escalated],
            unit.addressee,
            head,
            of=unit.of,
            slot=moment.half_day,
            head=unit.unit.head_email,
            to=to,
            answer_by=_answer_by(desk, moment),
            reply_token=token,
        )


def _thread(looked: Sequence[Looked]) -> str:
    """Return the key of the letter that asked the one question of a digest; several belong to no thread."""
    if len(looked) != 1:
        return ""
    reply, _ = looked[0]
    return letter_key(reply.question_id, reply.unit_code, reply.version)


def _answer_by(desk: InForce, moment: Moment) -> date:
    """Return the day a late reply is asked for: today where the morning is not over, else the next working day."""
    opens = desk.calendar.hours(moment.on, desk.policy(moment.as_of).hours)[0].start
    return moment.on if moment.half_day == opens else desk.calendar.next_working_day(moment.on)


def _shown(reply: DueReply, look: Look, moment: Moment) -> ChasedQuestion:
    return ChasedQuestion(
        question_id=reply.question_id,
        assignment_id=reply.assignment_id,
        case_code=reply.case_code,
        received_at=reply.received_at,
        lettered_at=reply.lettered_at,
        due_on=reply.told_on if moment.on <= reply.told_on else look.due_on,
        passed_to=reply.passed_to,
        is_shared=reply.is_shared,
    )


def _taken_back(reply: DueReply, look: Look) -> TakenBack:
    return TakenBack(case_code=reply.case_code, before=reply.warned_for or look.due_on, due_on=look.due_on)
