from __future__ import annotations

from dataclasses import replace

from desk.rules.lateness import Attribution, AtUnit, Course, Share, Stage, attribution
from tests.dates import OFFICE_HOURS, OFFICIAL, at, day

BOOKS = AtUnit(
    name="Ban Thu",
    unit_due_on=day("Thu 2026-11-26"),
    lettered_at=at("Fri 2026-11-20 09:30"),
    replied_at=at("Thu 2026-11-26 14:00"),
)
ANSWERED = Course(
    received_at=at("Fri 2026-11-20 09:05"),
    due_on=day("Thu 2026-11-26"),
    routed_at=at("Fri 2026-11-20 09:30"),
    units=(BOOKS,),
    proposed_at=at("Thu 2026-11-26 14:05"),
    released_at=at("Thu 2026-11-26 15:00"),
    answered_at=at("Thu 2026-11-26 15:02"),
)


def shares_of(course: Course, as_of: str = "Mon 2026-12-07 09:00") -> dict[str, list[str]]:
    return {
        f"{share.stage.value} {share.unit}".strip(): [f"{on:%a %d}" for on in share.days]
        for share in attributed(course, as_of).shares
    }


def attributed(course: Course, as_of: str = "Mon 2026-12-07 09:00") -> Attribution:
    return attribution(course, OFFICIAL, OFFICE_HOURS, at(as_of))


def test_days_belong_to_whoever_had_the_question_in_the_morning() -> None:
    found = attributed(ANSWERED)

    in_time = Share(
        stage=Stage.UNIT,
        unit="Ban Thu",
        days=(day("Mon 2026-11-23"), day("Wed 2026-11-25"), day("Thu 2026-11-26")),
    )
    assert found == Attribution(shares=(in_time,), late_days=0, late_as_told_days=0, because_of=())


def test_a_late_unit_is_named_with_its_days() -> None:
    late = replace(BOOKS, replied_at=at("Mon 2026-11-30 10:00"))
    course = replace(
        ANSWERED,
        units=(late,),
        proposed_at=at("Mon 2026-11-30 10:05"),
        released_at=at("Tue 2026-12-01 09:00"),
        answered_at=at("Tue 2026-12-01 09:02"),
    )

    found = attributed(course)

    assert (found.late_days, found.because_of) == (3, ("Ban Thu",))
    assert [share.late_days for share in found.shares] == [2, 0]
    assert shares_of(course)["duyệt"] == ["Tue 01"]


def test_days_at_triage_are_the_desks_own_and_no_unit_is_late_for_them() -> None:
    waited = replace(
        BOOKS,
        lettered_at=at("Wed 2026-11-25 16:00"),
        unit_due_on=day("Mon 2026-11-30"),
        replied_at=at("Mon 2026-11-30 14:00"),
    )
    course = replace(
        ANSWERED,
        routed_at=at("Wed 2026-11-25 16:00"),
        units=(waited,),
        proposed_at=at("Mon 2026-11-30 14:05"),
        released_at=at("Mon 2026-11-30 15:00"),
        answered_at=at("Mon 2026-11-30 15:02"),
    )

    found = attributed(course)

    assert (found.late_days, found.because_of) == (2, ())
    assert shares_of(course) == {
        "phân loại": ["Mon 23", "Wed 25"],
        "đơn vị trả lời Ban Thu": ["Thu 26", "Fri 27", "Mon 30"],
    }


def test_waiting_for_a_table_is_no_units_day() -> None:
    tabled = replace(BOOKS, lettered_at=at("Mon 2026-11-23 11:00"))

    assert shares_of(replace(ANSWERED, units=(tabled,)))["chờ gửi đơn vị Ban Thu"] == ["Mon 23"]


def test_a_day_at_two_units_belongs_to_both() -> None:
    other = replace(BOOKS, name="Ban CSXH", replied_at=at("Mon 2026-11-23 15:00"))

    found = shares_of(replace(ANSWERED, units=(BOOKS, other)))

    assert found == {
        "đơn vị trả lời Ban Thu": ["Mon 23", "Wed 25", "Thu 26"],
        "đơn vị trả lời Ban CSXH": ["Mon 23"],
    }


def test_what_is_still_open_has_used_the_days_until_now() -> None:
    course = Course(received_at=at("Fri 2026-11-20 09:05"), due_on=day("Thu 2026-11-26"))

    assert shares_of(course, "Wed 2026-11-25 09:00") == {"phân loại": ["Mon 23", "Wed 25"]}
    assert attributed(course, "Fri 2026-11-27 09:00").late_days == 1


def test_an_answer_may_be_late_by_the_regulation_and_in_time_by_what_the_citizen_was_told() -> None:
    course = Course(
        received_at=at("Fri 2026-11-20 09:05"), due_on=day("Thu 2026-11-26"), agreed_on=day("Mon 2026-11-30")
    )

    at_monday, at_wednesday = attributed(course, "Mon 2026-11-30 09:00"), attributed(course, "Wed 2026-12-02 09:00")

    assert (at_monday.late_days, at_monday.late_as_told_days) == (2, 0)
    assert (at_wednesday.late_days, at_wednesday.late_as_told_days) == (4, 2)
