"""How fast letters leave, against one bare connection of the standard library, and in how much memory.

`python -m benchmarks.delivering` by itself delivers what waits at the desk of its settings, and prints what it took.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from statistics import median

from sqlalchemy import text

from benchmarks.backlogs import messages_wait, questions_wait
from benchmarks.desks import AS_OF, Desk
from benchmarks.figures import Figures, Target, figures, spent
from benchmarks.mail_sink import bare_session
from benchmarks.processes import peak_megabytes, told_by
from desk.gateways.mail_out import mime
from desk.rules.tally import Count
from desk.runtime.mail import desk_address
from tasks.delivering import deliver_letters
from tasks.grouping import seal_batch
from tasks.routing import route_batch

SHARE_OF_BARE = 0.85
SHARE_OF_BARE_OF_WHOLE_PATH = 0.2
# What the best of the peers reaches from message to letter accepted: ten times that where bare smtplib has room for it.
PEER_A_SECOND = 31
TIMES_PEER, TIMES_PEER_ON_SLOW_MACHINES = 10, 5
MEGABYTES = 300
_MAILS_A_SESSION = 50


def delivered_per_second(desk: Desk, number: int, rounds: int) -> Iterator[Figures]:
    """Yield how many letters a second leave on two connections, each recorded; their bytes are stored before.

    The baseline is one bare smtplib connection that sends the same bytes to the same server.
    """
    questions_wait(desk, number)
    while route_batch.fn(AS_OF):
        pass
    ours, bare = [], []
    for _ in range(rounds):
        bodies = _stored(desk)
        bare.append(_bare_per_second(desk, bodies))
        ours.append(_delivered_per_second(number))
    target = Target("ratio", ">=", SHARE_OF_BARE)
    yield figures("deliver", median(ours), "letters/s", baseline=median(bare), target=target)


def letters_of_messages_per_second(desk: Desk, number: int, rounds: int) -> Iterator[Figures]:
    """Yield how many messages a second become letters that the mail server has accepted: the whole path, one process.

    The baselines are one bare smtplib connection that sends the same bytes, and the best of the peers.
    """
    ours, bare = [], []
    for _ in range(rounds):
        messages_wait(desk, number)
        with spent() as cost:
            while seal_batch.fn(AS_OF):
                pass
            while route_batch.fn(AS_OF):
                pass
            left = _deliver_all()
        assert left == number, left
        ours.append(number / cost.wall)
        bare.append(_bare_per_second(desk, _stored(desk)))
    value, baseline = median(ours), median(bare)
    share = Target("ratio", ">=", SHARE_OF_BARE_OF_WHOLE_PATH)
    yield figures("whole-path", value, "letters/s", baseline=baseline, target=share)
    has_room = baseline * SHARE_OF_BARE_OF_WHOLE_PATH >= TIMES_PEER * PEER_A_SECOND
    times = Target("ratio", ">=", TIMES_PEER if has_room else TIMES_PEER_ON_SLOW_MACHINES)
    yield figures("whole-path-against-peer", value, "letters/s", baseline=PEER_A_SECOND, target=times)


def memory_of_delivering(desk: Desk, number: int) -> Iterator[Figures]:
    """Yield the peak memory of a process that delivers a backlog of letters; the baseline is the bare process."""
    questions_wait(desk, number)
    while route_batch.fn(AS_OF):
        pass
    took = told_by("benchmarks.delivering")
    assert took["letters"] == number, took
    limit = Target("value", "<=", MEGABYTES)
    yield figures("deliver-memory", took["peak"], "MB", baseline=took["bare"], target=limit)


def _stored(desk: Desk) -> Sequence[bytes]:
    """Queue all letters anew with their bytes stored, as after a first attempt, and return the bytes."""
    address = desk_address()
    with desk.owner.begin() as connection:
        rows = connection.execute(text("SELECT * FROM outbox WHERE channel = 'mail' ORDER BY outbox_id")).all()
        bodies = [
            mime(row.parts, key=row.key, recipient=row.recipient, desk=address, date=row.recorded_at) for row in rows
        ]
        connection.execute(
            text("UPDATE outbox SET state = 'queued', body = :body WHERE outbox_id = :outbox_id"),
            [{"outbox_id": row.outbox_id, "body": body} for row, body in zip(rows, bodies, strict=True)],
        )
    desk.settle()
    return bodies


def _bare_per_second(desk: Desk, bodies: Sequence[bytes]) -> float:
    """Return how many mails a second one smtplib connection hands over, to two recipients each as the desk does."""
    with spent() as cost:
        for first in range(0, len(bodies), _MAILS_A_SESSION):
            with bare_session(desk.smtp_port) as session:
                for body in bodies[first : first + _MAILS_A_SESSION]:
                    session.sendmail(
                        "hoidap+bounce@bhxh.example.vn", ["csxh@bhxh.example.vn", "hoidap+sent@bhxh.example.vn"], body
                    )
    return len(bodies) / cost.wall


def _delivered_per_second(number: int) -> float:
    with spent() as cost:
        left = _deliver_all()
    assert left == number, left
    return number / cost.wall


def _deliver_all() -> int:
    left = 0
    while tally := deliver_letters.fn():
        left += tally[Count.LETTERS]
    return left


if __name__ == "__main__":
    at_first = peak_megabytes()
    delivered = _deliver_all()
    print(json.dumps({"bare": at_first, "peak": peak_megabytes(), "letters": delivered}))
