from __future__ import annotations

from dataclasses import replace
from datetime import date

from desk.runtime.office_notices import find_notices
from tests.offices import TODAY, the_office


def test_units_that_get_no_letter_are_noticed_before_anything_starts() -> None:
    notices = [str(notice) for notice in find_notices(the_office(), TODAY)]

    assert len(notices) == 1
    assert notices[0].startswith("office/units.yaml: lưu ý: B_KTRA: tên đơn vị chưa được xác minh")


def test_a_roster_that_runs_out_is_noticed_three_working_days_before() -> None:
    # the last duty is on Friday 2027-01-29
    def says(on: date) -> bool:
        return any("29/01/2027" in notice.what for notice in find_notices(the_office(), on))

    assert not says(date(2027, 1, 26))
    assert says(date(2027, 1, 27))


def test_a_year_without_its_official_calendar_is_noticed_three_months_ahead() -> None:
    def says(on: date) -> bool:
        return any("lịch nghỉ năm 2028" in notice.what for notice in find_notices(the_office(), on))

    assert not says(date(2027, 9, 1))
    assert says(date(2027, 11, 1))


def test_addresses_that_are_missing_are_noticed() -> None:
    office = the_office()
    units = tuple(replace(unit, emails=()) if unit.code == "B_CNTT" else unit for unit in office.units)
    places = tuple(replace(each, emails=()) if each.code == "HA_NOI" else each for each in office.provincial_units)

    says = [notice.what for notice in find_notices(replace(office, units=units, provincial_units=places), TODAY)]

    assert any(what.startswith("B_CNTT: chưa có địa chỉ nhận thư") for what in says)
    assert any(what.startswith("HA_NOI: chưa có địa chỉ nhận thư") for what in says)


def test_an_empty_roster_is_noticed() -> None:
    notices = [str(notice) for notice in find_notices(replace(the_office(), roster=()), TODAY)]

    assert any("lịch trực đang trống" in notice for notice in notices)
