"""What officials write back to letters that ask: carried out once, and answered at once."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage

import pytest

from desk.rules.tally import Count
from tests.flows.conftest import NOW, Rows
from tests.mailroom import Mailroom, text_of

LATER = NOW + timedelta(hours=1)
OFFICER = "vu.hai.yen@bhxh.example.vn"
PERSONAL = "hung.nv@mail.example.com"
ANSWER = "Người lao động bị mất sổ BHXH lập Tờ khai TK1-TS, nộp tại cơ quan BHXH theo Quyết định 595/QĐ-BHXH."


@pytest.fixture
def unsure(mailroom: Mailroom, letter: EmailMessage) -> EmailMessage:
    """Let the unit write what only a person can read, and return the letter to the officer on duty."""
    mailroom.answer(letter, "Như nội dung đã trao đổi.")
    mailroom.collect(NOW)
    return mailroom.letter(OFFICER)


@pytest.fixture
def held(mailroom: Mailroom, letter: EmailMessage) -> EmailMessage:
    """Let the answer come from a private mailbox, and return the letter to the officer on duty."""
    mailroom.answer(letter, ANSWER, sender=PERSONAL)
    mailroom.collect(NOW)
    return mailroom.letter(OFFICER)


def state(rows: Rows) -> str:
    return str(rows("SELECT state FROM assignment")[0]["state"])


def test_the_officers_word_makes_a_reply_an_answer(mailroom: Mailroom, unsure: EmailMessage, rows: Rows) -> None:
    mailroom.answer(unsure, "LÀ TRẢ LỜI")

    assert mailroom.collect(LATER)[Count.DECISIONS] == 1

    assert state(rows) == "replied"
    assert rows("SELECT reading FROM reply") == [{"reading": "answer"}]
    receipt = mailroom.letter(OFFICER)
    assert receipt["Subject"] == "Đã thực hiện ý kiến của Ông/Bà"
    assert "đã ghi nhận là câu trả lời của đơn vị" in text_of(receipt)


def test_a_reply_that_is_no_answer_lets_the_chase_go_on(mailroom: Mailroom, unsure: EmailMessage, rows: Rows) -> None:
    mailroom.answer(unsure, "Chưa trả lời.")

    mailroom.collect(LATER)

    assert state(rows) == "awaiting"
    (assignment,) = rows("SELECT silent_until FROM assignment")
    assert assignment["silent_until"] <= LATER


def test_a_second_word_on_a_letter_hears_what_the_first_one_did(
    mailroom: Mailroom, unsure: EmailMessage, rows: Rows
) -> None:
    mailroom.answer(unsure, "LÀ TRẢ LỜI")
    mailroom.collect(LATER)
    mailroom.answer(unsure, "CHƯA TRẢ LỜI")

    mailroom.collect(LATER)

    assert state(rows) == "replied"
    receipt = text_of(mailroom.letter(OFFICER))
    assert "Chưa thực hiện: Ông/Bà đã cho ý kiến về việc này lúc" in receipt
    assert "đã ghi nhận là câu trả lời của đơn vị" in receipt


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("LÀ TRẢ LỜI\nCHƯA TRẢ LỜI", "Thư có nhiều lệnh khác nhau"),
        ("Tôi xem lại đã.", "Chưa rõ ý kiến"),
        ("Đồng ý nhưng sửa lại đoạn cuối", "Chưa rõ ý kiến"),
        ("ĐỒNG Ý\nnhưng sửa lại đoạn cuối giúp tôi", "phải đứng một mình"),
    ],
)
def test_what_is_no_clear_word_does_nothing_and_can_be_written_again(
    mailroom: Mailroom, unsure: EmailMessage, rows: Rows, text: str, because: str
) -> None:
    mailroom.answer(unsure, text)
    mailroom.collect(LATER)

    receipt = mailroom.letter(OFFICER)
    assert because in text_of(receipt)
    assert state(rows) == "awaiting"

    mailroom.answer(receipt, "LÀ TRẢ LỜI")
    mailroom.collect(LATER)

    assert state(rows) == "replied"


def test_nobody_else_can_use_an_officers_letter(mailroom: Mailroom, unsure: EmailMessage, rows: Rows) -> None:
    mailroom.answer(unsure, "LÀ TRẢ LỜI", sender="tran.duc.minh@bhxh.example.vn")

    mailroom.collect(LATER)

    assert state(rows) == "awaiting"
    assert rows("SELECT kind FROM inbound_mail ORDER BY inbound_mail_id")[-1] == {"kind": "held"}


def test_personal_mail_is_held_and_told_so_once(
    mailroom: Mailroom, letter: EmailMessage, held: EmailMessage, rows: Rows
) -> None:
    mailroom.answer(letter, f"{ANSWER} Xin cảm ơn.", sender=PERSONAL)
    mailroom.collect(NOW)

    assert state(rows) == "awaiting"
    assert rows("SELECT * FROM reply") == []
    assert ANSWER in " ".join(text_of(held).split())
    told = mailroom.letters(PERSONAL)
    assert len(told) == 1
    assert f"gửi từ địa chỉ {PERSONAL} chưa đăng ký" in text_of(told[0])


def test_a_held_mail_is_taken_in_by_one_word(mailroom: Mailroom, held: EmailMessage, rows: Rows) -> None:
    mailroom.answer(held, "NHẬN THƯ")

    mailroom.collect(LATER)

    assert state(rows) == "replied"
    assert rows("SELECT reading, standing FROM reply") == [{"reading": "answer", "standing": "released"}]
    assert rows("SELECT kind FROM inbound_mail WHERE from_address = :sender", sender=PERSONAL) == [{"kind": "reply"}]
    assert rows("SELECT * FROM admitted_sender") == []


def test_a_sender_who_was_let_in_once_is_not_held_again(
    mailroom: Mailroom, letter: EmailMessage, held: EmailMessage, rows: Rows
) -> None:
    mailroom.answer(held, "THÊM VÀO DANH SÁCH")
    mailroom.collect(LATER)
    assert [row["address"] for row in rows("SELECT address FROM admitted_sender")] == [PERSONAL]

    mailroom.answer(letter, "Bổ sung: hồ sơ nộp tại bất kỳ cơ quan BHXH nào, kèm bản sao căn cước.", sender=PERSONAL)
    mailroom.collect(LATER)

    assert [row["standing"] for row in rows("SELECT standing FROM reply ORDER BY reply_id")] == ["released", "listed"]


def test_a_private_address_is_shown_to_the_officer_and_stands_in_no_reason(held: EmailMessage, rows: Rows) -> None:
    assert PERSONAL in text_of(held)
    reason = "Địa chỉ người gửi không phải hộp thư công vụ và chưa có trong danh sách của đơn vị."
    assert rows("SELECT reason FROM work_item") == [{"reason": reason}]
    assert rows("SELECT held_because FROM inbound_mail WHERE kind = 'held'") == [{"held_because": reason}]


def test_a_mail_that_is_left_out_stays_held_with_the_reason(mailroom: Mailroom, held: EmailMessage, rows: Rows) -> None:
    mailroom.answer(held, "KHÔNG XỬ LÝ: thư gửi nhầm")

    mailroom.collect(LATER)

    assert rows("SELECT kind, held_because FROM inbound_mail WHERE from_address = :sender", sender=PERSONAL) == [
        {"kind": "held", "held_because": "thư gửi nhầm"}
    ]
    assert state(rows) == "awaiting"
