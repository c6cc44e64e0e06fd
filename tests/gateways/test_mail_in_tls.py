"""The desk's mailbox read over TLS."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desk.gateways.failures import GatewayDown
from desk.gateways.mail_in import ImapServer, open_inbox
from desk.rules.mail_addresses import DeskAddress
from sandbox.mail import PASSWORD, MailServer
from tests.certificates import HOST

DESK = DeskAddress("hoidap@bhxh.example.vn")


def mails(at: ImapServer) -> int:
    with open_inbox(at, timeout=10) as inbox:
        return sum(len(batch) for batch in inbox.list_mails(None, DESK))


def imap(server: MailServer) -> ImapServer:
    return ImapServer(host=HOST, port=server.imap_port, user=DESK.mailbox, password=PASSWORD)


@pytest.mark.usefixtures("_trusted")
def test_what_has_come_is_read_over_tls(protected: MailServer) -> None:
    protected.maildirs.deliver("csxh@bhxh.example.vn", DESK.mailbox, b"Subject: x\r\n\r\nhello\r\n")

    assert mails(imap(protected)) == 1


@pytest.mark.usefixtures("_trusted")
def test_a_wrong_password_is_not_repeated(protected: MailServer) -> None:
    with pytest.raises(GatewayDown) as shut:
        mails(replace(imap(protected), password="secret"))

    assert "secret" not in shut.value.reason


def test_a_server_that_nobody_vouches_for_gets_no_password(protected: MailServer) -> None:
    with pytest.raises(GatewayDown, match="SSLCertVerificationError"):
        mails(imap(protected))


@pytest.mark.usefixtures("_trusted")
def test_a_certificate_is_good_for_its_own_host_alone(protected: MailServer) -> None:
    with pytest.raises(GatewayDown, match="SSLCertVerificationError"):
        mails(replace(imap(protected), host="localhost"))
