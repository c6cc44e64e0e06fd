"""The sandbox's mail server, as its own users would notice it."""

from __future__ import annotations

import json
import os
import signal
import smtplib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from imap_tools import MailBoxUnencrypted

from sandbox.mail import PASSWORD, MailServer

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
