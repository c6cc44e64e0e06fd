"""How fast pulled pages are parsed and stored, and what memory a first pull of an old account takes.

`python -m benchmarks.pulling` by itself pulls the account of its settings and prints what it took.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import timedelta

from sqlalchemy import text

from benchmarks.accounts import FIRST_CITIZEN, NOW, TEXT, an_account
from benchmarks.desks import Desk
from benchmarks.figures import Figures, Target, figures, spent
from benchmarks.processes import peak_megabytes, told_by
from desk.gateways.zalo.rows import read_rows
from desk.rules.incoming import PulledRow
from desk.rules.tally import Count
from desk.runtime import database
from desk.runtime.database import transaction
from desk.runtime.pulled_rows import Keeping, store_rows
from desk.runtime.settings import settings
from tasks.pulling import ROWS_AT_ONCE, pull_recent, walk_conversations

SHARE_OF_COPY = 0.3
MEGABYTES = 300
_ROWS_A_PAGE = 10


def pages_stored_per_second(desk: Desk, number: int, rounds: int) -> Iterator[Figures]:
    """Yield how many rows of pulled pages a second are parsed and stored; the baseline is COPY of the same rows."""
    pages = _pages(number)
    rows = _parsed(pages)
    ours, copied = [], []
    for _ in range(rounds):
        ours.append(_seconds_to_store(desk, pages))
        copied.append(_seconds_to_copy(desk, rows))
    target = Target("ratio", ">=", SHARE_OF_COPY)
    yield figures("pull", number / min(ours), "rows/s", baseline=number / min(copied), target=target)


def memory_of_a_first_pull(desk: Desk, old_rows: int) -> Iterator[Figures]:
    """Yield the peak memory of the first pull of an account full of old rows; the baseline is the bare process."""
    desk.empty()
    with an_account(old_rows) as account:
        took = told_by("benchmarks.pulling", account | {"DATABASE_URL": database.url_of(settings())})
    assert took["rows"] == old_rows, took
    limit = Target("value", "<=", MEGABYTES)
    yield figures("pull-memory", took["peak"], "MB", baseline=took["bare"], target=limit)


def _pages(rows: int) -> list[bytes]:
    """Return replies of Zalo, ten rows each, two of one citizen."""
    return [
        json.dumps({"data": [_row(place, n) for n in range(_ROWS_A_PAGE)], "error": 0}, ensure_ascii=False).encode()
        for place in range(rows // _ROWS_A_PAGE)
    ]


def _row(place: int, n: int) -> dict[str, object]:
    at = NOW - timedelta(seconds=_ROWS_A_PAGE * place + n)
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
        "message_id": f"{_ROWS_A_PAGE * place + n:020x}",
        "type": "text",
        "message": TEXT,
    }


def _parsed(pages: Sequence[bytes]) -> list[PulledRow]:
    return [row for page in pages for row in read_rows(json.loads(page)["data"])]


def _seconds_to_store(desk: Desk, pages: Sequence[bytes]) -> float:
    desk.empty()
    desk.checkpoint()
    keeping = Keeping(None, timedelta(seconds=300))
    with spent() as cost:
        rows = _parsed(pages)
        for first in range(0, len(rows), ROWS_AT_ONCE):
            with transaction() as connection:
                store_rows(connection, rows[first : first + ROWS_AT_ONCE], keeping)
    return cost.wall


def _seconds_to_copy(desk: Desk, rows: Sequence[PulledRow]) -> float:
    desk.empty()
    with transaction() as connection:
        known = text("INSERT INTO citizen (user_id) SELECT DISTINCT unnest(CAST(:user_ids AS text[]))")
        connection.execute(known, {"user_ids": [row.user_id for row in rows]})
    desk.checkpoint()
    columns = "message_id, user_id, from_citizen, sent_at, kind, text, raw"
    with spent() as cost, transaction() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        with raw.cursor() as cursor, cursor.copy(f"COPY message ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(
                    (row.message_id, row.user_id, row.from_citizen, row.sent_at, row.kind, row.text, row.raw)
                )
    return cost.wall


def _pull_all() -> None:
    bare, tally = peak_megabytes(), pull_recent.fn()
    while batch := walk_conversations.fn():
        tally += batch
    print(json.dumps({"bare": bare, "peak": peak_megabytes(), "rows": tally[Count.HISTORY]}))


if __name__ == "__main__":
    _pull_all()
