"""A desk to measure: a server of its own that syncs as a real one does, the office loaded, its mail to a sink."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, create_engine, text

from benchmarks.mail_sink import mail_sink
from desk.rules.calendar import HCM
from desk.rules.office import Office
from desk.runtime import database, installation, office
from desk.runtime.database import transaction
from desk.runtime.settings import settings
from desk.store.delivery_modes import DeliveryMode, set_mode

# a Friday morning, in office hours
AS_OF: Final = datetime(2026, 11, 20, 9, 30, tzinfo=HCM)
_ROOT = Path(__file__).parent.parent
# what is kept when a desk is emptied
_OF_THE_OFFICE = ("alembic_version", "delivery_mode", "office_version", "unit")


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk in this process's settings; child processes inherit it."""

    owner: Engine
    smtp_port: int

    def empty(self) -> None:
        """Take away everything but the office."""
        with self.owner.begin() as connection:
            tables = connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
            names = ", ".join(f'"{name}"' for name in tables if name not in _OF_THE_OFFICE)
            connection.exec_driver_sql(f"TRUNCATE {names} RESTART IDENTITY CASCADE")

    @contextmanager
    def filling(self) -> Iterator[Connection]:
        """Yield a connection that fills tables quickly: foreign keys are not looked up, commits do not wait."""
        with self.owner.begin() as connection:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            connection.exec_driver_sql("SET LOCAL synchronous_commit = off")
            yield connection

    def settle(self) -> None:
        """Bring tables into the state that autovacuum and checkpoints would bring them to."""
        with self.owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
        self.checkpoint()

    def checkpoint(self) -> None:
        """Write down what is unwritten, so that nobody pays for it later; enough for empty tables."""
        with self.owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("CHECKPOINT")


@contextmanager
def a_desk(folder: Path) -> Iterator[Desk]:
    """Make a desk of an empty database, and stop its server in the end. What an .env says of the outside is unsaid."""
    with mail_sink() as smtp_port:
        chosen = {
            "DATA_DIR": str(folder.resolve()),
            "OFFICE_DIR": str(_ROOT / "office"),
            "DATABASE_URL": "",
            "ZALO_APP_ID": "",
            "DESK_ADDRESS": "hoidap@bhxh.example.vn",
            "OPS_ADDRESS": "vanhanh@bhxh.example.vn",
            "BOARD_ADDRESS": "banquantri@bhxh.example.vn",
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(smtp_port),
            "SMTP_USER": "",
            "SMTP_STARTTLS": "false",
            "IMAP_HOST": "",
        }
        os.environ.update(chosen)
        settings.cache_clear()
        database.engine.cache_clear()
        server = database.embedded(settings())
        server.start()
        installation.drop_database(installation.maintenance_url(settings()), settings().database_name)
        installation.prepare(settings())
        with transaction() as connection:
            office.load(connection, _sure_at_once(office.read_files(settings().office_dir)))
            set_mode(connection, DeliveryMode.LIVE, acting_officer="ops", reason="đo")
        owner = create_engine(installation.admin_url(settings()))
        try:
            yield Desk(owner, smtp_port)
        finally:
            owner.dispose()
            database.engine().dispose()
            installation.drop_database(installation.maintenance_url(settings()), settings().database_name)
            server.stop()


def _sure_at_once(loaded: Office) -> Office:
    """Return the office as it is once people have confirmed enough: what is sure goes to its unit alone."""
    return replace(loaded, policies=tuple(replace(policy, auto_route_after=0) for policy in loaded.policies))
