"""Whose reply a mail is, and to which question: one unit of several, a colleague, a code, a mail about two."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage

import pytest

from desk.runtime import office as offices
from desk.runtime.database import transaction
from desk.runtime.triage import TriageAction, TriageOrder
from tasks.triaging import triage_question_of
from tests.flows.conftest import LOST_BOOK, NOW, UNIT, Handle, Rows, Say
from tests.flows.recorded import code_of, replies
from tests.mailroom import Mailroom, text_of
from tests.offices import the_office

LATER = NOW + timedelta(hours=3)
SECOND_UNIT = "csyt@bhxh.example.vn"
ANSWER = (
    "Kính gửi Ban Quản trị,\n\nNgười lao động bị mất sổ BHXH lập Tờ khai TK1-TS, nộp tại cơ quan BHXH nơi đang đóng "
    "hoặc bất kỳ cơ quan BHXH nào. Thời hạn giải quyết là 10 ngày kể từ ngày nhận đủ hồ sơ theo Quyết định "
    "595/QĐ-BHXH.\n\nTrân trọng."
)
OTHER_ANSWER = "Người lao động nghỉ việc được bảo lưu thời gian đóng và nhận chế độ theo Điều 61 Luật Bảo hiểm xã hội."


@pytest.fixture
def letters(mailroom: Mailroom, say: Say, handle: Handle, rows: Rows) -> tuple[EmailMessage, EmailMessage]:
    """Let a question lie with two units, and return both letters."""
    with transaction() as connection:
        offices.load(connection, the_office())
    say("u1", LOST_BOOK, at=NOW - timedelta(minutes=20))
    handle(NOW)
    order = TriageOrder(
        code=code_of(rows),
        action=TriageAction.ROUTE,
        acting_officer="HA",
        reason="cần hai đơn vị",
        units=("QLT", "CSYT"),
    )
    triage_question_of.fn(order, NOW)
    return mailroom.letter(UNIT), mailroom.letter(SECOND_UNIT)


def test_each_unit_replies_for_itself(
    mailroom: Mailroom, letters: tuple[EmailMessage, EmailMessage], rows: Rows
) -> None:
    mailroom.answer(letters[0], ANSWER)
    mailroom.collect(LATER)
    states = "SELECT unit_code, state FROM assignment ORDER BY unit_code"
    assert rows(states) == [{"unit_code": "B_CSYT", "state": "awaiting"}, {"unit_code": "B_QLT", "state": "replied"}]

    mailroom.answer(letters[1], OTHER_ANSWER)
    mailroom.collect(LATER)

    assert {row["state"] for row in rows(states)} == {"replied"}


def test_a_reply_to_anothers_letter_counts_for_the_unit_that_wrote_it(
    mailroom: Mailroom, letters: tuple[EmailMessage, EmailMessage], rows: Rows
) -> None:
    mailroom.answer(letters[0], OTHER_ANSWER, sender=SECOND_UNIT)

    mailroom.collect(LATER)

    assert rows("SELECT unit_code, standing FROM reply JOIN assignment USING (assignment_id)") == [
        {"unit_code": "B_CSYT", "standing": "other_unit"}
    ]


def test_one_reply_may_answer_for_all(
    mailroom: Mailroom, letters: tuple[EmailMessage, EmailMessage], rows: Rows
) -> None:
    mailroom.answer(letters[0], f"TRẢ LỜI CHUNG\n{ANSWER}")

    mailroom.collect(LATER)

    assert [(reply["reading"], reply["answers_for_all"]) for reply in replies(rows)] == [("answer", True)]


def test_a_mail_of_its_own_with_the_code_counts_for_a_listed_sender(
    mailroom: Mailroom, letter: EmailMessage, rows: Rows
) -> None:
    mailroom.write(UNIT, str(letter["From"]), f"Trả lời câu hỏi {code_of(rows)}", ANSWER)

    mailroom.collect(LATER)

    assert [(reply["reading"], reply["standing"]) for reply in replies(rows)] == [("answer", "listed_by_code")]


def test_a_colleague_answers_a_forwarded_letter_and_the_duty_officer_may_list_the_address(
    mailroom: Mailroom, letter: EmailMessage, rows: Rows
) -> None:
    mailroom.answer(letter, ANSWER, sender="hung.nv@bhxh.example.vn")

    mailroom.collect(LATER)

    assert [(reply["reading"], reply["standing"]) for reply in replies(rows)] == [("answer", "colleague")]
    officers = mailroom.letter("nguyen.thu.ha@bhxh.example.vn")
    assert "hung.nv@bhxh.example.vn" in text_of(officers)
    assert "THÊM VÀO DANH SÁCH" in text_of(officers)


def test_one_mail_about_two_questions_is_cut_at_their_codes(
    mailroom: Mailroom, letter: EmailMessage, say: Say, handle: Handle, rows: Rows
) -> None:
    say("u2", LOST_BOOK, at=NOW + timedelta(minutes=5))
    handle(NOW + timedelta(minutes=15))
    first, second = code_of(rows, 1), code_of(rows, 2)
    mailroom.write(
        UNIT,
        str(letter["From"]),
        "Trả lời các câu hỏi",
        f"{first}: {ANSWER}\n\n{second}: {OTHER_ANSWER}",
    )

    mailroom.collect(LATER)

    found = rows("SELECT case_code, reply.text FROM reply JOIN question USING (question_id) ORDER BY question_id")
    assert [row["case_code"] for row in found] == [first, second]
    assert "TK1-TS" in found[0]["text"]
    assert "TK1-TS" not in found[1]["text"]
