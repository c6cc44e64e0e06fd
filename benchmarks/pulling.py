"""How fast pulled pages are parsed and stored, and what memory a first pull of an old account takes.

`python -m benchmarks.pulling` by itself pulls the account of its settings and prints what it took.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

import requests
from sqlalchemy import Engine, create_engine, text

from benchmarks.figures import Figures, Target, figures
from desk.gateways.zalo.rows import read_rows
from desk.rules.incoming import PulledRow
from desk.rules.tally import Count
from desk.runtime import database, installation, office
from desk.runtime.postgres import EmbeddedPostgres
from desk.runtime.pulled_rows import Keeping, store_rows
from tasks.pulling import ROWS_AT_ONCE, pull_recent, walk_conversations

ROWS = 20_000
ROUNDS = 5
LOADED_AT_ONCE = 1_000
OLD_ROWS = 50_000
ROWS_A_CITIZEN = 20
SHARE_OF_COPY = 0.3
MEGABYTES = 300
KILOBYTES = 1024
FIRST_CITIZEN = 3_000_000_000_000_000_000
TEXT = (
    "Tôi nghỉ việc từ tháng 5/2026, đã chốt sổ BHXH. Xin hỏi thủ tục hưởng trợ cấp thất nghiệp, giấy tờ cần nộp và nơi "
    "nộp hồ sơ ở Thành phố Hồ Chí Minh?"
)
NOW = datetime.now(UTC).replace(microsecond=0)


def pages_stored_per_second() -> Figures:
    """Return how many rows of pulled pages a second are parsed and stored; the baseline is COPY of the same rows."""
    pages = _pages()
    rows = _parsed(pages)
    with _a_database("bench_pulling") as url:
        engine = database.engine_at(url)
        rounds = [(_seconds_to_store(engine, pages), _seconds_to_copy(engine, rows)) for _ in range(ROUNDS)]
        ours, copied = (min(taken) for taken in zip(*rounds, strict=True))
        engine.dispose()
    target = Target("ratio", ">=", SHARE_OF_COPY)
    return figures("pull", ROWS / ours, "rows/s", baseline=ROWS / copied, target=target)


def memory_of_a_first_pull() -> Figures:
    """Return the peak memory of a first pull of an account with 50,000 old rows; the baseline is the bare process."""
    with _a_database("bench_first_pull") as url, _an_old_account() as account:
        environment = {**os.environ, "DATABASE_URL": url, **account}
        environment["DATA_DIR"] = str(Path(".data").resolve() / "bench")
        command = [sys.executable, "-m", "benchmarks.pulling"]
        done = subprocess.run(command, env=environment, check=True, capture_output=True)
    took = json.loads(done.stdout)
    assert took["rows"] == OLD_ROWS, took
    target = Target("value", "<=", MEGABYTES)
    return figures("memory of a first pull", took["peak"], "MB", baseline=took["bare"], target=target)


def _pages() -> list[bytes]:
    """Return replies of Zalo, ten rows each, two of one citizen."""
    return [
        json.dumps({"data": [_row(place, n) for n in range(10)], "error": 0}, ensure_ascii=False).encode()
        for place in range(ROWS // 10)
    ]


def _row(place: int, n: int) -> dict[str, object]:
    at = NOW - timedelta(seconds=10 * place + n)
    return {
        "src": 1,
        "time": round(at.timestamp() * 1000),
        "sent_time": f"{at:%H:%M:%S %d/%m/%Y}",
        "from_id": str(FIRST_CITIZEN + place // 2),
        "from_display_name": "Nguyễn Văn An",
        "from_avatar": f"https://s120-ava-talk.zadn.vn/{place}/120.jpg",
        "to_id": "3592353763697768582",
        "to_display_name": "Bảo hiểm xã hội Việt Nam",
        "to_avatar": "https://s120-ava-talk.zadn.vn/oa/120.jpg",
        "message_id": f"{10 * place + n:020x}",
        "type": "text",
        "message": TEXT,
    }


def _parsed(pages: Sequence[bytes]) -> list[PulledRow]:
    return [row for page in pages for row in read_rows(json.loads(page)["data"])]


def _seconds_to_store(engine: Engine, pages: Sequence[bytes]) -> float:
    keeping = Keeping(None, timedelta(seconds=300))
    started = perf_counter()
    rows = _parsed(pages)
    for first in range(0, ROWS, ROWS_AT_ONCE):
        with engine.begin() as connection:
            store_rows(connection, rows[first : first + ROWS_AT_ONCE], keeping)
    took = perf_counter() - started
    _empty(engine)
    return took


def _seconds_to_copy(engine: Engine, rows: Sequence[PulledRow]) -> float:
    with engine.begin() as connection:
        known = text("INSERT INTO citizen (user_id) SELECT DISTINCT unnest(CAST(:user_ids AS text[]))")
        connection.execute(known, {"user_ids": [row.user_id for row in rows]})
    started = perf_counter()
    with engine.begin() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        columns = "message_id, user_id, from_citizen, sent_at, kind, text, raw"
        with raw.cursor() as cursor, cursor.copy(f"COPY message ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(
                    (row.message_id, row.user_id, row.from_citizen, row.sent_at, row.kind, row.text, row.raw)
                )
    took = perf_counter() - started
    _empty(engine)
    return took


def _empty(engine: Engine) -> None:
    """Empty what was filled, as the owner: the desk itself may delete no message."""
    owner = create_engine(engine.url.set(username="postgres"), isolation_level="AUTOCOMMIT")
    with owner.connect() as connection:
        connection.exec_driver_sql("TRUNCATE message, citizen, media, pull_todo CASCADE")
        connection.exec_driver_sql("CHECKPOINT")
    owner.dispose()


@contextmanager
def _a_database(name: str) -> Iterator[str]:
    """Yield the URL of a database of its own, with the office loaded, on a server that syncs like a real one."""
    server = EmbeddedPostgres.at(Path(".data") / "bench" / "pg", max_connections="50", shared_buffers="256MB")
    server.start()
    root = create_engine(server.url("postgres", "postgres"), isolation_level="AUTOCOMMIT")
    with root.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    installation.migrate(server.url(name, "postgres"))
    engine = database.engine_at(server.url(name, "desk_app"))
    with engine.begin() as connection:
        office.load(connection, office.read_files(Path("office")))
    engine.dispose()
    yield server.url(name, "desk_app")
    with root.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    root.dispose()


@contextmanager
def _an_old_account() -> Iterator[dict[str, str]]:
    """Yield the settings of a desk whose account, simulated in a process of its own, is full of old rows."""
    simulator = subprocess.Popen([sys.executable, "-m", "sandbox.zalo"], stdout=subprocess.PIPE, text=True)
    assert simulator.stdout is not None
    url = simulator.stdout.readline().strip()
    control = f"{url}/_control"
    requests.patch(f"{control}/knobs", json={"requests_per_minute": 1_000_000}, timeout=60).raise_for_status()
    for first in range(0, OLD_ROWS, LOADED_AT_ONCE):
        rows = [
            {
                "user_id": str(FIRST_CITIZEN + n // ROWS_A_CITIZEN),
                "message": TEXT,
                "time": round((NOW - timedelta(days=300, seconds=20 * n)).timestamp() * 1000),
            }
            for n in range(first, first + LOADED_AT_ONCE)
        ]
        requests.post(f"{control}/messages", json=rows, timeout=60).raise_for_status()
    known = requests.get(f"{control}/credentials", timeout=60).json()
    yield {
        "ZALO_APP_ID": known["app_id"],
        "ZALO_APP_SECRET": known["secret_key"],
        "ZALO_OA_ID": known["oa_id"],
        "ZALO_ACCESS_TOKEN": known["access_token"],
        "ZALO_REFRESH_TOKEN": known["refresh_token"],
        "ZALO_API_URL": url,
        "ZALO_OAUTH_URL": url,
        "ZALO_CALLS_PER_MINUTE": "1000000",
        "ACT_FROM": NOW.isoformat(),
        "DESK_ADDRESS": "hoidap@desk.example.vn",
        "OPS_ADDRESS": "ops@example.vn",
        "SMTP_HOST": "127.0.0.1",
    }
    simulator.terminate()
    simulator.wait()


def _peak_megabytes() -> float:
    """Return this program's own peak: getrusage would show that of the process it was forked from."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(status["VmHWM"].split()[0]) / KILOBYTES


def _first_pull() -> None:
    bare = _peak_megabytes()
    tally = pull_recent.fn()
    while batch := walk_conversations.fn():
        tally += batch
    print(json.dumps({"bare": bare, "peak": _peak_megabytes(), "rows": tally[Count.HISTORY]}))


if __name__ == "__main__":
    _first_pull()
