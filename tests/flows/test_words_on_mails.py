"""What officials say of mails that are doubtful, held or late, over real mail (U13)."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from desk.runtime.decisions.decision import DecisionRefusedError
from desk.runtime.triage import TriageAction, TriageOrder
from tasks.answering import compose_batch
from tasks.triaging import triage_question_of
from tests.flows.conftest import NOW, Rows
from tests.flows.words_said import BESIDE_ANSWER, LATER, asked_of, at_units, open_work, question, say_word
from tests.mailroom import Mailroom, text_of


@pytest.mark.parametrize(
    ("word", "state"), [("LÀ TRẢ LỜI", "replied"), ("CHƯA TRẢ LỜI", "awaiting")], ids=["is", "is-not"]
)
def test_a_doubtful_reply_is_what_the_officer_says(
    mailroom: Mailroom, letter: EmailMessage, rows: Rows, word: str, state: str
) -> None:
    mailroom.answer(letter, "Như nội dung đã trao đổi.")
    mailroom.collect(LATER)

    say_word(mailroom, rows, word)

    assert at_units(rows) == [("B_QLT", state)]
    assert open_work(rows) == []


def test_a_unit_that_asks_back_has_the_citizen_asked_by_one_line(
    mailroom: Mailroom, letter: EmailMessage, rows: Rows
) -> None:
    mailroom.answer(letter, "Đề nghị cho biết công dân làm mất sổ từ năm nào và đang đóng ở tỉnh nào?")
    mailroom.collect(LATER)

    say_word(mailroom, rows, "HỎI LẠI CÔNG DÂN: Ông/Bà đang đóng bảo hiểm xã hội tại tỉnh nào?")

    assert question(rows)["state"] == "awaiting_citizen"
    (asked,) = rows("SELECT parts->>'text' AS text FROM outbox WHERE kind = 'ask-back'")
    assert "đang đóng bảo hiểm xã hội tại tỉnh nào" in asked["text"]


def test_a_held_mail_is_let_in_and_its_sender_is_known_from_then_on(
    mailroom: Mailroom, letter: EmailMessage, rows: Rows
) -> None:
    answer = "Người lao động lập Tờ khai TK1-TS, nộp tại cơ quan BHXH. Thời hạn giải quyết là 10 ngày."
    mailroom.answer(letter, answer, sender="hung@thu-nhap.example.com")
    mailroom.collect(LATER)
    assert at_units(rows) == [("B_QLT", "awaiting")]

    say_word(mailroom, rows, "THÊM VÀO DANH SÁCH")

    assert at_units(rows) == [("B_QLT", "replied")]
    assert rows("SELECT address, unit_code FROM admitted_sender") == [
        {"address": "hung@thu-nhap.example.com", "unit_code": "B_QLT"}
    ]


def test_a_held_mail_is_left_out_with_a_reason(mailroom: Mailroom, letter: EmailMessage, rows: Rows) -> None:
    mailroom.answer(letter, "Tôi gửi thông tin.", sender="ai.do@thu-nhap.example.com")
    mailroom.collect(LATER)

    say_word(mailroom, rows, "KHÔNG XỬ LÝ: thư không liên quan")

    assert at_units(rows) == [("B_QLT", "awaiting")]
    assert open_work(rows) == []


def close(rows: Rows) -> None:
    """Let the officer answer by telephone what lies with a unit."""
    order = TriageOrder(
        code=question(rows)["case_code"], action=TriageAction.ANSWERED, acting_officer="HA", reason="qua điện thoại"
    )
    triage_question_of.fn(order, NOW)


@pytest.fixture
def late(mailroom: Mailroom, letter: EmailMessage, rows: Rows) -> str:
    """Let a unit answer a question that has ended; returns what the officer reads of it."""
    close(rows)
    mailroom.answer(letter, BESIDE_ANSWER)
    mailroom.collect(LATER)
    return text_of(mailroom.letter(asked_of(rows)))


def test_a_question_that_has_ended_is_taken_up_again_with_the_late_reply_as_its_answer(
    mailroom: Mailroom, late: str, rows: Rows
) -> None:
    before = question(rows)
    assert "Theo Điều 60 Luật BHXH" in late
    assert "MỞ LẠI" in late.splitlines()

    receipt = say_word(mailroom, rows, "MỞ LẠI")

    after = question(rows)
    assert (after["state"], after["closed_at"]) == ("routed", None)
    assert (after["promised"], after["due_by_rule_on"]) == (before["promised"], before["due_by_rule_on"])
    assert at_units(rows) == [("B_QLT", "replied")]
    assert open_work(rows) == []
    assert "đã mở lại câu hỏi, ghi nhận thư là câu trả lời của đơn vị" in text_of(receipt)

    compose_batch.fn(LATER)

    (draft,) = rows("SELECT parts->>'text' AS text FROM outbox WHERE kind = 'answer-proposal'")
    assert "Theo Điều 60 Luật BHXH" in draft["text"]
    assert question(rows)["state"] == "answer_proposed"


def test_a_question_that_has_ended_is_before_a_person_again_where_the_late_reply_is_no_answer(
    mailroom: Mailroom, letter: EmailMessage, rows: Rows
) -> None:
    close(rows)
    mailroom.answer(letter, "KHÔNG THUỘC ĐƠN VỊ: CSYT")
    mailroom.collect(LATER)

    receipt = say_word(mailroom, rows, "MỞ LẠI")

    after = question(rows)
    assert (after["state"], after["closed_at"]) == ("in_triage", None)
    assert open_work(rows) == ["triage"]
    assert "chờ cán bộ trực xử lý tiếp" in text_of(receipt)
    order = TriageOrder(code=after["case_code"], action=TriageAction.ROUTE, acting_officer="HA", units=("QLT",))
    triage_question_of.fn(order, LATER)
    assert at_units(rows) == [("B_QLT", "awaiting")]


@pytest.mark.usefixtures("late")
def test_a_late_reply_is_left_out_with_a_reason(mailroom: Mailroom, rows: Rows) -> None:
    say_word(mailroom, rows, "KHÔNG XỬ LÝ: công dân đã được trả lời")

    assert question(rows)["state"] == "answered"
    assert open_work(rows) == []


def test_only_what_has_ended_can_be_taken_up_again(letter: EmailMessage, rows: Rows) -> None:
    del letter
    order = TriageOrder(code=question(rows)["case_code"], action=TriageAction.REOPEN, acting_officer="HA")

    with pytest.raises(DecisionRefusedError, match="chưa kết thúc"):
        triage_question_of.fn(order, NOW)

    assert question(rows)["state"] == "routed"
