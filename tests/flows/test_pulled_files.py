from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Engine

from desk.rules.tally import Count, Tally
from sandbox.zalo import Simulator
from tasks.pulling import fetch_media
from tests.pulled import due_again, one, pull, rows
from tests.simulated_zalo import ANNA, add_rows, ms

PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)


def a_photo(zalo: Simulator, content: bytes = PNG, name: str = "a.png") -> str:
    with zalo.account.lock:
        zalo.account.media[name] = ("image/png", content)
    url = f"{zalo.base_url}/_media/{name}"
    return add_rows(zalo, [{"user_id": ANNA, "type": "photo", "url": url, "description": "sổ của tôi"}])[0]


def test_a_photo_is_fetched_and_kept_beside_its_message(pulling_desk: Engine, zalo: Simulator) -> None:
    message_id = a_photo(zalo)
    pull()

    assert fetch_media.fn() == Tally({Count.MEDIA: 1})
    assert not fetch_media.fn()

    kept = one(pulling_desk, "SELECT * FROM media")
    assert (kept.message_id, kept.content_type, kept.content, kept.refused) == (message_id, "image/png", PNG, None)


def test_a_file_that_cannot_be_kept_says_why_and_is_not_asked_for_again(pulling_desk: Engine, zalo: Simulator) -> None:
    a_photo(zalo, b"MZ a program")
    add_rows(zalo, [{"user_id": ANNA, "type": "file", "url": "http://127.0.0.1:1/inside"}])
    add_rows(zalo, [{"user_id": ANNA, "type": "voice", "url": f"{zalo.base_url}/_media/gone"}])
    pull()

    assert fetch_media.fn() == Tally({Count.MEDIA_NOT_KEPT: 3})
    due_again(pulling_desk)
    fetch_media.fn()

    refused = {row.refused for row in rows(pulling_desk, "SELECT refused FROM media WHERE next_attempt_at IS NULL")}
    assert refused == {"unknown_kind", "gone"}


def test_a_host_that_does_not_answer_is_asked_six_times(pulling_desk: Engine, zalo: Simulator) -> None:
    add_rows(zalo, [{"user_id": ANNA, "type": "file", "url": "http://127.0.0.1:1/closed"}])
    pull()

    for _ in range(6):
        assert fetch_media.fn() == Tally({Count.MEDIA_NOT_KEPT: 1})
        assert not fetch_media.fn()  # backed off
        due_again(pulling_desk)

    assert not fetch_media.fn()
    assert "ConnectionError" in one(pulling_desk, "SELECT refused FROM media").refused


def test_files_of_old_messages_are_not_fetched(pulling_desk: Engine, zalo: Simulator) -> None:
    url = f"{zalo.base_url}/_media/a.png"
    add_rows(zalo, [{"user_id": ANNA, "type": "photo", "url": url, "time": ms(datetime(2025, 1, 1, tzinfo=UTC))}])

    pull()

    assert rows(pulling_desk, "SELECT message_id FROM media") == []
