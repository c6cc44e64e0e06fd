"""Connections to the desk's database, as desk_app, with the run that uses them on record."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from sqlalchemy import Connection, Engine, create_engine, text

from desk.runtime.postgres import EmbeddedPostgres
from desk.runtime.settings import Settings, settings

# Prefect's flow run, written into every event by the column's default
flow_run_id: ContextVar[str] = ContextVar("flow_run_id", default="")

_STATEMENT_TIMEOUT = "60s"
_SET_RUN = text("SELECT set_config('desk.flow_run', :run, true)")


def embedded(chosen: Settings) -> EmbeddedPostgres:
    """Return the embedded server that stands in where DATABASE_URL is not set."""
    return EmbeddedPostgres.at(chosen.data_dir / "pg", max_connections="200", shared_buffers="256MB")


def url_of(chosen: Settings) -> str:
    """Return the URL that the desk connects to at run time, as desk_app."""
    if not chosen.database_url:
        return embedded(chosen).url("desk", "desk_app")
    scheme, _, rest = chosen.database_url.partition("://")
    return f"postgresql+psycopg://{rest}" if scheme in {"postgres", "postgresql"} else chosen.database_url


def engine_at(url: str) -> Engine:
    """Return an engine with the desk's limits: no statement runs for ever, no dead connection is used."""
    options = f"-c statement_timeout={_STATEMENT_TIMEOUT} -c timezone=UTC"
    return create_engine(
        url,
        pool_size=4,
        max_overflow=4,
        pool_pre_ping=True,
        connect_args={"options": options, "application_name": "zalo-desk"},
    )


@cache
def engine() -> Engine:
    """Return this process's engine."""
    return engine_at(url_of(settings()))


@contextmanager
def transaction() -> Iterator[Connection]:
    """Open a transaction that commits at the end of the block and carries the flow run for its events."""
    with engine().begin() as connection:
        connection.execute(_SET_RUN, {"run": flow_run_id.get()})
        yield connection
