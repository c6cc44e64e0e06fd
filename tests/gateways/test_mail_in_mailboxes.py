"""The desk's mailbox, read over IMAP: what came, and which of it proves that the desk's letters left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from desk.gateways.failures import GatewayDown
from desk.gateways.mail_in import ImapServer, ListedMail, Watermark, open_inbox
from desk.gateways.mail_in.mailboxes import LARGEST_MAIL
from desk.gateways.mail_out import SmtpSender, SmtpServer, mime
from desk.rules.mail_addresses import DeskAddress
from desk.runtime.rendering import rendered
from docs.letters.examples import examples
from docs.letters.given import MONDAY
from sandbox.mail import PASSWORD, MailServer

DESK = DeskAddress("hoidap@bhxh.example.vn")
REPLY = b"Subject: Re: [ZL 26-004512-8]\r\n\r\ntra loi\r\n"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    with MailServer(tmp_path, mailboxes=[DESK.mailbox]) as running:
        yield running


def mailbox(server: MailServer, **changes: str) -> ImapServer:
    given = {"user": DESK.mailbox, "password": PASSWORD, **changes}
    return ImapServer(host="127.0.0.1", port=server.imap_port, ssl=False, **given)


def send_letter(server: MailServer, key: str, *, copy_to: str = "") -> None:
    letter = rendered(examples()["unit-letter"])
    body = mime(letter.parts, key=key, recipient=letter.recipient, desk=DESK, date=MONDAY)
    with SmtpSender(SmtpServer(host="127.0.0.1", port=server.smtp_port)) as sender:
        sender.send(DESK.bounce(key), letter.recipient, copy_to or DESK.own_copy(key), body)


def receive(server: MailServer, mail: bytes, to: str = DESK.mailbox) -> None:
    server.maildirs.deliver("csxh@bhxh.example.vn", to, mail)


def listed(server: MailServer, after: Watermark | None = None, *, since: date | None = None) -> list[ListedMail]:
    with open_inbox(mailbox(server)) as inbox:
        return [mail for batch in inbox.list_mails(after, DESK, since=since) for mail in batch]


def uid_validity(server: MailServer) -> int:
    with open_inbox(mailbox(server)) as inbox:
        return inbox.uid_validity


def test_letters_that_left_are_known_again_by_their_keys(server: MailServer) -> None:
    send_letter(server, "letter:1:B_CSXH:1")
    receive(server, b"Subject: Re: [ZL 26-004512-8]\r\n\r\nX-Zalo-Desk: letter:9:B_CSXH:1\r\n")
    send_letter(server, "letter:2:B_CSXH:1")

    assert sorted(mail.key for mail in listed(server)) == ["", "letter:1:B_CSXH:1", "letter:2:B_CSXH:1"]


def test_a_letter_that_somebody_sends_back_to_us_as_it_was_is_no_copy_of_ours(server: MailServer) -> None:
    send_letter(server, "letter:1:B_CSXH:1", copy_to=DESK.reply("7k3m9qx2vbt4hzna"))

    assert [mail.key for mail in listed(server)] == [""]


def test_a_mail_is_fetched_to_the_byte_with_the_time_it_came(server: MailServer) -> None:
    receive(server, REPLY)

    with open_inbox(mailbox(server)) as inbox:
        (batch,) = inbox.list_mails(None, DESK)
        (mail,) = inbox.fetch(batch)

    # the sandbox's server speaks of line feeds alone
    assert mail.raw == server.mails(DESK.mailbox)[0].replace(b"\r\n", b"\n")
    assert abs(datetime.now(UTC) - mail.received_at) < timedelta(minutes=1)
    assert not mail.is_cut


def test_of_a_mail_too_large_for_memory_only_the_headers_are_fetched(server: MailServer) -> None:
    receive(server, b"Subject: ban scan\r\nX-Mailer: a\r\n\r\n" + b"0123456789 " * 5)

    with open_inbox(mailbox(server)) as inbox:
        (batch,) = inbox.list_mails(None, DESK)
        (mail,) = inbox.fetch([ListedMail(uid=batch[0].uid, size=LARGEST_MAIL + 1, received_at=MONDAY)])

    assert mail.is_cut
    assert mail.raw.endswith(b"Subject: ban scan\nX-Mailer: a\n\n")


def test_reading_marks_nothing_as_seen(server: MailServer) -> None:
    receive(server, REPLY)

    with open_inbox(mailbox(server)) as inbox:
        for batch in inbox.list_mails(None, DESK):
            inbox.fetch(batch)

    assert not [file for file in server.maildirs.folder.glob("hoidap@*/cur/*") if "S" in file.name.partition(":2,")[2]]


def test_reading_goes_on_after_the_watermark_and_looks_back_a_little(server: MailServer) -> None:
    for number in range(1, 61):
        receive(server, b"X-Zalo-Desk: key:%d\r\n\r\n\r\n" % number)
    assert [mail.uid for mail in listed(server)] == list(range(1, 61))
    receive(server, REPLY)

    again = listed(server, Watermark(uid_validity(server), 60))

    assert [mail.uid for mail in again] == list(range(11, 62))


def test_a_mailbox_made_anew_is_read_from_its_start(server: MailServer) -> None:
    receive(server, REPLY)

    assert [mail.uid for mail in listed(server, Watermark(uid_validity=1, uid=500))] == [1]


def test_what_came_before_the_desk_acted_is_left_alone(server: MailServer) -> None:
    receive(server, REPLY)
    today = datetime.now(UTC).date()

    assert len(listed(server, since=today - timedelta(days=1))) == 1
    assert not listed(server, since=today + timedelta(days=2))


def test_many_mails_come_in_batches(server: MailServer) -> None:
    for number in range(230):
        receive(server, b"Subject: %d\r\n\r\n\r\n" % number)

    with open_inbox(mailbox(server)) as inbox:
        assert [len(batch) for batch in inbox.list_mails(None, DESK)] == [200, 30]


def test_copies_that_were_recorded_are_deleted_and_other_mail_stays(server: MailServer) -> None:
    send_letter(server, "letter:1:B_CSXH:1")
    receive(server, REPLY)

    with open_inbox(mailbox(server)) as inbox:
        (batch,) = inbox.list_mails(None, DESK)
        inbox.remove([mail for mail in batch if mail.key])

    assert [b"tra loi" in mail for mail in server.mails(DESK.mailbox)] == [True]
    assert [mail.key for mail in listed(server)] == [""]


def test_an_empty_mailbox_holds_nothing(server: MailServer) -> None:
    assert listed(server) == []


def test_a_mailbox_that_cannot_be_opened_is_a_gateway_that_is_down(server: MailServer) -> None:
    with pytest.raises(GatewayDown) as down, open_inbox(mailbox(server, password="wrong-secret")):
        pass

    assert "wrong-secret" not in down.value.reason
