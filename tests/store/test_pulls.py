from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, text

from desk.rules.incoming import PulledRow
from desk.rules.pulling import Walk
from desk.store import pulls

NOW = datetime.now(UTC)


def a_row(user_id: str, minutes_ago: float = 0, message_id: str = "") -> PulledRow:
    at = NOW - timedelta(minutes=minutes_ago)
    return PulledRow(message_id or f"{user_id}-{minutes_ago}", user_id, True, at, "text", "", None, None, "", "{}")  # noqa: FBT003


def sweep(connection: Connection, *rows: PulledRow) -> int:
    begun = pulls.begin_sweep(connection, "oa")
    begun.read(rows, page=10, is_last=True)
    return pulls.record_sweep(connection, "oa", begun)


def claimed(connection: Connection, lease_seconds: float = 60) -> list[Walk]:
    return sorted(pulls.claim_walks(connection, limit=10, lease_seconds=lease_seconds), key=lambda walk: walk.user_id)


def due_again(connection: Connection) -> None:
    connection.execute(text("UPDATE pull_todo SET next_attempt_at = clock_timestamp()"))


def test_the_first_sweep_stops_nowhere_and_the_next_at_the_newest_row(connection: Connection) -> None:
    assert pulls.begin_sweep(connection, "oa").high_water is None

    assert sweep(connection, a_row("anna", 5), a_row("binh", 7)) == 2

    assert pulls.begin_sweep(connection, "oa").high_water == NOW - timedelta(minutes=5)
    assert pulls.begin_sweep(connection, "another oa").high_water is None


def test_a_sweep_of_an_account_nobody_wrote_to_still_counts_as_swept(connection: Connection) -> None:
    assert sweep(connection) == 0

    begun = pulls.begin_sweep(connection, "oa")
    assert begun.high_water is not None
    assert connection.scalar(text("SELECT swept_at > now() - interval '1 minute' FROM pull_cursor"))


def test_of_rows_that_may_be_known_only_those_the_store_lacks_make_a_walk_due(connection: Connection) -> None:
    sweep(connection, a_row("anna", 5), a_row("binh", 6))
    pulls.record_walks(connection, claimed(connection))
    connection.execute(
        text(
            "INSERT INTO message (message_id, user_id, from_citizen, sent_at, kind, text)"
            " VALUES ('anna-5', 'anna', true, :at, 'text', '')"
        ),
        {"at": NOW},
    )

    assert sweep(connection, a_row("anna", 5), a_row("binh", 6), a_row("binh", 8)) == 1

    (walk,) = claimed(connection)
    assert (walk.user_id, walk.seen_id) == ("binh", "binh-6")


def test_a_walk_is_one_workers_until_its_lease_is_over(connection: Connection) -> None:
    sweep(connection, a_row("anna"))

    assert len(claimed(connection, lease_seconds=-1)) == 1
    assert len(claimed(connection)) == 1
    assert claimed(connection) == []


def test_a_walk_that_is_given_back_is_due_at_once(connection: Connection) -> None:
    sweep(connection, a_row("anna"))
    pulls.give_back_walks(connection, claimed(connection))

    (walk,) = claimed(connection)
    assert walk.attempts == 0


def test_a_walk_that_is_complete_moves_the_citizens_cursor(connection: Connection) -> None:
    sweep(connection, a_row("anna", 5))
    (walk,) = claimed(connection)
    walk.read([a_row("anna", 5), a_row("anna", 9)], page=10, is_last=True)

    pulls.record_walks(connection, [walk])

    citizen = connection.execute(text("SELECT complete_to, walked_at FROM citizen")).one()
    assert citizen == (NOW - timedelta(minutes=5), walk.began_at)
    assert connection.scalar(text("SELECT count(*) FROM pull_todo")) == 0


def test_what_is_seen_during_a_walk_is_walked_again(connection: Connection) -> None:
    sweep(connection, a_row("anna", 5))
    (walk,) = claimed(connection)
    sweep(connection, a_row("anna", 1), a_row("anna", 5))

    pulls.record_walks(connection, [walk])

    (again,) = claimed(connection)
    assert again.seen_id == "anna-1"


@pytest.mark.parametrize(("attempts", "minutes"), [(0, 1), (1, 2), (3, 8), (50, 60)])
def test_a_walk_that_fails_is_tried_later_and_later(connection: Connection, attempts: int, minutes: int) -> None:
    sweep(connection, a_row("anna"))
    connection.execute(text("UPDATE pull_todo SET attempts = :attempts"), {"attempts": attempts})

    pulls.put_off_walks(connection, [(claimed(connection)[0], "zalo: -201")])

    row = connection.execute(text("SELECT *, next_attempt_at - clock_timestamp() AS wait FROM pull_todo")).one()
    assert (row.attempts, row.reason) == (attempts + 1, "zalo: -201")
    assert timedelta(minutes=minutes) - timedelta(seconds=5) < row.wait <= timedelta(minutes=minutes)


def test_walks_longest_due_come_first(connection: Connection) -> None:
    sweep(connection, *(a_row(name) for name in ("anna", "binh", "chi")))
    connection.execute(
        text("UPDATE pull_todo SET next_attempt_at = clock_timestamp() - interval '1 hour' WHERE user_id = 'chi'")
    )

    assert [walk.user_id for walk in pulls.claim_walks(connection, limit=1, lease_seconds=60)] == ["chi"]
    due_again(connection)
    assert len(claimed(connection)) == 3
