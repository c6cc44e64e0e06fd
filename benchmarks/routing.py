"""How fast questions are decided on and their letters queued, and in how much memory.

`python -m benchmarks.routing` by itself routes what waits at the desk of its settings, and prints what it took.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from statistics import median

from sqlalchemy import text

from benchmarks.backlogs import questions_wait
from benchmarks.desks import AS_OF, Desk
from benchmarks.figures import Figures, Target, figures, spent
from benchmarks.processes import peak_megabytes, told_by
from desk.rules.tally import Count
from tasks.routing import route_batch

A_SECOND = 1_000
MEGABYTES = 300
_QUEUED = """
    SELECT key, channel, kind, stream, recipient, parts, question_id, assignment_id, queued_on FROM outbox
"""


def routed_per_second(desk: Desk, number: int) -> Iterator[Figures]:
    """Yield how many questions a second one process routes, each with a letter and a notice to its citizen queued.

    The baseline is COPY of the rows that this adds to the outbox.
    """
    questions_wait(desk, number)
    took = told_by("benchmarks.routing")
    assert sum(batch["routed"] for batch in took["batches"]) == number, took
    rates = [batch["routed"] / batch["wall"] for batch in took["batches"]]
    rates_of_cpu = [batch["routed"] / batch["cpu"] for batch in took["batches"]]
    baseline = _copied_per_second(desk, number)
    target = Target("value", ">=", A_SECOND)
    yield figures("route", median(rates), "questions/s", baseline=baseline, target=target)
    yield figures("route-cpu", median(rates_of_cpu), "questions/CPU-s", baseline=baseline, target=target)
    limit = Target("value", "<=", MEGABYTES)
    yield figures("route-memory", took["peak"], "MB", baseline=took["bare"], target=limit)


def _copied_per_second(desk: Desk, number: int) -> float:
    """Return of how many questions a second COPY adds the rows to the outbox."""
    columns = _QUEUED.split("FROM", maxsplit=1)[0].replace("SELECT", "")
    with desk.owner.begin() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        with raw.cursor() as cursor:
            with cursor.copy(f"COPY ({_QUEUED}) TO STDOUT") as copy:
                rows = [bytes(row) for row in copy]
            connection.execute(text("TRUNCATE outbox CASCADE"))
            with spent() as cost, cursor.copy(f"COPY outbox ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write(row)
    return number / cost.wall


def _route_all() -> None:
    bare, batches = peak_megabytes(), []
    while True:
        with spent() as cost:
            tally = route_batch.fn(AS_OF)
        if not tally:
            break
        batches.append({"routed": tally[Count.ROUTED], "wall": cost.wall, "cpu": cost.cpu})
    print(json.dumps({"bare": bare, "peak": peak_megabytes(), "batches": batches}))


if __name__ == "__main__":
    _route_all()
