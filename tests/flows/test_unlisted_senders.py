"""Colleagues who are not on a unit's list: their mail is taken in, and a person says whether they write for it."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage

import pytest

from desk.runtime.triage import TriageAction, TriageOrder
from tasks.answering import compose_batch
from tasks.triaging import triage_question_of
from tests.dates import at
from tests.flows.conftest import Handle, Rows, Say
from tests.mailroom import Mailroom, text_of

NOW = at("Fri 2026-11-20 09:30")
LATER = NOW + timedelta(hours=1)
UNIT = "thu@bhxh.example.vn"
OFFICER = "vu.hai.yen@bhxh.example.vn"
COLLEAGUE = "ngo.thi.lien@bhxh.example.vn"
ANSWER = "Người lao động lập Tờ khai TK1-TS, nộp tại cơ quan BHXH. Thời hạn giải quyết là 10 ngày."


def states(rows: Rows) -> list[str]:
    """Return where the question stands, and where it stands at its unit."""
    asked = "SELECT question.state, assignment.state AS at_unit FROM question JOIN assignment USING (question_id)"
    return [state for row in rows(asked) for state in row.values()]


def open_work(rows: Rows) -> list[str]:
    return [row["kind"] for row in rows("SELECT kind FROM work_item WHERE closed_at IS NULL")]


def proposal(mailroom: Mailroom) -> EmailMessage:
    """Return the letter with the draft of the answer."""
    return next(one for one in mailroom.letters(OFFICER) if "Dự thảo trả lời công dân" in str(one["Subject"]))


@pytest.fixture
def asking(mailroom: Mailroom, say: Say, handle: Handle, rows: Rows) -> EmailMessage:
    """Let a colleague who is not on the list answer for the unit; returns what the officer is asked about that."""
    say("u1", "Tôi bị mất sổ bảo hiểm xã hội, xin hỏi thủ tục cấp lại sổ BHXH?", at=NOW - timedelta(minutes=20))
    handle(NOW)
    mailroom.answer(mailroom.letter(UNIT), ANSWER, sender=COLLEAGUE)
    mailroom.collect(LATER)
    compose_batch.fn(LATER)
    assert states(rows) == ["answer_proposed", "replied"]
    return next(one for one in mailroom.letters(OFFICER) if "Người gửi chưa có" in str(one["Subject"]))


def test_a_colleague_can_be_listed_after_the_answer_has_been_let_go(
    mailroom: Mailroom, asking: EmailMessage, rows: Rows
) -> None:
    mailroom.answer(proposal(mailroom), "GỬI")
    mailroom.collect(LATER)
    assert open_work(rows) == ["held_mail"]

    mailroom.answer(asking, "THÊM VÀO DANH SÁCH")
    mailroom.collect(LATER)

    assert rows("SELECT address FROM admitted_sender") == [{"address": COLLEAGUE}]
    assert open_work(rows) == []
    assert states(rows) == ["answer_leaving", "replied"]


def test_a_colleague_can_be_listed_after_the_question_has_been_decided_on_otherwise(
    mailroom: Mailroom, asking: EmailMessage, rows: Rows
) -> None:
    code = rows("SELECT case_code FROM question")[0]["case_code"]
    order = TriageOrder(code=code, action=TriageAction.ANSWERED, acting_officer="YEN", reason="điện thoại")
    triage_question_of.fn(order, LATER)
    assert open_work(rows) == ["held_mail"]

    mailroom.answer(asking, "THÊM VÀO DANH SÁCH")
    mailroom.collect(LATER)

    assert rows("SELECT address FROM admitted_sender") == [{"address": COLLEAGUE}]


def test_a_reply_of_somebody_who_does_not_write_for_the_unit_is_taken_back_with_its_draft(
    mailroom: Mailroom, asking: EmailMessage, rows: Rows
) -> None:
    mailroom.answer(asking, "KHÔNG XỬ LÝ: không phải người của đơn vị")
    mailroom.collect(LATER)

    assert states(rows) == ["routed", "awaiting"]
    assert rows("SELECT state FROM answer") == [{"state": "superseded"}]
    assert open_work(rows) == []
    assert not compose_batch.fn(LATER)
    assert "tiếp tục chờ đơn vị trả lời" in text_of(mailroom.letter(OFFICER))


def test_what_has_left_for_the_citizen_is_not_taken_back(mailroom: Mailroom, asking: EmailMessage, rows: Rows) -> None:
    mailroom.answer(proposal(mailroom), "GỬI")
    mailroom.collect(LATER)

    mailroom.answer(asking, "KHÔNG XỬ LÝ: không phải người của đơn vị")
    mailroom.collect(LATER)

    assert states(rows) == ["answer_leaving", "replied"]
    assert "không còn câu trả lời nào của thư này chờ gửi" in text_of(mailroom.letter(OFFICER))
