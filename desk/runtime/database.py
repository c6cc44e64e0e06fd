"""Connections to the desk's database, as desk_app, with the run that uses them on record."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

import psycopg
from psycopg.types.array import ListBinaryDumper
from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event, make_url, text

from desk.runtime.postgres import EmbeddedPostgres
from desk.runtime.settings import Settings, settings

# Prefect's flow run, written into every event by the column's default
flow_run_id: ContextVar[str] = ContextVar("flow_run_id", default="")

# the one transaction of a dry run
_rehearsing: ContextVar[Connection | None] = ContextVar("rehearsing", default=None)

_STATEMENT_TIMEOUT = "60s"
# data exceptions and violated constraints
_CLASSES_ABOUT_VALUES = {"22", "23"}
_SET_RUN = text("SELECT set_config('desk.flow_run', :run, true)")


def embedded(chosen: Settings) -> EmbeddedPostgres:
    """Return the embedded server that stands in where DATABASE_URL is not set."""
    return EmbeddedPostgres.at(chosen.data_dir / "pg", max_connections="200", shared_buffers="256MB")


def url_of(chosen: Settings) -> str:
    """Return the URL that the desk connects to at run time, as desk_app."""
    if not chosen.database_url:
        return embedded(chosen).url(chosen.database_name, "desk_app")
    return make_url(chosen.database_url).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


def engine_at(url: str) -> Engine:
    """Return an engine with the desk's limits: no statement runs for ever, no dead connection is used."""
    options = f"-c statement_timeout={_STATEMENT_TIMEOUT} -c timezone=UTC"
    made = create_engine(
        url,
        pool_size=4,
        max_overflow=4,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"options": options, "application_name": "zalo-desk"},
    )
    event.listen(made, "handle_error", _keep_values_out)
    event.listen(made, "connect", _send_arrays_in_binary)
    return made


def _send_arrays_in_binary(connection: psycopg.Connection, _: object) -> None:
    """Skip the quoting of every element that an array's text form needs: batches go out in half the time."""
    connection.adapters.register_dumper(list, ListBinaryDumper)


def _keep_values_out(context: ExceptionContext) -> None:
    """Leave the row's values out of an error's text: PostgreSQL quotes them, and errors end up in logs (law 10)."""
    refused, seen = context.original_exception, context.sqlalchemy_exception
    if seen is not None and isinstance(refused, psycopg.Error) and refused.sqlstate:
        about = refused.diag
        is_about_values = refused.sqlstate[:2] in _CLASSES_ABOUT_VALUES
        names = (about.table_name, about.column_name, about.constraint_name)
        said = ", ".join(name for name in names if name) if is_about_values else about.message_primary
        refused.args = seen.args = (f"{type(refused).__name__} {refused.sqlstate}: {said}",)


@cache
def engine() -> Engine:
    """Return this process's engine."""
    return engine_at(url_of(settings()))


@contextmanager
def transaction() -> Iterator[Connection]:
    """Open a transaction that commits at the end of the block and carries the flow run for its events."""
    if rehearsing := _rehearsing.get():
        with rehearsing.begin_nested():
            yield rehearsing
        return
    with engine().begin() as connection:
        connection.execute(_SET_RUN, {"run": flow_run_id.get()})
        yield connection


@contextmanager
def rehearsal() -> Iterator[None]:
    """Let the transactions of the block see each other, and undo them all in the end: a dry run (law 1)."""
    with engine().connect() as connection, connection.begin() as whole:
        entered = _rehearsing.set(connection)
        try:
            yield
        finally:
            _rehearsing.reset(entered)
            whole.rollback()
