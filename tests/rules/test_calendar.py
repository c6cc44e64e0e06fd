from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.calendar import HCM, WorkingCalendar, local_date, long_date, weekday_name
from desk.runtime import clock
from tests.dates import EVE_OF_TET, MORNING, OFFICE_HOURS, OFFICIAL, at, calendar_with, day

DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 1))
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 1), timezones=st.just(HCM))  # noqa: DTZ001 - the zone is drawn


@pytest.mark.parametrize(
    ("spelt", "worked", "reason"),
    [
        ("Mon 2026-11-23", True, ""),
        ("Tue 2026-11-24", False, "Ngày Văn hóa Việt Nam"),
        ("Sat 2026-11-28", False, "thứ Bảy"),
        ("Sun 2026-11-29", False, "Chủ nhật"),
        ("Fri 2026-01-02", False, "hoán đổi với thứ Bảy 10/01/2026"),
        ("Sat 2026-01-10", True, "làm bù cho thứ Sáu 02/01/2026"),
        ("Sat 2026-08-22", True, "làm bù cho thứ Hai 31/08/2026"),
        ("Mon 2026-04-27", False, "bù Ngày Giỗ Tổ Hùng Vương"),
        ("Sat 2024-02-10", False, "Tết Nguyên đán"),
        ("Thu 2027-02-04", False, "Tết Nguyên đán"),
    ],
)
def test_a_day_is_worked_or_off_as_the_acts_say_and_names_its_reason(spelt: str, *, worked: bool, reason: str) -> None:
    assert (OFFICIAL.is_working_day(day(spelt)), OFFICIAL.reason(day(spelt))) == (worked, reason)


@pytest.mark.parametrize(("year", "count"), [(2024, 251), (2025, 250), (2026, 249), (2027, 249)])
def test_each_year_has_the_working_days_of_the_civil_service(year: int, count: int) -> None:
    assert OFFICIAL.working_days_between(date(year - 1, 12, 31), date(year, 12, 31)) == count


def test_the_library_alone_is_wrong_on_no_more_than_the_two_days_the_rows_correct() -> None:
    library = WorkingCalendar(())
    days = [date(2024, 1, 1) + timedelta(days=n) for n in range(4 * 365 + 1)]

    differences = {on for on in days if library.is_working_day(on) != OFFICIAL.is_working_day(on)}

    assert differences <= {day("Fri 2026-01-02"), day("Sat 2026-01-10")}


@pytest.mark.parametrize(
    ("spelt", "reason"),
    [
        ("Mon 2028-01-03", "bù Tết Dương lịch"),
        ("Mon 2028-01-24", "Tết Nguyên đán"),
        ("Sat 2028-01-29", "Tết Nguyên đán"),
        ("Tue 2028-05-02", "bù Ngày Chiến thắng"),
    ],
)
def test_a_year_without_official_rows_takes_the_librarys_days_under_printable_names(spelt: str, reason: str) -> None:
    assert not OFFICIAL.is_working_day(day(spelt))
    assert OFFICIAL.reason(day(spelt)) == reason


def test_the_librarys_own_swaps_are_printable_and_its_saturdays_are_worked() -> None:
    library = WorkingCalendar(())

    assert library.reason(day("Mon 2026-08-31")) == "hoán đổi với ngày 22/08/2026"
    assert library.is_working_day(day("Sat 2026-08-22"))
    assert library.reason(day("Sat 2026-08-22")) == "làm bù"


def test_a_year_is_unconfirmed_until_every_day_off_has_its_official_row() -> None:
    assert [year for year in range(2023, 2030) if OFFICIAL.unconfirmed(year)] == [2023, 2028, 2029]
    assert calendar_with(without=["Tue 2026-11-24"]).unconfirmed(2026)
    assert calendar_with(without=["Sat 2026-08-22"]).unconfirmed(2026)


def test_the_holidays_of_this_year_and_from_december_on_of_the_next_are_official() -> None:
    today = clock.now()
    last_year = today.year + (today.month == 12)
    for year in range(today.year, last_year + 1):
        assert not OFFICIAL.unconfirmed(year), (
            f"office/calendar.csv lacks official days of {year}: add a row for each day off and each Saturday worked, "
            "with the act that says so (Thông báo của Bộ Nội vụ, Công văn của Văn phòng Chính phủ)"
        )


def test_working_days_are_counted_without_the_first_day_and_with_the_last() -> None:
    friday, tuesday_off = day("Fri 2026-11-20"), day("Tue 2026-11-24")

    assert OFFICIAL.next_working_day(friday) == day("Mon 2026-11-23")
    assert OFFICIAL.next_working_day(day("Mon 2026-11-23")) == day("Wed 2026-11-25")
    assert OFFICIAL.add_working_days(friday, 3) == day("Thu 2026-11-26")
    assert OFFICIAL.add_working_days(day("Wed 2026-11-25"), -2) == friday
    assert OFFICIAL.add_working_days(tuesday_off, 0) == tuesday_off
    assert OFFICIAL.working_days_between(friday, day("Thu 2026-11-26")) == 3
    assert OFFICIAL.working_days_between(friday, friday) == 0
    assert OFFICIAL.working_days_between(day("Thu 2026-11-26"), friday) == 0


