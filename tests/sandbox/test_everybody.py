"""Everybody together: letters lie in their mailboxes, and what they write arrives when they wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from desk.gateways.mail_in.parsing import parse_mail
from desk.rules.replies.senders import Authentication, authentication
from sandbox.mail import MailServer
from sandbox.people import Everybody, Post
from sandbox.people.manners import Manner
from tests.sandbox.test_people import CSXH, DESK, MONDAY, NAMES, unit_letter
from tests.sandbox.zalo_client import Zalo

AUTHSERV = "mx.bhxh.example.vn"
SEED = 1


@pytest.fixture
def mail(tmp_path: Path) -> Iterator[MailServer]:
    with MailServer(tmp_path, mailboxes=[DESK.mailbox], authserv_id=AUTHSERV) as running:
        yield running


@pytest.fixture
def everybody(mail: MailServer, zalo: Zalo) -> Everybody:
    return Everybody(
        mail_folder=mail.maildirs.folder,
        smtp_port=mail.smtp_port,
        zalo=lambda method, path, body=None: zalo.control(method, f"/{path}", body),
        desk_address=DESK.mailbox,
        units=NAMES,
        officials={},
        writers={},
        begins_at=MONDAY,
        is_working_day=lambda day: day.weekday() < 5,
        seed=SEED,
    )


def deliver(mail: MailServer, manner: Manner) -> str:
    """Put a letter into the unit's mailbox whose reader deals with it in a manner; returns its Message-ID."""
    asked = unit_letter(manner)
    written = EmailMessage()
    written["From"], written["To"], written["Reply-To"] = DESK.mailbox, CSXH, asked.reply_to
    written["Subject"], written["Message-ID"] = asked.subject, asked.message_id
    written["Auto-Submitted"] = "auto-generated"
    written.set_content(asked.text)
    mail.maildirs.deliver(DESK.mailbox, CSXH, written.as_bytes(), at=MONDAY)
    return asked.message_id


def test_a_unit_answers_when_its_time_has_come_and_the_server_vouches_for_it(
    mail: MailServer, everybody: Everybody
) -> None:
    deliver(mail, Manner.PROMPT)

    assert not everybody.act(MONDAY)
    assert everybody.act(MONDAY + timedelta(days=3)) == {Post.ANSWER: 1}
    (file,) = (mail.maildirs.folder / DESK.mailbox).glob("new/*")
    received = parse_mail(file.read_bytes())
    assert received.written_at == datetime.fromtimestamp(int(file.stat().st_mtime), UTC)
    assert received.from_address == CSXH
    assert authentication(received, authserv_id=AUTHSERV, relay_authenticates=False) is Authentication.PASS
    assert everybody.acted.to_desk == {Post.ANSWER: 1}


def test_a_letter_that_is_passed_on_is_answered_by_whom_it_was_passed_on_to(
    mail: MailServer, everybody: Everybody
) -> None:
    letter_id = deliver(mail, Manner.PASSES_ON)
    everybody.act(MONDAY + timedelta(days=3))
    received = [parse_mail(raw) for raw in mail.mails(DESK.mailbox)]

    assert everybody.acted.posts[Post.FORWARD] == 1
    assert received[-1].from_address not in NAMES
    assert letter_id not in received[-1].referred_ids
    assert everybody.acted.to_desk[Post.ANSWER] == 1


def test_nothing_is_read_twice(mail: MailServer, everybody: Everybody) -> None:
    deliver(mail, Manner.PROMPT)
    everybody.act(MONDAY + timedelta(days=3))

    assert not everybody.act(MONDAY + timedelta(days=9))


def test_a_citizen_may_tap_the_button_of_a_message(everybody: Everybody, zalo: Zalo) -> None:
    button = {"title": "Tôi vẫn cần trả lời", "type": "oa.query.hide", "payload": "Tôi vẫn cần trả lời"}
    payload = {"buttons": [button]}
    for number in range(20):
        citizen = str(3_000_000_000_000_000_000 + number)
        zalo.writes({"user_id": citizen, "message": "alo"})
        zalo.text("Để nhận câu trả lời", citizen, attachment={"type": "template", "payload": payload})
    everybody.act(MONDAY + timedelta(days=30))

    assert 0 < everybody.acted.messages < 20
