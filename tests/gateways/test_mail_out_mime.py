"""The bytes of a mail: read back whole, the same at every attempt, closed to headers of anybody else's."""

from __future__ import annotations

import email
from dataclasses import replace
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from desk.gateways.failures import PermanentFailure
from desk.gateways.mail_out import MailFile, mime
from desk.rules import letters
from desk.rules.mail_addresses import DeskAddress, ReplyAddressStyle, key_digest
from desk.rules.outgoing import Letter
from desk.runtime.rendering import rendered
from docs.letters.examples import examples
from docs.letters.given import ASKED, HEAD, MONDAY, UNIT

DESK = DeskAddress("hoidap@bhxh.example.vn")
LETTER = rendered(letters.unit_letter(ASKED, UNIT, HEAD))
TO = LETTER.recipient


def mail_of(body: bytes) -> EmailMessage:
    read = email.message_from_bytes(body, policy=default)
    assert isinstance(read, EmailMessage)
    assert not read.defects
    return read


def letter_bytes(**changes: str) -> bytes:
    return mime({**LETTER.parts, **changes}, key=LETTER.key, recipient=TO, desk=DESK, date=MONDAY)


def test_a_letter_is_read_back_as_it_was_rendered() -> None:
    mail = mail_of(letter_bytes())
    text, html, calendar = (mail.get_body([kind]) for kind in ("plain", "html", "calendar"))
    assert text is not None
    assert html is not None
    attached = list(mail.iter_attachments())

    assert mail["Subject"] == LETTER.parts["subject"]
    assert text.get_content().splitlines() == str(LETTER.parts["text"]).splitlines()
    assert html.get_content().splitlines() == str(LETTER.parts["html"]).splitlines()
    assert calendar is None
    assert [part.get_content_type() for part in attached] == ["text/calendar"]
    assert attached[0].get_param("method") == "PUBLISH"
    assert Calendar.from_ical(attached[0].get_content())["METHOD"] == "PUBLISH"


def test_the_headers_say_who_writes_and_where_answers_go() -> None:
    mail = mail_of(letter_bytes())

    assert mail["From"] == "Zalo BHXH Việt Nam <hoidap@bhxh.example.vn>"
    assert mail["To"] == "csxh@bhxh.example.vn"
    assert mail["Reply-To"] == f"hoidap+{ASKED.reply_token}@bhxh.example.vn"
    assert mail["Message-ID"] == f"<{key_digest(LETTER.key)}@bhxh.example.vn>"
    assert mail["Date"] == "Mon, 23 Nov 2026 09:05:00 +0700"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Auto-Response-Suppress"] == "AutoReply, RN, NRN"
    assert mail["X-Zalo-Desk"] == LETTER.key
    assert mail["In-Reply-To"] is None


@pytest.mark.parametrize(
    ("style", "reply_to"),
    [
        (ReplyAddressStyle.CATCH_ALL, f"{ASKED.reply_token}@bhxh.example.vn"),
        (ReplyAddressStyle.SUBJECT_ONLY, "hoidap@bhxh.example.vn"),
    ],
)
def test_answers_go_where_the_mail_server_takes_them(style: ReplyAddressStyle, reply_to: str) -> None:
    mail = mail_of(mime(LETTER.parts, key=LETTER.key, recipient=TO, desk=replace(DESK, style=style), date=MONDAY))

    assert mail["Reply-To"] == reply_to


@pytest.mark.parametrize("name", [name for name, item in examples().items() if isinstance(item, Letter)])
def test_every_attempt_has_the_same_bytes_in_lines_every_server_takes(name: str) -> None:
    delivery = rendered(examples()[name])
    once, again = (
        mime(delivery.parts, key=delivery.key, recipient=delivery.recipient, desk=DESK, date=MONDAY) for _ in range(2)
    )

    assert once == again
    assert once.isascii()
    assert once.endswith(b"\r\n")
    assert b"\n" not in once.replace(b"\r\n", b"")
    assert max(map(len, once.split(b"\r\n"))) <= 120


