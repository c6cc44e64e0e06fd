from __future__ import annotations

from bisect import bisect_right
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from desk.rules.calendar import HCM
from desk.rules.deadlines import DueDate, promised_date, unit_due_date
from desk.rules.office import CalendarDay, DayKind, Policy
from desk.rules.redating import closing_times, redated
from tests.dates import EVE_OF_TET, OFFICIAL, POLICY_A, POLICY_B, at, calendar_with, day

DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
STORM = CalendarDay(day=day("Wed 2026-11-25"), kind=DayKind.OFF, reason="phòng, chống bão", source="Công điện")
SATURDAY_WORKED = CalendarDay(
    day=day("Sat 2026-11-28"), kind=DayKind.WORK, reason="làm bù cho thứ Hai 23/11/2026", source="Công văn"
)


def test_a_new_day_off_moves_the_promise_later() -> None:
    by_rule = promised_date(at("Fri 2026-11-20 09:00"), 1, calendar_with(STORM, version=2), POLICY_A)

    kept = redated(day("Thu 2026-11-26"), by_rule)

    assert (kept.on, kept.due_by_rule_on, kept.moved) == (day("Fri 2026-11-27"), day("Fri 2026-11-27"), True)
    assert "25/11 nghỉ phòng, chống bão" in kept.because
    assert kept.calendar_version == 2


def test_a_new_working_saturday_never_brings_forward_what_was_told_but_the_stricter_day_is_shown() -> None:
    by_rule = promised_date(at("Mon 2026-11-23 09:00"), 2, calendar_with(SATURDAY_WORKED), POLICY_A)

    kept = redated(day("Mon 2026-11-30"), by_rule)

    assert (kept.on, kept.due_by_rule_on, kept.moved) == (day("Mon 2026-11-30"), day("Sat 2026-11-28"), False)
    assert kept.because.endswith(
        "hạn: hết thứ Bảy 28/11/2026 (4 ngày làm việc, 02 đơn vị). Giữ nguyên ngày đã thông báo: thứ Hai 30/11/2026."
    )


def test_a_change_elsewhere_in_the_year_moves_nothing_and_still_counts_as_looked_at() -> None:
    told, by_rule = (
        promised_date(at("Mon 2026-03-02 09:00"), 1, calendar, POLICY_A)
        for calendar in (OFFICIAL, calendar_with(STORM, version=2))
    )

    kept = redated(told.on, by_rule)

    assert (kept.on, kept.moved, kept.because, kept.calendar_version) == (told.on, False, told.because, 2)


def test_a_units_own_date_moves_by_the_same_rule_from_its_letter() -> None:
    lettered_on = day("Fri 2026-11-20")
    told = unit_due_date(lettered_on, 1, OFFICIAL, POLICY_A)

    kept = redated(told.on, unit_due_date(lettered_on, 1, calendar_with(STORM), POLICY_A))

    assert (kept.on, kept.moved) == (day("Fri 2026-11-27"), True)


@given(told_on=DAYS, by_rule_on=DAYS)
def test_the_kept_date_is_the_later_of_the_told_and_the_ruled(told_on: date, by_rule_on: date) -> None:
    kept = redated(told_on, DueDate(on=by_rule_on, days=3, because="…", calendar_version=1))

    assert kept.on == max(told_on, by_rule_on)
    assert kept.moved == (kept.on != told_on)
    assert kept.due_by_rule_on == by_rule_on


def test_questions_of_one_day_and_limit_share_one_computation_however_many_there_are() -> None:
    calendar = calendar_with(STORM)
    first = at("Mon 2026-09-28 00:00")
    moments = [first + timedelta(minutes=n) for n in range(60 * 24 * 60)]

    dates = [promised_date(moment, 1 + number % 3, calendar, POLICY_A) for number, moment in enumerate(moments)]

    assert len({id(due) for due in dates}) == 60 * 3


@pytest.mark.parametrize("policy", [POLICY_A, POLICY_B])
@given(on=st.dates(date(2026, 2, 1), date(2026, 3, 31)), first=st.times(), second=st.times())
def test_two_receipts_of_a_day_have_one_date_unless_the_office_closed_between_them(
    policy: Policy, on: date, first: time, second: time
) -> None:
    closings = closing_times([policy], [EVE_OF_TET])
    assume(bisect_right(closings, first) == bisect_right(closings, second))
    calendar = calendar_with(EVE_OF_TET)

    dates = {promised_date(datetime.combine(on, clock, HCM), 1, calendar, policy) for clock in (first, second)}

    assert len(dates) == 1


def test_the_office_closes_at_the_end_of_each_block_of_any_day() -> None:
    assert closing_times([POLICY_A, POLICY_B], [EVE_OF_TET, STORM]) == [time(11, 30), time(12), time(17)]
