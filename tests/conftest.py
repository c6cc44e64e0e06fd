"""Real things for the tests: one embedded PostgreSQL a machine, one database a worker, one savepoint a test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings
from sqlalchemy import Connection, Engine, create_engine, text

from desk.runtime import database, installation
from desk.runtime.postgres import EmbeddedPostgres
from desk.runtime.settings import settings

hypothesis_settings.register_profile("desk", derandomize=True, max_examples=100, deadline=None)
hypothesis_settings.load_profile("desk")

pytest_plugins = ["tests.simulated_zalo", "tests.pulled", "tests.mailroom", "tests.newsroom"]

# Small tables are emptied row by row: TRUNCATE makes new files for every table and index, rows or none. The triggers
# and keys that would keep an application from it are asleep meanwhile.
EMPTY = """
SET LOCAL session_replication_role = replica;
DO $$
DECLARE name text;
BEGIN
    FOR name IN SELECT format('%I', relname) FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'alembic_version'
            AND pg_relation_size(oid) > 0
    LOOP
        EXECUTE 'DELETE FROM ' || name;
    END LOOP;
    PERFORM setval(oid, 1, false) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'S';
END $$
"""


@pytest.fixture(scope="session")
def cluster() -> EmbeddedPostgres:
    """Return the tests' own server, shared by the workers and kept between runs; nothing in it is precious."""
    folder = Path(__file__).parent.parent / ".data" / "test-pg"
    server = EmbeddedPostgres.at(folder, fsync="off", full_page_writes="off", max_connections="200")
    server.start()
    return server


@pytest.fixture(scope="session")
def worker_name() -> str:
    """Return this test process's name, good for a database's name."""
    return f"desk_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}_{os.getppid()}"


@pytest.fixture(scope="session")
def database_name(cluster: EmbeddedPostgres, worker_name: str) -> Iterator[str]:
    """Yield a migrated database of this worker's own."""
    root = create_engine(cluster.url("postgres", "postgres"), isolation_level="AUTOCOMMIT")
    with root.connect() as connection:
        connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{worker_name}" WITH (FORCE)')
        connection.exec_driver_sql(f'CREATE DATABASE "{worker_name}"')
    installation.migrate(cluster.url(worker_name, "postgres"))
    yield worker_name
    with root.connect() as connection:
        connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{worker_name}" WITH (FORCE)')
    root.dispose()


@pytest.fixture(scope="session")
def app_engine(cluster: EmbeddedPostgres, database_name: str) -> Iterator[Engine]:
    """Yield an engine of the worker's database as desk_app: what the database refuses, it refuses the tests too."""
    made = database.engine_at(cluster.url(database_name, "desk_app"))
    yield made
    made.dispose()


@pytest.fixture
def connection(app_engine: Engine) -> Iterator[Connection]:
    """Yield a connection whose work is rolled back after the test."""
    with app_engine.connect() as opened:
        outer = opened.begin()
        yield opened
        outer.rollback()


@pytest.fixture(scope="session")
def root_engine(cluster: EmbeddedPostgres, database_name: str) -> Iterator[Engine]:
    """Yield an engine of the worker's database as its owner, who may empty it."""
    made = create_engine(cluster.url(database_name, "postgres"))
    yield made
    made.dispose()


@pytest.fixture
def desk_database(
    cluster: EmbeddedPostgres, database_name: str, root_engine: Engine, tmp_path: Path
) -> Iterator[Engine]:
    """Yield the engine that tasks and flows use, on this worker's database, emptied after each test.

    Use it where code opens its own transactions; `connection` is quicker everywhere else.
    """
    environment = {
        "DATABASE_URL": cluster.url(database_name, "desk_app"),
        "DATA_DIR": str(tmp_path),
        "DESK_ADDRESS": "hoidap@bhxh.example.vn",
        "OPS_ADDRESS": "vanhanh@bhxh.example.vn",
        "BOARD_ADDRESS": "banquantri@bhxh.example.vn",
    }
    os.environ.update(environment)
    settings.cache_clear()
    database.engine.cache_clear()
    yield database.engine()
    database.engine().dispose()
    with root_engine.begin() as opened:
        opened.execute(text(EMPTY))
    for name in environment:
        del os.environ[name]
    settings.cache_clear()
    database.engine.cache_clear()
