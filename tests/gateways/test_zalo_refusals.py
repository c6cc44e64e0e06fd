from __future__ import annotations

import logging
import socket

import pytest

from desk.gateways.failures import (
    Failure,
    GatewayDown,
    OutcomeUnknown,
    PermanentFailure,
    TemporaryFailure,
)
from desk.gateways.zalo.client import ZaloClient
from desk.gateways.zalo.exchange import Exchange
from desk.gateways.zalo.refusals import NEXT, AccountRefused, Asked, Next, PaymentRefused, failure_of_code
from sandbox.zalo import FaultKind, Simulator
from tests.simulated_zalo import (
    ANNA,
    BROKEN,
    TIMEOUT,
    Call,
    Counted,
    TokensOf,
    citizen_writes,
    client_of,
    fault,
    read_anna,
    read_recent,
    send_anna,
)


@pytest.mark.parametrize(("kind", "order"), BROKEN)
@pytest.mark.parametrize("read", [read_recent, read_anna])
def test_a_read_without_an_answer_ends_the_run(
    zalo: Simulator, kind: FaultKind, order: dict[str, object], read: Call
) -> None:
    fault(zalo, kind, **order)

    with pytest.raises(GatewayDown):
        read(client_of(zalo))


@pytest.mark.parametrize(("kind", "order"), BROKEN)
def test_a_send_without_an_answer_may_have_arrived(zalo: Simulator, kind: FaultKind, order: dict[str, object]) -> None:
    citizen_writes(zalo, "Cho tôi hỏi")
    fault(zalo, kind, handled=True, **order)

    with pytest.raises(OutcomeUnknown):
        send_anna(client_of(zalo))


@pytest.mark.parametrize("call", [read_recent, read_anna, send_anna])
def test_a_closed_port_is_a_gateway_that_is_down(zalo: Simulator, call: Call) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    nobody = Exchange(f"http://127.0.0.1:{port}", timeout_seconds=TIMEOUT)

    with pytest.raises(GatewayDown):
        call(ZaloClient(nobody, TokensOf(zalo), Counted()))


@pytest.mark.parametrize("status", [301, 403, 404, 429])
def test_a_page_of_a_proxy_did_not_send_anything(zalo: Simulator, status: int) -> None:
    citizen_writes(zalo, "Cho tôi hỏi")
    fault(zalo, FaultKind.HTML_BODY, status=status)

    with pytest.raises(GatewayDown):
        send_anna(client_of(zalo))
    assert zalo.account.sending.sent == []


@pytest.mark.parametrize("error_statuses", [False, True])
@pytest.mark.parametrize(
    ("code", "of_a_read_of_all", "of_a_read_of_one", "of_a_send"),
    [
        (-32, GatewayDown, GatewayDown, GatewayDown),
        (-200, GatewayDown, TemporaryFailure, OutcomeUnknown),
        (-201, GatewayDown, TemporaryFailure, PermanentFailure),
        (-212, AccountRefused, AccountRefused, AccountRefused),
        (-218, GatewayDown, TemporaryFailure, TemporaryFailure),
        (-230, GatewayDown, TemporaryFailure, PermanentFailure),
        (-320, GatewayDown, TemporaryFailure, PaymentRefused),
        (-9999, GatewayDown, TemporaryFailure, PermanentFailure),
    ],
)
def test_a_refusal_says_what_to_do_next(
    zalo: Simulator,
    *,
    error_statuses: bool,
    code: int,
    of_a_read_of_all: type[Failure],
    of_a_read_of_one: type[Failure],
    of_a_send: type[Failure],
) -> None:
    zalo.account.knobs.error_statuses = error_statuses
    fault(zalo, FaultKind.REFUSED, code=code)
    client = client_of(zalo)

    for call, failure in ((read_recent, of_a_read_of_all), (read_anna, of_a_read_of_one), (send_anna, of_a_send)):
        with pytest.raises(failure) as raised:
            call(client)
        assert type(raised.value) is failure
        assert str(code) in raised.value.reason


def test_a_refusal_for_good_keeps_its_code() -> None:
    failure = failure_of_code(-230, Asked.TO_SEND, "/v3.0/oa/message/cs")

    assert isinstance(failure, PermanentFailure)
    assert failure.code == "-230"


def test_every_step_of_the_table_is_asked_for_by_some_code() -> None:
    assert set(NEXT.values()) == set(Next)


@pytest.mark.parametrize(("kind", "order"), [*BROKEN, (FaultKind.REFUSED, {"code": -201})])
def test_no_failure_and_no_log_quotes_a_token_or_a_text(
    zalo: Simulator, kind: FaultKind, order: dict[str, object], caplog: pytest.LogCaptureFixture
) -> None:
    citizen_writes(zalo, "Cho tôi hỏi")
    fault(zalo, kind, **order)
    caplog.set_level(logging.DEBUG)

    with pytest.raises(Failure) as raised:
        send_anna(client_of(zalo))

    said = f"{raised.value!r} {raised.value.reason} {caplog.text}"
    assert zalo.account.grants.pair.access_token not in said
    assert "Kính gửi" not in said
    assert ANNA not in said
