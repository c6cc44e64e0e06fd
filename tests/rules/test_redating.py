from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desk.rules.deadlines import DueDate, promised_date, unit_due_date
from desk.rules.office import CalendarDay, DayKind, Policy
from desk.rules.redating import redated, redated_assignments, redated_promises
from tests.dates import OFFICIAL, POLICY_A, POLICY_B, at, calendar_with, day

DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
STORM = CalendarDay(day=day("Wed 2026-11-25"), kind=DayKind.OFF, reason="phòng, chống bão", source="Công điện")
SATURDAY_WORKED = CalendarDay(
    day=day("Sat 2026-11-28"), kind=DayKind.WORK, reason="làm bù cho thứ Hai 23/11/2026", source="Công văn"
)


def policy_a(_: date) -> Policy:
    return POLICY_A


def test_a_new_day_off_moves_the_promise_later() -> None:
    calendar = calendar_with(STORM, version=2)

    (kept,) = redated_promises([(at("Fri 2026-11-20 09:00"), 1, day("Thu 2026-11-26"))], calendar, policy_a)

    assert (kept.on, kept.due_by_rule_on, kept.moved) == (day("Fri 2026-11-27"), day("Fri 2026-11-27"), True)
    assert "25/11 nghỉ phòng, chống bão" in kept.because
    assert kept.calendar_version == 2


def test_a_new_working_saturday_never_brings_forward_what_was_told_but_the_stricter_day_is_shown() -> None:
    calendar = calendar_with(SATURDAY_WORKED, version=2)

    (kept,) = redated_promises([(at("Mon 2026-11-23 09:00"), 2, day("Mon 2026-11-30"))], calendar, policy_a)

    assert (kept.on, kept.due_by_rule_on, kept.moved) == (day("Mon 2026-11-30"), day("Sat 2026-11-28"), False)
    assert kept.because.endswith(
        "hạn: hết thứ Bảy 28/11/2026 (4 ngày làm việc, 02 đơn vị). Giữ nguyên ngày đã thông báo: thứ Hai 30/11/2026."
    )


def test_a_change_elsewhere_in_the_year_moves_nothing_and_still_counts_as_looked_at() -> None:
    calendar = calendar_with(STORM, version=2)
    told = promised_date(at("Mon 2026-03-02 09:00"), 1, OFFICIAL, POLICY_A)

    (kept,) = redated_promises([(at("Mon 2026-03-02 09:00"), 1, told.on)], calendar, policy_a)

    assert (kept.on, kept.moved, kept.because, kept.calendar_version) == (told.on, False, told.because, 2)


def test_a_units_own_date_moves_by_the_same_rule_from_its_letter() -> None:
    told = unit_due_date(day("Fri 2026-11-20"), 1, OFFICIAL, POLICY_A)

    (kept,) = redated_assignments([(day("Fri 2026-11-20"), 1, told.on)], calendar_with(STORM, version=2), policy_a)

    assert (kept.on, kept.moved) == (day("Fri 2026-11-27"), True)


def test_each_question_is_counted_by_the_policy_of_its_day_of_receipt() -> None:
    def policy_on(on: date) -> Policy:
        return POLICY_B if on >= day("Sun 2026-11-22") else POLICY_A

    told = [(at(f"{received} 09:00"), 1, day("Thu 2026-11-26")) for received in ("Sat 2026-11-21", "Sun 2026-11-22")]

    kept = redated_promises(told, OFFICIAL, policy_on)

    assert [question.on for question in kept] == [day("Thu 2026-11-26"), day("Fri 2026-11-27")]


@given(told_on=DAYS, by_rule_on=DAYS)
def test_the_kept_date_is_the_later_of_the_told_and_the_ruled(told_on: date, by_rule_on: date) -> None:
    kept = redated(told_on, DueDate(on=by_rule_on, days=3, because="…", calendar_version=1))

    assert kept.on == max(told_on, by_rule_on)
    assert kept.moved == (kept.on != told_on)
    assert kept.due_by_rule_on == by_rule_on


def test_sixty_days_of_open_questions_need_one_result_a_day_and_limit() -> None:
    first = at("Mon 2026-09-28 00:00")
    told = [(first + timedelta(minutes=n), 1 + n % 3, day("Mon 2026-11-30")) for n in range(60 * 24 * 60)]

    kept = redated_promises(told, calendar_with(STORM), policy_a)

    assert len(kept) == len(told) == 86_400
    assert len({id(result) for result in kept}) == 60 * 3


def test_dates_come_back_in_the_order_of_the_questions() -> None:
    told = [(at("Fri 2026-11-20 09:00"), units, day("Thu 2026-11-26")) for units in (3, 1, 2)]

    assert [kept.on for kept in redated_promises(told, OFFICIAL, policy_a)] == [
        day("Mon 2026-11-30"),
        day("Thu 2026-11-26"),
        day("Fri 2026-11-27"),
    ]
