"""What officials say to the matters put before them, over real mail: proposals, held mail, doubtful readings (U13)."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest

from desk.rules.tally import Count
from desk.runtime.decisions.decision import DecisionRefusedError
from desk.runtime.triage import TriageAction, TriageOrder
from tasks.answering import compose_batch
from tasks.triaging import triage_question_of
from tests.dates import at
from tests.flows.conftest import Handle, Rows, Say
from tests.mailroom import Mailroom, text_of

NOW = at("Fri 2026-11-20 09:30")
LATER = NOW + timedelta(hours=1)
UNIT = "thu@bhxh.example.vn"
OTHER_UNIT = "csyt@bhxh.example.vn"
SECRETARY = "hoang.phuong.thao@bhxh.example.vn"
LOST_BOOK = "Tôi bị mất sổ bảo hiểm xã hội, xin hỏi thủ tục cấp lại sổ BHXH?"


@pytest.fixture
def letter(mailroom: Mailroom, say: Say, handle: Handle) -> EmailMessage:
    """Let a question about a lost book lie with its unit, and return the letter."""
    say("u1", LOST_BOOK, at=NOW - timedelta(minutes=20))
    handle(NOW)
    return mailroom.letter(UNIT)


def asked_of(rows: Rows, number: int = -1) -> str:
    """Return the mailbox of whoever was asked for a word."""
    return str(
        rows("SELECT recipient FROM outbox WHERE kind = 'duty-decision' ORDER BY outbox_id")[number]["recipient"]
    )


def say_word(mailroom: Mailroom, rows: Rows, word: str) -> EmailMessage:
    """Answer the newest letter that asks for a word, and return what comes back to whoever wrote it."""
    officer = asked_of(rows)
    asking = [one for one in mailroom.letters(officer) if "cụm từ" in text_of(one)][-1]
    mailroom.answer(asking, word)
    assert mailroom.collect(LATER)[Count.DECISIONS] == 1
    return mailroom.letter(officer)


def at_units(rows: Rows) -> list[tuple[str, str]]:
    return [
        (row["unit_code"], row["state"])
        for row in rows("SELECT unit_code, state FROM assignment ORDER BY assignment_id")
    ]


def question(rows: Rows) -> dict[str, Any]:
    return rows("SELECT *, promised_on::text AS promised, agreed_on::text AS agreed FROM question")[0]


def open_work(rows: Rows) -> list[str]:
    return [row["kind"] for row in rows("SELECT kind FROM work_item WHERE closed_at IS NULL")]


def test_a_unit_that_is_not_competent_waits_for_the_officer_and_then_the_other_unit_is_asked(
    mailroom: Mailroom, letter: EmailMessage, rows: Rows
) -> None:
    mailroom.answer(letter, "KHÔNG THUỘC ĐƠN VỊ: CSYT")
    mailroom.collect(LATER)
    assert at_units(rows) == [("B_QLT", "awaiting")]

    receipt = say_word(mailroom, rows, "ĐỒNG Ý")

    assert at_units(rows) == [("B_QLT", "withdrawn"), ("B_CSYT", "awaiting")]
    assert "đã chuyển Ban Thực hiện chính sách bảo hiểm y tế" in text_of(receipt)
    assert question(rows)["case_code"] in str(mailroom.letter(OTHER_UNIT)["Subject"])
    assert "đã chuyển" in text_of(mailroom.letter(UNIT))
    assert question(rows)["promised"] == "2026-11-26"
    assert open_work(rows) == []


REASON = "Lý do: câu hỏi về thẻ BHYT."
BESIDE_ANSWER = "Theo Điều 60 Luật BHXH, người lao động nộp hồ sơ tại cơ quan BHXH nơi cư trú."


def test_a_reason_on_the_next_line_is_shown_to_the_officer_and_the_command_carried_out(
    mailroom: Mailroom, letter: EmailMessage, rows: Rows
) -> None:
    mailroom.answer(letter, f"KHÔNG THUỘC ĐƠN VỊ: CSYT\n{REASON}\n\nTrân trọng./.")
    mailroom.collect(LATER)
    shown = text_of(mailroom.letter(asked_of(rows)))
    assert REASON in shown
    assert "ĐỒNG Ý" in shown
    assert "LÀ TRẢ LỜI" not in shown

    say_word(mailroom, rows, "ĐỒNG Ý")

    assert at_units(rows) == [("B_QLT", "withdrawn"), ("B_CSYT", "awaiting")]


@pytest.mark.parametrize(
    ("word", "states"),
    [
        ("ĐỒNG Ý", [("B_QLT", "withdrawn"), ("B_CSYT", "awaiting")]),
        ("LÀ TRẢ LỜI", [("B_QLT", "replied")]),
        ("CHƯA TRẢ LỜI", [("B_QLT", "awaiting")]),
    ],
    ids=["command", "answer", "neither"],
)
def test_a_command_beside_an_answer_is_whichever_of_both_the_officer_says(
    mailroom: Mailroom, letter: EmailMessage, rows: Rows, word: str, states: list[tuple[str, str]]
) -> None:
    mailroom.answer(letter, f"KHÔNG THUỘC ĐƠN VỊ: CSYT\n\n{BESIDE_ANSWER}")
    mailroom.collect(LATER)
    shown = text_of(mailroom.letter(asked_of(rows)))
    assert "KHÔNG THUỘC ĐƠN VỊ: CSYT" in shown
    assert "Theo Điều 60 Luật BHXH" in shown
    assert {"ĐỒNG Ý", "LÀ TRẢ LỜI", "CHƯA TRẢ LỜI"} <= set(shown.splitlines())

    say_word(mailroom, rows, word)

    assert at_units(rows) == states
    assert open_work(rows) == []


def test_the_officer_may_name_another_unit_than_the_one_that_refused_did(
    mailroom: Mailroom, letter: EmailMessage, rows: Rows
) -> None:
    mailroom.answer(letter, "KHÔNG THUỘC ĐƠN VỊ: CSYT")
    mailroom.collect(LATER)

    say_word(mailroom, rows, "CHUYỂN ĐƠN VỊ: CSXH")

    assert at_units(rows) == [("B_QLT", "withdrawn"), ("B_CSXH", "awaiting")]


def test_a_refused_proposal_leaves_the_question_and_its_date_where_they_are(
    mailroom: Mailroom, letter: EmailMessage, rows: Rows
) -> None:
    mailroom.answer(letter, "KHÔNG THUỘC ĐƠN VỊ: CSYT")
    mailroom.collect(LATER)

    say_word(mailroom, rows, "KHÔNG ĐỒNG Ý")

    assert at_units(rows) == [("B_QLT", "awaiting")]
    told = text_of(mailroom.letter(UNIT))
    assert "chưa chấp nhận" in told
    assert "26/11/2026" in told


def test_the_second_refusal_of_a_question_is_the_secretarys_to_settle(
    mailroom: Mailroom, letter: EmailMessage, rows: Rows
) -> None:
    mailroom.answer(letter, "KHÔNG THUỘC ĐƠN VỊ: CSYT")
    mailroom.collect(LATER)
    say_word(mailroom, rows, "ĐỒNG Ý")

    mailroom.answer(mailroom.letter(OTHER_UNIT), "KHÔNG THUỘC ĐƠN VỊ: QLT")
    mailroom.collect(LATER)

    assert asked_of(rows) == SECRETARY
    say_word(mailroom, rows, "CHUYỂN ĐƠN VỊ: CSXH")
    assert at_units(rows) == [("B_QLT", "withdrawn"), ("B_CSYT", "withdrawn"), ("B_CSXH", "awaiting")]


def test_a_refusal_that_the_officer_read_out_of_a_doubtful_mail_counts_as_one(
    mailroom: Mailroom, letter: EmailMessage, rows: Rows
) -> None:
    mailroom.answer(letter, f"KHÔNG THUỘC ĐƠN VỊ: CSYT\n\n{BESIDE_ANSWER}")
    mailroom.collect(LATER)
    say_word(mailroom, rows, "ĐỒNG Ý")

    mailroom.answer(mailroom.letter(OTHER_UNIT), f"KHÔNG THUỘC ĐƠN VỊ: QLT\n\n{BESIDE_ANSWER}")
    mailroom.collect(LATER)
    assert asked_of(rows) != SECRETARY
    receipt = say_word(mailroom, rows, "ĐỒNG Ý")

    assert "đã chuyển Thư ký Ban Quản trị xem xét" in text_of(receipt)
    assert asked_of(rows) == SECRETARY
    assert at_units(rows) == [("B_QLT", "withdrawn"), ("B_CSYT", "awaiting")]
    say_word(mailroom, rows, "CHUYỂN ĐƠN VỊ: CSXH")
    assert at_units(rows) == [("B_QLT", "withdrawn"), ("B_CSYT", "withdrawn"), ("B_CSXH", "awaiting")]


def test_one_more_unit_makes_four_working_days_and_the_first_is_not_asked_twice(
    mailroom: Mailroom, letter: EmailMessage, rows: Rows
) -> None:
    mailroom.answer(letter, "BỔ SUNG ĐƠN VỊ: CSYT")
    mailroom.collect(LATER)

    say_word(mailroom, rows, "ĐỒNG Ý")

    assert at_units(rows) == [("B_QLT", "awaiting"), ("B_CSYT", "awaiting")]
    assert (question(rows)["promised"], question(rows)["unit_count"]) == ("2026-11-27", 2)
    assert len(rows("SELECT FROM outbox WHERE kind = 'unit-letter' AND recipient = :unit", unit=UNIT)) == 1
    assert "đồng thời được chuyển đến" in text_of(mailroom.letter(OTHER_UNIT))


def test_more_time_tells_the_citizen_a_later_day_and_leaves_the_regulations(
    mailroom: Mailroom, letter: EmailMessage, rows: Rows
) -> None:
    mailroom.answer(letter, "XIN GIA HẠN: 30/11/2026, cần xác minh hồ sơ")
    mailroom.collect(LATER)

    say_word(mailroom, rows, "ĐỒNG Ý")

    assert (question(rows)["promised"], question(rows)["agreed"]) == ("2026-11-26", "2026-11-30")
    (told,) = rows("SELECT parts->>'text' AS text FROM outbox WHERE kind = 'delay'")
    assert "thứ Hai, 30/11/2026" in told["text"]
    assert rows("SELECT actor FROM event WHERE kind = 'promised_anew'") == [{"actor": "YEN"}]


def test_what_a_unit_finds_outside_the_sector_waits_for_the_board(
    mailroom: Mailroom, letter: EmailMessage, rows: Rows
) -> None:
    mailroom.answer(letter, "NGOÀI NGÀNH: thuế")
    mailroom.collect(LATER)

    say_word(mailroom, rows, "ĐỒNG Ý")

    told = text_of(mailroom.letter(UNIT))
    assert "đã ghi nhận nội dung ngoài ngành" in told
    assert "chậm nhất" not in told
    assert at_units(rows) == [("B_QLT", "withdrawn")]
    assert question(rows)["state"] == "redirect_proposed"
    assert rows("SELECT count(*) AS n FROM outbox WHERE kind LIKE 'redirect%'") == [{"n": 0}]


def test_what_one_of_two_units_finds_outside_the_sector_leaves_the_other_to_answer(
    mailroom: Mailroom, letter: EmailMessage, rows: Rows
) -> None:
    mailroom.answer(letter, "BỔ SUNG ĐƠN VỊ: CSYT")
    mailroom.collect(LATER)
    say_word(mailroom, rows, "ĐỒNG Ý")
    mailroom.answer(mailroom.letter(OTHER_UNIT), "NGOÀI NGÀNH: thuế")
    mailroom.collect(LATER)

    say_word(mailroom, rows, "ĐỒNG Ý")

    assert at_units(rows) == [("B_QLT", "awaiting"), ("B_CSYT", "withdrawn")]
    assert question(rows)["state"] == "routed"


def test_whoever_comes_second_is_told_by_whom_and_what(mailroom: Mailroom, letter: EmailMessage, rows: Rows) -> None:
    mailroom.answer(letter, "KHÔNG THUỘC ĐƠN VỊ: CSYT")
    mailroom.collect(LATER)
    officer = asked_of(rows)
    asking = mailroom.letter(officer)
    mailroom.answer(asking, "KHÔNG ĐỒNG Ý")
    mailroom.collect(LATER)

    mailroom.answer(asking, "ĐỒNG Ý")
    mailroom.collect(LATER)

    assert at_units(rows) == [("B_QLT", "awaiting")]
    assert "chưa chấp nhận" in text_of(mailroom.letter(officer))


def test_a_word_with_a_condition_is_no_word(mailroom: Mailroom, letter: EmailMessage, rows: Rows) -> None:
    mailroom.answer(letter, "KHÔNG THUỘC ĐƠN VỊ: CSYT")
    mailroom.collect(LATER)

    say_word(mailroom, rows, "Đồng ý nhưng cần hỏi lại Ban Thu")

    assert at_units(rows) == [("B_QLT", "awaiting")]
    assert open_work(rows) == ["unit_proposal"]


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
