from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desk.rules.duty import duty_ladder, duty_officer
from desk.rules.office import Duty, NotInForceError, Role, Session
from tests.dates import at, day
from tests.offices import the_office

MONDAY = "Mon 2026-11-23"
OFFICE = replace(
    the_office(),
    roster=(
        Duty(on=day(MONDAY), session=Session.MORNING, official="HA", stand_in="MINH"),
        Duty(on=day(MONDAY), session=Session.AFTERNOON, official="MINH", stand_in="LAN"),
        Duty(on=day("Wed 2026-11-25"), session=Session.ALL_DAY, official="LAN", stand_in="TUAN"),
    ),
)


@pytest.mark.parametrize(
    ("moment", "code"),
    [
        ("Mon 2026-11-23 08:00", "HA"),
        ("Mon 2026-11-23 11:59", "HA"),
        ("Mon 2026-11-23 12:30", "MINH"),
        ("Mon 2026-11-23 16:59", "MINH"),
        ("Wed 2026-11-25 09:00", "LAN"),
        ("Wed 2026-11-25 15:00", "LAN"),
    ],
)
def test_each_session_has_its_officer(moment: str, code: str) -> None:
    assert duty_officer(OFFICE, at(moment)).code == code


@pytest.mark.parametrize(
    ("moment", "code"),
    [
        ("Sun 2026-11-22 09:00", "HA"),
        ("Mon 2026-11-23 06:00", "HA"),
        # Tuesday the 24th is a holiday
        ("Mon 2026-11-23 17:00", "LAN"),
        ("Tue 2026-11-24 10:00", "LAN"),
    ],
)
def test_outside_office_hours_it_is_the_officer_of_the_next_session(moment: str, code: str) -> None:
    assert duty_officer(OFFICE, at(moment)).code == code


def test_after_the_officer_come_the_stand_in_and_the_secretary() -> None:
    assert [official.code for official in duty_ladder(OFFICE, at("Mon 2026-11-23 09:00"))] == ["HA", "MINH", "THAO"]


def test_a_day_without_a_roster_falls_to_the_secretary() -> None:
    officer = duty_officer(OFFICE, at("Thu 2026-11-26 09:00"))

    assert Role.SECRETARY in officer.roles


def test_who_has_left_is_passed_over() -> None:
    officials = tuple(
        replace(official, valid_to=date(2026, 11, 20)) if official.code == "HA" else official
        for official in OFFICE.officials
    )

    assert duty_officer(replace(OFFICE, officials=officials), at("Mon 2026-11-23 09:00")).code == "MINH"


def test_an_office_without_a_secretary_says_so_when_nobody_is_on_duty() -> None:
    with pytest.raises(NotInForceError, match="secretary"):
        duty_officer(replace(OFFICE, officials=()), at("Mon 2026-11-23 09:00"))


def test_the_roster_of_the_files_covers_every_session_of_its_days() -> None:
    office = the_office()
    for duty in office.roster:
        hour = "13:00" if duty.session is Session.AFTERNOON else "08:00"
        assert duty_officer(office, at(f"{duty.on:%a %Y-%m-%d} {hour}")).code == duty.official
