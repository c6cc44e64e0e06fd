"""Bring a database to the state this code needs: roles, schema, checks. Safe to repeat."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, Connection, create_engine, make_url, text

from desk.runtime.database import embedded
from desk.runtime.settings import Settings, SettingsError

LEAST_VERSION = 15


def maintenance_url(chosen: Settings) -> str:
    """Return the URL of a role that may create databases and roles, on a database of the server that is there already.

    It is a person's, for set-up alone, never used at run time.

    Raises:
        SettingsError: DATABASE_URL is set without it.
    """
    if not chosen.database_url:
        return embedded(chosen).url("postgres", "postgres")
    if not chosen.database_admin_url:
        message = (
            "DATABASE_ADMIN_URL is not set: give the URL of a role that may create roles and tables, for set-up only"
        )
        raise SettingsError(message)
    return _as_psycopg(make_url(chosen.database_admin_url))


def admin_url(chosen: Settings) -> str:
    """Return the URL of that role on the desk's own database.

    Raises:
        SettingsError: DATABASE_URL is set without DATABASE_ADMIN_URL.
    """
    if not chosen.database_url:
        return embedded(chosen).url(chosen.database_name, "postgres")
    return maintenance_url(chosen)


def prepare(chosen: Settings) -> None:
    """Start the embedded server where it is used, create roles and databases, and migrate to the newest schema."""
    if not chosen.database_url:
        embedded(chosen).start()
        create_database(maintenance_url(chosen), chosen.database_name)
    migrate(admin_url(chosen))


def _as_psycopg(url: URL) -> str:
    return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


def create_database(url: str, name: str, owner: str = "") -> None:
    """Create a database on the server of *url* if it is not there."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        if not connection.scalar(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name}):
            connection.exec_driver_sql(f'CREATE DATABASE "{name}"' + (f' OWNER "{owner}"' if owner else ""))
    engine.dispose()


def drop_database(url: str, name: str) -> None:
    """Drop a database on the server of *url* with all that is in it, whoever is connected."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    engine.dispose()


def migrate(url: str) -> None:
    """Create the roles of law 9 and run every migration that the database has not seen, each in its transaction."""
    engine = create_engine(url)
    with engine.begin() as connection:
        _check_server(connection)
        run_script(connection, resources.files("sql").joinpath("roles.sql").read_text(encoding="utf-8"))
    with engine.begin() as connection:
        connection.exec_driver_sql("SET ROLE desk_owner")
        config = Config()
        config.set_main_option("script_location", str(Path(str(resources.files("sql"))) / "migrations"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    engine.dispose()


def run_script(connection: Connection, script: str) -> None:
    """Run a script of several statements as it stands: no parameter marks are looked for in it."""
    raw = connection.connection.driver_connection
    assert raw is not None  # noqa: S101 - a checked-out connection has one
    raw.execute(script)


def _check_server(connection: Connection) -> None:
    version = int(connection.scalar(text("SELECT current_setting('server_version_num')::int")) or 0) // 10_000
    if version < LEAST_VERSION:
        message = f"DATABASE_URL: PostgreSQL {version} is too old: the desk needs {LEAST_VERSION} or newer"
        raise SettingsError(message)
