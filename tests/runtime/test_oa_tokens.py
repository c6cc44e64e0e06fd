from __future__ import annotations

import json
import stat
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import TypeVar

import pytest
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import OperationalError

from desk.gateways.failures import GatewayDown
from desk.runtime.postgres import EmbeddedPostgres
from desk.runtime.settings import settings
from desk.runtime.tokens import OaTokens, warn_of_consent
from desk.runtime.zalo import zalo_oauth
from sandbox.zalo import FaultKind, Simulator
from tests.simulated_zalo import fault, oauth_of

Seen = TypeVar("Seen")

HOUR = 3600


def a_process() -> OaTokens:
    """Return the tokens as a process just started sees them."""
    return OaTokens(zalo_oauth(settings()), settings())


def refreshes(zalo: Simulator) -> int:
    return len([entry for entry in zalo.account.log.entries("/v4/oa/access_token") if entry.status])


def is_good(zalo: Simulator, token: str) -> bool:
    return oauth_of(zalo).is_accepted(token)


def waited_for(look: Callable[[], Seen]) -> Seen:
    give_up_at = monotonic() + 10
    while not (seen := look()):
        assert monotonic() < give_up_at
        sleep(0.01)
    return seen


def scalar(engine: Engine, query: str) -> object:
    with engine.connect() as connection:
        return connection.scalar(text(query))


@contextmanager
def as_root(cluster: EmbeddedPostgres, database_name: str) -> Iterator[Connection]:
    engine = create_engine(cluster.url(database_name, "postgres"))
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def age_tokens(cluster: EmbeddedPostgres, database_name: str, seconds: int) -> None:
    """Let time pass for the pairs and refreshes in the store."""
    with as_root(cluster, database_name) as root, root.begin():
        moved = {"by": seconds}
        root.execute(
            text(
                "UPDATE oa_token SET received_at = received_at - make_interval(secs => :by),"
                " expires_at = expires_at - make_interval(secs => :by)"
            ),
            moved,
        )
        root.execute(
            text(
                "UPDATE token_refresh SET started_at = started_at - make_interval(secs => :by),"
                " lease_until = lease_until - make_interval(secs => :by)"
            ),
            moved,
        )


def test_the_first_pair_comes_from_the_settings(desk_on_zalo: Engine, zalo: Simulator) -> None:
    token = a_process().current()

    assert is_good(zalo, token)
    assert refreshes(zalo) == 0
    assert scalar(desk_on_zalo, "SELECT string_agg(source, ',') FROM oa_token") == "settings"


def test_a_refused_token_is_renewed_and_every_process_finds_the_new_one(desk_on_zalo: Engine, zalo: Simulator) -> None:
    first, second = a_process(), a_process()
    refused = first.current()
    assert second.current() == refused

    renewed = first.renewed(refused)

    assert is_good(zalo, renewed)
    assert second.renewed(refused) == renewed
    assert a_process().current() == renewed
    assert refreshes(zalo) == 1
    assert scalar(desk_on_zalo, "SELECT outcome FROM token_refresh") == "renewed"


