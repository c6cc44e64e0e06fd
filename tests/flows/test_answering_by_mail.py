"""The whole way by mail: the unit writes back, the duty officer reads what the citizen will get and writes one word."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desk.rules.tally import Count
from tasks.answering import compose_batch
from tasks.inspecting import inspect_batch
from tests.dates import at
from tests.documents import papers
from tests.flows.conftest import Handle, Rows, Say
from tests.mailroom import DESK, Mailroom, text_of

NOW = at("Fri 2026-11-20 09:30")
LATER = NOW + timedelta(hours=1)
UNIT = "thu@bhxh.example.vn"
OFFICER = "vu.hai.yen@bhxh.example.vn"
ANSWER = (
    "Kính gửi: Ban Quản trị Zalo,\n\n"
    "Người lao động bị mất sổ BHXH lập Tờ khai TK1-TS, nộp tại cơ quan BHXH nơi cư trú. "
    "Sổ được cấp lại trong thời hạn 5 ngày làm việc.\n\nTrân trọng./."
)
SCAN = ("cong-van.pdf", "application/pdf", papers.pdf(papers.letter(), papers.letter()))


@pytest.fixture(autouse=True)
def asked(mailroom: Mailroom, say: Say, handle: Handle) -> None:  # noqa: ARG001 - an office with mail first
    """Let a citizen's question reach its unit."""
    say("u1", "Tôi bị mất sổ bảo hiểm xã hội, xin hỏi thủ tục cấp lại sổ BHXH?", at=NOW - timedelta(minutes=20))
    handle(NOW)


def work(mailroom: Mailroom) -> None:
    """Take in what was written, look into its files, and propose what can be answered."""
    mailroom.collect(LATER)
    while inspect_batch.fn(LATER):
        pass
    compose_batch.fn(LATER)


def sent(rows: Rows) -> list[str]:
    asked = "SELECT parts->>'text' AS text FROM outbox WHERE key LIKE 'answer:%' ORDER BY outbox_id"
    return [row["text"] for row in rows(asked)]


def test_what_the_unit_wrote_reaches_the_citizen_by_the_officers_one_word(mailroom: Mailroom, rows: Rows) -> None:
    mailroom.answer(mailroom.letter(UNIT), ANSWER)
    work(mailroom)
    letter = mailroom.letter(OFFICER)
    assert "Dự thảo trả lời công dân" in letter["Subject"]
    assert "nộp tại cơ quan BHXH nơi cư trú" in text_of(letter)

    mailroom.answer(letter, "Gửi.")
    assert mailroom.collect(LATER)[Count.DECISIONS] == 1

    (text,) = sent(rows)
    assert "Sổ được cấp lại trong thời hạn 5 ngày làm việc." in text
    assert "Kính gửi: Ban Quản trị" not in text
    assert "đã cho gửi câu trả lời (bản 1)" in text_of(mailroom.letter(OFFICER))


def test_a_mail_server_that_loses_the_reply_address_does_not_stop_the_officers_word(
    mailroom: Mailroom, rows: Rows
) -> None:
    mailroom.answer(mailroom.letter(UNIT), ANSWER)
    work(mailroom)
    subject = f"Re: {mailroom.letter(OFFICER)['Subject']}"

    mailroom.write("tran.duc.minh@bhxh.example.vn", DESK, subject, "GỬI")
    mailroom.collect(LATER)
    assert sent(rows) == []
    mailroom.write(OFFICER, DESK, subject, "GỬI")
    assert mailroom.collect(LATER)[Count.DECISIONS] == 1

    assert len(sent(rows)) == 1
    (event,) = rows("SELECT actor, details->'by_code' AS by_code FROM event WHERE kind = 'decision_carried_out'")
    assert event == {"actor": "YEN", "by_code": True}
    mailroom.write(OFFICER, DESK, subject, "GỬI")
    mailroom.collect(LATER)
    assert len(sent(rows)) == 1


def test_an_agreement_with_anything_beside_it_sends_nothing_and_says_why(mailroom: Mailroom, rows: Rows) -> None:
    mailroom.answer(mailroom.letter(UNIT), ANSWER)
    work(mailroom)

    mailroom.answer(mailroom.letter(OFFICER), "Gửi, nhưng sửa lại câu cuối giúp tôi.")
    mailroom.collect(LATER)

    assert sent(rows) == []
    assert rows("SELECT state FROM question") == [{"state": "answer_proposed"}]
    assert "Chưa thực hiện" in text_of(mailroom.letter(OFFICER))


def test_a_scan_is_shown_page_by_page_and_goes_with_the_lead_that_the_officer_writes(
    mailroom: Mailroom, rows: Rows
) -> None:
    mailroom.answer(mailroom.letter(UNIT), "", files=[SCAN])
    work(mailroom)
    letter = mailroom.letter(OFFICER)
    assert [part.get_filename() for part in letter.walk() if part.get_content_type() == "image/jpeg"] == [
        "tep-1-trang-01.jpg",
        "tep-1-trang-02.jpg",
    ]

    mailroom.answer(
        letter, "Ông/Bà nộp tờ khai cấp lại sổ tại cơ quan BHXH nơi cư trú. Sổ được cấp lại trong 5 ngày làm việc."
    )
    mailroom.collect(LATER)
    mailroom.answer(mailroom.letters(OFFICER)[-2], "GỬI")
    mailroom.collect(LATER)

    text, first, second = sent(rows)
    assert text.startswith("Về câu hỏi của Ông/Bà (mã ZL")
    assert first.startswith("Trang 1/2")
    assert second == "Trang 2/2"


def test_a_word_on_a_letter_that_a_later_reply_has_overtaken_is_refused(mailroom: Mailroom, rows: Rows) -> None:
    to_unit = mailroom.letter(UNIT)
    mailroom.answer(to_unit, ANSWER)
    work(mailroom)
    overtaken = mailroom.letter(OFFICER)
    mailroom.answer(
        to_unit, "Xin đính chính: sổ BHXH được cấp lại trong thời hạn 10 ngày làm việc, nộp tại nơi cư trú."
    )
    work(mailroom)

    mailroom.answer(overtaken, "GỬI")
    mailroom.collect(LATER)

    assert sent(rows) == []
    assert "đã có bản mới (bản 2)" in text_of(mailroom.letter(OFFICER))
    assert rows("SELECT version, state FROM answer ORDER BY version") == [
        {"version": 1, "state": "superseded"},
        {"version": 2, "state": "proposed"},
    ]
