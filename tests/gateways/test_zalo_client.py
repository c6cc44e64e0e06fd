from __future__ import annotations

import logging
import socket
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from desk.gateways.failures import (
    Failure,
    GatewayDown,
    OutcomeUnknown,
    PermanentFailure,
    TemporaryFailure,
)
from desk.gateways.zalo.client import Use, ZaloClient
from desk.gateways.zalo.exchange import Exchange
from desk.gateways.zalo.refusals import NEXT, AccountRefused, Asked, Next, failure_of_code
from desk.rules.outgoing import Button
from sandbox.zalo import FaultKind, Simulator
from tests.simulated_zalo import (
    ANNA,
    BINH,
    TIMEOUT,
    Counted,
    TokensOf,
    add_rows,
    citizen_writes,
    client_of,
    fault,
    oauth_of,
)

Call = Callable[[ZaloClient], object]


def read_recent(client: ZaloClient) -> object:
    return client.recent_messages(0)


def read_anna(client: ZaloClient) -> object:
    return client.conversation(ANNA, 0)


def send_anna(client: ZaloClient) -> object:
    return client.send_text(ANNA, "Kính gửi Ông/Bà")


def test_recent_rows_come_newest_first_and_say_where_they_end(zalo: Simulator) -> None:
    ids = add_rows(zalo, [{"user_id": ANNA, "message": str(n), "time": 1_790_000_000_000 + n} for n in range(12)])
    client = client_of(zalo)

    first, second, beyond = (client.recent_messages(offset) for offset in (0, 10, 20))

    assert [row.message_id for row in first.rows + second.rows] == ids[::-1]
    assert (first.is_last, second.is_last, beyond.is_last) == (False, True, True)
    assert beyond.rows == []


def test_a_conversation_holds_both_sides_of_one_citizen_alone(zalo: Simulator) -> None:
    citizen_writes(zalo, "của An", ANNA)
    citizen_writes(zalo, "của Bình", BINH)
    add_rows(zalo, [{"user_id": ANNA, "message": "Chào Ông/Bà"}], by_oa=True)

    rows = client_of(zalo).conversation(ANNA, 0).rows

    assert {(row.user_id, row.from_citizen, row.text) for row in rows} == {
        (ANNA, True, "của An"),
        (ANNA, False, "Chào Ông/Bà"),
    }


@pytest.mark.parametrize(
    "kind",
    [
        FaultKind.BARE_INT_IDS,
        FaultKind.UNKNOWN_TYPE_ROW,
        FaultKind.NOSUPPORT_ROW,
        FaultKind.MISSING_MESSAGE_ROW,
        FaultKind.UPPER_CASE_GIF_ROW,
    ],
)
def test_an_odd_row_is_read_like_any_other(zalo: Simulator, kind: FaultKind) -> None:
    citizen_writes(zalo, "Cho tôi hỏi")
    fault(zalo, kind)

    assert {row.user_id for row in client_of(zalo).conversation(ANNA, 0).rows} == {ANNA}


def test_a_message_of_ten_megabytes_is_read_whole(zalo: Simulator) -> None:
    citizen_writes(zalo, "đ" * 5_000_000)
    patient = ZaloClient(Exchange(zalo.base_url, timeout_seconds=30), TokensOf(zalo), Counted())

    (row,) = patient.conversation(ANNA, 0).rows

    assert len(row.text) == 5_000_000


def test_a_message_is_sent_with_its_buttons_and_comes_back_as_a_row(zalo: Simulator) -> None:
    citizen_writes(zalo, "Cho tôi hỏi")
    client = client_of(zalo)

    receipt = client.send_text(ANNA, "Ngày sinh: a\u0302", [Button(title="Vẫn cần trả lời", payload="#can-tra-loi")])

    (echo,) = (row for row in client.conversation(ANNA, 0).rows if not row.from_citizen)
    assert (echo.message_id, echo.text) == (receipt.message_id, "Ngày sinh: â")
    assert (receipt.quota_type, receipt.remaining) == ("reply", 8)


def test_a_receipt_without_a_quota_block_is_a_receipt(zalo: Simulator) -> None:
    citizen_writes(zalo, "Cho tôi hỏi")
    fault(zalo, FaultKind.NO_QUOTA_BLOCK)

    receipt = client_of(zalo).send_text(ANNA, "Kính gửi Ông/Bà")

    assert receipt.message_id
    assert receipt.remaining is None


