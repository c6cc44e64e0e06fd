"""Questions that are to be sorted, answered or kept by the officer himself: words beside the figures (U5, U11, U18)."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage

import pytest

from tasks.answering import settle_answers
from tasks.asking import ask_to_sort_questions
from tests.flows.conftest import NOW, Handle, Rows, Say
from tests.flows.two_units import leave
from tests.mailroom import Mailroom, text_of

LATER = NOW + timedelta(hours=1)
OFFICER = "vu.hai.yen@bhxh.example.vn"
ASKED = {
    "u1": "Tôi mất sổ bảo hiểm xã hội thì có rút bảo hiểm xã hội một lần được không?",
    "u2": "Công ty nợ bảo hiểm thì tôi có được hưởng chế độ thai sản không?",
    "u3": "Hôm trước tôi có hỏi việc ấy ở cơ quan mà chưa rõ thì phải làm thế nào?",
}
ANSWER = "Ông/Bà nộp tờ khai TK1-TS tại cơ quan BHXH nơi cư trú để cấp lại sổ."


@pytest.fixture
def letter(mailroom: Mailroom, say: Say, handle: Handle) -> EmailMessage:
    """Return the letter that asks about one question."""
    say("u1", ASKED["u1"], at=NOW - timedelta(minutes=30))
    handle(NOW)
    ask_to_sort_questions.fn(NOW)
    return mailroom.letter(OFFICER)


@pytest.fixture
def letter_on_three(mailroom: Mailroom, say: Say, handle: Handle) -> EmailMessage:
    """Return the letter that asks about three questions."""
    for place, (user, text) in enumerate(ASKED.items()):
        say(user, text, at=NOW - timedelta(minutes=30 - place))
    handle(NOW)
    ask_to_sort_questions.fn(NOW)
    return mailroom.letter(OFFICER)


def states(rows: Rows) -> list[str]:
    return [row["state"] for row in rows("SELECT state FROM question ORDER BY user_id")]


def labels(rows: Rows) -> list[tuple[list[str], str]]:
    return [
        (row["units"], row["reason"]) for row in rows("SELECT units, reason FROM label_event ORDER BY label_event_id")
    ]


def codes(rows: Rows) -> list[str]:
    return [row["case_code"] for row in rows("SELECT case_code FROM question ORDER BY user_id")]


def to_officer(mailroom: Mailroom, subject: str) -> EmailMessage:
    """Return the newest letter to the officer whose subject says so."""
    return [mail for mail in mailroom.letters(OFFICER) if subject in str(mail["Subject"])][-1]


def receipt(mailroom: Mailroom) -> str:
    return text_of(to_officer(mailroom, "thực hiện ý kiến của Ông/Bà"))


def test_an_answer_written_at_once_is_shown_before_one_word_sends_it(
    mailroom: Mailroom, letter: EmailMessage, rows: Rows
) -> None:
    mailroom.answer(letter, f"TRẢ LỜI: {ANSWER}\n\nThời hạn là 05 ngày làm việc.\n\nTrân trọng,\nVũ Hải Yến")
    mailroom.collect(LATER)

    assert states(rows) == ["answer_proposed"]
    assert "đã ghi nội dung mới (bản 1), gửi lại để duyệt" in receipt(mailroom)
    proposal = to_officer(mailroom, "Dự thảo trả lời công dân")
    assert ANSWER in text_of(proposal)
    assert labels(rows) == [([], "viết TRẢ LỜI")]

    mailroom.answer(proposal, "GỬI")
    mailroom.collect(LATER)
    (sent,) = rows("SELECT parts->>'text' AS text FROM outbox WHERE key LIKE 'answer:%'")
    leave(rows)
    settle_answers.fn(LATER)

    assert states(rows) == ["answered"]
    assert f"{ANSWER}\n\nThời hạn là 05 ngày làm việc." in sent["text"]
    assert not any(word in sent["text"] for word in ("TRẢ LỜI", "Vũ Hải Yến"))
    assert rows("SELECT count(*) AS n FROM work_item WHERE closed_at IS NULL") == [{"n": 0}]


def test_a_note_to_the_desk_is_not_taken_for_an_answer(mailroom: Mailroom, letter: EmailMessage, rows: Rows) -> None:
    mailroom.answer(letter, "TRẢ LỜI: ok gửi")

    mailroom.collect(LATER)

    assert states(rows) == ["in_triage"]
    assert "chưa rõ nội dung trả lời công dân, câu hỏi chưa được xử lý" in receipt(mailroom)


def test_an_officer_keeps_a_question_and_answers_the_letter_that_he_gets(
    mailroom: Mailroom, letter: EmailMessage, rows: Rows
) -> None:
    mailroom.answer(letter, "giữ trực")
    mailroom.collect(LATER)

    assert states(rows) == ["with_duty"]
    assert labels(rows) == [([], "viết TRỰC TRẢ LỜI")]
    assert "giao cán bộ trực trả lời" in receipt(mailroom)

    # the word of the first letter over the answer is a heading here
    mailroom.answer(to_officer(mailroom, "Câu hỏi cán bộ trực trả lời"), "TRẢ LỜI:\nThời hạn là 05 ngày.")
    mailroom.collect(LATER)
    mailroom.answer(to_officer(mailroom, "Dự thảo trả lời công dân"), f"Trả lời công dân: {ANSWER}")
    mailroom.collect(LATER)

    assert states(rows) == ["answer_proposed"]
    shorter, longer = (row["text"] for row in rows("SELECT text FROM answer ORDER BY version"))
    assert "Thời hạn là 05 ngày." in shorter
    assert ANSWER in longer
    assert not any("trả lời:" in text.casefold() or "công dân:" in text for text in (shorter, longer))


def test_an_answer_of_two_lines_stands_between_a_figure_and_a_line_that_is_wrong(
    mailroom: Mailroom, letter_on_three: EmailMessage, rows: Rows
) -> None:
    first, second, third = codes(rows)
    mailroom.answer(
        letter_on_three,
        f"{first}: 1\n{second}: TRẢ LỜI: Ông/Bà vẫn được hưởng chế độ thai sản.\n{ANSWER}\n{third}: 7",
    )

    mailroom.collect(LATER)

    assert states(rows) == ["routed", "answer_proposed", "in_triage"]
    assert f"Chưa thực hiện: {third}: không có đề xuất số đó" in receipt(mailroom)
    (answer,) = rows("SELECT text FROM answer")
    assert f"Ông/Bà vẫn được hưởng chế độ thai sản.\n{ANSWER}" in answer["text"]
    (chosen, reason), written = labels(rows)
    assert chosen
    assert reason.startswith("chọn đề xuất 1: Chuyển ")
    assert written == ([], "viết TRẢ LỜI")


def test_a_line_that_nobody_understands_is_named_beside_what_was_done(
    mailroom: Mailroom, letter_on_three: EmailMessage, rows: Rows
) -> None:
    first, second, _ = codes(rows)
    mailroom.answer(letter_on_three, f"{first}: CHUYỂN: bên Thu\n{second}: để tôi xem lại đã")

    mailroom.collect(LATER)

    assert states(rows) == ["routed", "in_triage", "in_triage"]
    assert f"Chưa thực hiện: {second}: chưa rõ ý kiến" in receipt(mailroom)
    assert labels(rows) == [(["B_QLT"], "viết CHUYỂN ĐƠN VỊ: bên Thu")]


def test_units_named_in_words_correct_the_proposals_and_both_are_kept(
    mailroom: Mailroom, letter_on_three: EmailMessage, rows: Rows
) -> None:
    first, second, third = codes(rows)
    mailroom.answer(letter_on_three, f"{first}: 1\n{second}: CHUYỂN: TCKT\n{third}: NGOÀI PHẠM VI: Sở Nội vụ")

    mailroom.collect(LATER)

    assert states(rows) == ["routed", "routed", "redirect_proposed"]
    kept = rows("SELECT units, redirect, said_units, officer FROM label_event ORDER BY label_event_id")
    assert len(kept) == 3
    assert kept[1]["units"] == ["B_TCKT"]
    assert kept[2]["redirect"]
    assert {row["officer"] for row in kept} == {"YEN"}


def test_what_others_have_decided_is_not_answered_again(
    mailroom: Mailroom, letter_on_three: EmailMessage, rows: Rows
) -> None:
    first, *_ = codes(rows)
    mailroom.answer(letter_on_three, f"{first}: TRỰC TRẢ LỜI")
    mailroom.collect(LATER)

    mailroom.answer(letter_on_three, f"{first}: TRẢ LỜI: {ANSWER}")
    mailroom.collect(LATER)

    assert states(rows)[0] == "with_duty"
    assert "câu hỏi đã được Vũ Hải Yến xử lý" in receipt(mailroom)
    assert "cán bộ trực tự trả lời" in receipt(mailroom)
