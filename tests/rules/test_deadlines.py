from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.calendar import HCM, local_date
from desk.rules.deadlines import (
    date_in_letter,
    duty_due_date,
    promised_date,
    reply_days,
    time_left_is_short,
    unit_due_date,
)
from desk.rules.office import CalendarDay, DayKind, Policy
from tests.dates import EVE_OF_TET, OFFICIAL, POLICY_A, POLICY_B, at, calendar_with, day, official_days

POLICIES = st.sampled_from([POLICY_A, POLICY_B])
UNITS = st.integers(1, 6)
RECEIPTS = st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 1), timezones=st.just(HCM))  # noqa: DTZ001 - the zone is drawn


@pytest.mark.parametrize(("units", "days"), [(1, 3), (2, 4), (3, 5), (4, 5), (34, 5)])
def test_the_limit_grows_with_the_units_asked_up_to_five_days(units: int, days: int) -> None:
    assert reply_days(units, POLICY_A) == days


@pytest.mark.parametrize("units", [0, -1])
def test_no_limit_exists_without_a_unit(units: int) -> None:
    with pytest.raises(ValueError, match="number of units"):
        reply_days(units, POLICY_A)


@pytest.mark.parametrize(
    ("received", "one", "two", "three"),
    [
        ("Fri 2026-11-20", "Thu 2026-11-26", "Fri 2026-11-27", "Mon 2026-11-30"),
        ("Sun 2026-11-22", "Thu 2026-11-26", "Fri 2026-11-27", "Mon 2026-11-30"),
        ("Mon 2026-11-23", "Fri 2026-11-27", "Mon 2026-11-30", "Tue 2026-12-01"),
        ("Wed 2025-12-31", "Wed 2026-01-07", "Thu 2026-01-08", "Fri 2026-01-09"),
        ("Thu 2026-01-08", "Mon 2026-01-12", "Tue 2026-01-13", "Wed 2026-01-14"),
        ("Thu 2026-02-12", "Tue 2026-02-24", "Wed 2026-02-25", "Thu 2026-02-26"),
        ("Thu 2026-08-20", "Mon 2026-08-24", "Tue 2026-08-25", "Wed 2026-08-26"),
        ("Fri 2026-08-28", "Mon 2026-09-07", "Tue 2026-09-08", "Wed 2026-09-09"),
        ("Fri 2024-04-26", "Sat 2024-05-04", "Mon 2024-05-06", "Tue 2024-05-07"),
        ("Thu 2025-04-24", "Mon 2025-04-28", "Tue 2025-04-29", "Mon 2025-05-05"),
        ("Wed 2027-02-03", "Mon 2027-02-15", "Tue 2027-02-16", "Wed 2027-02-17"),
        ("Thu 2027-04-29", "Thu 2027-05-06", "Fri 2027-05-07", "Mon 2027-05-10"),
    ],
)
def test_the_citizen_is_promised_the_third_fourth_or_fifth_working_day(
    received: str, one: str, two: str, three: str
) -> None:
    due = [promised_date(at(f"{received} 09:00"), units, OFFICIAL, POLICY_A).on for units in (1, 2, 3, 4)]

    assert due == [day(one), day(two), day(three), day(three)]


@pytest.mark.parametrize(
    ("received", "by_the_code", "from_opening"),
    [
        ("Sat 2026-11-21 09:00", "Thu 2026-11-26", "Fri 2026-11-27"),
        ("Fri 2026-11-20 18:00", "Thu 2026-11-26", "Fri 2026-11-27"),
        ("Fri 2026-11-20 17:00", "Thu 2026-11-26", "Fri 2026-11-27"),
        ("Fri 2026-11-20 16:59", "Thu 2026-11-26", "Thu 2026-11-26"),
        ("Fri 2026-11-20 12:30", "Thu 2026-11-26", "Thu 2026-11-26"),
        ("Mon 2026-11-23 06:00", "Fri 2026-11-27", "Fri 2026-11-27"),
        ("Tue 2026-11-24 10:00", "Fri 2026-11-27", "Mon 2026-11-30"),
        ("Sat 2026-08-22 10:00", "Wed 2026-08-26", "Wed 2026-08-26"),
    ],
)
def test_a_question_after_hours_counts_from_its_day_or_from_the_next_opening_as_policy_says(
    received: str, by_the_code: str, from_opening: str
) -> None:
    due = [promised_date(at(received), 1, OFFICIAL, policy).on for policy in (POLICY_A, POLICY_B)]

    assert due == [day(by_the_code), day(from_opening)]


@pytest.mark.parametrize("clock", ["00:00", "07:59", "08:00", "12:30", "16:59", "17:00", "23:59"])
@pytest.mark.parametrize("policy", [POLICY_A, POLICY_B])
def test_every_day_of_four_years_agrees_with_counting_on_the_fingers(policy: Policy, clock: str) -> None:
    off = {row.day for row in official_days() if row.kind is DayKind.OFF}
    worked = {row.day for row in official_days() if row.kind is DayKind.WORK}

    def is_worked(on: date) -> bool:
        return on in worked or (on.weekday() < 5 and on not in off)

    def counted(start: date, days: int) -> date:
        while days > 0:
            start += timedelta(days=1)
            if is_worked(start):
                days -= 1
        return start

    received_on = day("Mon 2024-01-01")
    while received_on < day("Fri 2027-12-24"):  # its dates stay within the official rows
        start = received_on
        if policy.counting == "B" and not (is_worked(start) and clock < "17:00"):
            start = counted(start, 1)
        for units, days in enumerate((3, 4, 5, 5, 5), start=1):
            received_at = at(f"{received_on:%a %Y-%m-%d} {clock}")
            assert promised_date(received_at, units, OFFICIAL, policy).on == counted(start, days), received_at
        received_on += timedelta(days=1)


