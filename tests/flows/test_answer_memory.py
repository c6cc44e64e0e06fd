"""An answer that an official keeps, and the letters about questions like the one it answered (U5, U11, U20)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from email.message import EmailMessage

import pytest
from typer.testing import CliRunner

from desk.console.app import app
from desk.rules.office import Amendment
from desk.runtime import office as offices
from desk.runtime.database import transaction
from tasks.answering import settle_answers
from tasks.asking import ask_to_sort_questions
from tests.flows.conftest import NOW, Handle, Rows, Say, trusting_office
from tests.flows.two_units import leave
from tests.mailroom import Mailroom, text_of

LATER = NOW + timedelta(hours=1)
NEXT = NOW + timedelta(days=3)
OFFICER, NEXT_OFFICER = "vu.hai.yen@bhxh.example.vn", "nguyen.thu.ha@bhxh.example.vn"
ASKED = "Tôi mất sổ bảo hiểm xã hội thì có rút bảo hiểm xã hội một lần được không?"
LIKE = "Cho em hỏi mất sổ bảo hiểm xã hội thì có rút bảo hiểm xã hội một lần được không ạ?"
ANSWER = "Theo Quyết định 1624/QĐ-BHXH và Thông tư 12/2025/TT-BNV, Ông/Bà đề nghị cấp lại sổ trước khi hưởng."


def to_officer(mailroom: Mailroom, subject: str, officer: str = OFFICER) -> EmailMessage:
    return [mail for mail in mailroom.letters(officer) if subject in str(mail["Subject"])][-1]


def receipt(mailroom: Mailroom, officer: str = OFFICER) -> str:
    return text_of(to_officer(mailroom, "thực hiện ý kiến của Ông/Bà", officer))


def answer(mailroom: Mailroom, say: Say, handle: Handle, rows: Rows, text: str = ANSWER) -> EmailMessage:
    """Let a question be answered; returns the letter that proposed the answer."""
    say("u1", ASKED, at=NOW - timedelta(minutes=30))
    handle(NOW)
    ask_to_sort_questions.fn(NOW)
    mailroom.answer(mailroom.letter(OFFICER), f"TRẢ LỜI: {text}")
    mailroom.collect(LATER)
    proposal = to_officer(mailroom, "Dự thảo trả lời công dân")
    mailroom.answer(proposal, "GỬI")
    mailroom.collect(LATER)
    leave(rows)
    settle_answers.fn(LATER)
    return proposal


def remember(mailroom: Mailroom, say: Say, handle: Handle, rows: Rows) -> None:
    mailroom.answer(answer(mailroom, say, handle, rows), "LƯU MẪU")
    mailroom.collect(LATER)


def ask_again(mailroom: Mailroom, say: Say, handle: Handle) -> EmailMessage:
    """Let somebody else ask nearly the same; returns the letter to the officer who sorts."""
    say("u2", LIKE, at=NEXT - timedelta(minutes=30))
    handle(NEXT)
    ask_to_sort_questions.fn(NEXT)
    return to_officer(mailroom, "Đề nghị phân loại", NEXT_OFFICER)


def test_an_answer_that_was_kept_is_quoted_beside_a_like_question_and_sent_by_one_word(
    mailroom: Mailroom, say: Say, handle: Handle, rows: Rows
) -> None:
    remember(mailroom, say, handle, rows)
    assert "đã lưu mẫu câu trả lời" in receipt(mailroom)

    letter = ask_again(mailroom, say, handle)
    shown = text_of(letter)
    assert "Câu hỏi tương tự đã được trả lời ngày thứ Sáu, 20/11/2026" in shown
    assert "đề nghị cấp lại sổ trước khi hưởng" in " ".join(shown.split())
    assert "chưa rõ hiệu lực: 12/2025/TT-BNV" in shown

    mailroom.answer(letter, "GỬI")
    mailroom.collect(NEXT)

    assert "đã cho gửi câu trả lời mẫu" in receipt(mailroom, NEXT_OFFICER)
    (sent,) = rows(
        "SELECT state, text, released_by FROM answer WHERE question_id = (SELECT max(question_id) FROM question)"
    )
    assert sent["state"] == "leaving"
    assert sent["released_by"] == "HA"
    assert ANSWER in sent["text"]
    (first, second) = rows("SELECT case_code FROM question ORDER BY question_id")
    assert second["case_code"] in sent["text"]
    assert first["case_code"] not in sent["text"]


def test_the_officer_on_duty_and_the_unit_see_it_too(mailroom: Mailroom, say: Say, handle: Handle, rows: Rows) -> None:
    remember(mailroom, say, handle, rows)
    letter = ask_again(mailroom, say, handle)

    mailroom.answer(letter, "TRỰC TRẢ LỜI")
    mailroom.collect(NEXT)
    duty = to_officer(mailroom, "Câu hỏi cán bộ trực trả lời", NEXT_OFFICER)
    assert "Câu hỏi tương tự đã được trả lời ngày thứ Sáu, 20/11/2026" in text_of(duty)

    mailroom.answer(duty, "CHUYỂN ĐƠN VỊ: bên Thu")
    mailroom.collect(NEXT)
    (unit,) = rows("SELECT parts->>'text' AS text FROM outbox WHERE kind = 'unit-letter'")
    assert "Câu hỏi tương tự đã được trả lời ngày thứ Sáu, 20/11/2026" in unit["text"]
    assert "GỬI" not in unit["text"]


def test_the_duty_officers_letter_takes_the_word_as_well(
    mailroom: Mailroom, say: Say, handle: Handle, rows: Rows
) -> None:
    remember(mailroom, say, handle, rows)
    mailroom.answer(ask_again(mailroom, say, handle), "TRỰC TRẢ LỜI")
    mailroom.collect(NEXT)

    mailroom.answer(to_officer(mailroom, "Câu hỏi cán bộ trực trả lời", NEXT_OFFICER), "GỬI")
    mailroom.collect(NEXT)

    assert rows("SELECT state FROM question ORDER BY question_id DESC LIMIT 1") == [{"state": "answer_leaving"}]


def test_what_rests_on_a_law_that_has_changed_is_marked_and_not_sent(
    mailroom: Mailroom, say: Say, handle: Handle, rows: Rows
) -> None:
    remember(mailroom, say, handle, rows)
    office = trusting_office()
    laws = tuple(
        replace(law, amended=(Amendment(on=date(2026, 11, 21), by="9999/QĐ-BHXH"),))
        if law.number == "1624/QĐ-BHXH"
        else law
        for law in office.laws
    )
    with transaction() as connection:
        offices.load(connection, replace(office, laws=laws))

    letter = ask_again(mailroom, say, handle)
    shown = " ".join(text_of(letter).split())
    assert "căn cứ đã thay đổi: Quyết định số 1624/QĐ-BHXH đã được sửa đổi, bổ sung bởi 9999/QĐ-BHXH" in shown
    assert "viết: GỬI" not in shown

    mailroom.answer(letter, "GỬI")
    mailroom.collect(NEXT)

    assert "căn cứ đã thay đổi" in receipt(mailroom, NEXT_OFFICER)
    assert "viết TRẢ LỜI:" in receipt(mailroom, NEXT_OFFICER)
    assert rows("SELECT state FROM question ORDER BY question_id DESC LIMIT 1") == [{"state": "in_triage"}]


def test_an_answer_that_has_not_reached_its_citizen_is_not_kept_yet(
    mailroom: Mailroom, say: Say, handle: Handle, rows: Rows
) -> None:
    say("u1", ASKED, at=NOW - timedelta(minutes=30))
    handle(NOW)
    ask_to_sort_questions.fn(NOW)
    mailroom.answer(mailroom.letter(OFFICER), f"TRẢ LỜI: {ANSWER}")
    mailroom.collect(LATER)

    mailroom.answer(to_officer(mailroom, "Dự thảo trả lời công dân"), "LƯU MẪU")
    mailroom.collect(LATER)

    assert "câu trả lời chưa đến công dân" in receipt(mailroom)
    assert rows("SELECT count(*) AS n FROM remembered_answer") == [{"n": 0}]


def test_an_answer_with_somebodys_data_is_not_kept(mailroom: Mailroom, say: Say, handle: Handle, rows: Rows) -> None:
    proposal = answer(mailroom, say, handle, rows)
    rows("UPDATE answer SET text = text || ' Bà Nguyễn Thị Lan mang theo căn cước.'")

    mailroom.answer(proposal, "LƯU MẪU")
    mailroom.collect(LATER)

    assert "câu trả lời có dữ liệu cá nhân (họ tên)" in receipt(mailroom)


def test_an_answer_to_a_sensitive_question_is_not_kept(
    mailroom: Mailroom, say: Say, handle: Handle, rows: Rows
) -> None:
    proposal = answer(mailroom, say, handle, rows)
    rows("UPDATE question SET sensitive = 'to_cao'")

    mailroom.answer(proposal, "LƯU MẪU")
    mailroom.collect(LATER)

    assert "nhạy cảm hoặc khẩn cấp" in receipt(mailroom)


def test_what_few_may_read_gets_no_answer_of_others_beside_it(
    mailroom: Mailroom, say: Say, handle: Handle, rows: Rows
) -> None:
    remember(mailroom, say, handle, rows)
    say("u2", f"{LIKE} Tôi tố cáo cán bộ nhận tiền.", at=NEXT - timedelta(minutes=30))
    handle(NEXT)

    assert not any("Câu hỏi tương tự" in text_of(mail) for mail in mailroom.letters(NEXT_OFFICER))


@pytest.mark.parametrize("again", [False, True])
def test_a_kept_answer_is_kept_once(mailroom: Mailroom, say: Say, handle: Handle, rows: Rows, *, again: bool) -> None:
    remember(mailroom, say, handle, rows)
    if again:
        mailroom.answer(to_officer(mailroom, "Dự thảo trả lời công dân"), "lưu mẫu")
        mailroom.collect(LATER)
        assert "đã được lưu mẫu trước đó" in receipt(mailroom)
    (kept,) = rows("SELECT question_text, answer_text, laws, remembered_by FROM remembered_answer")
    assert kept["answer_text"] == ANSWER
    assert kept["laws"] == ["1624/QĐ-BHXH", "12/2025/TT-BNV"]
    assert kept["remembered_by"] == "YEN"


def test_an_answer_is_taken_out_of_use_by_who_let_it_go_or_the_secretary(
    mailroom: Mailroom, say: Say, handle: Handle, rows: Rows
) -> None:
    remember(mailroom, say, handle, rows)
    letter = ask_again(mailroom, say, handle)
    (first, _) = rows("SELECT case_code FROM question ORDER BY question_id")
    run = CliRunner()

    shown = run.invoke(app, ["show", first["case_code"]])
    refused = run.invoke(app, ["remember", first["case_code"], "--by", "HA", "--retire"])
    done = run.invoke(app, ["remember", first["case_code"], "--by", "YEN", "--retire"])
    mailroom.answer(letter, "GỬI")
    mailroom.collect(NEXT)

    assert ANSWER in shown.output
    assert refused.exit_code == 1
    assert "chỉ người đã cho gửi câu trả lời hoặc Thư ký" in refused.output
    assert "đã bỏ mẫu câu trả lời" in done.output
    assert "không có câu trả lời mẫu để gửi" in receipt(mailroom, NEXT_OFFICER)


def test_the_letter_that_an_answer_came_in_is_named(mailroom: Mailroom, say: Say, handle: Handle, rows: Rows) -> None:
    remember(mailroom, say, handle, rows)
    rows("UPDATE remembered_answer SET letter_numbers = '{1234/BHXH-TST}', letter_dates = '{2026-11-19}' ")

    shown = " ".join(text_of(ask_again(mailroom, say, handle)).split())

    assert "ngày thứ Sáu, 20/11/2026, theo Công văn số 1234/BHXH-TST ngày 19/11/2026" in shown