@given(DAYS, st.integers(1, 15))
def test_adding_working_days_and_counting_them_agree(on: date, n: int) -> None:
    later = OFFICIAL.add_working_days(on, n)

    assert OFFICIAL.is_working_day(later)
    assert OFFICIAL.working_days_between(on, later) == n


@pytest.mark.parametrize(
    ("spelt", "opens"),
    [
        ("Mon 2026-11-23 08:00", "Mon 2026-11-23 08:00"),
        ("Mon 2026-11-23 10:15", "Mon 2026-11-23 10:15"),
        ("Mon 2026-11-23 06:00", "Mon 2026-11-23 08:00"),
        ("Mon 2026-11-23 12:00", "Mon 2026-11-23 13:00"),
        ("Mon 2026-11-23 17:00", "Wed 2026-11-25 08:00"),
        ("Sat 2026-02-14 09:00", "Mon 2026-02-23 08:00"),
        ("Sat 2026-08-22 09:00", "Sat 2026-08-22 09:00"),
    ],
)
def test_a_closed_office_opens_at_the_next_block_of_a_working_day(spelt: str, opens: str) -> None:
    moment = at(spelt)

    assert OFFICIAL.next_opening(moment, OFFICE_HOURS) == at(opens)
    assert OFFICIAL.is_working_time(moment, OFFICE_HOURS) == (spelt == opens)


def test_a_half_day_counts_for_limits_and_is_closed_for_the_rest_of_it() -> None:
    calendar = calendar_with(EVE_OF_TET)
    noon = at("Fri 2026-02-13 11:30")

    assert calendar.is_working_day(noon.date())
    assert calendar.hours(noon.date(), OFFICE_HOURS) == MORNING
    assert calendar.is_working_time(at("Fri 2026-02-13 11:29"), OFFICE_HOURS)
    assert not calendar.is_working_time(noon, OFFICE_HOURS)
    assert calendar.next_opening(noon, OFFICE_HOURS) == at("Mon 2026-02-23 08:00")
    assert calendar.hours(day("Sat 2026-02-14"), OFFICE_HOURS) == ()


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("Mon 2026-11-23 09:00", "Mon 2026-11-23 11:00", 2),
        ("Mon 2026-11-23 11:00", "Mon 2026-11-23 14:00", 2),
        ("Mon 2026-11-23 16:00", "Wed 2026-11-25 09:00", 2),
        ("Sat 2026-11-28 09:00", "Sun 2026-11-29 20:00", 0),
        ("Mon 2026-11-23 11:00", "Mon 2026-11-23 09:00", 0),
    ],
)
def test_waiting_is_measured_in_hours_the_office_was_open(start: str, end: str, hours: int) -> None:
    assert OFFICIAL.working_hours_between(at(start), at(end), OFFICE_HOURS) == timedelta(hours=hours)


@given(MOMENTS)
def test_no_working_time_passes_before_the_next_opening(moment: datetime) -> None:
    opening = OFFICIAL.next_opening(moment, OFFICE_HOURS)

    assert OFFICIAL.is_working_time(opening, OFFICE_HOURS)
    assert OFFICIAL.working_hours_between(moment, opening, OFFICE_HOURS) == timedelta()


def test_an_evening_in_utc_is_the_next_morning_at_the_desk() -> None:
    moment = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)

    assert local_date(moment) == day("Mon 2026-11-23")
    assert OFFICIAL.next_opening(moment, OFFICE_HOURS) == at("Mon 2026-11-23 08:00")


def test_a_moment_without_time_zone_is_refused_with_the_remedy() -> None:
    naive = datetime(2026, 11, 22, 9)  # noqa: DTZ001 - that is the point
    with pytest.raises(ValueError, match="replace\\(tzinfo=HCM\\)"):
        OFFICIAL.is_working_time(naive, OFFICE_HOURS)


def test_a_moment_is_never_taken_for_a_day() -> None:
    with pytest.raises(TypeError, match="local_date"):
        OFFICIAL.is_working_day(at("Tue 2026-11-24 09:00"))


def test_an_office_without_hours_is_refused_instead_of_waited_for() -> None:
    with pytest.raises(ValueError, match="hours"):
        OFFICIAL.next_opening(at("Mon 2026-11-23 09:00"), ())


def test_dates_are_told_with_their_weekday() -> None:
    week = [weekday_name(day("Mon 2026-11-23") + timedelta(days=n)) for n in range(7)]

    assert week == ["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"]
    assert long_date(day("Thu 2026-11-26")) == "thứ Năm, 26/11/2026"
