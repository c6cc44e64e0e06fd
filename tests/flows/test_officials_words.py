"""What officials say to what units propose, over real mail (U13)."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from tests.flows.conftest import UNIT, Rows
from tests.flows.words_said import (
    BESIDE_ANSWER,
    LATER,
    OTHER_UNIT,
    SECRETARY,
    asked_of,
    at_units,
    open_work,
    question,
    say_word,
)
from tests.mailroom import Mailroom, text_of


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
