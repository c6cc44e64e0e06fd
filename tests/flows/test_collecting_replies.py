"""What a unit writes back: over real SMTP into a real mailbox, read over IMAP, matched, read and recorded."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage

import pytest

from desk.rules.tally import Count
from desk.runtime.triage import TriageAction, TriageOrder
from tasks.triaging import triage_question_of
from tests.dates import at
from tests.flows.conftest import NOW, Rows
from tests.flows.recorded import assignment, code_of, readings, replies, work
from tests.mailroom import Mailroom, text_of

LATER = NOW + timedelta(hours=3)
NEXT_WORKING_DAY = at("Mon 2026-11-23 23:59")
ANSWER = (
    "Kính gửi Ban Quản trị,\n\nNgười lao động bị mất sổ BHXH lập Tờ khai TK1-TS, nộp tại cơ quan BHXH nơi đang đóng "
    "hoặc bất kỳ cơ quan BHXH nào. Thời hạn giải quyết là 10 ngày kể từ ngày nhận đủ hồ sơ theo Quyết định "
    "595/QĐ-BHXH.\n\nTrân trọng."
)


def test_an_answer_stops_the_units_clock_and_is_kept_whole(
    mailroom: Mailroom, letter: EmailMessage, rows: Rows
) -> None:
    mailroom.answer(letter, ANSWER)

    assert mailroom.collect(LATER)[Count.REPLIES] == 1

    (reply,) = replies(rows)
    assert (reply["reading"], reply["standing"]) == ("answer", "listed")
    assert "TK1-TS" in reply["text"]
    assert "PHIẾU CHUYỂN" not in reply["text"]
    assert "PHIẾU CHUYỂN" in reply["full_text"]
    found = assignment(rows)
    assert (found["state"], found["next_step_at"]) == ("replied", None)
    assert found["replied_at"] == reply["received_at"]
    assert {"reply_recorded", "unit_replied"} <= {row["kind"] for row in rows("SELECT kind FROM event")}


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("Đã nhận.", "acknowledged"),
        ("Đã nhận, sẽ trả lời trong ngày.", "interim"),
        ("Đang xin ý kiến lãnh đạo, sẽ trả lời sau.", "interim"),
        ("TIẾP NHẬN", "acknowledged"),
    ],
)
def test_what_only_shows_that_the_letter_was_got_stops_nothing(
    mailroom: Mailroom, letter: EmailMessage, rows: Rows, text: str, reading: str
) -> None:
    mailroom.answer(letter, text)

    mailroom.collect(LATER)

    found = assignment(rows)
    assert readings(rows) == [reading]
    assert (found["state"], found["silent_until"]) == ("awaiting", None)
    assert found["acknowledged_at"]
    assert not work(rows)


def test_whom_a_unit_gave_a_question_to_is_kept_for_the_next_reminder(
    mailroom: Mailroom, letter: EmailMessage, rows: Rows
) -> None:
    mailroom.answer(letter, "Chuyển đ/c Hùng xử lý.")

    mailroom.collect(LATER)

    assert readings(rows) == ["passed_on"]
    assert "Hùng" in assignment(rows)["passed_to"]
    assert assignment(rows)["state"] == "awaiting"


def test_a_unit_that_asks_back_is_put_before_the_duty_officer_and_left_in_peace(
    mailroom: Mailroom, letter: EmailMessage, rows: Rows
) -> None:
    mailroom.answer(letter, "Đề nghị cho biết công dân làm mất sổ từ năm nào và đang đóng ở tỉnh nào?")

    mailroom.collect(LATER)

    assert readings(rows) == ["question_back"]
    assert work(rows) == ["question_back"]
    assert assignment(rows)["silent_until"] == NEXT_WORKING_DAY
    assert "mất sổ từ năm nào" in text_of(mailroom.letter("nguyen.thu.ha@bhxh.example.vn"))


def test_what_a_machine_cannot_read_is_put_before_a_person_with_both_readings(
    mailroom: Mailroom, letter: EmailMessage, rows: Rows
) -> None:
    mailroom.answer(letter, "Như nội dung đã trao đổi.")

    mailroom.collect(LATER)

    assert readings(rows) == ["unsure"]
    assert work(rows) == ["unsure_reading"]
    assert (assignment(rows)["state"], assignment(rows)["silent_until"]) == ("awaiting", NEXT_WORKING_DAY)
    shown = text_of(mailroom.letter("nguyen.thu.ha@bhxh.example.vn"))
    assert "Như nội dung đã trao đổi." in shown
    assert {"LÀ TRẢ LỜI", "CHƯA TRẢ LỜI"} <= set(shown.splitlines())


def test_a_scan_with_nothing_written_is_an_answer_by_letter(
    mailroom: Mailroom, letter: EmailMessage, rows: Rows
) -> None:
    mailroom.answer(letter, "", files=[("cong van.pdf", "application/pdf", b"%PDF-1.4 scan")])

    mailroom.collect(LATER)

    assert readings(rows) == ["answer"]
    assert assignment(rows)["state"] == "replied"
    assert [row["name"] for row in rows("SELECT name FROM attachment")] == ["cong van.pdf"]


def test_two_scans_with_nothing_written_are_two_replies(mailroom: Mailroom, letter: EmailMessage, rows: Rows) -> None:
    for page in (b"%PDF-1.4 one", b"%PDF-1.4 two"):
        mailroom.answer(letter, "", files=[("scan.pdf", "application/pdf", page)])

    mailroom.collect(LATER)

    assert readings(rows) == ["answer", "answer"]


def test_the_same_reply_sent_twice_counts_once(mailroom: Mailroom, letter: EmailMessage, rows: Rows) -> None:
    mailroom.answer(letter, ANSWER)
    mailroom.answer(letter, ANSWER.replace("\n\n", "\n"))

    mailroom.collect(LATER)

    assert readings(rows) == ["answer"]
    assert [row["kind"] for row in rows("SELECT kind FROM inbound_mail")] == ["reply", "reply"]


def test_a_reply_to_a_question_that_has_ended_opens_nothing_and_is_told(
    mailroom: Mailroom, letter: EmailMessage, rows: Rows
) -> None:
    order = TriageOrder(code=code_of(rows), action=TriageAction.ANSWERED, acting_officer="HA", reason="qua điện thoại")
    triage_question_of.fn(order, NOW)
    mailroom.answer(letter, ANSWER)

    mailroom.collect(LATER)

    assert readings(rows) == ["answer"]
    assert rows("SELECT state FROM question") == [{"state": "answered"}]
    assert assignment(rows)["state"] == "closed"
    assert "late_reply" in work(rows)


def test_a_unit_that_is_asked_anew_may_say_the_same_again(mailroom: Mailroom, letter: EmailMessage, rows: Rows) -> None:
    mailroom.answer(letter, ANSWER)
    mailroom.collect(LATER)
    rows("UPDATE assignment SET state = 'awaiting', version = 2")
    mailroom.answer(letter, ANSWER)

    mailroom.collect(LATER)

    assert readings(rows) == ["answer", "answer"]
    assert assignment(rows)["state"] == "replied"
