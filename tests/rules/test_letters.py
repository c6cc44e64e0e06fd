"""What a letter is before rendering: whom it goes to, in which order, and that it is queued once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from desk.rules import letters
from desk.rules.outgoing import CitizenMessage
from desk.rules.states import QuestionState
from docs.letters.given import ASKED, ASKING, HEAD, SHARED, UNIT
from tests.dates import OFFICIAL, POLICY_A, at, day


def acknowledged(as_of: str) -> CitizenMessage:
    return letters.acknowledgement(ASKING, as_of=at(as_of), calendar=OFFICIAL, policy=POLICY_A)


@pytest.mark.parametrize(
    ("as_of", "opens", "holiday"),
    [
        ("Fri 2026-11-20 18:00", "08 giờ 00 ngày thứ Hai, 23/11/2026", ""),
        ("Sun 2026-11-22 09:00", "08 giờ 00 ngày thứ Hai, 23/11/2026", ""),
        ("Mon 2026-11-23 12:30", "13 giờ 00 ngày thứ Hai, 23/11/2026", ""),
        ("Mon 2026-11-23 17:00", "08 giờ 00 ngày thứ Tư, 25/11/2026", ""),
        ("Tue 2026-11-24 10:00", "08 giờ 00 ngày thứ Tư, 25/11/2026", OFFICIAL.reason(day("Tue 2026-11-24"))),
    ],
)
def test_outside_office_hours_a_citizen_is_told_when_the_desk_opens(as_of: str, opens: str, holiday: str) -> None:
    context = acknowledged(as_of).context

    assert (context["is_closed"], context["opens"], context["holiday"]) == (True, opens, holiday)


@pytest.mark.parametrize("as_of", ["Mon 2026-11-23 08:00", "Mon 2026-11-23 16:59", "Sat 2026-08-22 09:00"])
def test_in_office_hours_nothing_is_said_of_closing(as_of: str) -> None:
    assert acknowledged(as_of).context["is_closed"] is False


@pytest.mark.parametrize(
    ("as_of", "days"), [("Mon 2026-11-23 09:00", 2), ("Fri 2026-11-20 09:00", 3), ("Wed 2026-11-25 09:00", 1)]
)
def test_an_acknowledgement_is_not_worth_sending_after_one_working_day(as_of: str, days: int) -> None:
    lifetime = acknowledged(as_of).lifetime

    assert lifetime is not None
    assert lifetime.days == days


def test_a_letter_asked_anew_is_another_letter_of_the_same_thread() -> None:
    first, second = (letters.unit_letter(ASKED, UNIT, HEAD, version=version) for version in (1, 2))

    assert first.key == letters.letter_key(ASKED.question_id, UNIT.code)
    assert first.key != second.key
    assert first.stream == second.stream == "question:4512:B_CSXH"


def test_an_addition_answers_the_letter_that_asked_and_comes_once_a_half_day() -> None:
    asked = letters.unit_letter(ASKED, UNIT, HEAD)
    morning, evening = (
        letters.unit_addition(ASKED, [], UNIT, HEAD, slot=slot, thread=asked.key) for slot in ("sang", "chieu")
    )

    assert morning.thread == asked.key
    assert morning.stream == asked.stream
    assert morning.key != evening.key


def test_a_calendar_file_comes_only_where_the_unit_asks_for_it_with_one_entry_a_day() -> None:
    table = letters.unit_table(
        [ASKED, replace(ASKED, question_id=1), SHARED], UNIT, HEAD, slot="sang", reply_token=None
    )
    without = letters.unit_letter(ASKED, replace(UNIT, calendar_file=False), HEAD)
    again = letters.unit_letter(ASKED, UNIT, HEAD)
    calendar, alone = table.context["calendar"], again.context["calendar"]
    assert isinstance(calendar, list)
    assert isinstance(alone, list)

    assert "calendar" not in without.context
    assert [entry.ends_at.isoformat() for entry in calendar] == [
        "2026-11-26T08:00:00+00:00",
        "2026-11-30T08:00:00+00:00",
    ]
    assert alone == calendar[:1]


def test_the_report_to_the_board_counts_all_questions_and_lists_fifty() -> None:
    many = [
        letters.ReportedQuestion(case_code=f"ZL 26-{n:06d}-0", state=QuestionState.ROUTED, sensitive=n == 0)
        for n in range(53)
    ]

    report = letters.board_report(many, to="board@example.vn", on=date(2026, 11, 23), slot=time(16))

    assert report.key == "board-report:2026-11-23:1600"
    assert report.context["counts"] == [("đã chuyển đơn vị", 53)]
    assert (report.context["total"], report.context["sensitive"], report.context["left_out"]) == (53, 1, 3)


@pytest.mark.parametrize("state", QuestionState)
def test_every_state_of_a_question_has_a_name_for_officials(state: QuestionState) -> None:
    assert letters.state_name(state)


def test_a_promise_told_twice_is_one_message_and_a_new_date_is_another() -> None:
    told, again, moved = (
        letters.forwarded(ASKING, units=["Ban A"], promised_on=day(on))
        for on in ("Thu 2026-11-26", "Thu 2026-11-26", "Fri 2026-11-27")
    )

    assert told.key == again.key != moved.key


@pytest.mark.parametrize("asks", [[], ["a" * 601], ["a" * 300, "b" * 301]])
def test_too_much_or_nothing_is_not_asked_back(asks: list[str]) -> None:
    with pytest.raises(ValueError, match="characters can be asked back"):
        letters.ask_back(ASKING, asks)


@pytest.mark.parametrize(
    ("promised", "is_overdue"), [("Mon 2026-11-23", False), ("Fri 2026-11-20", True), ("Thu 2026-11-26", False)]
)
def test_a_status_says_overdue_only_after_the_promised_day(promised: str, is_overdue: bool) -> None:  # noqa: FBT001
    asked = letters.OpenQuestion(
        case_code="ZL", received_at=at("Tue 2026-11-17 09:00"), promised_on=day(promised), units=("Ban A",)
    )

    reply = letters.status_reply("1", [asked], message_id="m", as_of=at("Mon 2026-11-23 16:00"), calendar=OFFICIAL)

    shown = reply.context["questions"]
    assert isinstance(shown, list)
    assert shown[0]["is_overdue"] is is_overdue
