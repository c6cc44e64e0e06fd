from __future__ import annotations

import pytest
from sqlalchemy import Engine, text

from desk.gateways.failures import GatewayDown
from desk.runtime.postgres import EmbeddedPostgres
from desk.runtime.settings import settings
from desk.runtime.tokens import warn_of_consent
from sandbox.zalo import FaultKind, Simulator
from tests.kept_tokens import HOUR, a_process, age_tokens, is_good, refreshes, scalar
from tests.simulated_zalo import fault


def test_a_reply_lost_before_the_rotation_costs_nothing(desk_on_zalo: Engine, zalo: Simulator) -> None:
    tokens = a_process()
    token = tokens.current()
    fault(zalo, FaultKind.LOST_REQUEST, path="/v4/oa/access_token", count=1)

    assert tokens.renewed(token) == token

    assert scalar(desk_on_zalo, "SELECT outcome FROM token_refresh") == "did not happen"
    assert is_good(zalo, tokens.renewed(token))
    assert scalar(desk_on_zalo, "SELECT count(*) FROM work_item") == 0


def test_a_grant_lost_with_the_reply_asks_a_person_once_and_loudly(desk_on_zalo: Engine, zalo: Simulator) -> None:
    tokens = a_process()
    token = tokens.current()
    fault(zalo, FaultKind.LOST_REPLY, path="/v4/oa/access_token", count=1)

    for _ in range(3):
        with pytest.raises(GatewayDown):
            tokens.renewed(token)

    assert refreshes(zalo) == 1  # the old refresh token was tried once, the lost call left no status
    with desk_on_zalo.connect() as connection:
        item = connection.execute(text("SELECT kind, owner, reason, remedy FROM work_item")).one()
        letter = connection.execute(text("SELECT kind, recipient, state FROM outbox")).one()
    assert (item.kind, item.owner) == ("zalo_consent", "ops")
    assert "-14014" in item.reason
    assert "ZALO_REFRESH_TOKEN" in item.remedy
    assert tuple(letter) == ("ops-alarm", "ops@example.vn", "queued")


def test_a_grant_that_only_seemed_lost_is_won_back(desk_on_zalo: Engine, zalo: Simulator) -> None:
    zalo.account.knobs.refresh_token_reusable = True
    tokens = a_process()
    fault(zalo, FaultKind.LOST_REPLY, path="/v4/oa/access_token", count=1)

    assert is_good(zalo, tokens.renewed(tokens.current()))
    assert scalar(desk_on_zalo, "SELECT outcome FROM token_refresh") == "renewed"


def test_a_refresh_whose_process_died_is_settled_after_its_lease(
    desk_on_zalo: Engine, zalo: Simulator, cluster: EmbeddedPostgres, database_name: str
) -> None:
    died = a_process()
    token = died.current()
    with desk_on_zalo.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO token_refresh (of_token_id, lease_until)"
                " SELECT oa_token_id, clock_timestamp() + interval '120 seconds' FROM oa_token"
            )
        )
    zalo.account.grants.revoke(refresh=False)
    age_tokens(cluster, database_name, 121)

    assert is_good(zalo, a_process().renewed(token))
    assert scalar(desk_on_zalo, "SELECT count(*) FROM token_refresh") == 1
    assert scalar(desk_on_zalo, "SELECT outcome FROM token_refresh") == "renewed"


def test_a_zalo_that_is_down_leaves_the_grant_as_it_was(desk_on_zalo: Engine, zalo: Simulator) -> None:
    tokens = a_process()
    token = tokens.current()
    fault(zalo, FaultKind.RATE_LIMITED, path="/v4/oa/access_token")

    with pytest.raises(GatewayDown):
        tokens.renewed(token)

    zalo.account.faults.switch_off()
    assert is_good(zalo, tokens.renewed(token))
    assert scalar(desk_on_zalo, "SELECT count(*) FROM work_item") == 0


def test_new_tokens_in_the_settings_are_a_new_consent(
    desk_on_zalo: Engine, zalo: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokens = a_process()
    fault(zalo, FaultKind.TOKENS_REVOKED, path="/v4/oa/access_token", refresh=True)
    with pytest.raises(GatewayDown):
        tokens.renewed(tokens.current())

    consent = zalo.account.grants.consent()
    monkeypatch.setenv("ZALO_ACCESS_TOKEN", "")
    monkeypatch.setenv("ZALO_REFRESH_TOKEN", consent.refresh_token)
    settings.cache_clear()

    assert is_good(zalo, a_process().current())
    assert scalar(desk_on_zalo, "SELECT count(*) FROM oa_token WHERE source = 'settings'") == 2


def test_ops_are_warned_once_when_a_consent_grows_old(
    desk_on_zalo: Engine, cluster: EmbeddedPostgres, database_name: str
) -> None:
    tokens = a_process()
    tokens.renewed(tokens.current())

    def warn() -> object:
        with desk_on_zalo.begin() as connection:
            warn_of_consent(connection)
        return scalar(desk_on_zalo, "SELECT string_agg(reason, '|') FROM work_item")

    age_tokens(cluster, database_name, 74 * 24 * HOUR)
    assert warn() is None
    age_tokens(cluster, database_name, 24 * HOUR)

    assert "75 ngày" in str(warn())
    assert "|" not in str(warn())
    assert scalar(desk_on_zalo, "SELECT count(*) FROM outbox WHERE kind = 'ops-alarm'") == 1


def test_no_token_is_ever_logged(desk_on_zalo: Engine, zalo: Simulator, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    tokens = a_process()
    first = zalo.account.grants.pair
    fault(zalo, FaultKind.LOST_REPLY, path="/v4/oa/access_token", count=1)

    with pytest.raises(GatewayDown) as raised:
        tokens.renewed(tokens.current())

    lost = zalo.account.grants.pair
    for secret in (first.access_token, first.refresh_token, lost.access_token, lost.refresh_token):
        assert secret not in caplog.text + repr(raised.value) + repr(tokens)
    assert scalar(desk_on_zalo, "SELECT count(*) FROM oa_token") == 1
