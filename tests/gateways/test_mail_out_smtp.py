"""Handing mail to a server: each way it fails says whether the mail may have left."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest

from desk.gateways.failures import GatewayDown, OutcomeUnknown, PermanentFailure, TemporaryFailure
from desk.gateways.mail_out import MailReceipt, SmtpSender, SmtpServer
from sandbox.mail import HangUp, MailServer

FROM = "hoidap+bounce.1@bhxh.example.vn"
UNIT = "csxh@bhxh.example.vn"
DESK = "hoidap@bhxh.example.vn"
OWN_COPY = "hoidap+sent.1@bhxh.example.vn"
BODY = b"Subject: x\r\n\r\nhello\r\n.a line that begins with a dot\r\n"
# More than the sockets of both sides hold: the server hangs up before the last byte is written.
LARGE = b"Subject: x\r\n\r\n" + b"0123456789 " * 7 + b"\r\n" + (b"0123456789 " * 7 + b"\r\n") * 200_000


@pytest.fixture(scope="module")
def _running_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailServer]:
    with MailServer(tmp_path_factory.mktemp("mail")) as server:
        yield server


@pytest.fixture(params=[False, True], ids=["pipelining", "one at a time"])
def server(request: pytest.FixtureRequest, _running_server: MailServer) -> MailServer:
    _running_server.reset()
    _running_server.faults.one_at_a_time = request.param
    return _running_server


@pytest.fixture
def sender(server: MailServer) -> Iterator[SmtpSender]:
    with SmtpSender(SmtpServer(host="127.0.0.1", port=server.smtp_port), timeout=10) as made:
        yield made


def send(sender: SmtpSender, body: bytes = BODY) -> MailReceipt:
    return sender.send(FROM, UNIT, OWN_COPY, body)


def received(server: MailServer) -> tuple[int, int]:
    return len(server.mails(UNIT)), len(server.mails(DESK))


def test_a_mail_reaches_the_unit_and_the_desks_own_mailbox_byte_for_byte(
    server: MailServer, sender: SmtpSender
) -> None:
    receipt = send(sender)

    assert receipt.reply.startswith("250 ")
    assert receipt.queue_id
    assert receipt.reply.endswith(receipt.queue_id)
    assert not receipt.copy_refused
    assert server.mails(UNIT)[0].endswith(BODY)
    assert server.mails(DESK)[0].endswith(BODY)
    assert b"Return-Path: <hoidap+bounce.1@bhxh.example.vn>" in server.mails(UNIT)[0]


def test_sessions_are_renewed_and_no_mail_is_lost_in_between(server: MailServer) -> None:
    with SmtpSender(SmtpServer(host="127.0.0.1", port=server.smtp_port), mails_a_session=2) as sender:
        for _ in range(5):
            send(sender)

    assert received(server) == (5, 5)
    assert server.sessions == 3


def test_a_unit_that_is_refused_gets_nothing_and_the_next_mail_goes_on(server: MailServer, sender: SmtpSender) -> None:
    server.faults.refused = {UNIT}
    with pytest.raises(PermanentFailure) as refused:
        send(sender)
    assert received(server) == (0, 0)
    assert refused.value.code == "550"
    assert refused.value.reason.endswith("550 5.1.1")

    server.faults.refused = set()
    send(sender)
    assert received(server) == (1, 1)
    assert server.sessions == 1


def test_a_unit_that_is_put_off_is_tried_later(server: MailServer, sender: SmtpSender) -> None:
    server.faults.deferred = {UNIT}

    with pytest.raises(TemporaryFailure) as put_off:
        send(sender)

    assert not isinstance(put_off.value, GatewayDown)
    assert received(server) == (0, 0)


def test_the_letter_leaves_though_the_own_copy_is_refused(server: MailServer, sender: SmtpSender) -> None:
    server.faults.refused = {OWN_COPY}

    assert send(sender).copy_refused
    assert received(server) == (1, 0)


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA", "DOT"])
@pytest.mark.parametrize("answer", ["421 4.3.2 shutting down", "452 4.5.3 too many messages in this session"])
def test_a_server_that_tires_of_a_session_gets_the_mail_in_a_new_one(
    server: MailServer, sender: SmtpSender, command: str, answer: str
) -> None:
    server.faults.answers = {command: [answer]}

    send(sender)

    assert received(server) == (1, 1)
    assert server.sessions == 2


def test_a_server_that_tires_of_every_session_is_left_alone_for_now(server: MailServer, sender: SmtpSender) -> None:
    server.faults.answers = {"MAIL": ["421 4.3.2 shutting down"] * 2}

    with pytest.raises(TemporaryFailure):
        send(sender)

    assert received(server) == (0, 0)
    assert server.sessions == 2


@pytest.mark.parametrize("command", ["RCPT", "DATA", "DOT"])
def test_a_refusal_at_any_step_is_final_for_this_mail_alone(
    server: MailServer, sender: SmtpSender, command: str
) -> None:
    server.faults.answers = {command: ["554 5.7.1 not wanted"]}
    with pytest.raises(PermanentFailure):
        send(sender)

    send(sender)
    assert received(server) == (1, 1)


def test_a_server_that_refuses_the_desk_itself_fails_no_single_letter(server: MailServer, sender: SmtpSender) -> None:
    server.faults.answers = {"MAIL": ["550 5.7.1 sender rejected"]}

    with pytest.raises(GatewayDown):
        send(sender)


def test_a_connection_lost_before_the_final_dot_means_not_sent(server: MailServer, sender: SmtpSender) -> None:
    server.faults.hang_ups = [HangUp.BEFORE_THE_DOT]

    with pytest.raises(TemporaryFailure):
        send(sender, LARGE)

    assert received(server) == (0, 0)
    send(sender)
    assert received(server) == (1, 1)


@pytest.mark.parametrize(("moment", "left"), [(HangUp.AFTER_THE_DOT, 0), (HangUp.AFTER_KEEPING_IT, 1)])
def test_a_connection_lost_after_the_final_dot_means_that_nobody_knows(
    server: MailServer, sender: SmtpSender, moment: HangUp, left: int
) -> None:
    server.faults.hang_ups = [moment]

    with pytest.raises(OutcomeUnknown):
        send(sender)

    assert received(server) == (left, left)
    send(sender)
    assert received(server) == (left + 1, left + 1)


def test_a_server_that_says_nothing_is_not_waited_for_longer_than_the_time_out(server: MailServer) -> None:
    server.faults.seconds = 30
    at = SmtpServer(host="127.0.0.1", port=server.smtp_port)

    with SmtpSender(at, timeout=0.2) as sender, pytest.raises(TemporaryFailure):
        send(sender)

    assert received(server) == (0, 0)


def test_a_mail_larger_than_the_server_takes_is_not_even_begun(server: MailServer, sender: SmtpSender) -> None:
    server.faults.largest = 1000

    with pytest.raises(PermanentFailure) as refused:
        send(sender, BODY + b"x" * 1000)

    assert refused.value.code == "552"
    send(sender)
    assert received(server) == (1, 1)


def test_no_server_is_a_gateway_that_is_down() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    with SmtpSender(SmtpServer(host="127.0.0.1", port=port), timeout=2) as sender, pytest.raises(GatewayDown):
        send(sender)


@pytest.mark.parametrize(
    "wanted", [{"starttls": True}, {"user": "hoidap", "password": "secret"}], ids=["starttls", "login"]
)
def test_a_server_without_the_wanted_protection_gets_no_mail(server: MailServer, wanted: dict[str, Any]) -> None:
    at = SmtpServer(host="127.0.0.1", port=server.smtp_port, **wanted)

    with SmtpSender(at) as sender, pytest.raises(GatewayDown) as down:
        send(sender)

    assert "secret" not in down.value.reason
    assert received(server) == (0, 0)


def test_an_address_that_holds_a_command_is_never_sent(server: MailServer, sender: SmtpSender) -> None:
    with pytest.raises(ValueError, match="line"):
        sender.send(FROM, f"{UNIT}>\r\nRCPT TO:<{DESK}", OWN_COPY, BODY)

    assert received(server) == (0, 0)
