"""What a batch asks of the database does not grow with its rows (law 2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import Engine, event

from desk.rules.tally import Count
from tasks.answering import settle_answers
from tasks.collecting import fetch_mails, read_batch
from tests.dates import at
from tests.flows.conftest import Handle, Rows, Say
from tests.mailroom import Mailroom

NOW = at("Fri 2026-11-20 09:30")
LATER = NOW + timedelta(hours=3)
LOST_BOOK = "Tôi bị mất sổ bảo hiểm xã hội, xin hỏi thủ tục cấp lại sổ BHXH?"
ANSWER = "Người lao động lập Tờ khai TK1-TS, nộp tại cơ quan BHXH nơi đang đóng."
UNIT = "thu@bhxh.example.vn"


@contextmanager
def executed(engine: Engine) -> Iterator[list[str]]:
    """Yield the statements that are executed in the block."""
    found: list[str] = []

    def note(*execution: object) -> None:
        found.append(str(execution[2]))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def ask(say: Say, handle: Handle) -> Callable[[int], None]:
    """Return a function that lets so many citizens' questions reach their unit."""

    def asked(citizens: int) -> None:
        for number in range(citizens):
            say(f"u{number}", LOST_BOOK, at=NOW - timedelta(minutes=20))
        handle(NOW)

    return asked


def test_units_that_owed_a_reply_are_let_off_as_a_batch(desk: Engine, ask: Callable[[int], None], rows: Rows) -> None:
    ask(5)
    rows("UPDATE question SET state = 'answer_leaving'")
    rows(
        "INSERT INTO answer (question_id, version, state, text, proposed_at, asked_at) "
        "SELECT question_id, 1, 'leaving', :text, :at, :at FROM question",
        text=ANSWER,
        at=NOW,
    )

    with executed(desk) as statements:
        assert settle_answers.fn(LATER)[Count.ANSWERED] == 5

    assert rows("SELECT count(*) AS n FROM outbox WHERE kind = 'unit-released'") == [{"n": 5}]
    assert len([one for one in statements if "\nFROM assignment\nWHERE question_id = ANY" in one]) == 1
    assert len([one for one in statements if "FROM address_notice" in one]) == 1


def test_the_files_of_all_mails_are_kept_at_once(
    desk: Engine, ask: Callable[[int], None], mailroom: Mailroom, rows: Rows
) -> None:
    ask(3)
    for letter in mailroom.letters(UNIT):
        mailroom.answer(letter, ANSWER, files=[("cv.pdf", "application/pdf", b"%PDF-1.7")])
    fetch_mails.fn()

    with executed(desk) as statements:
        read_batch.fn(LATER)

    assert rows("SELECT count(*) AS n FROM attachment") == [{"n": 3}]
    assert len([one for one in statements if "INSERT INTO attachment" in one]) == 1