def test_the_account_is_known_under_either_name_of_its_id(zalo: Simulator) -> None:
    client = client_of(zalo)
    assert client.oa().oa_id == zalo.account.identity.oa_id

    zalo.account.knobs.oa_id_field = "oaid"

    assert client.oa().oa_id == zalo.account.identity.oa_id


def test_the_quota_says_when_the_window_was_opened(zalo: Simulator) -> None:
    citizen_writes(zalo, "Cho tôi hỏi", time=1_790_000_000_000)
    zalo.account.clock.stop_at(1_790_000_000_500)

    quota = client_of(zalo).quota(ANNA)

    assert quota.last_act_at == datetime.fromtimestamp(1_790_000_000, UTC)
    assert quota.remaining == 8


BROKEN: list[tuple[FaultKind, dict[str, object]]] = [
    (FaultKind.SERVER_ERROR, {}),
    (FaultKind.HTML_BODY, {}),
    (FaultKind.SLOW_REPLY, {"seconds": 2 * TIMEOUT}),
    (FaultKind.LOST_REPLY, {}),
]


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
        (-320, GatewayDown, TemporaryFailure, PermanentFailure),
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


@pytest.mark.parametrize("call", [read_recent, read_anna, send_anna])
def test_a_token_that_is_refused_is_renewed_once_and_the_call_made_again(zalo: Simulator, call: Call) -> None:
    citizen_writes(zalo, "Cho tôi hỏi")
    tokens = TokensOf(zalo, token=zalo.account.grants.pair.access_token)
    fault(zalo, FaultKind.TOKENS_REVOKED)

    call(client_of(zalo, tokens))

    assert tokens.renewals == 1


def test_a_renewed_token_that_is_refused_too_is_not_renewed_again(zalo: Simulator) -> None:
    tokens = TokensOf(zalo)
    fault(zalo, FaultKind.REFUSED, code=-216)

    with pytest.raises(GatewayDown):
        read_recent(client_of(zalo, tokens))
    assert tokens.renewals == 1


def test_every_call_is_taken_from_the_allowance_sends_as_sends(zalo: Simulator) -> None:
    citizen_writes(zalo, "Cho tôi hỏi")
    allowance = Counted()
    client = ZaloClient(Exchange(zalo.base_url, timeout_seconds=TIMEOUT), TokensOf(zalo), allowance)

    read_recent(client)
    read_anna(client)
    send_anna(client)

    assert allowance.taken == [Use.PULL, Use.PULL, Use.SEND]


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


def test_a_refresh_hands_out_the_next_pair(zalo: Simulator) -> None:
    before = zalo.account.grants.pair

    pair = oauth_of(zalo).refresh(before.refresh_token)

    assert (pair.access_token, pair.refresh_token) == (
        zalo.account.grants.pair.access_token,
        zalo.account.grants.pair.refresh_token,
    )
    assert pair.access_token not in repr(pair)
    assert pair.lives.total_seconds() == 90_000
    assert oauth_of(zalo).is_accepted(pair.access_token)
    assert not oauth_of(zalo).is_accepted(before.access_token)


def test_a_refresh_token_that_is_not_replaced_is_kept(zalo: Simulator) -> None:
    zalo.account.knobs.refresh_token_in_reply = False
    before = zalo.account.grants.pair

    assert oauth_of(zalo).refresh(before.refresh_token).refresh_token == before.refresh_token


@pytest.mark.parametrize("code", [-14014, -14020, -118])
def test_a_spent_refresh_token_asks_for_a_new_consent(zalo: Simulator, code: int) -> None:
    zalo.account.knobs.spent_refresh_code = code
    oauth, spent = oauth_of(zalo), zalo.account.grants.pair.refresh_token
    oauth.refresh(spent)

    with pytest.raises(PermanentFailure) as raised:
        oauth.refresh(spent)
    assert raised.value.code == str(code)


@pytest.mark.parametrize(("kind", "order"), BROKEN)
def test_a_refresh_without_an_answer_may_have_rotated_the_tokens(
    zalo: Simulator, kind: FaultKind, order: dict[str, object]
) -> None:
    fault(zalo, kind, path="/v4/oa/access_token", handled=True, **order)

    with pytest.raises(OutcomeUnknown):
        oauth_of(zalo).refresh(zalo.account.grants.pair.refresh_token)


def test_a_code_is_exchanged_for_the_first_pair(zalo: Simulator) -> None:
    code = zalo.account.grants.code()

    pair = oauth_of(zalo).exchange_code(code)

    assert oauth_of(zalo).is_accepted(pair.access_token)
    with pytest.raises(PermanentFailure):
        oauth_of(zalo).exchange_code(code)
