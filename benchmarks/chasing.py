"""What the chase costs: with nothing due, with a hundred thousand replies due, and with one digest for every unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from sqlalchemy import Connection, text

from benchmarks.desks import AS_OF, Desk
from benchmarks.figures import Figures, Target, figures, spent
from desk.rules.office import in_force as in_force_on
from desk.rules.tally import Count, Tally
from desk.runtime.database import transaction
from desk.runtime.in_force import in_force
from tasks.chasing import ask_about_late_answers, chase_batch, remind_citizens, report_overdue

MOST_SECONDS_IDLE = 0.3
STEPS_A_SECOND = 10_000
MOST_SECONDS_OF_DIGESTS = 1
_LINES_OF_A_DIGEST = 50

_OPEN = (
    """
    INSERT INTO question (question_id, case_code, user_id, state, text, received_at, last_message_at, sealed_at,
                          unit_count, promised_on, due_by_rule_on, calendar_version, window_closes_at, reported_at)
    SELECT n, 'ZL 26-' || lpad(n::text, 7, '0'), 'c' || n, 'routed', 'Tôi bị mất sổ BHXH, xin cấp lại sổ.', at, at, at,
           1, :later, :later, 1, at, at
    FROM (SELECT n, CAST(:as_of AS timestamptz) - interval '7 days' AS at FROM generate_series(1, :number) AS n) AS open
    """,
    """
    INSERT INTO assignment (question_id, unit_code, lettered_on, lettered_at, unit_due_on, unit_because, told_on,
                            calendar_version, next_step_at)
    SELECT question_id, (CAST(:units AS text[]))[1 + question_id % cardinality(CAST(:units AS text[]))],
           received_at::date, received_at, :later, '', :later, 1, CAST(:later AS date)
    FROM question
    """,
)
_FALL_DUE = text("""
    UPDATE assignment SET unit_due_on = :today, told_on = :today, next_step_at = :as_of WHERE assignment_id <= :number
""")
_SAME_ROWS = (
    text("""
        INSERT INTO chase_step (assignment_id, due_on, step, first_step, outbox_key, taken_on)
        SELECT assignment_id, :today, 0, -1, '', :today FROM assignment
    """),
    text("UPDATE assignment SET next_step_at = next_step_at + interval '1 day'"),
)


def replies_chased(desk: Desk, number: int) -> Iterator[Figures]:
    """Yield what a run costs with as many replies awaited: none due, then a digest for each unit, then all due.

    The baselines: the same run at an empty desk, and the same steps written without looking at a single one.
    """
    desk.empty()
    empty = _run()[1]
    units = _units()
    with desk.filling() as connection:
        _fill(connection, units, number)
    desk.settle()
    idle = min(_run()[1] for _ in range(3))
    target = Target("value", "<=", MOST_SECONDS_IDLE)
    yield figures("chase-none-due", idle, "s", baseline=empty, target=target)

    _fall_due(desk, len(units) * _LINES_OF_A_DIGEST)
    told, digests = _run()
    assert told == min(number, len(units) * _LINES_OF_A_DIGEST), told
    target = Target("value", "<=", MOST_SECONDS_OF_DIGESTS)
    yield figures("chase-digests", digests, "s", baseline=empty, target=target)

    with desk.owner.begin() as connection:
        connection.execute(text("TRUNCATE chase_step, outbox, mail_token CASCADE"))
    with desk.owner.begin() as connection, spent() as plain:
        for statement in _SAME_ROWS:
            clause_values = {"today": AS_OF.date()} if "today" in statement.compile().params else {}
            connection.execute(statement, clause_values)
        connection.rollback()
    _fall_due(desk, number)
    told, all_due = _run()
    assert told == number, told
    target = Target("value", ">=", STEPS_A_SECOND)
    yield figures("chase-all-due", number / all_due, "steps/s", baseline=number / plain.wall, target=target)


def _fill(connection: Connection, units: Sequence[str], number: int) -> None:
    later = (AS_OF + timedelta(days=14)).date()
    values = {"number": number, "as_of": AS_OF, "later": later, "units": list(units)}
    for statement in _OPEN:
        clause = text(statement)
        connection.execute(clause, {name: values[name] for name in clause.compile().params})


def _fall_due(desk: Desk, number: int) -> None:
    with desk.owner.begin() as connection:
        connection.execute(_FALL_DUE, {"today": AS_OF.date(), "as_of": AS_OF, "number": number})
    desk.settle()


def _units() -> list[str]:
    with transaction() as connection:
        office = in_force(connection).office
    units = in_force_on(office.units, AS_OF.date()).values()
    return [unit.code for unit in units if unit.name_verified and unit.emails and not (unit.is_desk or unit.by_place)]


def _run() -> tuple[int, float]:
    """Take the steps of a run; returns how many replies were chased, and the seconds it took."""
    tally = Tally()
    with spent() as cost:
        while batch := chase_batch.fn(AS_OF):
            tally += batch
        for step in (report_overdue, ask_about_late_answers, remind_citizens):
            step.fn(AS_OF)
    return tally[Count.CHASED], cost.wall