def test_a_follow_up_stays_in_the_thread_however_long_the_ids_are() -> None:
    far = DeskAddress(f"hoidap@{'.'.join(['donvi'] * 12)}.bhxh.example.vn")
    thread = far.message_id("letter:1:B_CSXH:1")
    body = mime({**LETTER.parts, "thread": "letter:1:B_CSXH:1"}, key="k", recipient=TO, desk=far, date=MONDAY)

    assert len(thread) > 80
    for header in (b"In-Reply-To", b"References"):
        line = body.split(header + b":", 1)[1].replace(b"\r\n ", b" ").split(b"\r\n", 1)[0]
        assert line.strip().decode() == thread


@given(subject=st.text(max_size=200))
def test_no_subject_can_add_a_header(subject: str) -> None:
    mail = mail_of(letter_bytes(subject=subject.encode(errors="ignore").decode()))

    assert {name.lower() for name in mail} == {name.lower() for name in mail_of(letter_bytes())}
    assert len(mail.get_all("Subject", [])) == 1


@pytest.mark.parametrize(
    "address",
    [
        "a@b.vn\r\nBcc: x@y.vn",
        "a@b.vn\nBcc: x@y.vn",
        "a@b.vn\x00",
        "a@b.vn, c@d.vn",
        "A <a@b.vn>",
        "a b@c.vn",
        "không@dấu.vn",
        "@b.vn",
        "a@",
        "",
    ],
)
def test_an_address_that_is_more_than_an_address_gets_no_mail(address: str) -> None:
    with pytest.raises(PermanentFailure) as refused:
        mime(LETTER.parts, key="k", recipient=address, desk=DESK, date=MONDAY)

    assert "@" not in refused.value.reason


@pytest.mark.parametrize("key", ["a\r\nBcc: x@y.vn", "a b", "khóa", ""])
def test_a_key_that_cannot_stand_in_a_header_is_refused(key: str) -> None:
    with pytest.raises(PermanentFailure):
        mime(LETTER.parts, key=key, recipient=TO, desk=DESK, date=MONDAY)


def test_a_reply_token_cannot_add_a_header() -> None:
    with pytest.raises(PermanentFailure):
        letter_bytes(reply_token="x\r\nBcc: a@b.vn")


def test_in_a_pilot_all_mail_goes_to_one_mailbox_and_names_whom_it_was_for() -> None:
    pilot = "thu.nghiem@bhxh.example.vn"
    mail = mail_of(mime(LETTER.parts, key="k", recipient=TO, desk=DESK, date=MONDAY, pilot_mailbox=pilot))
    text, html = mail.get_body(["plain"]), mail.get_body(["html"])
    assert text is not None
    assert html is not None

    assert mail["To"] == pilot
    assert text.get_content().splitlines()[0] == "[Chạy thử] Người nhận thật: csxh@bhxh.example.vn"
    assert "<p>[Chạy thử] Người nhận thật: csxh@bhxh.example.vn</p>" in html.get_content()


def test_files_stand_beside_the_letter_byte_for_byte() -> None:
    files = [
        MailFile(name="tep-1-trang-01.jpg", media_type="image/jpeg", content=bytes(range(256)) * 40, is_shown=True),
        MailFile(name="qua-han.xlsx", media_type="application/vnd.ms-excel", content=b"PK"),
    ]

    mail = mail_of(mime(LETTER.parts, key=LETTER.key, recipient=TO, desk=DESK, date=MONDAY, files=files))

    attached = [part for part in mail.iter_attachments() if part.get_filename() != "han-tra-loi.ics"]
    assert [(part.get_filename(), part.get_content_disposition()) for part in attached] == [
        ("tep-1-trang-01.jpg", "inline"),
        ("qua-han.xlsx", "attachment"),
    ]
    assert [part.get_content() for part in attached] == [file.content for file in files]
    body = mail.get_body(["plain"])
    assert body is not None
    assert body.get_content().splitlines() == str(LETTER.parts["text"]).splitlines()
