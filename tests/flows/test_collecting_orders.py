"""Commands that units write back: put before a person, or refused with the reason."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage

import pytest

from tests.flows.conftest import NOW, UNIT, Rows
from tests.flows.recorded import assignment, code_of, readings, work
from tests.mailroom import Mailroom, text_of

LATER = NOW + timedelta(hours=3)


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
