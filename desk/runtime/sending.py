"""Send leased deliveries, on several connections, each recorded right after its reply (laws 4 to 6)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from time import monotonic

from sqlalchemy import Connection, text

from desk.gateways.failures import Failure, GatewayDown, OutcomeUnknown, PermanentFailure, TemporaryFailure
from desk.rules.tally import Count, Tally
from desk.runtime.database import engine, flow_run_id
from desk.store import deliveries
from desk.store.deliveries import Leased
from desk.store.work_items import WorkItem, add_work_items

# Before a socket is written to, so much of the lease must be left beyond the time-out of the call (A5).
SPARE_SECONDS = 30.0
_FIRST_WAIT, _LONGEST_WAIT = 60.0, 3600.0
_TRIES_BEFORE_A_PERSON_LOOKS = 6
_SET_RUN = text("SELECT set_config('desk.flow_run', :run, false)")


@dataclass(frozen=True, slots=True)
class Sent:
    """What the outside said when it took a delivery."""

    outside_id: str
    outcome: str


Send = Callable[[Leased], Sent]


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One batch on its way out: who holds the lease until when, and how long a call may take."""

    worker: str
    lease_ends: float
    call_seconds: float
    done: Count

    def has_time(self) -> bool:
        """Return whether a call begun now ends well before the lease does."""
        return monotonic() + self.call_seconds + SPARE_SECONDS < self.lease_ends


def send_all(
    leased: Sequence[Leased], round_: Round, sender: Callable[[], AbstractContextManager[Send]], *, connections: int
) -> Tally:
    """Send a batch and record each delivery as soon as its outcome is known.

    Raises:
        GatewayDown: the gateway is down; what was not sent is queued again, at no cost to the rows.
    """
    waiting: SimpleQueue[Leased] = SimpleQueue()
    for delivery in leased:
        waiting.put(delivery)
    down: list[GatewayDown] = []
    stop = threading.Event()
    run = flow_run_id.get()

    def work() -> Tally:
        tally = Tally()
        with _recorder(run) as connection, sender() as send:
            while row := _next(waiting):
                if stop.is_set() or not round_.has_time():
                    _give_back(connection, row, round_)
                    continue
                try:
                    tally += _deliver(connection, row, send, round_)
                except GatewayDown as failure:
                    stop.set()
                    down.append(failure)
                    _give_back(connection, row, round_)
        return tally

    with ThreadPoolExecutor(max_workers=connections, thread_name_prefix="sending") as pool:
        futures = [pool.submit(work) for _ in range(min(connections, len(leased)))]
    with _recorder(run) as connection:  # left over only where a bug ended a thread: these were never tried
        while row := _next(waiting):
            _give_back(connection, row, round_)
    tallies = [future.result() for future in futures]
    if down:
        raise down[0]
    total = Tally()
    for tally in tallies:
        total += tally
    return total


def _deliver(connection: Connection, row: Leased, send: Send, round_: Round) -> Tally:
    try:
        sent = send(row)
    except GatewayDown:
        raise
    except TemporaryFailure as failure:
        wait = failure.retry_after or min(_FIRST_WAIT * 2 ** (row.attempts - 1), _LONGEST_WAIT)
        deliveries.record_put_off(
            connection, row.outbox_id, worker=round_.worker, wait_seconds=wait, outcome=failure.reason
        )
        if row.attempts >= _TRIES_BEFORE_A_PERSON_LOOKS:
            add_work_items(connection, [_undelivered(row, failure)])
        return Tally({Count.PUT_OFF: 1})
    except OutcomeUnknown as failure:
        deliveries.record_uncertain(connection, row.outbox_id, outcome=failure.reason)
        return Tally({Count.UNSURE: 1})
    except PermanentFailure as failure:
        deliveries.record_failed(connection, row.outbox_id, outcome=failure.reason)
        add_work_items(connection, [_undelivered(row, failure)])
        return Tally({Count.REFUSED: 1})
    deliveries.record_sent(connection, row.outbox_id, outside_id=sent.outside_id, outcome=sent.outcome)
    return Tally({round_.done: 1})


def _undelivered(row: Leased, failure: Failure) -> WorkItem:
    is_mail = "@" in row.recipient
    return WorkItem(
        key=f"undelivered:{row.outbox_id}",
        kind="undelivered",
        reason=f"Không gửi được {'thư' if is_mail else 'tin Zalo'} số {row.outbox_id} ({row.kind}): {failure.reason}.",
        owner="ops" if is_mail else "duty_officer",
        remedy=(
            "Kiểm tra địa chỉ nhận trong danh mục đơn vị; gửi lại bằng hộp thư công vụ nếu cần."
            if is_mail
            else "Trả lời công dân bằng OA Manager hoặc điện thoại."
        ),
        question_id=row.question_id,
        outbox_id=row.outbox_id,
    )


def _give_back(connection: Connection, row: Leased, round_: Round) -> None:
    outcome = "trả lại hàng chờ"
    deliveries.record_put_off(
        connection, row.outbox_id, worker=round_.worker, wait_seconds=0, outcome=outcome, counts=False
    )


def _next(waiting: SimpleQueue[Leased]) -> Leased | None:
    try:
        return waiting.get_nowait()
    except Empty:
        return None


@contextmanager
def _recorder(run: str) -> Iterator[Connection]:
    """Open a connection on which each statement commits by itself: one round trip a recorded delivery."""
    with engine().connect() as opened:
        connection = opened.execution_options(isolation_level="AUTOCOMMIT")
        connection.execute(_SET_RUN, {"run": run})
        try:
            yield connection
        finally:
            connection.execute(_SET_RUN, {"run": ""})
