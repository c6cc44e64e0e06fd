"""What units write back to a table of several questions: each line to its own question."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage

import pytest

from tasks.reporting import queue_slot_letters
from tests.dates import at
from tests.flows.conftest import Handle, Rows, Say
from tests.mailroom import DESK, Mailroom, bounce_of

NOW = at("Fri 2026-11-20 09:30")
LATER = NOW + timedelta(hours=4)
UNIT = "csxh@bhxh.example.vn"
SECOND_ADDRESS = "csxh2@bhxh.example.vn"
ANSWER = "Lao động nữ sinh đôi được nghỉ thai sản 07 tháng theo Điều 34 Luật Bảo hiểm xã hội, mỗi con thêm 01 tháng."
OTHER_ANSWER = "Hồ sơ gồm giấy chứng sinh và giấy ra viện, nộp tại cơ quan BHXH theo Điều 101 Luật Bảo hiểm xã hội."

TableOf = Callable[[int], EmailMessage]


@pytest.fixture
def table(mailroom: Mailroom, say: Say, handle: Handle) -> TableOf:
    """Return a function that puts so many questions into a unit's table, and returns the letter."""

    def sent(number: int) -> EmailMessage:
        for user in range(number):
            say(f"u{user}", "Chế độ thai sản khi sinh đôi được hưởng thế nào?", at=NOW - timedelta(minutes=20))
        handle(NOW)
        queue_slot_letters.fn(NOW.replace(hour=11, minute=1))
        return mailroom.letter(UNIT)

    return sent


def answered(rows: Rows) -> list[dict[str, object]]:
    return rows(
        "SELECT case_code, reading, standing, reply.text FROM reply JOIN question USING (question_id) ORDER BY 1"
    )


def codes(rows: Rows) -> list[str]:
    return [str(row["case_code"]) for row in rows("SELECT case_code FROM question ORDER BY case_code")]


def test_each_part_of_a_reply_goes_to_the_question_it_names(mailroom: Mailroom, table: TableOf, rows: Rows) -> None:
    letter = table(3)
    first, second, third = codes(rows)
    mailroom.answer(letter, f"{first}: {ANSWER}\n\n{third}: {OTHER_ANSWER}")

    mailroom.collect(LATER)

    found = answered(rows)
    assert [(row["case_code"], row["reading"]) for row in found] == [(first, "answer"), (third, "answer")]
    assert "sinh đôi" in str(found[0]["text"])
    assert "giấy chứng sinh" in str(found[1]["text"])
    states = rows(
        "SELECT assignment.state FROM assignment JOIN question USING (question_id) WHERE case_code = :code", code=second
    )
    assert states == [{"state": "awaiting"}]


def test_lines_may_hold_commands_of_their_own(mailroom: Mailroom, table: TableOf, rows: Rows) -> None:
    letter = table(2)
    first, second = codes(rows)
    mailroom.answer(letter, f"{first}: TIẾP NHẬN\n{second}: XIN GIA HẠN: 30/11/2026 xác minh hồ sơ")

    mailroom.collect(LATER)

    assert [row["reading"] for row in answered(rows)] == ["acknowledged", "command"]
    assert rows("SELECT kind FROM work_item WHERE kind = 'unit_proposal'") == [{"kind": "unit_proposal"}]


def test_a_table_of_one_question_is_answered_without_its_code(mailroom: Mailroom, table: TableOf, rows: Rows) -> None:
    mailroom.answer(table(1), ANSWER)

    mailroom.collect(LATER)

    assert [(row["reading"], row["standing"]) for row in answered(rows)] == [("answer", "listed")]


def test_an_answer_that_names_none_of_several_questions_is_for_a_person(
    mailroom: Mailroom, table: TableOf, rows: Rows
) -> None:
    mailroom.answer(table(2), ANSWER)

    mailroom.collect(LATER)

    assert answered(rows) == []
    (work,) = rows("SELECT proposals FROM work_item WHERE kind = 'held_mail'")
    assert [proposal["case_code"] for proposal in work["proposals"]] == codes(rows)


def test_the_questions_of_a_table_that_came_back_have_their_whole_time_from_the_second_letter(
    mailroom: Mailroom, table: TableOf, rows: Rows
) -> None:
    letter = table(2)
    dates = "SELECT DISTINCT unit_due_on::text AS due, lettered_on::text AS lettered FROM assignment"
    assert rows(dates) == [{"due": "2026-11-26", "lettered": "2026-11-20"}]
    mailroom.send("", DESK, bounce_of(letter, UNIT))

    mailroom.collect(at("Mon 2026-11-23 09:00"))

    assert len(mailroom.letters(SECOND_ADDRESS)) == 1
    assert rows(dates) == [{"due": "2026-11-27", "lettered": "2026-11-23"}]

    mailroom.send("", DESK, bounce_of(letter, UNIT, status="5.2.1"))
    mailroom.collect(at("Wed 2026-11-25 09:00"))

    assert rows(dates) == [{"due": "2026-11-27", "lettered": "2026-11-23"}]
