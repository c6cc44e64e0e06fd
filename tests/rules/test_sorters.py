from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from desk.rules.calendar import WorkingCalendar
from desk.rules.duty import duty_ladder
from desk.rules.office import Duty, Session
from desk.rules.sorters import Asking, Now, Sorter, Why, askings
from tests.dates import at, day
from tests.offices import the_office

MONDAY, WEDNESDAY = "Mon 2026-11-23", "Wed 2026-11-25"
OFFICE = replace(
    the_office(),
    roster=(
        Duty(on=day(MONDAY), session=Session.MORNING, official="HA", stand_in="MINH"),
        Duty(on=day(MONDAY), session=Session.AFTERNOON, official="LAN", stand_in="TUAN"),
        # Tuesday the 24th is a holiday
        Duty(on=day(WEDNESDAY), session=Session.ALL_DAY, official="YEN", stand_in="HA"),
    ),
)
CALENDAR = WorkingCalendar(OFFICE.days)


def now(moment: str, *, at_slot: bool = False) -> Now:
    as_of = at(moment)
    policy = OFFICE.policy(as_of.date())

    def open_since(since: datetime) -> timedelta:
        return CALENDAR.working_hours_between(since, as_of, policy.hours)

    is_open = CALENDAR.is_working_time(as_of, policy.hours)
    return Now(
        ladder=duty_ladder(OFFICE, as_of), policy=policy, is_open=is_open, at_slot=at_slot, open_since=open_since
    )


def asked(official_code: str, moment: str, *, told: str = "", letters: int = 1) -> Sorter:
    return Sorter(official_code=official_code, asked_at=at(moment), told_at=at(told or moment), letters=letters)


def told(found: list[Asking]) -> list[tuple[str, Why, int]]:
    return [(asking.to.code, asking.why, asking.letter) for asking in found]


@pytest.mark.parametrize(
    ("sorters", "moment", "at_slot", "expected"),
    [
        ([], "08:20", False, []),
        ([], "08:20", True, [("HA", Why.NEW, 1)]),
        # two hours have not passed, and no slot begins
        ([asked("HA", f"{MONDAY} 08:15")], "10:10", False, []),
        ([asked("HA", f"{MONDAY} 08:15")], "10:15", False, [("MINH", Why.SILENCE, 1)]),
        ([asked("HA", f"{MONDAY} 08:45")], "10:30", True, [("HA", Why.REMINDED, 2)]),
        # a quarter of an hour after he was asked nobody is reminded
        ([asked("HA", f"{MONDAY} 08:15"), asked("MINH", f"{MONDAY} 10:15")], "10:30", True, []),
        # the hours run on over the change at noon: whoever is on duty then stands in for who went
        ([asked("HA", f"{MONDAY} 10:30")], "13:29", False, []),
        ([asked("HA", f"{MONDAY} 10:30")], "13:30", False, [("LAN", Why.SILENCE, 1)]),
        # what was asked late in the morning is handed over at the next slot
        ([asked("HA", f"{MONDAY} 11:30")], "13:20", False, []),
        ([asked("HA", f"{MONDAY} 11:30")], "13:45", True, [("LAN", Why.HANDED_OVER, 1)]),
        (
            [asked("HA", f"{MONDAY} 08:15"), asked("MINH", f"{MONDAY} 10:15")],
            "13:15",
            False,
            [("THAO", Why.SILENCE, 1)],
        ),
        # with the Secretary it stays, reminded at slots and no more often; who comes on duty gets it beside
        (
            [asked("HA", f"{MONDAY} 08:15"), asked("THAO", f"{MONDAY} 13:15")],
            "14:30",
            False,
            [],
        ),
        (
            [asked("HA", f"{MONDAY} 08:15"), asked("THAO", f"{MONDAY} 13:15")],
            "15:30",
            True,
            [("LAN", Why.HANDED_OVER, 1), ("THAO", Why.REMINDED, 2)],
        ),
        # at lunch nobody is written to, though the hours are over
        ([asked("HA", f"{MONDAY} 08:15")], "12:30", True, []),
    ],
)
def test_a_question_is_asked_about_at_slots_and_passed_on_when_the_hours_are_over(
    sorters: list[Sorter], moment: str, *, at_slot: bool, expected: list[tuple[str, Why, int]]
) -> None:
    found = list(askings(sorters, now(f"{MONDAY} {moment}", at_slot=at_slot), is_narrow=False))

    assert told(found) == expected


