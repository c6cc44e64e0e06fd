"""What the sweeps cost with years of closed questions behind the open ones: as much as without them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from statistics import median
from typing import Any

from sqlalchemy import Connection, text

from benchmarks.desks import AS_OF, Desk
from benchmarks.figures import Figures, Target, figures, spent
from benchmarks.years import questions_are_open, years_have_passed
from desk.rules.outgoing import Channel
from desk.store.statements import statement

MOST_BUFFERS = 1.2
MOST_WALL = 1.5
_ROUNDS = 9
_BATCH = 1_000
_FEW = 16
_MILLISECONDS = 1_000


def costs_with_history(desk: Desk, number: int, history: int) -> Iterator[Figures]:
    """Yield what each sweep reads, and how long all take, with as many closed questions behind the open ones.

    The baseline is the same without them.
    """
    without = _costs(desk, number, 0)
    behind = _costs(desk, number, history)
    for name, (buffers, _) in behind.items():
        target = Target("ratio", "<=", MOST_BUFFERS)
        # fewer pages than these are the root of an index or two, whatever lies behind
        read, read_without = max(buffers, _FEW), max(without[name][0], _FEW)
        yield figures(f"history-{name}", read, "buffers", baseline=read_without, target=target)
    took, took_without = (sum(wall for _, wall in costs.values()) for costs in (behind, without))
    yield figures("history-wall", took, "ms", baseline=took_without, target=Target("ratio", "<=", MOST_WALL))


def _costs(desk: Desk, number: int, history: int) -> dict[str, tuple[int, float]]:
    """Return the buffers that each sweep reads, and its milliseconds."""
    desk.empty()
    with desk.filling() as connection:
        if history:
            years_have_passed(connection, history)
        questions_are_open(connection, number, before=history)
    desk.settle()
    with desk.owner.connect() as connection:
        values = _values(connection)
        return {name.partition("/")[2]: _cost(connection, name, values[name]) for name in values}


def _values(connection: Connection) -> dict[str, Mapping[str, object]]:
    """Return the sweeps and what they are asked."""
    asked = connection.execute(
        text("SELECT user_id, message_id, sent_at FROM message WHERE purpose IS NULL ORDER BY user_id LIMIT :limit"),
        {"limit": _BATCH},
    ).all()
    user_ids = [row.user_id for row in asked]
    of_retention = {"before": AS_OF - timedelta(days=1825), "limit": _BATCH}
    lease = {"channel": Channel.MAIL.value, "limit": 50, "lease_seconds": 900, "worker": "bench", "pilots": None}
    return {
        "citizens/claim_citizens_to_seal": {"as_of": AS_OF, "limit": _BATCH},
        "messages/find_waiting": {"user_ids": user_ids},
        "questions/find_open_of_citizens": {"user_ids": user_ids, "answered_since": AS_OF - timedelta(days=31)},
        "questions/find_question_at": {
            "message_ids": [row.message_id for row in asked],
            "user_ids": user_ids,
            "sent_ats": [row.sent_at for row in asked],
            "quiet": 120,
        },
        "outbox/count_of_day": {"streams": [f"citizen:{user_id}" for user_id in user_ids], "queued_on": AS_OF.date()},
        "questions/claim_questions_to_route": {"limit": _BATCH},
        "events/count_of_kind": {"kind": "triaged", "most": 100},
        "outbox/claim_deliveries": lease,
        "outbox/cancel_outlived": {},
        "outbox/find_unsettled": {"limit": _BATCH},
        "chases/claim_units": {"as_of": AS_OF, "limit": _BATCH},
        "delays/find_endangered": {
            "after": AS_OF.date() + timedelta(days=30),
            "until": AS_OF.date() + timedelta(days=31),
            "stage": "endangered_answer",
            "states": ["routed"],
        },
        "asked_back/claim_silent": {
            "asked_until": AS_OF.date(),
            "closes_until": AS_OF.date(),
            "reminded_until": AS_OF.date(),
            "limit": _BATCH,
        },
        "dates/claim_questions_to_redate": {"calendar_version": 1, "limit": _BATCH},
        "reports/claim_unreported": {},
        "reports/claim_additions": {},
        "retention/erase_messages": of_retention,
        "retention/erase_questions": of_retention,
        "retention/erase_deliveries": of_retention,
    }


def _cost(connection: Connection, name: str, values: Mapping[str, object]) -> tuple[int, float]:
    """Return buffers and milliseconds of a statement; what it changes is undone."""
    asked = statement(name)
    explained = text(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {asked.text}")
    plan: dict[str, Any] = connection.execute(explained, values).scalar_one()[0]["Plan"]
    connection.rollback()
    walls = []
    for _ in range(_ROUNDS):
        with spent() as cost:
            connection.execute(asked, values).all()
        connection.rollback()
        walls.append(cost.wall)
    return plan["Shared Hit Blocks"] + plan["Shared Read Blocks"], median(walls) * _MILLISECONDS
