from __future__ import annotations

import pytest
from sqlalchemy import Engine, text

from desk.gateways.failures import GatewayDown
from desk.gateways.zalo.authorised import Use
from desk.rules.tally import Count, Tally
from desk.runtime.zalo import SharedAllowance, oa_tokens, zalo_client
from sandbox.zalo import Simulator
from tasks.tokens import keep_token


def taken(engine: Engine) -> object:
    with engine.connect() as connection:
        return connection.scalar(text("SELECT sum(taken) FROM rate_budget"))


def test_calls_are_taken_in_blocks_that_all_workers_share(desk_on_zalo: Engine) -> None:
    one, other = SharedAllowance("app", 4000), SharedAllowance("app", 4000)

    for _ in range(51):
        one.take(Use.PULL)
    other.take(Use.SEND)

    assert taken(desk_on_zalo) == 150


def test_sends_still_go_when_pulls_have_used_their_share(desk_on_zalo: Engine) -> None:
    with desk_on_zalo.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO rate_budget (app_id, minute, taken)"
                " SELECT 'app', date_trunc('minute', clock_timestamp() + n * interval '1 minute'),"
                " 2680 FROM generate_series(0, 1) AS n"
            )
        )
    workers = [SharedAllowance("app", 4000) for _ in range(19)]

    for worker in workers[:-1]:
        worker.take(Use.SEND)

    with pytest.raises(GatewayDown) as raised:
        workers[-1].take(Use.SEND)
    assert raised.value.retry_after is not None
    assert 0 < raised.value.retry_after <= 60


@pytest.mark.usefixtures("desk_on_zalo")
def test_the_desk_reaches_its_account_and_renews_a_token_that_dies(zalo: Simulator) -> None:
    assert zalo_client().oa().oa_id == zalo.account.identity.oa_id

    zalo.account.grants.revoke(refresh=False)

    assert zalo_client().oa().oa_id == zalo.account.identity.oa_id
    assert oa_tokens().current() == zalo.account.grants.pair.access_token


@pytest.mark.usefixtures("desk_on_zalo")
def test_keeping_the_token_counts_what_it_renewed() -> None:
    assert keep_token.fn() == Tally({Count.TOKENS: 1})
    assert not keep_token.fn()
