"""The desk's own copies, read over IMAP: evidence that its letters left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.gateways.failures import GatewayDown
from desk.gateways.mail_in import ImapServer, OwnCopies, Watermark, find_own_copies, remove_own_copies
from desk.gateways.mail_out import SmtpSender, SmtpServer, mime
from desk.rules.mail_addresses import DeskAddress
from desk.runtime.rendering import rendered
from docs.letters.examples import MONDAY, examples
from sandbox.mail import PASSWORD, MailServer

DESK = DeskAddress("hoidap@bhxh.example.vn")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    with MailServer(tmp_path, mailboxes=[DESK.mailbox]) as running:
        yield running


def mailbox(server: MailServer, **changes: str) -> ImapServer:
    given = {"user": DESK.mailbox, "password": PASSWORD, **changes}
    return ImapServer(host="127.0.0.1", port=server.imap_port, ssl=False, **given)


def send_letter(server: MailServer, key: str) -> None:
    letter = rendered(examples()["unit-letter"])
    body = mime(letter.parts, key=key, recipient=letter.recipient, desk=DESK, date=MONDAY)
    with SmtpSender(SmtpServer(host="127.0.0.1", port=server.smtp_port)) as sender:
        sender.send(DESK.bounce(key), letter.recipient, DESK.own_copy(key), body)


def receive(server: MailServer, mail: bytes) -> None:
    server.maildirs.deliver("csxh@bhxh.example.vn", DESK.mailbox, mail)


def test_letters_that_left_are_found_again_by_their_keys(server: MailServer) -> None:
    send_letter(server, "letter:1:B_CSXH:1")
    receive(server, b"Subject: Re: [ZL 26-004512-8]\r\n\r\nX-Zalo-Desk: letter:9:B_CSXH:1\r\n")
    send_letter(server, "letter:2:B_CSXH:1")

    found = find_own_copies(mailbox(server))

    assert {copy.key for copy in found.copies} == {"letter:1:B_CSXH:1", "letter:2:B_CSXH:1"}
    assert len(found.copies) == 2
    assert found.watermark.uid == 3


def test_reading_marks_nothing_as_seen(server: MailServer) -> None:
    send_letter(server, "letter:1:B_CSXH:1")

    find_own_copies(mailbox(server))

    assert not [file for file in server.maildirs.folder.glob("hoidap@*/cur/*") if "S" in file.name.partition(":2,")[2]]


def test_reading_goes_on_after_the_watermark_and_looks_back_a_little(server: MailServer) -> None:
    for number in range(1, 61):
        receive(server, b"X-Zalo-Desk: key:%d\r\n\r\n\r\n" % number)
    first = find_own_copies(mailbox(server))
    send_letter(server, "letter:61:B_CSXH:1")

    second = find_own_copies(mailbox(server), first.watermark)

    assert [copy.uid for copy in first.copies] == list(range(1, 61))
    assert [copy.uid for copy in second.copies] == list(range(11, 62))
    assert second.watermark.uid == 61


def test_a_mailbox_made_anew_is_read_from_its_start(server: MailServer) -> None:
    send_letter(server, "letter:1:B_CSXH:1")
    elsewhere = Watermark(uid_validity=1, uid=500)

    assert [copy.uid for copy in find_own_copies(mailbox(server), elsewhere).copies] == [1]


def test_copies_that_were_recorded_are_deleted_and_other_mail_stays(server: MailServer) -> None:
    send_letter(server, "letter:1:B_CSXH:1")
    receive(server, b"Subject: Re: [ZL 26-004512-8]\r\n\r\ntra loi\r\n")
    found = find_own_copies(mailbox(server))
    elsewhere = OwnCopies(found.copies, Watermark(uid_validity=1, uid=2))

    remove_own_copies(mailbox(server), elsewhere)
    assert len(server.mails(DESK.mailbox)) == 2

    remove_own_copies(mailbox(server), found)
    assert [b"tra loi" in mail for mail in server.mails(DESK.mailbox)] == [True]
    assert find_own_copies(mailbox(server)).copies == ()


def test_an_empty_mailbox_holds_no_copies(server: MailServer) -> None:
    found = find_own_copies(mailbox(server))

    assert found.copies == ()
    assert find_own_copies(mailbox(server), found.watermark) == found


def test_a_mailbox_that_cannot_be_opened_is_a_gateway_that_is_down(server: MailServer) -> None:
    with pytest.raises(GatewayDown) as down:
        find_own_copies(mailbox(server, password="wrong-secret"))

    assert "wrong-secret" not in down.value.reason
