"""`zalo-desk stop`: end what an earlier run left behind, and the embedded PostgreSQL."""

from __future__ import annotations

from desk.console.run.processes import record_file, recorded
from desk.runtime import database
from desk.runtime.settings import settings


def stop() -> None:
    """Stop the processes that the last run wrote down, the run itself first, then the embedded PostgreSQL."""
    chosen = settings()
    for process in recorded(chosen.data_dir):
        if process.is_left():  # the run, which comes first, stops the others itself
            print(f"dừng {process.name} ({process.pid})")
            process.stop()
    record_file(chosen.data_dir).unlink(missing_ok=True)
    if not chosen.database_url:
        server = database.embedded(chosen)
        if server.is_ready():
            print("dừng PostgreSQL")
            server.stop()