@given(RECEIPTS, RECEIPTS, UNITS, POLICIES)
def test_who_writes_later_is_never_promised_an_earlier_day(
    one: datetime, other: datetime, units: int, policy: Policy
) -> None:
    earlier, later = sorted([one, other])

    assert promised_date(earlier, units, OFFICIAL, policy).on <= promised_date(later, units, OFFICIAL, policy).on


@given(RECEIPTS, UNITS, POLICIES)
def test_a_promise_is_a_working_day_after_the_receipt_and_one_more_unit_never_shortens_it(
    received_at: datetime, units: int, policy: Policy
) -> None:
    due = promised_date(received_at, units, OFFICIAL, policy)

    assert due.on > local_date(received_at)
    assert OFFICIAL.is_working_day(due.on)
    assert due.on <= promised_date(received_at, units + 1, OFFICIAL, policy).on
    assert due.on <= promised_date(received_at, units, OFFICIAL, POLICY_B).on


@given(RECEIPTS, UNITS, POLICIES, st.integers(0, 20))
def test_one_more_day_off_never_brings_a_promise_forward(
    received_at: datetime, units: int, policy: Policy, after: int
) -> None:
    off = CalendarDay(
        day=local_date(received_at) + timedelta(days=after), kind=DayKind.OFF, reason="bão", source="Công điện"
    )

    before = promised_date(received_at, units, OFFICIAL, policy).on

    assert promised_date(received_at, units, calendar_with(off), policy).on >= before


def test_under_the_opening_rule_a_question_in_the_free_afternoon_of_a_half_day_is_received_after_the_holiday() -> None:
    due = promised_date(at("Fri 2026-02-13 14:00"), 1, calendar_with(EVE_OF_TET), POLICY_B)

    assert due.on == day("Thu 2026-02-26")


def test_a_unit_is_dated_from_its_letter_and_not_from_the_receipt() -> None:
    due = unit_due_date(day("Wed 2026-11-25"), 2, OFFICIAL, POLICY_A)

    assert due.on == day("Tue 2026-12-01")
    assert due.because == (
        "Chuyển đơn vị thứ Tư 25/11/2026; ngày 1: thứ Năm 26/11; ngày 2: thứ Sáu 27/11; 28-29/11 nghỉ cuối tuần; "
        "ngày 3: thứ Hai 30/11; ngày 4: thứ Ba 01/12; hạn: hết thứ Ba 01/12/2026 (4 ngày làm việc, 02 đơn vị)."
    )


def test_a_letter_of_the_day_of_receipt_makes_both_dates_one() -> None:
    received_at = at("Mon 2026-11-23 09:00")

    promised_on = promised_date(received_at, 1, OFFICIAL, POLICY_A).on

    assert unit_due_date(received_at.date(), 1, OFFICIAL, POLICY_A).on == promised_on


@pytest.mark.parametrize(
    ("promised", "unit_due", "shown"),
    [
        ("Thu 2026-11-26", "Mon 2026-11-30", "Thu 2026-11-26"),
        ("Mon 2026-11-30", "Thu 2026-11-26", "Thu 2026-11-26"),
        ("Mon 2026-11-23", "Mon 2026-11-30", "Wed 2026-11-25"),
        ("Thu 2026-11-19", "Mon 2026-11-30", "Wed 2026-11-25"),
    ],
)
def test_a_letter_of_monday_shows_the_earlier_date_but_gives_at_least_the_next_working_day(
    promised: str, unit_due: str, shown: str
) -> None:
    assert date_in_letter(day(promised), day(unit_due), day("Mon 2026-11-23"), OFFICIAL) == day(shown)


@pytest.mark.parametrize(
    ("due", "short"), [("Wed 2026-11-25", True), ("Thu 2026-11-26", False), ("Fri 2026-11-20", True)]
)
def test_a_letter_asks_for_priority_when_fewer_than_two_working_days_remain(due: str, *, short: bool) -> None:
    assert time_left_is_short(day("Mon 2026-11-23"), day(due), OFFICIAL) is short


def test_the_duty_officer_answers_by_the_end_of_the_next_working_day() -> None:
    due = duty_due_date(at("Mon 2026-11-23 09:00"), OFFICIAL, POLICY_A)

    assert (due.on, due.days) == (day("Wed 2026-11-25"), 1)
    assert due.because == (
        "Nhận thứ Hai 23/11/2026; 24/11 nghỉ Ngày Văn hóa Việt Nam; ngày 1: thứ Tư 25/11; "
        "hạn: hết thứ Tư 25/11/2026 (1 ngày làm việc, cán bộ trực trả lời)."
    )


def test_an_unknown_way_of_counting_is_refused() -> None:
    with pytest.raises(ValueError, match="'C'"):
        promised_date(at("Mon 2026-11-23 09:00"), 1, OFFICIAL, replace(POLICY_A, counting="C"))


def test_a_moment_without_time_zone_is_never_dated() -> None:
    naive = datetime(2026, 11, 22, 9)  # noqa: DTZ001 - that is the point
    with pytest.raises(ValueError, match="no time zone"):
        promised_date(naive, 1, OFFICIAL, POLICY_A)