@pytest.mark.parametrize("processes", [1, 4])
def test_many_who_are_refused_at_once_renew_once(desk_on_zalo: Engine, zalo: Simulator, processes: int) -> None:
    owners = [a_process() for _ in range(processes)] * (4 // processes)
    refused = owners[0].current()
    fault(zalo, FaultKind.SLOW_REPLY, seconds=0.1, path="/v4/oa/access_token")

    with ThreadPoolExecutor(4) as pool:
        renewed = set(pool.map(lambda owner: owner.renewed(refused), owners))

    assert len(renewed) == 1
    assert is_good(zalo, renewed.pop())
    assert refreshes(zalo) == 1
    assert scalar(desk_on_zalo, "SELECT count(*) FROM oa_token") == 2


@pytest.mark.usefixtures("desk_on_zalo")
def test_a_token_is_renewed_hours_before_it_expires_and_not_sooner(
    zalo: Simulator, cluster: EmbeddedPostgres, database_name: str
) -> None:
    tokens = a_process()
    assert tokens.renew_ahead()  # how old the pair of the settings is, nobody knows
    assert not tokens.renew_ahead()

    age_tokens(cluster, database_name, 19 * HOUR)
    assert not tokens.renew_ahead()
    age_tokens(cluster, database_name, 2 * HOUR)

    assert tokens.renew_ahead()
    assert is_good(zalo, tokens.current())
    assert refreshes(zalo) == 2


def test_the_new_pair_survives_a_database_that_dies_between_reply_and_commit(
    desk_on_zalo: Engine, zalo: Simulator, cluster: EmbeddedPostgres, database_name: str
) -> None:
    tokens = a_process()
    refused = tokens.current()
    spool = settings().data_dir / "oa_token.spool"
    raised: list[BaseException] = []

    def renew() -> None:
        try:
            tokens.renewed(refused)
        except OperationalError as error:
            raised.append(error)

    fault(zalo, FaultKind.SLOW_REPLY, seconds=0.2, path="/v4/oa/access_token")
    worker = threading.Thread(target=renew)
    with as_root(cluster, database_name) as root, root.begin():
        worker.start()
        waited_for(lambda: zalo.account.log.entries("/v4/oa/access_token"))
        root.execute(text("LOCK TABLE oa_token IN ACCESS EXCLUSIVE MODE"))
        waiting = text("SELECT pid FROM pg_locks WHERE NOT granted AND relation = CAST('oa_token' AS regclass)")
        pid = waited_for(lambda: root.scalar(waiting))
        assert spool.read_text()
        assert stat.S_IMODE(spool.stat().st_mode) == 0o600
        root.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
        worker.join()
    assert raised
    assert scalar(desk_on_zalo, "SELECT count(*) FROM oa_token") == 1

    found = a_process().current()

    assert is_good(zalo, found)
    assert found != refused
    assert spool.read_text() == ""
    assert scalar(desk_on_zalo, "SELECT source FROM oa_token ORDER BY oa_token_id DESC LIMIT 1") == "spool"
    assert scalar(desk_on_zalo, "SELECT outcome FROM token_refresh") == "renewed"
    assert refreshes(zalo) == 1


def test_a_pair_found_late_does_not_overtake_a_newer_consent(
    desk_on_zalo: Engine, zalo: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokens = a_process()
    tokens.renewed(tokens.current())
    late = {"token_refresh_id": 1, "access_token": "old", "refresh_token": "old", "lives_seconds": 90000}
    consent = zalo.account.grants.consent()
    monkeypatch.setenv("ZALO_ACCESS_TOKEN", consent.access_token)
    monkeypatch.setenv("ZALO_REFRESH_TOKEN", consent.refresh_token)
    settings.cache_clear()
    assert a_process().current() == consent.access_token

    (settings().data_dir / "oa_token.spool").write_text(f"{json.dumps(late)}\n")

    assert a_process().current() == consent.access_token
    assert scalar(desk_on_zalo, "SELECT count(*) FROM oa_token") == 4


def test_a_spool_cut_short_by_a_crash_stops_nobody(desk_on_zalo: Engine, zalo: Simulator) -> None:
    spool = settings().data_dir / "oa_token.spool"
    spool.write_text('{"token_refresh_id": 1, "acce')

    assert is_good(zalo, a_process().current())
    assert spool.read_text() == ""
    assert scalar(desk_on_zalo, "SELECT count(*) FROM oa_token") == 1


def test_a_disk_that_takes_nothing_does_not_cost_the_grant(
    desk_on_zalo: Engine, zalo: Simulator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "a-file").touch()
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "a-file"))
    settings.cache_clear()
    tokens = a_process()

    assert is_good(zalo, tokens.renewed(tokens.current()))
    assert scalar(desk_on_zalo, "SELECT count(*) FROM oa_token") == 2


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
