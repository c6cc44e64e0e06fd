"""What units write back: over real SMTP into a real mailbox, read over IMAP, matched, read and recorded."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest

from desk.rules.tally import Count
from desk.runtime import office as offices
from desk.runtime.database import transaction
from desk.runtime.triage import TriageAction, TriageOrder
from tasks.triaging import triage_question_of
from tests.dates import at
from tests.flows.conftest import Handle, Rows, Say
from tests.mailroom import Mailroom, text_of
from tests.offices import the_office

NOW = at("Fri 2026-11-20 09:30")
LATER = NOW + timedelta(hours=3)
NEXT_WORKING_DAY = at("Mon 2026-11-23 23:59")
UNIT = "thu@bhxh.example.vn"
SECOND_UNIT = "csyt@bhxh.example.vn"
LOST_BOOK = "Tôi bị mất sổ bảo hiểm xã hội, xin hỏi thủ tục cấp lại sổ BHXH?"
ANSWER = (
    "Kính gửi Ban Quản trị,\n\nNgười lao động bị mất sổ BHXH lập Tờ khai TK1-TS, nộp tại cơ quan BHXH nơi đang đóng "
    "hoặc bất kỳ cơ quan BHXH nào. Thời hạn giải quyết là 10 ngày kể từ ngày nhận đủ hồ sơ theo Quyết định "
    "595/QĐ-BHXH.\n\nTrân trọng."
)
OTHER_ANSWER = "Người lao động nghỉ việc được bảo lưu thời gian đóng và nhận chế độ theo Điều 61 Luật Bảo hiểm xã hội."


@pytest.fixture
def letter(mailroom: Mailroom, say: Say, handle: Handle) -> EmailMessage:
    """Let a question about a lost book lie with its unit, and return the letter."""
    say("u1", LOST_BOOK, at=NOW - timedelta(minutes=20))
    handle(NOW)
    return mailroom.letter(UNIT)


@pytest.fixture
def letters(mailroom: Mailroom, say: Say, handle: Handle, rows: Rows) -> tuple[EmailMessage, EmailMessage]:
    """Let a question lie with two units, and return both letters."""
    with transaction() as connection:
        offices.load(connection, the_office())
    say("u1", LOST_BOOK, at=NOW - timedelta(minutes=20))
    handle(NOW)
    order = TriageOrder(
        code=code_of(rows),
        action=TriageAction.ROUTE,
        acting_officer="HA",
        reason="cần hai đơn vị",
        units=("QLT", "CSYT"),
    )
    triage_question_of.fn(order, NOW)
    return mailroom.letter(UNIT), mailroom.letter(SECOND_UNIT)


def code_of(rows: Rows, number: int = 1) -> str:
    return str(rows("SELECT case_code FROM question ORDER BY question_id")[number - 1]["case_code"])


def assignment(rows: Rows) -> dict[str, Any]:
    return rows("SELECT * FROM assignment ORDER BY assignment_id")[0]


def replies(rows: Rows) -> list[dict[str, Any]]:
    return rows("SELECT * FROM reply ORDER BY reply_id")


def readings(rows: Rows) -> list[str]:
    return [str(reply["reading"]) for reply in replies(rows)]


def work(rows: Rows) -> list[str]:
    return [str(row["kind"]) for row in rows("SELECT kind FROM work_item ORDER BY work_item_id")]


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


def test_a_proposal_of_a_unit_moves_nothing_before_a_person_confirms_it(
    mailroom: Mailroom, letter: EmailMessage, rows: Rows
) -> None:
    before = assignment(rows)["told_on"]
    mailroom.answer(letter, "XIN GIA HẠN: 30/11/2026 cần xác minh hồ sơ")

    mailroom.collect(LATER)

    assert readings(rows) == ["command"]
    assert work(rows) == ["unit_proposal"]
    assert (assignment(rows)["state"], assignment(rows)["told_on"]) == ("awaiting", before)


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("XIN GIA HẠN: khi nào xong", "Chưa rõ ngày đề nghị gia hạn"),
        ("KHÔNG THUỘC ĐƠN VỊ: bên Vũ trụ", "không có đơn vị nào tên như vậy"),
        ("KHÔNG THUỘC THẨM QUYỀN", "Chưa rõ câu hỏi thuộc đơn vị khác"),
        ("TRẢ LỜI CHUNG", "Thư chưa có nội dung trả lời"),
        ("BỔ SUNG ĐƠN VỊ: bên Thu\nXIN GIA HẠN: 30/11/2026", "Thư có nhiều lệnh khác nhau"),
    ],
)
def test_a_command_that_cannot_be_carried_out_is_answered_with_why(
    mailroom: Mailroom, letter: EmailMessage, rows: Rows, text: str, because: str
) -> None:
    mailroom.answer(letter, text)

    mailroom.collect(LATER)

    refusal = mailroom.letter(UNIT)
    assert because in text_of(refusal)
    assert code_of(rows) in refusal["Subject"]
    assert assignment(rows)["state"] == "awaiting"
    assert "unit_proposal" not in work(rows)


def test_a_machine_at_the_other_end_gets_three_refusals_a_day_and_no_more(
    mailroom: Mailroom, letter: EmailMessage, rows: Rows
) -> None:
    for number in range(5):
        mailroom.answer(letter, f"XIN GIA HẠN: lúc nào đó {number}")

    mailroom.collect(LATER)

    assert rows("SELECT count(*) AS n FROM outbox WHERE kind = 'command-refused'") == [{"n": 3}]


def test_each_unit_replies_for_itself(
    mailroom: Mailroom, letters: tuple[EmailMessage, EmailMessage], rows: Rows
) -> None:
    mailroom.answer(letters[0], ANSWER)
    mailroom.collect(LATER)
    states = "SELECT unit_code, state FROM assignment ORDER BY unit_code"
    assert rows(states) == [{"unit_code": "B_CSYT", "state": "awaiting"}, {"unit_code": "B_QLT", "state": "replied"}]

    mailroom.answer(letters[1], OTHER_ANSWER)
    mailroom.collect(LATER)

    assert {row["state"] for row in rows(states)} == {"replied"}


def test_a_reply_to_anothers_letter_counts_for_the_unit_that_wrote_it(
    mailroom: Mailroom, letters: tuple[EmailMessage, EmailMessage], rows: Rows
) -> None:
    mailroom.answer(letters[0], OTHER_ANSWER, sender=SECOND_UNIT)

    mailroom.collect(LATER)

    assert rows("SELECT unit_code, standing FROM reply JOIN assignment USING (assignment_id)") == [
        {"unit_code": "B_CSYT", "standing": "other_unit"}
    ]


def test_one_reply_may_answer_for_all(
    mailroom: Mailroom, letters: tuple[EmailMessage, EmailMessage], rows: Rows
) -> None:
    mailroom.answer(letters[0], f"TRẢ LỜI CHUNG\n{ANSWER}")

    mailroom.collect(LATER)

    assert [(reply["reading"], reply["answers_for_all"]) for reply in replies(rows)] == [("answer", True)]


def test_a_mail_of_its_own_with_the_code_counts_for_a_listed_sender(
    mailroom: Mailroom, letter: EmailMessage, rows: Rows
) -> None:
    mailroom.write(UNIT, str(letter["From"]), f"Trả lời câu hỏi {code_of(rows)}", ANSWER)

    mailroom.collect(LATER)

    assert [(reply["reading"], reply["standing"]) for reply in replies(rows)] == [("answer", "listed_by_code")]


def test_a_colleague_answers_a_forwarded_letter_and_the_duty_officer_may_list_the_address(
    mailroom: Mailroom, letter: EmailMessage, rows: Rows
) -> None:
    mailroom.answer(letter, ANSWER, sender="hung.nv@bhxh.example.vn")

    mailroom.collect(LATER)

    assert [(reply["reading"], reply["standing"]) for reply in replies(rows)] == [("answer", "colleague")]
    officers = mailroom.letter("nguyen.thu.ha@bhxh.example.vn")
    assert "hung.nv@bhxh.example.vn" in text_of(officers)
    assert "THÊM VÀO DANH SÁCH" in text_of(officers)


def test_one_mail_about_two_questions_is_cut_at_their_codes(
    mailroom: Mailroom, letter: EmailMessage, say: Say, handle: Handle, rows: Rows
) -> None:
    say("u2", LOST_BOOK, at=NOW + timedelta(minutes=5))
    handle(NOW + timedelta(minutes=15))
    first, second = code_of(rows, 1), code_of(rows, 2)
    mailroom.write(
        UNIT,
        str(letter["From"]),
        "Trả lời các câu hỏi",
        f"{first}: {ANSWER}\n\n{second}: {OTHER_ANSWER}",
    )

    mailroom.collect(LATER)

    found = rows("SELECT case_code, reply.text FROM reply JOIN question USING (question_id) ORDER BY question_id")
    assert [row["case_code"] for row in found] == [first, second]
    assert "TK1-TS" in found[0]["text"]
    assert "TK1-TS" not in found[1]["text"]


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
