"""How long a change of the working calendar takes to reach every open question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sqlalchemy import text

from benchmarks.desks import AS_OF, Desk
from benchmarks.figures import Figures, Target, figures, spent
from benchmarks.years import questions_are_open
from desk.rules.office import CalendarDay, DayKind
from desk.runtime import office
from desk.runtime.database import transaction
from tasks.housekeeping import redate_batch

MOST_SECONDS = 5
_DUE = "SELECT count(*) FROM question WHERE calendar_version < 2 AND closed_at IS NULL AND due_by_rule_on IS NOT NULL"
_ALL_AT_ONCE = "UPDATE question SET promised_on = promised_on + 1, due_by_rule_on = due_by_rule_on + 1"


def open_questions_redated(desk: Desk, number: int) -> Iterator[Figures]:
    """Yield how long it takes until no open question carries a date of the calendar before; telling comes later.

    The baseline is one UPDATE of the same rows without any rule.
    """
    desk.empty()
    with desk.filling() as connection:
        questions_are_open(connection, number)
    desk.settle()
    with desk.owner.begin() as connection, spent() as plain:
        connection.execute(text(_ALL_AT_ONCE))
        connection.rollback()
    _change_the_calendar()
    with spent() as cost:
        while _due(desk):
            redate_batch.fn(AS_OF)
    target = Target("value", "<=", MOST_SECONDS)
    yield figures("redate", cost.wall, "s", baseline=plain.wall, target=target)


def _due(desk: Desk) -> int:
    with desk.owner.begin() as connection:
        return int(connection.execute(text(_DUE)).scalar_one())


def _change_the_calendar() -> None:
    day_off = CalendarDay(day=date(2026, 11, 25), kind=DayKind.OFF, reason="Nghỉ bão", source="đo")
    with transaction() as connection:
        loaded = office.current(connection).office
        office.load(connection, replace(loaded, days=(*loaded.days, day_off)))
