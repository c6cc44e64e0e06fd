"""The chase and those who write back to it, by real mail."""

from __future__ import annotations

from datetime import date, timedelta
from email.message import EmailMessage

import pytest

from desk.runtime import office as offices
from desk.runtime.database import transaction
from desk.runtime.triage import TriageAction, TriageOrder
from tasks.chasing import ask_about_late_answers, chase_batch
from tasks.triaging import triage_question_of
from tests.dates import at
from tests.flows.conftest import Handle, Rows, Say
from tests.mailroom import Mailroom, text_of
from tests.offices import the_office

ASKED = at("Fri 2026-11-20 09:30")  # the unit's date, and the citizen's, is Thu 2026-11-26
UNIT, HEAD = "thu@bhxh.example.vn", "thu.lanhdao@bhxh.example.vn"
FRIDAY = at("Fri 2026-11-27 08:07")
LOST_BOOK = "Tôi bị mất sổ bảo hiểm xã hội, xin hỏi thủ tục cấp lại sổ BHXH?"
ANSWER = "Người lao động lập Tờ khai TK1-TS theo Quyết định 595/QĐ-BHXH, nộp tại cơ quan BHXH nơi cư trú."


@pytest.fixture
def codes(mailroom: Mailroom, say: Say, handle: Handle, rows: Rows) -> list[str]:
    """Return the codes of two questions that their unit has."""
    del mailroom
    for user in ("u1", "u2"):
        say(user, LOST_BOOK, at=ASKED - timedelta(minutes=20))
    handle(ASKED)
    return [str(row["case_code"]) for row in rows("SELECT case_code FROM question ORDER BY question_id")]


def test_a_unit_answers_several_questions_in_one_reply_to_its_digest(
    mailroom: Mailroom, codes: list[str], rows: Rows
) -> None:
    chase_batch.fn(at("Wed 2026-11-25 08:07"))

    mailroom.answer(mailroom.letter(UNIT), f"{codes[0]}: {ANSWER}\n\n{codes[1]}: {ANSWER}")
    mailroom.collect(at("Wed 2026-11-25 10:00"))

    assert rows("SELECT DISTINCT state FROM assignment") == [{"state": "replied"}]
    assert not chase_batch.fn(at("Thu 2026-11-26 08:07"))


def test_a_head_may_answer_the_letter_that_came_to_the_head(mailroom: Mailroom, codes: list[str], rows: Rows) -> None:
    rows("UPDATE assignment SET state = 'closed' WHERE assignment_id = (SELECT max(assignment_id) FROM assignment)")
    chase_batch.fn(FRIDAY)
    letter = mailroom.letter(HEAD)
    assert letter["Subject"] == f"[{codes[0]}] Đôn đốc trả lời câu hỏi trên Zalo"

    mailroom.answer(letter, ANSWER)
    mailroom.collect(FRIDAY + timedelta(hours=1))

    assert rows("SELECT state FROM assignment ORDER BY assignment_id") == [{"state": "replied"}, {"state": "closed"}]


def test_the_officer_on_duty_decides_on_late_answers_by_one_mail(
    mailroom: Mailroom, codes: list[str], rows: Rows
) -> None:
    ask_about_late_answers.fn(FRIDAY)
    (officer,) = rows("SELECT recipient FROM outbox WHERE kind = 'endangered-answers'")

    letter = mailroom.letter(str(officer["recipient"]))
    mailroom.answer(letter, f"{codes[0]}: XIN LỖI: 30/11/2026\n{codes[1]}: CHỜ")
    mailroom.collect(FRIDAY + timedelta(hours=1))

    agreed = rows("SELECT agreed_on FROM question ORDER BY question_id")
    assert agreed == [{"agreed_on": date(2026, 11, 30)}, {"agreed_on": None}]
    receipt = text_of(mailroom.letter(str(officer["recipient"])))
    assert f"{codes[0]}: đã xin lỗi công dân, hẹn trả lời chậm nhất hết ngày thứ Hai, 30/11/2026." in receipt
    assert f"{codes[1]}: chờ thêm, chưa nhắn gì cho công dân." in receipt


