"""Commands that ask the database, where there is none to ask."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from typer.testing import CliRunner

from desk.console.app import app
from desk.runtime import database
from desk.runtime.postgres import EmbeddedPostgres
from desk.runtime.settings import settings

COMMANDS = (
    ["show", "ND-2026-0012"],
    ["evidence", "ND-2026-0012"],
    ["triage"],
    ["classifier", "list"],
    ["check-office", "--phrases"],
)
pytestmark = pytest.mark.usefixtures("few_phrases", "at_a_database_of_its_own")


@pytest.fixture
def at_a_database_of_its_own() -> Iterator[None]:
    settings.cache_clear()
    database.engine.cache_clear()
    yield
    database.engine().dispose()
    settings.cache_clear()
    database.engine.cache_clear()


def said(command: list[str]) -> str:
    ran = CliRunner().invoke(app, command)
    assert (ran.exit_code, ran.stdout) == (1, "")
    (line,) = ran.stderr.splitlines()
    return line


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_desk_that_is_stopped_is_told_in_one_line_with_what_to_do(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    settings.cache_clear()

    assert "Không kết nối được" in said(command)
    assert "zalo-desk run" in said(command)


def test_a_server_that_is_not_there_is_looked_for_at_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://desk_app@127.0.0.1:1/desk")
    settings.cache_clear()

    assert "kiểm tra DATABASE_URL" in said(["show", "ND-2026-0012"])


def test_a_database_without_tables_was_never_started(
    cluster: EmbeddedPostgres, worker_name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = f"{worker_name}_empty"
    root = create_engine(cluster.url("postgres", "postgres"), isolation_level="AUTOCOMMIT")
    with root.connect() as connection:
        connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{empty}" WITH (FORCE)')
        connection.exec_driver_sql(f'CREATE DATABASE "{empty}"')
        monkeypatch.setenv("DATABASE_URL", cluster.url(empty, "desk_app"))
        settings.cache_clear()
        try:
            assert "chưa được khởi tạo" in said(["triage"])
        finally:
            connection.exec_driver_sql(f'DROP DATABASE "{empty}" WITH (FORCE)')
    root.dispose()


def test_a_desk_without_an_office_was_never_started(
    cluster: EmbeddedPostgres, database_name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", cluster.url(database_name, "desk_app"))
    settings.cache_clear()

    assert "chưa có dữ liệu của thư mục office" in said(["classifier", "list"])
