"""Send leased deliveries, on several connections, each recorded right after its reply (laws 4 to 6)."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from contextvars import copy_context
from dataclasses import dataclass
from time import monotonic

from sqlalchemy import Connection, text

from desk.gateways.failures import GatewayDown, OutcomeUnknown, PermanentFailure, TemporaryFailure
from desk.rules.tally import Count, Tally
from desk.runtime import refused
from desk.runtime.database import engine, flow_run_id
from desk.runtime.settings import SPARE_SECONDS
from desk.store import deliveries
from desk.store.deliveries import Leased

_FIRST_WAIT, _LONGEST_WAIT = 60.0, 3600.0
# Records need not reach the disk before the next delivery: one that is lost with the database server leaves its row
# leased, and whether it left is settled from evidence, as after a worker that died between the reply and its record.
_SET_RECORDING = text(
    "SELECT set_config('desk.flow_run', :run, false), set_config('synchronous_commit', :waits_for_disk, false)"
)


@dataclass(frozen=True, slots=True)
class Sent:
    """What the outside said when it took a delivery."""

    outside_id: str
    outcome: str


Send = Callable[[Leased], Sent]


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """Deliveries on their way out: who holds the lease until when, and how long a call may take.

    `set_aside` counts those that were claimed with them and have no bytes to be sent.
    """

    rows: Sequence[Leased]
    worker: str
    lease_ends: float
    call_seconds: float
    done: Count
    set_aside: int = 0

    def has_time(self) -> bool:
        """Return whether a call begun now ends well before the lease does."""
        return monotonic() + self.call_seconds + SPARE_SECONDS < self.lease_ends


def send_all(
    lease: Callable[[], Round | None],
    sender: Callable[[], AbstractContextManager[Send]],
    *,
    connections: int,
    most: int,
) -> Tally:
    """Send what is due, about *most* deliveries of it, and record each as soon as its outcome is known.

    Each connection leases for itself, so that one sends while the other makes ready; *lease* returns None when nothing
    is due.

    Raises:
        GatewayDown: the gateway is down; what was not sent is queued again, at no cost to the rows.
    """
    down: list[GatewayDown] = []

    def work() -> Tally:
        tally, taken = Tally(), 0
        with _recorder() as connection, sender() as send:
            while taken < most // connections and not down and (round_ := lease()):
                taken += len(round_.rows)
                left = deque(round_.rows)
                try:
                    tally += _send_round(connection, round_, left, send, down)
                finally:
                    for row in left:
                        _give_back(connection, row, round_)
                if left:
                    break
        return tally

    with ThreadPoolExecutor(max_workers=connections, thread_name_prefix="sending") as pool:
        futures = [pool.submit(copy_context().run, work) for _ in range(connections)]
    tallies = [future.result() for future in futures]
    if down:
        raise down[0]
    return sum(tallies, Tally())


def _send_round(
    connection: Connection, round_: Round, left: deque[Leased], send: Send, down: list[GatewayDown]
) -> Tally:
    """Send what is left of a round until the gateway, of which the other connection may hear first, is down."""
    tally = Tally({Count.SET_ASIDE: round_.set_aside})
    while left and not down and round_.has_time():
        row = left.popleft()
        try:
            tally += _deliver(connection, row, send, round_)
        except GatewayDown as failure:
            left.appendleft(row)
            down.append(failure)
    return tally


def _deliver(connection: Connection, row: Leased, send: Send, round_: Round) -> Tally:
    try:
        sent = send(row)
    except GatewayDown:
        raise
    except TemporaryFailure as failure:
        seconds = failure.retry_after or min(_FIRST_WAIT * 2 ** (row.attempts - 1), _LONGEST_WAIT)
        deliveries.record_put_off(
            connection, row.outbox_id, worker=round_.worker, wait_seconds=seconds, outcome=failure.reason
        )
        refused.wait(connection, row, failure)
        return Tally({Count.PUT_OFF: 1})
    except OutcomeUnknown as failure:
        deliveries.record_uncertain(connection, row.outbox_id, outcome=failure.reason)
        return Tally({Count.UNSURE: 1})
    except PermanentFailure as failure:
        refused.give_up(connection, row, failure)
        return Tally({Count.REFUSED: 1})
    deliveries.record_sent(connection, row.outbox_id, outside_id=sent.outside_id, outcome=sent.outcome)
    return Tally({round_.done: 1})


def _give_back(connection: Connection, row: Leased, round_: Round) -> None:
    outcome = "trả lại hàng chờ"
    deliveries.record_put_off(
        connection, row.outbox_id, worker=round_.worker, wait_seconds=0, outcome=outcome, counts=False
    )


@contextmanager
def _recorder() -> Iterator[Connection]:
    """Open a connection on which each statement commits by itself: one round trip a recorded delivery."""
    with engine().connect() as opened:
        connection = opened.execution_options(isolation_level="AUTOCOMMIT")
        usual = connection.exec_driver_sql("SHOW synchronous_commit").scalar_one()
        connection.execute(_SET_RECORDING, {"run": flow_run_id.get(), "waits_for_disk": "off"})
        try:
            yield connection
        finally:
            connection.execute(_SET_RECORDING, {"run": "", "waits_for_disk": usual})
