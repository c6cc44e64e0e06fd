"""Files on their whole way: out of a unit's mailbox, over the wire, into what the desk makes of them."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage

from tasks.inspecting import inspect_batch
from tests.documents import papers
from tests.flows.conftest import NOW, UNIT, Rows
from tests.mailroom import Mailroom, text_of

LATER = NOW + timedelta(hours=3)
ARCHIVE = ("cong-van.rar", "application/vnd.rar", b"Rar!\x1a\x07\x01\x00" + bytes(100))


def collect(mailroom: Mailroom) -> None:
    mailroom.collect(LATER)
    while inspect_batch.fn(LATER):
        pass


def state(rows: Rows) -> str:
    return str(rows("SELECT state FROM assignment")[0]["state"])


def test_a_scan_without_a_word_is_the_units_answer_whatever_it_is_called(
    mailroom: Mailroom, letter: EmailMessage, rows: Rows
) -> None:
    scan = papers.pdf(papers.letter(), papers.letter())
    mailroom.answer(letter, "", files=[("cong van.docx", "application/msword", scan)])

    collect(mailroom)

    assert state(rows) == "replied"
    assert rows("SELECT form, name FROM attachment") == [{"form": "pdf", "name": "cong van.docx"}]
    assert len(rows("SELECT number FROM attachment_page")) == 2


def test_an_archive_without_a_word_is_none_and_the_unit_hears_in_the_same_thread_how_to_send_it(
    mailroom: Mailroom, letter: EmailMessage, rows: Rows
) -> None:
    mailroom.answer(letter, "", files=[ARCHIVE])

    collect(mailroom)

    assert state(rows) == "awaiting"
    request = mailroom.letter(UNIT)
    assert "cong-van.rar: Tệp nén" in text_of(request)
    assert request["References"] == letter["Message-ID"]

    mailroom.answer(request, "", files=[("cong-van.pdf", "application/pdf", papers.pdf(papers.letter()))])
    collect(mailroom)
    assert state(rows) == "replied"


def test_a_link_is_not_followed_and_the_unit_is_asked_once_for_the_file(
    mailroom: Mailroom, letter: EmailMessage, rows: Rows
) -> None:
    mailroom.answer(letter, "Gửi công văn tại https://drive.google.com/file/d/1x/view")

    collect(mailroom)
    collect(mailroom)

    assert state(rows) == "awaiting"
    requests = [text for mail in mailroom.letters(UNIT) if "không mở liên kết" in (text := text_of(mail))]
    assert len(requests) == 1
