"""Lines that `zalo-desk show` prints of whatever it is asked about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from desk.console.words import EVENTS, KINDS, LEAVING, OWNERS, READINGS, WORK
from desk.rules.calendar import local_time

Row = Mapping[str, Any]

_DETAILS: Final = {
    "version": "bản",
    "inbound_mail_id": "thư đến số",
    "work_item_id": "việc số",
    "outcome": "kết quả:",
    "into": "câu hỏi",
    "from": "câu hỏi",
}


def event(row: Row) -> str:
    """Return a change, with the run that made it."""
    details = row["details"]
    known = [f"{what} {details[name]}" for name, what in _DETAILS.items() if name in details]
    if reading := details.get("reading"):
        known.append(READINGS[reading])
    by = "hệ thống" if row["actor"] == "desk" else row["actor"]
    more = f": {', '.join(known)}" if known else ""
    return f"{moment_of(row['recorded_at'])} {EVENTS[row['kind']]} ({by}){more}, lượt chạy {row['flow_run_id'] or '-'}"


def delivery(row: Row) -> str:
    """Return a letter or message, and what became of it."""
    kind = KINDS.get((row["channel"], row["kind"]), row["kind"])
    how = f" lúc {moment_of(row['sent_at'])}" if row["sent_at"] else f" ({row['outcome']})" if row["outcome"] else ""
    return f"{row['outbox_id']:>6} {row['channel']:4} {kind}: {LEAVING[row['state']]}{how}"


def work(row: Row) -> str:
    """Return a person's work, and what came of it."""
    what = f"{WORK.get(row['kind'], row['kind'])} ({OWNERS.get(row['owner'], row['owner'])}): {row['why']} "
    return what + (f"[{row['closed_by']}: {row['outcome']}]" if row["closed_at"] else "[đang chờ]")


def section(title: str, lines: list[str]) -> Iterator[str]:
    """Yield a heading and what stands under it; nothing where nothing does."""
    if lines:
        yield f"  {title}:"
        yield from (f"    {line}" for line in lines)


def moment_of(moment: datetime) -> str:
    """Return an instant as it is printed."""
    return f"{local_time(moment):%H:%M %d/%m/%Y}"
