from __future__ import annotations

from datetime import UTC, datetime

import pytest

from desk.gateways.failures import (
    GatewayDown,
)
from desk.gateways.zalo.authorised import Use
from desk.gateways.zalo.client import Package, ZaloClient
from desk.gateways.zalo.exchange import Exchange
from desk.rules.outgoing import Button
from sandbox.zalo import FaultKind, Simulator
from tests.simulated_zalo import (
    ANNA,
    BINH,
    TIMEOUT,
    Call,
    Counted,
    TokensOf,
    add_rows,
    citizen_writes,
    client_of,
    fault,
    read_anna,
    read_recent,
    send_anna,
)


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


def test_the_package_says_how_many_paid_messages_are_left(zalo: Simulator) -> None:
    zalo.account.knobs.package_allowance = 500
    assert client_of(zalo).package() == Package(total=500, remaining=500)

    zalo.account.knobs.package_allowance = 0
    assert client_of(zalo).package() is None


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
