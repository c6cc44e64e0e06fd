"""The chase and those who write back to it, by real mail."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tasks.chasing import ask_about_late_answers, chase_batch
from tests.dates import at
from tests.flows.conftest import Handle, Rows, Say
from tests.mailroom import Mailroom, text_of

ASKED = at("Fri 2026-11-20 09:30")  # the unit's date, and the citizen's, is Thu 2026-11-26
UNIT, HEAD = "thu@bhxh.example.vn", "thu.lanhdao@bhxh.example.vn"
FRIDAY = at("Fri 2026-11-27 08:07")
ANSWER = "Người lao động lập Tờ khai TK1-TS theo Quyết định 595/QĐ-BHXH, nộp tại cơ quan BHXH nơi cư trú."


@pytest.fixture
def codes(mailroom: Mailroom, say: Say, handle: Handle, rows: Rows) -> list[str]:
    """Return the codes of two questions that their unit has."""
    del mailroom
    for user in ("u1", "u2"):
        lost = "Tôi bị mất sổ bảo hiểm xã hội, xin hỏi thủ tục cấp lại sổ BHXH?"
        say(user, lost, at=ASKED - timedelta(minutes=20))
    handle(ASKED)
    return [str(row["case_code"]) for row in rows("SELECT case_code FROM question ORDER BY question_id")]


def test_a_unit_answers_several_questions_in_one_reply_to_its_digest(
    mailroom: Mailroom, codes: list[str], rows: Rows
) -> None:
    chase_batch.fn(at("Wed 2026-11-25 08:07"))

    mailroom.answer(mailroom.letter(UNIT), f"{codes[0]}: {ANSWER}\n\n{codes[1]}: {ANSWER}")
    mailroom.collect(at("Wed 2026-11-25 10:00"))

    assert rows("SELECT DISTINCT state FROM assignment") == [{"state": "replied"}]
    assert not chase_batch.fn(at("Thu 2026-11-26 08:07"))


def test_a_head_may_answer_the_letter_that_came_to_the_head(mailroom: Mailroom, codes: list[str], rows: Rows) -> None:
    rows("UPDATE assignment SET state = 'closed' WHERE assignment_id = (SELECT max(assignment_id) FROM assignment)")
    chase_batch.fn(FRIDAY)
    letter = mailroom.letter(HEAD)
    assert letter["Subject"] == f"[{codes[0]}] Đôn đốc trả lời câu hỏi trên Zalo"

    mailroom.answer(letter, ANSWER)
    mailroom.collect(FRIDAY + timedelta(hours=1))

    assert rows("SELECT state FROM assignment ORDER BY assignment_id") == [{"state": "replied"}, {"state": "closed"}]


def test_the_officer_on_duty_decides_on_late_answers_by_one_mail(
    mailroom: Mailroom, codes: list[str], rows: Rows
) -> None:
    ask_about_late_answers.fn(FRIDAY)
    (officer,) = rows("SELECT recipient FROM outbox WHERE kind = 'endangered-answers'")

    letter = mailroom.letter(str(officer["recipient"]))
    mailroom.answer(letter, f"{codes[0]}: XIN LỖI: 30/11/2026\n{codes[1]}: CHỜ")
    mailroom.collect(FRIDAY + timedelta(hours=1))

    agreed = rows("SELECT agreed_on FROM question ORDER BY question_id")
    assert agreed == [{"agreed_on": date(2026, 11, 30)}, {"agreed_on": None}]
    receipt = text_of(mailroom.letter(str(officer["recipient"])))
    assert f"{codes[0]}: đã xin lỗi công dân, hẹn trả lời chậm nhất hết ngày thứ Hai, 30/11/2026." in receipt
    assert f"{codes[1]}: chờ thêm, chưa nhắn gì cho công dân." in receipt
