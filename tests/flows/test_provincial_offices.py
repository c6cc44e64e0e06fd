"""Provincial offices share a unit and nothing else: each gets letters of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from desk.rules.office import CalendarDay, DayKind, LetterRhythm, Office
from desk.runtime import office as offices
from desk.runtime.database import transaction
from desk.runtime.in_force import in_force
from desk.runtime.triage import TriageAction, TriageOrder, triage
from tasks.housekeeping import redate_batch
from tasks.reporting import queue_slot_letters
from tests.dates import at
from tests.flows.conftest import Handle, Rows, Say, trusting_office

NOW = at("Fri 2026-11-20 09:30")
PROVINCES = ("BHXH tỉnh Đồng Nai", "BHXH tỉnh An Giang", "BHXH tỉnh Đồng Nai")


def office_with_tables() -> Office:
    """Return the office where provincial offices want their questions in tables."""
    office = trusting_office()
    units = tuple(replace(unit, letters=LetterRhythm.TWICE_DAILY) if unit.by_place else unit for unit in office.units)
    return replace(office, units=units)


@pytest.fixture
def at_provinces(desk: Engine, say: Say, handle: Handle, rows: Rows) -> None:
    """Give a question each to provincial offices, the first of which gets two."""
    del desk
    with transaction() as connection:
        offices.load(connection, office_with_tables())
    for number, _ in enumerate(PROVINCES):
        say(f"u{number}", "Hôm trước tôi có hỏi việc ấy ở cơ quan mà chưa rõ?", at=NOW - timedelta(minutes=20))
    handle(NOW)
    codes = [str(row["case_code"]) for row in rows("SELECT case_code FROM question ORDER BY question_id")]
    for code, province in zip(codes, PROVINCES, strict=True):
        order = TriageOrder(code=code, action=TriageAction.ROUTE, acting_officer="HA", units=[province])
        with transaction() as connection:
            triage(connection, order, in_force(connection), NOW)


@pytest.mark.usefixtures("at_provinces")
def test_each_provincial_office_gets_one_table_a_slot_with_all_its_questions(rows: Rows) -> None:
    queue_slot_letters.fn(at("Fri 2026-11-20 11:01"))

    letters = rows(
        "SELECT recipient, stream, "
        "(SELECT count(*) FROM question WHERE parts ->> 'text' LIKE '%' || case_code || '%') AS questions "
        "FROM outbox WHERE kind = 'unit-table' ORDER BY recipient"
    )
    assert [(row["recipient"].partition("@")[0], row["questions"]) for row in letters] == [
        ("angiang", 1),
        ("dongnai", 2),
    ]
    assert [row["stream"] for row in letters] == ["unit:BHXH_TINH:AN_GIANG", "unit:BHXH_TINH:DONG_NAI"]
    assert rows("SELECT count(*) AS n FROM assignment WHERE lettered_at IS NULL") == [{"n": 0}]


@pytest.mark.usefixtures("at_provinces")
def test_each_provincial_office_is_told_of_the_dates_that_moved(rows: Rows) -> None:
    queue_slot_letters.fn(at("Fri 2026-11-20 11:01"))
    day_off = CalendarDay(day=date(2026, 11, 25), kind=DayKind.OFF, reason="Lịch thay đổi", source="Công văn thử")
    with transaction() as connection:
        office = office_with_tables()
        offices.load(connection, replace(office, days=(*(d for d in office.days if d.day != day_off.day), day_off)))

    while redate_batch.fn(NOW):
        pass

    told = rows("SELECT recipient FROM outbox WHERE kind = 'redating-digest' ORDER BY recipient")
    assert [row["recipient"].partition("@")[0] for row in told] == ["angiang", "dongnai"]
