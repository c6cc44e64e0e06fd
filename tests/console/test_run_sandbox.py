"""The office as a rehearsal plays it."""

from __future__ import annotations

from datetime import date

from desk.console.run.sandbox import office_of
from tests.offices import the_office

MONDAY, TUESDAY = date(2031, 1, 6), date(2031, 1, 7)


def test_where_the_roster_names_nobody_the_duty_officers_take_turns() -> None:
    played = {duty.on: duty for duty in office_of(the_office(), [MONDAY, TUESDAY]).roster}

    assert played[MONDAY].official != played[TUESDAY].official
    assert all(played[day].stand_in != played[day].official for day in (MONDAY, TUESDAY))


def test_days_that_the_roster_covers_stay_as_they_are() -> None:
    office = the_office()

    assert office_of(office, [duty.on for duty in office.roster]).roster == office.roster


def test_what_is_sure_goes_alone_at_once() -> None:
    assert {policy.auto_route_after for policy in office_of(the_office(), []).policies} == {0}
