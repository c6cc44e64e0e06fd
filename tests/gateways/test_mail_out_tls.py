"""Mail handed over as offices want it: encrypted by STARTTLS, after a login, to the right server alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desk.gateways.failures import GatewayDown, OutcomeUnknown, TemporaryFailure
from desk.gateways.mail_out import SmtpSender, SmtpServer
from sandbox.mail import PASSWORD, HangUp, MailServer
from tests.certificates import HOST

DESK = "hoidap@bhxh.example.vn"
UNIT = "csxh@bhxh.example.vn"
BODY = b"Subject: x\r\n\r\nhello\r\n"
# More than the sockets of both sides hold: the server hangs up before the last byte is written.
LARGE = BODY + (b"0123456789 " * 7 + b"\r\n") * 200_000


def smtp(server: MailServer) -> SmtpServer:
    return SmtpServer(host=HOST, port=server.smtp_port, user=DESK, password=PASSWORD, starttls=True)


def send(at: SmtpServer, body: bytes = BODY) -> None:
    with SmtpSender(at, timeout=10) as sender:
        sender.send("hoidap+bounce.1@bhxh.example.vn", UNIT, "hoidap+sent.1@bhxh.example.vn", body)


@pytest.mark.usefixtures("_trusted")
def test_a_letter_and_its_copy_go_over_tls_after_a_login(protected: MailServer) -> None:
    send(smtp(protected))

    assert len(protected.mails(UNIT)) == len(protected.mails(DESK)) == 1


@pytest.mark.usefixtures("_trusted")
def test_a_wrong_password_stops_the_gateway_and_fails_no_single_letter(protected: MailServer) -> None:
    with pytest.raises(GatewayDown, match="535") as refused:
        send(replace(smtp(protected), password="secret"))

    assert "secret" not in refused.value.reason
    assert not protected.mails(UNIT)


def test_a_server_that_nobody_vouches_for_gets_neither_letter_nor_password(protected: MailServer) -> None:
    with pytest.raises(GatewayDown, match="SSLCertVerificationError"):
        send(smtp(protected))

    assert not protected.mails(UNIT)


@pytest.mark.usefixtures("_trusted")
def test_a_certificate_is_good_for_its_own_host_alone(protected: MailServer) -> None:
    with pytest.raises(GatewayDown, match="SSLCertVerificationError"):
        send(replace(smtp(protected), host="localhost"))


def test_a_desk_that_is_not_told_to_encrypt_fails_no_single_letter(protected: MailServer) -> None:
    with pytest.raises(GatewayDown, match="530"):
        send(replace(smtp(protected), starttls=False, user=""))


@pytest.mark.usefixtures("_trusted")
@pytest.mark.parametrize(
    ("moment", "failure", "left"),
    [(HangUp.BEFORE_THE_DOT, TemporaryFailure, 0), (HangUp.AFTER_KEEPING_IT, OutcomeUnknown, 1)],
)
def test_a_connection_lost_over_tls_says_as_well_whether_the_mail_may_have_left(
    protected: MailServer, moment: HangUp, failure: type[Exception], left: int
) -> None:
    protected.faults.hang_ups = [moment]

    with pytest.raises(failure):
        send(smtp(protected), LARGE)

    assert len(protected.mails(UNIT)) == left
