"""A desk whose letters reach real mailboxes, and people who write back over real SMTP."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.policy import default
from email.utils import make_msgid
from smtplib import SMTP

import pytest
from sqlalchemy import Engine

from desk.rules.tally import Tally
from desk.runtime.database import transaction
from desk.runtime.settings import settings
from desk.store.delivery_modes import DeliveryMode, set_mode
from sandbox.mail import PASSWORD, MailServer
from tasks.collecting import fetch_mails, read_batch
from tasks.delivering import deliver_letters

DESK = "hoidap@bhxh.example.vn"
File = tuple[str, str, bytes]


@dataclass(frozen=True)
class Mailroom:
    """The mail server, and everybody who reads and writes mail."""

    server: MailServer

    def letters(self, address: str) -> list[EmailMessage]:
        """Send what is queued, and return what lies in somebody's mailbox, oldest first."""
        while deliver_letters.fn():
            pass
        return [message_from_bytes(mail, policy=default) for mail in self.server.mails(address)]

    def letter(self, address: str) -> EmailMessage:
        """Return the newest letter in a mailbox."""
        return self.letters(address)[-1]

    def answer(
        self,
        letter: EmailMessage,
        text: str,
        *,
        sender: str = "",
        files: Sequence[File] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Write back to a letter, above a quotation of it, as the one who got it or as somebody else."""
        quoted = "\n".join(f"> {line}" for line in text_of(letter).splitlines())
        said = {"In-Reply-To": str(letter["Message-ID"]), "References": str(letter["Message-ID"]), **(headers or {})}
        self.write(
            sender or str(letter["To"]),
            str(letter["Reply-To"]),
            f"Re: {letter['Subject']}",
            f"{text}\n\nVào Th 2, 23 thg 11, 2026 vào lúc 09:05 Zalo BHXH Việt Nam <{DESK}> đã viết:\n\n{quoted}\n",
            files=files,
            headers=said,
        )

    def write(
        self,
        sender: str,
        to: str,
        subject: str,
        text: str,
        *,
        files: Sequence[File] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Write a mail to the desk."""
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = sender, to, subject
        mail["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
        for name, value in (headers or {}).items():
            del mail[name]
            mail[name] = value
        mail.set_content(text, cte="base64")
        for name, kind, content in files:
            main, _, sub = kind.partition("/")
            mail.add_attachment(content, maintype=main, subtype=sub, filename=name)
        self.send(sender, to, mail.as_bytes(policy=SMTP_POLICY))

    def send(self, sender: str, to: str, mail: bytes) -> None:
        """Hand a mail over as it is."""
        with SMTP("127.0.0.1", self.server.smtp_port) as smtp:
            smtp.sendmail(sender, [to], mail)

    def collect(self, as_of: datetime) -> Tally:
        """Take in and read all there is."""
        tally = Tally()
        tally += fetch_mails.fn()
        while batch := read_batch.fn(as_of):
            tally += batch
        return tally


def text_of(letter: EmailMessage) -> str:
    """Return a letter's plain text."""
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


@pytest.fixture(scope="module")
def mail_server_of_the_room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailServer]:
    with MailServer(tmp_path_factory.mktemp("mailroom"), mailboxes=[DESK]) as running:
        yield running


@pytest.fixture
def mailroom(desk: Engine, mail_server_of_the_room: MailServer, monkeypatch: pytest.MonkeyPatch) -> Mailroom:
    """Return the mailroom of a desk in office whose letters leave."""
    del desk
    server = mail_server_of_the_room
    server.reset()
    server.maildirs.add(DESK)
    chosen = {
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(server.smtp_port),
        "IMAP_HOST": "127.0.0.1",
        "IMAP_PORT": str(server.imap_port),
        "IMAP_USER": DESK,
        "IMAP_PASSWORD": PASSWORD,
        "IMAP_SSL": "false",
        "MAIL_RELAY_AUTHENTICATES_FROM": "true",
        "AGENCY_DOMAINS": "bhxh.example.vn",
    }
    for name, value in chosen.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    with transaction() as connection:
        set_mode(connection, DeliveryMode.LIVE, acting_officer="ops", reason="thử")
    return Mailroom(server)


def bounce_of(letter: EmailMessage, of: str, *, action: str = "failed", status: str = "5.1.1") -> bytes:
    """Return what a mail server writes when a letter does not get through."""
    return (
        f"From: MAILER-DAEMON@bhxh.example.vn\r\nTo: {DESK}\r\nSubject: Undelivered Mail Returned to Sender\r\n"
        f"Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\nMessage-ID: <dsn-{status}-{action}@bhxh.example.vn>\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nI'm sorry to have to inform you.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.bhxh.example.vn\r\n\r\n"
        f"Final-Recipient: rfc822; {of}\r\nAction: {action}\r\nStatus: {status}\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {letter['Message-ID']}\r\n\r\n--b--\r\n"
    ).encode()
