from __future__ import annotations

import json
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from desk.runtime.postgres import EmbeddedPostgres
from desk.runtime.settings import settings
from sandbox.zalo import FaultKind, Simulator
from tests.kept_tokens import HOUR, a_process, age_tokens, as_root, is_good, refreshes, scalar, waited_for
from tests.simulated_zalo import fault


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
