"""Words of officials, and what became of a question by them, for tests of such words."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage
from typing import Any

from desk.rules.tally import Count
from tests.flows.conftest import NOW, Rows
from tests.mailroom import Mailroom, text_of

LATER = NOW + timedelta(hours=1)
OTHER_UNIT = "csyt@bhxh.example.vn"
BESIDE_ANSWER = "Theo Điều 60 Luật BHXH, người lao động nộp hồ sơ tại cơ quan BHXH nơi cư trú."
SECRETARY = "hoang.phuong.thao@bhxh.example.vn"


def asked_of(rows: Rows, number: int = -1) -> str:
    """Return the mailbox of whoever was asked for a word."""
    return str(
        rows("SELECT recipient FROM outbox WHERE kind = 'duty-decision' ORDER BY outbox_id")[number]["recipient"]
    )


def say_word(mailroom: Mailroom, rows: Rows, word: str) -> EmailMessage:
    """Answer the newest letter that asks for a word, and return what comes back to whoever wrote it."""
    officer = asked_of(rows)
    asking = [one for one in mailroom.letters(officer) if "cụm từ" in text_of(one)][-1]
    mailroom.answer(asking, word)
    assert mailroom.collect(LATER)[Count.DECISIONS] == 1
    return mailroom.letter(officer)


def at_units(rows: Rows) -> list[tuple[str, str]]:
    return [
        (row["unit_code"], row["state"])
        for row in rows("SELECT unit_code, state FROM assignment ORDER BY assignment_id")
    ]


def question(rows: Rows) -> dict[str, Any]:
    return rows("SELECT *, promised_on::text AS promised, agreed_on::text AS agreed FROM question")[0]


def open_work(rows: Rows) -> list[str]:
    return [row["kind"] for row in rows("SELECT kind FROM work_item WHERE closed_at IS NULL")]
