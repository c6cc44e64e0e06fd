"""What few may read: sensitive and urgent questions, alone, at once, decided by mail by the narrow list (U6)."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage

import pytest

from tasks.asking import ask_to_sort_questions
from tasks.duty_reminders import pass_on_unanswered
from tests.dates import at
from tests.flows.conftest import NOW, Handle, Rows, Say
from tests.mailroom import Mailroom, text_of

OFFICER, STAND_IN, SECRETARY = (
    f"{name}@bhxh.example.vn" for name in ("vu.hai.yen", "nguyen.thu.ha", "hoang.phuong.thao")
)
ACCUSES = "Tôi tố cáo cán bộ Ban Thực hiện chính sách BHXH nhận tiền khi làm hồ sơ thai sản của tôi."
DYING = "Mẹ tôi đang cấp cứu, bệnh viện nói thẻ BHYT không dùng được thì phải làm sao?"
UNCLEAR = "Hôm trước tôi có hỏi việc ấy ở cơ quan mà chưa rõ thì phải làm thế nào?"


@pytest.fixture
def notice(mailroom: Mailroom, say: Say, handle: Handle) -> EmailMessage:
    """Let a citizen accuse somebody beside one who asks what is not clear, and return the letter to the officer."""
    say("u1", ACCUSES, at=NOW - timedelta(minutes=30))
    say("u2", UNCLEAR, at=NOW - timedelta(minutes=30))
    handle(NOW)
    return mailroom.letter(OFFICER)


def code(rows: Rows, user: str = "u1") -> str:
    return str(rows("SELECT case_code FROM question WHERE user_id = :user", user=user)[0]["case_code"])


def state(rows: Rows, user: str = "u1") -> str:
    return str(rows("SELECT state FROM question WHERE user_id = :user", user=user)[0]["state"])


def about(mailroom: Mailroom, address: str, case_code: str) -> list[EmailMessage]:
    return [mail for mail in mailroom.letters(address) if case_code in f"{mail['Subject']}\n{text_of(mail)}"]


def test_an_accusation_goes_at_once_and_alone_to_the_officer_in_charge_and_the_secretary(
    mailroom: Mailroom, notice: EmailMessage, rows: Rows
) -> None:
    said = text_of(notice)
    assert ACCUSES in " ".join(said.split())
    assert "1. Cán bộ trực hoặc Thư ký trả lời trực tiếp" in said
    assert "Chuyển Ban Thực hiện chính sách bảo hiểm xã hội" not in said
    assert "TRỰC TRẢ LỜI" in said
    html = notice.get_body(("html",))
    assert html is not None
    assert html.get_content().count("mailto:") >= 7

    ask_to_sort_questions.fn(NOW)

    (together,) = [mail for mail in mailroom.letters(OFFICER) if "phân loại" in str(mail["Subject"])]
    assert code(rows, "u2") in text_of(together)
    assert code(rows) not in text_of(together)
    assert [len(about(mailroom, who, code(rows))) for who in (OFFICER, SECRETARY, STAND_IN)] == [1, 1, 0]


def test_the_first_word_counts_and_the_other_is_told_whose_it_was(
    mailroom: Mailroom, notice: EmailMessage, rows: Rows
) -> None:
    mailroom.answer(notice, "GIỮ TRỰC")
    mailroom.collect(NOW + timedelta(minutes=10))
    assert state(rows) == "with_duty"

    (to_secretary,) = about(mailroom, SECRETARY, code(rows))
    mailroom.answer(to_secretary, "KHÔNG XỬ LÝ: đã có đơn gửi nơi khác")
    mailroom.collect(NOW + timedelta(minutes=20))

    assert state(rows) == "with_duty"
    assert "đã được Vũ Hải Yến xử lý" in text_of(mailroom.letter(SECRETARY))


@pytest.mark.parametrize(
    ("words", "after"),
    [
        ("1", "with_duty"),
        ("KHÔNG XỬ LÝ: công dân đã gửi đơn tới nơi có thẩm quyền", "closed"),
        ("CHUYỂN: bên Pháp chế", "routed"),
        ("TRẢ LỜI: Ông/Bà vui lòng gửi đơn theo quy định của Luật Tố cáo để được xem xét.", "answer_proposed"),
    ],
)
def test_a_word_decides(mailroom: Mailroom, notice: EmailMessage, rows: Rows, words: str, after: str) -> None:
    mailroom.answer(notice, words)

    mailroom.collect(NOW + timedelta(minutes=10))

    assert state(rows) == after


def test_no_letter_on_several_questions_decides_on_what_few_may_read(
    mailroom: Mailroom, notice: EmailMessage, rows: Rows, say: Say, handle: Handle
) -> None:
    del notice
    say("u3", UNCLEAR, at=NOW - timedelta(minutes=20))
    handle(NOW)
    ask_to_sort_questions.fn(NOW)
    (together,) = [mail for mail in mailroom.letters(OFFICER) if "phân loại" in str(mail["Subject"])]

    mailroom.answer(together, f"{code(rows)}: KHÔNG XỬ LÝ: trùng")
    mailroom.collect(NOW + timedelta(minutes=10))

    assert state(rows) == "in_triage"
    assert "thư này không hỏi về câu hỏi đó" in text_of(mailroom.letter(OFFICER))


def test_silence_brings_it_to_the_secretary_and_to_no_stand_in(
    mailroom: Mailroom, notice: EmailMessage, rows: Rows
) -> None:
    del notice
    ask_to_sort_questions.fn(at("Fri 2026-11-20 11:25"))
    assert len(about(mailroom, SECRETARY, code(rows))) == 1

    ask_to_sort_questions.fn(at("Fri 2026-11-20 11:30"))

    _, again = about(mailroom, SECRETARY, code(rows))
    assert str(again["Subject"]).endswith("(chưa có ý kiến)")
    assert "Ông/Bà Vũ Hải Yến được hỏi từ 09 giờ 30" in text_of(again)
    assert not about(mailroom, STAND_IN, code(rows))
    mailroom.answer(again, "GIỮ TRỰC")
    mailroom.collect(at("Fri 2026-11-20 11:40"))
    for moment in ("13:45", "15:30", "16:30"):
        pass_on_unanswered.fn(at(f"Fri 2026-11-20 {moment}"))

    assert not about(mailroom, STAND_IN, code(rows))
    assert "Câu hỏi này đã gửi Ông/Bà Vũ Hải Yến" in text_of(about(mailroom, SECRETARY, code(rows))[-1])


def test_danger_to_life_is_told_at_night_to_whoever_is_on_duty_next(
    mailroom: Mailroom, say: Say, handle: Handle, rows: Rows
) -> None:
    night = at("Thu 2026-11-19 20:00")
    say("u1", DYING, at=night - timedelta(minutes=10))
    handle(night)

    (notice,) = about(mailroom, OFFICER, code(rows))
    assert str(notice["Subject"]).startswith(f"[{code(rows)}] Việc khẩn")
    assert len(about(mailroom, SECRETARY, code(rows))) == 1
    assert not ask_to_sort_questions.fn(night + timedelta(hours=1))

    ask_to_sort_questions.fn(at("Fri 2026-11-20 09:05"))
    assert "Nhắc lần 1: chờ ý kiến Ông/Bà từ 20 giờ 00 ngày thứ Năm" in text_of(mailroom.letter(OFFICER))
    mailroom.answer(mailroom.letter(OFFICER), "ĐÃ TRẢ LỜI")
    mailroom.collect(at("Fri 2026-11-20 09:10"))
    assert state(rows) == "answered"
