from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, text

from desk.rules.incoming import PulledRow
from desk.rules.tally import Count, Tally
from desk.runtime.pulled_rows import Keeping, store_rows
from desk.store import media, messages

NOW = datetime.now(UTC)
KEEPING = Keeping(None, timedelta(seconds=300))


def a_row(name: str = "m1", minutes_ago: float = 0, **changed: Any) -> PulledRow:
    at = NOW - timedelta(minutes=minutes_ago)
    row = PulledRow(name, "anna", True, at, "text", "Cho tôi hỏi", None, None, "Nguyễn Văn An", '{"a":1}')  # noqa: FBT003
    return replace(row, **changed)


def test_rows_are_new_once(connection: Connection) -> None:
    messages.record_citizens(connection, [a_row()])

    assert messages.add_messages(connection, [a_row(), a_row()], act_from=None) == {"m1": None}
    assert messages.add_messages(connection, [a_row()], act_from=None) == {}


def test_what_was_sent_before_the_desk_acts_is_history(connection: Connection) -> None:
    rows = [a_row("old", 10), a_row("new", 1), a_row("typed", 1, from_citizen=False)]
    messages.record_citizens(connection, rows)

    purposes = messages.add_messages(connection, rows, act_from=NOW - timedelta(minutes=5))

    assert purposes == {"old": "history", "new": None, "typed": "by_hand"}


def test_a_citizen_goes_by_the_newest_name_and_is_dated_by_their_own_acts(connection: Connection) -> None:
    typed = a_row("typed", 0, from_citizen=False, display_name="")
    messages.record_citizens(connection, [a_row("old", 9, display_name="An cũ"), a_row("new", 5), typed])
    messages.record_citizens(connection, [a_row("older", 20, display_name="")])

    citizen = connection.execute(text("SELECT display_name, last_act_at FROM citizen")).one()
    assert citizen == ("Nguyễn Văn An", NOW - timedelta(minutes=5))


def test_a_citizen_who_was_only_written_to_has_not_acted(connection: Connection) -> None:
    messages.record_citizens(connection, [a_row(from_citizen=False)])

    assert connection.execute(text("SELECT last_act_at FROM citizen")).scalar_one() is None


def test_a_burst_may_be_sealed_when_its_oldest_message_has_been_quiet(connection: Connection) -> None:
    due = text("SELECT seal_due_at FROM citizen")
    store_rows(connection, [a_row("b", 2), a_row("a", 4)], KEEPING)
    assert connection.execute(due).scalar_one() == NOW + timedelta(minutes=1)

    store_rows(connection, [a_row("c", 1)], KEEPING)
    assert connection.execute(due).scalar_one() == NOW + timedelta(minutes=1)
    store_rows(connection, [a_row("d", 5)], KEEPING)
    assert connection.execute(due).scalar_one() == NOW


def test_a_row_the_database_refuses_is_stored_without_its_content_and_shown_to_ops(connection: Connection) -> None:
    rows = [a_row(f"m{n}") for n in range(8)]
    rows[3] = a_row("poisoned", raw="no json")

    tally = store_rows(connection, rows, KEEPING)

    assert (tally[Count.PULLED], tally[Count.SET_ASIDE]) == (7, 1)
    stored = connection.execute(text("SELECT text, raw FROM message WHERE message_id = 'poisoned'")).one()
    assert stored == ("", {})
    assert connection.execute(text("SELECT kind FROM work_item")).scalar_one() == "bug"
    assert store_rows(connection, [a_row("poisoned")], KEEPING) == Tally()


def test_a_file_is_fetched_by_one_worker_and_later_after_a_failure(connection: Connection) -> None:
    store_rows(connection, [a_row(kind="photo", media_url="https://z.vn/a"), a_row("m2")], KEEPING)

    (file,) = media.claim_media(connection, limit=10, lease_seconds=60)
    assert (file.message_id, file.attempts) == ("m1", 1)
    assert media.claim_media(connection, limit=10, lease_seconds=60) == []

    media.put_off_media(connection, "m1", refused="media: HTTP 503")
    wait = connection.execute(text("SELECT next_attempt_at - clock_timestamp() FROM media")).scalar_one()
    assert timedelta(seconds=50) < wait <= timedelta(minutes=1)

    media.record_fetched(connection, "m1", content_type="image/png", content=b"\x89PNG")
    assert connection.execute(text("SELECT next_attempt_at, refused FROM media")).one() == (None, None)