@pytest.fixture
def code(mailroom: Mailroom, say: Say, handle: Handle, rows: Rows) -> str:
    """Return the code of a question that its unit has."""
    del mailroom
    say("u1", LOST_BOOK, at=ASKED - timedelta(minutes=20))
    handle(ASKED)
    return str(rows("SELECT case_code FROM question")[0]["case_code"])


def chased(rows: Rows, moment: str) -> bool:
    """Run the chase, and return whether it wrote anything new."""
    before = rows("SELECT count(*) AS n FROM chase_step")
    chase_batch.fn(at(moment))
    return rows("SELECT count(*) AS n FROM chase_step") != before


@pytest.mark.usefixtures("code")
@pytest.mark.parametrize(
    "command",
    [
        "KHÔNG THUỘC ĐƠN VỊ: CSYT\nLý do: câu hỏi về thẻ BHYT.",
        "BỔ SUNG ĐƠN VỊ: CSYT",
        "NGOÀI NGÀNH: thuế",
        "XIN GIA HẠN: 30/11/2026, cần xác minh hồ sơ",
    ],
)
def test_a_unit_is_left_in_peace_until_the_officer_has_decided_on_what_it_proposed(
    mailroom: Mailroom, rows: Rows, command: str
) -> None:
    mailroom.answer(mailroom.letter(UNIT), command)
    mailroom.collect(ASKED + timedelta(hours=1))

    assert not chased(rows, "Wed 2026-11-25 08:07")
    assert not chased(rows, "Fri 2026-11-27 08:07")

    mailroom.answer(asking(mailroom, rows), "KHÔNG ĐỒNG Ý")
    mailroom.collect(FRIDAY + timedelta(hours=1))

    assert not chased(rows, "Mon 2026-11-30 08:07")
    assert chased(rows, "Tue 2026-12-01 08:07")


@pytest.mark.usefixtures("code")
def test_a_command_that_cannot_be_carried_out_keeps_no_chase_still(mailroom: Mailroom, rows: Rows) -> None:
    mailroom.answer(mailroom.letter(UNIT), "KHÔNG THUỘC ĐƠN VỊ: đơn vị nào đó")
    mailroom.collect(ASKED + timedelta(hours=1))

    assert chased(rows, "Wed 2026-11-25 08:07")


@pytest.mark.usefixtures("code")
def test_a_unit_is_left_in_peace_while_its_reply_is_held(mailroom: Mailroom, rows: Rows) -> None:
    mailroom.answer(mailroom.letter(UNIT), ANSWER, sender="hung@thu-nhap.example.com")
    mailroom.collect(ASKED + timedelta(hours=1))

    assert not chased(rows, "Fri 2026-11-27 08:07")

    mailroom.answer(asking(mailroom, rows), "KHÔNG XỬ LÝ: không phải của đơn vị")
    mailroom.collect(FRIDAY + timedelta(hours=1))

    assert chased(rows, "Tue 2026-12-01 08:07")


def test_nobody_is_reminded_of_a_question_that_one_unit_answered_for_all(
    mailroom: Mailroom, say: Say, handle: Handle, rows: Rows
) -> None:
    with transaction() as connection:
        offices.load(connection, the_office())
    say("u1", LOST_BOOK, at=ASKED - timedelta(minutes=20))
    handle(ASKED)
    code = str(rows("SELECT case_code FROM question")[0]["case_code"])
    order = TriageOrder(code=code, action=TriageAction.ROUTE, acting_officer="HA", reason="hai", units=("QLT", "CSYT"))
    triage_question_of.fn(order, ASKED)

    mailroom.answer(mailroom.letter(UNIT), f"TRẢ LỜI CHUNG\n\n{ANSWER}")
    mailroom.collect(ASKED + timedelta(hours=1))

    assert rows("SELECT state FROM assignment ORDER BY assignment_id") == [{"state": "replied"}, {"state": "awaiting"}]
    assert not chased(rows, "Fri 2026-11-27 08:07")


def asking(mailroom: Mailroom, rows: Rows) -> EmailMessage:
    """Return the newest letter that asks an officer for a word."""
    (asked,) = rows("SELECT recipient FROM outbox WHERE kind = 'duty-decision' ORDER BY outbox_id DESC LIMIT 1")
    return [one for one in mailroom.letters(str(asked["recipient"])) if "cụm từ" in text_of(one)][-1]
