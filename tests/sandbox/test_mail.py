"""The sandbox's mail server, as its own users would notice it."""

from __future__ import annotations

import json
import os
import signal
import smtplib
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from imap_tools import MailBoxUnencrypted

from desk.gateways.mail_in.parsing import parse_mail
from sandbox.mail import PASSWORD, MailServer, set_clock

MAIL = b"Subject: x\r\n\r\nhello\r\n"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    with MailServer(tmp_path) as running:
        yield running


def hand_over(port: int, *recipients: str) -> dict[str, tuple[int, bytes]]:
    with smtplib.SMTP("127.0.0.1", port, local_hostname="test") as session:
        return session.sendmail("from@example.vn", recipients, MAIL)


def test_an_address_with_a_plus_shares_the_mailbox_of_its_base(server: MailServer) -> None:
    hand_over(server.smtp_port, "Hoidap+7k3m@example.vn", "csxh@example.vn")

    assert len(server.mails("hoidap@example.vn")) == len(server.mails("csxh@example.vn")) == 1
    assert b"Delivered-To: Hoidap+7k3m@example.vn\r\n" in server.mails("hoidap@example.vn")[0]
    assert [file.parent.name for file in server.maildirs.folder.glob("*/*/*")] == ["new", "new"]


def test_a_mail_that_was_delivered_is_read_over_imap(server: MailServer) -> None:
    hand_over(server.smtp_port, "hoidap@example.vn")

    with MailBoxUnencrypted("127.0.0.1", server.imap_port).login("hoidap@example.vn", PASSWORD) as mailbox:
        assert [mail.subject for mail in mailbox.fetch()] == ["x"]


def test_faults_can_be_written_into_a_control_file_and_taken_away_again(server: MailServer) -> None:
    control = server.maildirs.folder / "faults.json"
    control.write_text(json.dumps({"refused": ["csxh@example.vn"]}))
    refused = hand_over(server.smtp_port, "csxh@example.vn", "vp@example.vn")
    control.unlink()

    assert refused["csxh@example.vn"][0] == 550
    assert not hand_over(server.smtp_port, "csxh@example.vn")
    assert len(server.mails("csxh@example.vn")) == 1


def test_it_runs_by_itself_until_it_is_told_to_stop(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "sandbox.mail", "--folder", str(tmp_path), "--smtp-port", "0", "--imap-port", "0"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        port = int(line.partition("SMTP 127.0.0.1:")[2].partition(",")[0])
        hand_over(port, "csxh@example.vn")
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0

    assert len(list(tmp_path.glob("csxh@example.vn/new/*"))) == 1


def test_a_login_is_vouched_for_and_a_borrowed_name_is_not(tmp_path: Path) -> None:
    mail = b"From: =?utf-8?q?Ban_CSXH?= <csxh@example.vn>\r\nSubject: x\r\n\r\nhello\r\n"
    with MailServer(tmp_path, authserv_id="mx.example.vn") as server:
        for login in ("csxh@example.vn", "hacker@elsewhere.example", ""):
            with smtplib.SMTP("127.0.0.1", server.smtp_port, local_hostname="test") as session:
                if login:
                    session.login(login, PASSWORD)
                session.sendmail("csxh@example.vn", "hoidap@example.vn", mail)
        verdicts = [mail.partition(b"dmarc=")[2][:4] for mail in server.mails("hoidap@example.vn")]

    assert verdicts == [b"pass", b"fail", b"fail"]


def test_a_mail_to_an_address_that_is_gone_comes_back_as_a_report(server: MailServer) -> None:
    server.faults.bounced.add("csxh@example.vn")
    with smtplib.SMTP("127.0.0.1", server.smtp_port, local_hostname="test") as session:
        session.sendmail("hoidap+bounce.1@example.vn", ["csxh@example.vn", "vp@example.vn"], MAIL)
    (report,) = server.mails("hoidap@example.vn")
    read = parse_mail(report)

    assert [(each.final_recipient, each.action, each.status) for each in read.reports] == [
        ("csxh@example.vn", "failed", "5.1.1")
    ]
    assert read.recipients[0] == "hoidap+bounce.1@example.vn"
    assert not server.mails("csxh@example.vn")
    assert len(server.mails("vp@example.vn")) == 1


def test_mail_arrives_when_the_servers_clock_says(server: MailServer) -> None:
    monday = datetime(2026, 11, 16, 9, 5, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    set_clock(server.maildirs.folder, monday)
    hand_over(server.smtp_port, "hoidap@example.vn")
    set_clock(server.maildirs.folder, None)
    hand_over(server.smtp_port, "hoidap@example.vn")

    with MailBoxUnencrypted("127.0.0.1", server.imap_port).login("hoidap@example.vn", PASSWORD) as mailbox:
        answers = mailbox.client.uid("FETCH", "1:*", "(INTERNALDATE)")[1]
    # the server numbers what lies in the Maildir in no order
    arrived = sorted(parsedate_to_datetime(bytes(answer).split(b'"')[1].decode()) for answer in answers)
    assert arrived[0] == monday
    assert arrived[1] > monday
