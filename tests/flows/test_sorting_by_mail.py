"""Questions that a person must sort: one letter a slot to the officer on duty, sorted by a figure or a word (U18)."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import Engine

from desk.runtime.decisions.decision import Step
from desk.runtime.decisions.handing_on import HANDLERS
from tasks.asking import ask_to_sort_questions
from tests.dates import at
from tests.flows.conftest import NOW, Handle, Rows, Say
from tests.mailroom import Mailroom, text_of

LATER = NOW + timedelta(hours=1)
# on duty that morning, who stands in, and the Secretary
OFFICER, STAND_IN, SECRETARY = (
    f"{name}@bhxh.example.vn" for name in ("vu.hai.yen", "nguyen.thu.ha", "hoang.phuong.thao")
)
# each speaks of two things: more than one unit is a person's to confirm
ASKED = {
    "u1": "Tôi mất sổ bảo hiểm xã hội thì có rút bảo hiểm xã hội một lần được không?",
    "u2": "Công ty nợ bảo hiểm thì tôi có được hưởng chế độ thai sản không?",
    "u3": "Hôm trước tôi có hỏi việc ấy ở cơ quan mà chưa rõ thì phải làm thế nào?",
}


@pytest.fixture
def asked(desk: Engine, mailroom: Mailroom, say: Say, handle: Handle) -> EmailMessage:  # noqa: ARG001 - in office first
    """Let three citizens ask what must be sorted, and return the letter to the officer on duty."""
    for place, (user, text) in enumerate(ASKED.items()):
        say(user, text, at=NOW - timedelta(minutes=30 - place))
    handle(NOW)
    ask_to_sort_questions.fn(NOW)
    return mailroom.letter(OFFICER)


def codes(rows: Rows) -> list[str]:
    return [row["case_code"] for row in rows("SELECT case_code FROM question ORDER BY user_id")]


def states(rows: Rows) -> list[str]:
    return [row["state"] for row in rows("SELECT state FROM question ORDER BY user_id")]


def units(rows: Rows) -> set[str]:
    return {row["unit_code"] for row in rows("SELECT unit_code FROM assignment")}


def test_one_letter_a_slot_shows_each_question_with_what_may_be_done_and_by_when(
    mailroom: Mailroom, asked: EmailMessage, rows: Rows
) -> None:
    said = text_of(asked)

    assert states(rows) == ["in_triage"] * 3
    assert all(text in said for text in ASKED.values())
    assert "1. Chuyển" in said
    assert "; trả lời công dân chậm nhất hết thứ" in said
    assert not ask_to_sort_questions.fn(NOW + timedelta(minutes=5))
    assert not any("phân loại" in str(mail["Subject"]) for mail in mailroom.letters(STAND_IN))


def test_the_letter_says_what_spoke_for_a_proposal_and_how_likely_it_is_the_record_by_which_version(
    asked: EmailMessage, rows: Rows
) -> None:
    said = " ".join(text_of(asked).split())

    assert "- Cụm từ: “" in said
    assert "(khả năng đúng khoảng " in said
    (held,) = rows(
        "SELECT DISTINCT details ->> 'classifier' AS version, details ->> 'office' AS office FROM event "
        "WHERE kind = 'held'"
    )
    assert held["version"] not in said
    assert held["office"] == str(rows("SELECT max(version) AS version FROM office_version")[0]["version"])


def test_each_line_sorts_one_question_and_what_cannot_be_done_is_told_beside_it(
    mailroom: Mailroom, asked: EmailMessage, rows: Rows
) -> None:
    first, second, third = codes(rows)
    mailroom.answer(asked, f"{first}: 1\n{second}: CHUYỂN: bên Thu\n{third}: 7")

    mailroom.collect(LATER)

    assert states(rows) == ["routed", "routed", "in_triage"]
    assert len(units(rows)) >= 2
    receipt = text_of(mailroom.letter(OFFICER))
    assert "đã chuyển" in receipt
    assert f"Chưa thực hiện: {third}" in receipt


def test_a_bare_figure_is_enough_where_one_question_is_asked(
    desk: Engine,  # noqa: ARG001 - in office first
    mailroom: Mailroom,
    say: Say,
    handle: Handle,
    rows: Rows,
) -> None:
    say("u1", ASKED["u1"], at=NOW - timedelta(minutes=30))
    handle(NOW)
    ask_to_sort_questions.fn(NOW)
    mailroom.answer(mailroom.letter(OFFICER), "1")

    mailroom.collect(LATER)

    assert states(rows) == ["routed"]


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("1", "thư hỏi nhiều câu; viết mã câu hỏi"),
        ("1 nhưng chuyển thêm CSYT", "Chưa rõ ý kiến"),
        ("Đã xem, sẽ xử lý sau", "Chưa rõ ý kiến"),
    ],
)
def test_a_word_that_is_not_clear_sorts_nothing(
    mailroom: Mailroom, asked: EmailMessage, rows: Rows, text: str, because: str
) -> None:
    mailroom.answer(asked, text)

    mailroom.collect(LATER)

    assert states(rows) == ["in_triage"] * 3
    assert because in text_of(mailroom.letter(OFFICER))


def test_silence_brings_the_questions_to_the_stand_in_then_to_the_secretary_and_the_first_word_counts(
    mailroom: Mailroom, asked: EmailMessage, rows: Rows
) -> None:
    ask_to_sort_questions.fn(at("Fri 2026-11-20 10:30"))
    assert not any("phân loại" in str(mail["Subject"]) for mail in mailroom.letters(STAND_IN))
    slot = at("Fri 2026-11-20 13:45")
    ask_to_sort_questions.fn(slot)
    again = mailroom.letter(STAND_IN)
    assert "chưa có ý kiến; đề nghị Ông/Bà cho ý kiến thay" in text_of(again)
    first, *_ = codes(rows)
    mailroom.answer(again, f"{first}: KHÔNG XỬ LÝ: trùng câu hỏi khác")
    mailroom.collect(slot)
    assert states(rows) == ["closed", "in_triage", "in_triage"]

    mailroom.answer(asked, f"{first}: 1")
    mailroom.collect(slot + timedelta(minutes=5))
    assert "câu hỏi đã được Nguyễn Thu Hà xử lý" in text_of(mailroom.letter(OFFICER))

    ask_to_sort_questions.fn(at("Mon 2026-11-23 08:15"))
    assert str(mailroom.letter(SECRETARY)["Subject"]).startswith("Đề nghị phân loại 2 câu hỏi (")


def test_whoever_a_slot_wrote_to_no_second_letter_of_it_takes_the_place_of_the_first(
    mailroom: Mailroom,
    asked: EmailMessage,  # noqa: ARG001 - asked of the officer first
    rows: Rows,
    say: Say,
    handle: Handle,
) -> None:
    slot = at("Fri 2026-11-20 13:45")
    ask_to_sort_questions.fn(slot)
    say("u4", ASKED["u1"], at=slot)
    handle(slot + timedelta(minutes=10))

    assert not ask_to_sort_questions.fn(slot + timedelta(minutes=15))
    ask_to_sort_questions.fn(at("Fri 2026-11-20 15:30"))

    letters = [text_of(mail) for who in (OFFICER, STAND_IN, SECRETARY) for mail in mailroom.letters(who)]
    assert all(any(code in letter for letter in letters) for code in codes(rows))
    assert rows("SELECT count(*) AS n FROM outbox WHERE kind = 'triage'") == [{"n": len(set(letters))}]


def test_a_question_that_needs_no_unit_is_given_to_the_duty_officer(
    mailroom: Mailroom, asked: EmailMessage, rows: Rows
) -> None:
    rows(
        'UPDATE work_item SET proposals = \'[{"duty": true, "label_vi": "Cán bộ trực trả lời", "units": []}]\' '
        "WHERE kind = 'triage'"
    )
    *_, third = codes(rows)
    mailroom.answer(asked, f"{third}: 1")

    mailroom.collect(LATER)

    assert states(rows)[2] == "with_duty"
    assert "Chuyển đơn vị" not in str(mailroom.letter(OFFICER)["Subject"])


def test_every_step_a_letter_asks_for_is_carried_out_by_somebody() -> None:
    assert set(HANDLERS) == set(Step)
