"""Late answers: to questions that are still held, on days that end early, and in an official's shortest words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from desk.rules.office import Block, CalendarDay, DayKind
from desk.runtime import office as offices
from desk.runtime.database import transaction
from tasks.chasing import ask_about_late_answers, report_overdue
from tests.dates import at
from tests.flows.conftest import Handle, Rows, Say, trusting_office
from tests.mailroom import Mailroom, text_of

ASKED = at("Fri 2026-11-20 09:30")
Asked = Callable[[str], dict[str, Any]]
UNCLEAR = "Hôm trước tôi có hỏi việc ấy ở cơ quan mà chưa rõ thì phải làm thế nào?"
LOST = "Tôi bị mất sổ bảo hiểm xã hội, xin hỏi thủ tục cấp lại sổ BHXH?"


def letters(rows: Rows) -> list[str]:
    return [row["text"] for row in rows("SELECT parts->>'text' AS text FROM outbox WHERE kind = 'endangered-answers'")]


@pytest.fixture
def asked(say: Say, handle: Handle, rows: Rows) -> Asked:
    """Return a function that asks the desk one question, and returns it."""

    def one(text: str) -> dict[str, Any]:
        say("u1", text, at=ASKED - timedelta(minutes=20))
        handle(ASKED)
        (question,) = rows("SELECT case_code, state, promised_on, due_by_rule_on FROM question")
        return question

    return one


def test_a_question_that_nobody_has_sorted_is_late_by_the_regulation(
    mailroom: Mailroom, asked: Asked, rows: Rows
) -> None:
    question = asked(UNCLEAR)
    code = question["case_code"]
    assert (question["state"], question["promised_on"]) == ("in_triage", None)
    late = at(f"{question['due_by_rule_on'] + timedelta(days=7):%a %Y-%m-%d} 08:07")
    rows("UPDATE citizen SET last_act_at = :at", at=late - timedelta(days=1))

    ask_about_late_answers.fn(late)
    report_overdue.fn(late)

    (letter,) = letters(rows)
    assert "đã quá hạn theo quy định: hết ngày" in letter
    assert "công dân chưa được báo ngày trả lời" in letter
    assert "bằng điện thoại" not in letter
    assert f"{code}: CHỜ" in letter
    assert f"{code}: XIN LỖI" not in letter
    (board,) = rows("SELECT parts->>'text' AS text FROM outbox WHERE kind = 'chase-board'")
    assert f"{code} | điều phối" in board["text"]

    officer = rows("SELECT recipient FROM outbox WHERE kind = 'endangered-answers'")[0]["recipient"]
    mailroom.answer(mailroom.letter(officer), "XIN LỖI: 31/12/2026")
    mailroom.collect(late + timedelta(minutes=30))
    assert "chưa hẹn ngày trả lời với công dân" in text_of(mailroom.letter(officer))
    assert rows("SELECT FROM outbox WHERE kind = 'delay'") == []


@pytest.mark.usefixtures("desk")
def test_a_letter_tells_both_that_nothing_was_promised_and_that_the_citizen_is_out_of_reach(
    asked: Asked, rows: Rows
) -> None:
    question = asked(UNCLEAR)

    ask_about_late_answers.fn(at(f"{question['due_by_rule_on'] + timedelta(days=7):%a %Y-%m-%d} 08:07"))

    (letter,) = letters(rows)
    assert "đề nghị giải quyết ngay" in letter
    assert "đề nghị báo công dân bằng điện thoại" in letter


@pytest.mark.parametrize(("said", "state"), [("ĐÃ TRẢ LỜI", "answered"), ("CHỜ", "in_triage")])
def test_a_citizen_who_asks_how_far_an_overdue_question_is_is_put_before_the_officer_once_a_day(
    mailroom: Mailroom, asked: Asked, say: Say, handle: Handle, rows: Rows, *, said: str, state: str
) -> None:
    question = asked(UNCLEAR)
    late = at(f"{question['due_by_rule_on'] + timedelta(days=7):%a %Y-%m-%d} 09:07")

    rows("UPDATE pull_cursor SET swept_at = :late", late=late)
    say("u1", "bao giờ mới trả lời vậy ad", at=late - timedelta(minutes=20))
    handle(late)

    (work,) = rows("SELECT reason FROM work_item WHERE kind = 'asked_overdue'")
    assert question["case_code"] in work["reason"]
    say("u1", "sao chưa thấy trả lời vậy ad", at=late + timedelta(minutes=20))
    handle(late + timedelta(minutes=40))
    (letter,) = rows(
        "SELECT recipient, parts->>'text' AS text FROM outbox WHERE kind = 'duty-decision' "
        "AND parts->>'text' LIKE '%hỏi tiến độ câu hỏi%'"
    )
    assert "đã quá hạn trả lời: hết ngày" in letter["text"]

    mailroom.answer(mailroom.letter(letter["recipient"]), said)
    mailroom.collect(late + timedelta(hours=1))
    assert rows("SELECT state FROM question") == [{"state": state}]
    assert rows("SELECT FROM work_item WHERE kind = 'asked_overdue' AND closed_at IS NULL") == []


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("XIN LỖI", date(2026, 11, 27)),
        ("XIN LỖI: 30/11", date(2026, 11, 30)),
        ("XIN LỖI: 30/11, 2", date(2026, 11, 30)),
    ],
)
def test_an_apology_without_a_day_means_the_day_of_the_letter_and_the_year_may_be_left_out(
    mailroom: Mailroom, asked: Asked, rows: Rows, said: str, until: date
) -> None:
    asked(LOST)
    ask_about_late_answers.fn(at("Wed 2026-11-25 15:07"))
    (officer,) = rows("SELECT recipient FROM outbox WHERE kind = 'endangered-answers'")

    mailroom.answer(mailroom.letter(officer["recipient"]), said)
    mailroom.collect(at("Wed 2026-11-25 15:30"))

    assert rows("SELECT agreed_on FROM question") == [{"agreed_on": until}]
    assert rows("SELECT count(*) AS n FROM outbox WHERE kind = 'delay'") == [{"n": 1}]


@pytest.mark.usefixtures("desk")
def test_on_a_day_that_ends_early_the_officer_is_asked_an_hour_before_its_end(asked: Asked, rows: Rows) -> None:
    office = trusting_office()
    half = CalendarDay(
        day=date(2026, 11, 25),
        kind=DayKind.HALF,
        blocks=(Block(start=time(8), end=time(11, 30)),),
        reason="nghỉ chiều",
        source="",
    )
    with transaction() as connection:
        offices.load(connection, replace(office, days=(*(one for one in office.days if one.day != half.day), half)))
    asked(LOST)

    ask_about_late_answers.fn(at("Wed 2026-11-25 10:07"))
    assert letters(rows) == []
    ask_about_late_answers.fn(at("Wed 2026-11-25 10:37"))

    assert len(letters(rows)) == 1