NARROW = [asked("HA", f"{MONDAY} 08:20"), asked("THAO", f"{MONDAY} 08:20")]


@pytest.mark.parametrize(
    ("sorters", "moment", "at_slot", "expected"),
    [
        # at once, at any hour
        ([], "06:00", False, [("HA", Why.NEW, 1), ("THAO", Why.NEW, 1)]),
        ([], "12:30", False, [("LAN", Why.NEW, 1), ("THAO", Why.NEW, 1)]),
        (NARROW, "10:15", False, []),
        # no stand-in: the Secretary, who knew of it, is to decide
        (NARROW, "10:20", False, [("THAO", Why.SILENCE, 2)]),
        (
            [NARROW[0], asked("THAO", f"{MONDAY} 08:20", told=f"{MONDAY} 10:20", letters=2)],
            "11:30",
            False,
            [],
        ),
        # in the afternoon another officer is in charge
        (
            [NARROW[0], asked("THAO", f"{MONDAY} 08:20", told=f"{MONDAY} 10:20", letters=2)],
            "13:45",
            True,
            [("LAN", Why.HANDED_OVER, 1), ("THAO", Why.REMINDED, 3)],
        ),
        (
            [asked("LAN", f"{MONDAY} 14:00"), asked("THAO", f"{MONDAY} 14:00")],
            "15:30",
            True,
            [("LAN", Why.REMINDED, 2)],
        ),
    ],
)
def test_what_is_narrow_is_known_to_the_officer_in_charge_and_the_secretary_alone(
    sorters: list[Sorter], moment: str, *, at_slot: bool, expected: list[tuple[str, Why, int]]
) -> None:
    found = list(askings(sorters, now(f"{MONDAY} {moment}", at_slot=at_slot), is_narrow=True))

    assert told(found) == expected


def test_who_comes_on_duty_the_next_day_has_hours_of_his_own_before_the_stand_in_is_asked() -> None:
    thursday = [asked("LAN", f"{MONDAY} 15:30")]
    (handed_over,) = askings(thursday, now(f"{WEDNESDAY} 08:15", at_slot=True), is_narrow=False)
    assert (handed_over.to.code, handed_over.why, handed_over.before) == ("YEN", Why.HANDED_OVER, "LAN")

    asked_since = [*thursday, asked("YEN", f"{WEDNESDAY} 08:15")]
    assert not list(askings(asked_since, now(f"{WEDNESDAY} 10:10"), is_narrow=False))
    assert told(list(askings(asked_since, now(f"{WEDNESDAY} 10:15"), is_narrow=False))) == [("HA", Why.SILENCE, 1)]
    # four hours of the office since it was first asked: not put off by the change
    assert told(list(askings(asked_since, now(f"{WEDNESDAY} 10:30"), is_narrow=False))) == [("THAO", Why.SILENCE, 1)]


def test_without_a_roster_the_secretary_is_asked_and_reminded() -> None:
    friday = "Fri 2026-11-27"
    assert told(list(askings([], now(f"{friday} 08:15", at_slot=True), is_narrow=False))) == [("THAO", Why.NEW, 1)]

    alone = [asked("THAO", f"{friday} 08:15")]
    assert not list(askings(alone, now(f"{friday} 15:00"), is_narrow=False))
    assert told(list(askings(alone, now(f"{friday} 15:30", at_slot=True), is_narrow=True))) == [
        ("THAO", Why.REMINDED, 2)
    ]
