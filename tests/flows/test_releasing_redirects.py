"""What belongs to another authority: put before the Ban Quản trị, and told to the citizen on its word alone (U24)."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import Engine

from tasks.asking import ask_about_redirects
from tests.flows.conftest import NOW, Handle, Rows, Say
from tests.mailroom import Mailroom, text_of

LATER = NOW + timedelta(hours=1)
RELEASER = "dang.thuy.nga@bhxh.example.vn"  # the deputy head authorised for redirects
SECRETARY = "hoang.phuong.thao@bhxh.example.vn"
ASKED = {
    "u1": "Tôi bị phạt nguội thì nộp phạt ở đâu?",
    "u2": "Tôi muốn đăng ký khai sinh cho con thì làm ở đâu?",
    "u3": "Cách tra cứu mã số thuế cá nhân và hoàn thuế thu nhập cá nhân?",
}


@pytest.fixture
def asked(desk: Engine, mailroom: Mailroom, say: Say, handle: Handle) -> EmailMessage:  # noqa: ARG001 - in office first
    """Let three citizens ask what is other authorities' business, and return the letter that asks to release it."""
    for place, (user, text) in enumerate(ASKED.items()):
        say(user, text, at=NOW - timedelta(minutes=30 - place))
    handle(NOW)
    ask_about_redirects.fn(NOW)
    return mailroom.letter(RELEASER)


def states(rows: Rows) -> list[str]:
    return [row["state"] for row in rows("SELECT state FROM question ORDER BY user_id")]


def told(rows: Rows) -> list[tuple[str, str]]:
    queued = rows("SELECT recipient, parts ->> 'text' AS text FROM outbox WHERE kind = 'answer' ORDER BY recipient")
    return [(row["recipient"], row["text"]) for row in queued]


def test_one_letter_a_slot_shows_each_question_and_what_its_citizen_would_be_told(
    mailroom: Mailroom, asked: EmailMessage, rows: Rows
) -> None:
    said = text_of(asked)

    assert states(rows) == ["redirect_proposed"] * 3
    assert all(text in said for text in ASKED.values())
    assert said.count("không thuộc phạm vi trách nhiệm, thẩm quyền giải quyết của ngành BHXH Việt Nam") == 3
    assert ask_about_redirects.fn(NOW + timedelta(minutes=5)).counts == {}
    assert not any("duyệt hướng dẫn" in str(mail["Subject"]) for mail in mailroom.letters(SECRETARY))


def test_all_but_one_are_released_by_one_line(mailroom: Mailroom, asked: EmailMessage, rows: Rows) -> None:
    mailroom.answer(asked, "DUYỆT TẤT CẢ TRỪ 2")

    mailroom.collect(LATER)

    assert states(rows) == ["answer_leaving", "in_triage", "answer_leaving"]
    assert [user for user, _ in told(rows)] == ["u1", "u3"]
    assert "Công an" in told(rows)[0][1]
    assert "không duyệt, chuyển lại cán bộ trực phân loại" in text_of(mailroom.letter(RELEASER))
    assert rows("SELECT released_by FROM answer") == [{"released_by": "NGA"}] * 2


def test_each_may_be_decided_on_a_line_of_its_own(mailroom: Mailroom, asked: EmailMessage, rows: Rows) -> None:
    first, second, _ = (row["case_code"] for row in rows("SELECT case_code FROM question ORDER BY user_id"))
    mailroom.answer(asked, f"{first}: DUYỆT\n{second}: KHÔNG DUYỆT")

    mailroom.collect(LATER)

    assert states(rows) == ["answer_leaving", "in_triage", "redirect_proposed"]


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("Duyệt tất cả nhưng xem lại câu 2", "Chưa rõ ý kiến"),
        ("DUYỆT TẤT CẢ\nTrừ câu 2 chị xem lại giúp", "Ý kiến đồng ý phải đứng một mình"),
        ("DUYỆT TẤT CẢ TRỪ 7", "ghi số thứ tự từ 1 đến 3"),
        ("Không có ý kiến", "Chưa rõ ý kiến"),
    ],
)
def test_a_word_that_is_not_clear_releases_nothing(
    mailroom: Mailroom, asked: EmailMessage, rows: Rows, text: str, because: str
) -> None:
    mailroom.answer(asked, text)

    mailroom.collect(LATER)

    assert states(rows) == ["redirect_proposed"] * 3
    assert told(rows) == []
    assert because in text_of(mailroom.letter(RELEASER))


def test_nobody_else_releases_by_a_letter_that_was_passed_on(
    mailroom: Mailroom, asked: EmailMessage, rows: Rows
) -> None:
    mailroom.answer(asked, "DUYỆT TẤT CẢ", sender=SECRETARY)

    mailroom.collect(LATER)

    assert states(rows) == ["redirect_proposed"] * 3
    assert told(rows) == []


def test_what_was_sorted_otherwise_meanwhile_is_left_as_it_is(
    mailroom: Mailroom, asked: EmailMessage, rows: Rows
) -> None:
    rows("UPDATE question SET state = 'in_triage' WHERE user_id = 'u2'")
    mailroom.answer(asked, "DUYỆT TẤT CẢ")

    mailroom.collect(LATER)

    assert states(rows) == ["answer_leaving", "in_triage", "answer_leaving"]
    assert "câu hỏi đã được xử lý theo cách khác" in text_of(mailroom.letter(RELEASER))
