"""Chase: who owes a reply, a decision on a late one, or what was asked back hears of it, in office hours (U25)."""

from __future__ import annotations

from datetime import datetime

from prefect import task
from prefect.cache_policies import NO_CACHE

from desk.rules.chasing import Awaited, Ladder
from desk.rules.letters import OverdueAtUnit, chase_board
from desk.rules.slots import half_day_of
from desk.rules.states import AssignmentState, QuestionState
from desk.rules.tally import Count, Tally
from desk.runtime.asked_back import remind_or_close
from desk.runtime.assigning import name_of, unit_of
from desk.runtime.database import transaction
from desk.runtime.delays import ask_about_delays
from desk.runtime.digests import Moment, tell_units
from desk.runtime.in_force import InForce, in_force
from desk.runtime.rendering import rendered
from desk.runtime.setting_aside import Line, set_aside
from desk.runtime.settings import settings
from desk.store import chases, delays, outbox
from desk.store.chases import DueReply

_UNITS_AT_ONCE = 10


@task(name="Nhắc hạn, đôn đốc đơn vị", cache_policy=NO_CACHE)
def chase_batch(as_of: datetime) -> Tally:
    """Queue the digests that some units are due. Safe to repeat: each step is one row, each digest one key a half-day.

    Outside office hours nothing is looked at.
    """
    with transaction() as connection:
        desk = in_force(connection)
        if (moment := _moment(desk, as_of)) is None:
            return Tally()
        claimed = chases.claim_units(connection, as_of=as_of, limit=_UNITS_AT_ONCE)
        due = chases.find_due(connection, claimed, as_of=as_of)
        ladder = Ladder.of(desk.policy(as_of), desk.calendar)
        looked = set_aside(connection, _LINE, due, lambda reply: ladder.look(_awaited(reply), as_of))
        told = tell_units(connection, looked, desk, moment)
        aside = len(due) - len(looked)
        return Tally({Count.WATCHED: len(looked), Count.CHASED: told, Count.SET_ASIDE: aside})


@task(name="Báo Ban Quản trị câu hỏi quá hạn", cache_policy=NO_CACHE)
def report_overdue(as_of: datetime) -> Tally:
    """Queue one letter a half-day to the Ban Quản trị: what is overdue at units, and what is late here."""
    with transaction() as connection:
        desk = in_force(connection)
        moment, to = _moment(desk, as_of), settings().board_address
        if moment is None or not to:
            return Tally()
        key = chase_board([], [], to, on=moment.on, slot=moment.half_day).key
        if outbox.find_keys(connection, [key]):
            return Tally()
        steps = {step.assignment_id: step for step in reversed(chases.claim_for_board(connection))}
        overdue = [
            OverdueAtUnit(
                case_code=step.case_code,
                unit=name_of(*unit_of(desk.office, step.unit_code, step.place_unit, as_of)),
                received_at=step.received_at,
                lettered_at=step.lettered_at,
                due_on=step.due_on,
            )
            for step in steps.values()
            if step.state is AssignmentState.AWAITING
        ]
        late_here = delays.claim_late_here(connection, today=moment.on)
        chases.record_for_board(connection, list(steps), board_key=key)
        delays.record_late_told(connection, [late.question_id for late in late_here])
        if overdue or late_here:
            letter = chase_board(
                overdue, [_late_here(late) for late in late_here], to, on=moment.on, slot=moment.half_day
            )
            outbox.add_deliveries(connection, [rendered(letter)], on=moment.on)
        return Tally({Count.REPORTED_OVERDUE: len(overdue) + len(late_here)})


@task(name="Hỏi cán bộ trực về câu trả lời có thể chậm", cache_policy=NO_CACHE)
def ask_about_late_answers(as_of: datetime) -> Tally:
    """Put before the officer on duty what may come late and what has; nobody else apologises to a citizen (U19)."""
    with transaction() as connection:
        desk = in_force(connection)
        moment = _moment(desk, as_of)
        return Tally() if moment is None else Tally({Count.ENDANGERED: ask_about_delays(connection, desk, moment)})


@task(name="Nhắc công dân bổ sung thông tin", cache_policy=NO_CACHE)
def remind_citizens(as_of: datetime) -> Tally:
    """Remind a batch of citizens of what they were asked, or close their questions with a note, in office hours."""
    with transaction() as connection:
        desk = in_force(connection)
        if _moment(desk, as_of) is None:
            return Tally()
        return remind_or_close(connection, desk, as_of, limit=settings().batch_size)


_LINE: Line[DueReply] = Line(
    name="chasing",
    identify=lambda reply: str(reply.assignment_id),
    park=lambda connection, rows: chases.record_next_steps(connection, [(row.assignment_id, None) for row in rows]),
    question_of=lambda reply: reply.question_id,
)


def _moment(desk: InForce, as_of: datetime) -> Moment | None:
    half_day = half_day_of(as_of, desk.calendar, desk.policy(as_of).hours)
    return None if half_day is None else Moment(as_of, half_day)


def _awaited(reply: DueReply) -> Awaited:
    return Awaited(
        lettered_at=reply.lettered_at,
        unit_due_on=reply.unit_due_on,
        told_on=reply.told_on,
        question_state=QuestionState(reply.state),
        silent_until=reply.silent_until,
        taken=None if reply.taken_for is None or reply.taken is None else (reply.taken_for, reply.taken),
        warned_for=reply.warned_for,
    )


def _late_here(late: delays.LateHere) -> OverdueAtUnit:
    return OverdueAtUnit(
        case_code=late.case_code, unit="", received_at=late.received_at, lettered_at=None, due_on=late.due_on
    )
