"""Matters put before the officer on duty: one letter, and the next official where nobody answers (U18)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import Engine

from desk.rules.commands import CommandCode
from desk.rules.office import Role
from desk.runtime.database import transaction
from desk.runtime.decisions.asking import Ask, ask_officers
from desk.runtime.in_force import in_force
from tasks.duty_reminders import pass_on_unanswered
from tests.dates import at
from tests.flows.conftest import Handle, Rows, Say

pytestmark = pytest.mark.usefixtures("desk")

# the roster of November: HA in the morning, MINH stands in; THAO is the Secretary
ASKED_AT = at("Mon 2026-11-02 08:30")


def ask(as_of: datetime = ASKED_AT, **changes: Any) -> int:
    matter = {
        "key": "matter",
        "kind": "unsure_reading",
        "subject": "Thư này có phải câu trả lời?",
        "reason": "Đơn vị viết một câu ngắn.",
        "quoted": "Nội dung như công văn đã gửi.",
        "options": (CommandCode.IS_ANSWER, CommandCode.IS_NO_ANSWER),
    }
    with transaction() as connection:
        return ask_officers(connection, [Ask(**{**matter, **changes})], in_force(connection), as_of)


def letters(rows: Rows) -> list[dict[str, Any]]:
    return rows("SELECT recipient, parts FROM outbox WHERE kind = 'duty-decision' ORDER BY outbox_id")


def test_the_officer_on_duty_gets_the_matter_with_its_words_and_an_address_of_its_own(rows: Rows) -> None:
    assert ask() == 1

    (letter,) = letters(rows)
    assert letter["recipient"] == "nguyen.thu.ha@bhxh.example.vn"
    assert "Nội dung như công văn đã gửi." in letter["parts"]["text"]
    assert "LÀ TRẢ LỜI\nCHƯA TRẢ LỜI\n" in letter["parts"]["text"]
    assert rows("SELECT step, official_code, work_item_id IS NOT NULL AS bound FROM mail_token") == [
        {"step": "work-item", "official_code": "HA", "bound": True}
    ]


def test_a_matter_is_asked_once_however_often_it_comes_up(rows: Rows) -> None:
    ask()

    assert ask() == 0

    assert len(letters(rows)) == 1


def test_what_is_the_secretarys_goes_to_the_secretary(rows: Rows) -> None:
    ask(to=Role.SECRETARY)

    assert [letter["recipient"] for letter in letters(rows)] == ["hoang.phuong.thao@bhxh.example.vn"]


def test_silence_brings_the_stand_in_after_two_working_hours_and_the_secretary_after_four(rows: Rows) -> None:
    ask()

    pass_on_unanswered.fn(at("Mon 2026-11-02 10:29"))
    assert len(letters(rows)) == 1

    pass_on_unanswered.fn(at("Mon 2026-11-02 10:30"))
    pass_on_unanswered.fn(at("Mon 2026-11-02 10:35"))
    assert [letter["recipient"] for letter in letters(rows)][1:] == ["tran.duc.minh@bhxh.example.vn"]
    assert "đã gửi Ông/Bà Nguyễn Thu Hà" in letters(rows)[1]["parts"]["text"]

    # 10:30 to 12:00 and 13:00 to 13:30 are two working hours
    pass_on_unanswered.fn(at("Mon 2026-11-02 13:29"))
    assert len(letters(rows)) == 2
    pass_on_unanswered.fn(at("Mon 2026-11-02 13:30"))
    pass_on_unanswered.fn(at("Tue 2026-11-03 16:00"))
    assert [letter["recipient"] for letter in letters(rows)][2:] == ["hoang.phuong.thao@bhxh.example.vn"]


def test_the_night_does_not_count_as_silence(rows: Rows) -> None:
    ask(at("Mon 2026-11-02 16:30"))

    pass_on_unanswered.fn(at("Tue 2026-11-03 09:00"))
    assert len(letters(rows)) == 1

    pass_on_unanswered.fn(at("Tue 2026-11-03 09:30"))
    assert len(letters(rows)) == 2


def test_two_workers_pass_a_matter_on_once(desk: Engine, rows: Rows) -> None:
    ask()
    with desk.begin() as holding:
        holding.exec_driver_sql("SELECT FROM work_item FOR UPDATE")

        pass_on_unanswered.fn(at("Mon 2026-11-02 11:00"))

    assert len(letters(rows)) == 1


def ask_for_number(say: Say, handle: Handle) -> None:
    say("u1", "Cho tôi xin số tổng đài hỗ trợ của BHXH Việt Nam", at=at("Mon 2026-11-02 08:10"))
    handle(ASKED_AT)


def duty_questions(rows: Rows) -> list[dict[str, Any]]:
    return rows("SELECT recipient, parts->>'text' AS text FROM outbox WHERE kind = 'duty-question' ORDER BY outbox_id")


def test_a_question_the_duty_officer_leaves_goes_to_the_stand_in_and_then_to_the_secretary(
    say: Say, handle: Handle, rows: Rows
) -> None:
    ask_for_number(say, handle)

    for moment in ("Mon 2026-11-02 10:29", "Mon 2026-11-02 10:30", "Mon 2026-11-02 13:30", "Tue 2026-11-03 16:00"):
        pass_on_unanswered.fn(at(moment))

    asked = duty_questions(rows)
    assert [letter["recipient"].partition("@")[0] for letter in asked] == [
        "nguyen.thu.ha",
        "tran.duc.minh",
        "hoang.phuong.thao",
    ]
    assert "đã gửi Ông/Bà" not in asked[0]["text"]
    assert "đã gửi Ông/Bà Nguyễn Thu Hà nhưng chưa có câu trả lời" in asked[1]["text"]
    assert "Cho tôi xin số tổng đài" in asked[2]["text"]
    assert rows("SELECT official_code FROM mail_token WHERE step = 'duty-answer' ORDER BY 1") == [
        {"official_code": code} for code in ("HA", "MINH", "THAO")
    ]


@pytest.mark.parametrize("state", ["answer_proposed", "answered_by_hand"])
def test_a_question_that_is_being_answered_is_not_passed_on(say: Say, handle: Handle, rows: Rows, state: str) -> None:
    ask_for_number(say, handle)
    rows("UPDATE question SET state = :state", state=state)

    pass_on_unanswered.fn(at("Mon 2026-11-02 13:30"))

    assert len(duty_questions(rows)) == 1
