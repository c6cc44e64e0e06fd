from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from desk.gateways.failures import GatewayDown
from desk.rules.tally import Count
from desk.runtime.settings import settings
from sandbox.zalo import FaultKind, Simulator
from tests.pulled import NOW, check_nothing_lost, many, one, pull, rows, run
from tests.simulated_zalo import ANNA, add_rows, citizen_writes, fault, ms

HOSTILE: list[dict[str, object]] = [
    {"message": "a\0b"},
    {"message": "\u202eđảo chiều\u202c và \u200b vô hình"},
    {"message": "Nguye\u0302\u0303n"},
    {"message": "😀🙏"},
    {"message": "<script>alert(1)</script>{{ 7*7 }}{% for x in y %}"},
    {"message": "'; DROP TABLE message; --"},
    {"message": "câu hỏi", "display_name": "A\r\nBcc: x@example.vn\u202e"},
    {"type": "nosupport"},
    {"type": "text"},
    {"type": "GIF", "url": "https://example.vn/a.gif"},
    {"type": "hologram", "message": None},
    {"type": "voice", "url": "https://example.vn/a.m4a"},
    {"type": "location", "location": {"latitude": "10.7", "longitude": "106.6"}},
    {"type": "links", "links": [{"title": "T", "url": "https://example.vn"}]},
    {"message": "x", "extra": {"deep": {"a": [None, True, 1.5, "\u0000"]}}},
]


@pytest.mark.parametrize("bare", [False, True])
def test_whatever_a_citizen_sends_is_stored(pulling_desk: Engine, zalo: Simulator, *, bare: bool) -> None:
    add_rows(zalo, [{"user_id": ANNA, **row} for row in HOSTILE])
    if bare:
        fault(zalo, FaultKind.BARE_INT_IDS)

    assert pull()[Count.PULLED] == len(HOSTILE)

    check_nothing_lost(pulling_desk, zalo)
    texts = {row.text for row in rows(pulling_desk, "SELECT text FROM message")}
    assert {"ab", "😀🙏", "Nguye\u0302\u0303n", "<script>alert(1)</script>{{ 7*7 }}{% for x in y %}"} <= texts
    assert one(pulling_desk, "SELECT user_id, display_name FROM citizen") == (ANNA, "A Bcc: x@example.vn")


def test_a_message_of_ten_megabytes_is_stored(
    pulling_desk: Engine, zalo: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZALO_TIMEOUT_SECONDS", "20")
    settings.cache_clear()
    citizen_writes(zalo, "đ" * 5_000_000)

    pull()

    assert one(pulling_desk, "SELECT octet_length(text) AS bytes FROM message").bytes == 10_000_000


@pytest.mark.long
def test_an_account_full_of_old_messages_becomes_history_and_nothing_is_sent(
    pulling_desk: Engine, zalo: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZALO_TIMEOUT_SECONDS", "20")
    settings.cache_clear()
    many(zalo, 50_000, citizens=2_500, before=datetime(2025, 12, 1, tzinfo=UTC))
    fault(zalo, FaultKind.SERVER_ERROR, path="/oa/conversation", after=1_000, count=1)

    with pytest.raises(GatewayDown):
        pull()
    pull()

    check_nothing_lost(pulling_desk, zalo)
    assert rows(pulling_desk, "SELECT DISTINCT purpose FROM message") == [("history",)]
    assert rows(pulling_desk, "SELECT outbox_id FROM outbox") == []
    assert rows(pulling_desk, "SELECT user_id FROM citizen WHERE seal_due_at IS NOT NULL") == []


def test_old_messages_are_history_and_nothing_follows_from_them(pulling_desk: Engine, zalo: Simulator) -> None:
    before = datetime(2025, 12, 31, 16, 0, tzinfo=UTC)  # an hour before the desk of these tests acts
    many(zalo, 40, citizens=4, before=before)
    add_rows(zalo, [{"user_id": ANNA, "message": "Chào Ông/Bà", "time": ms(before)}], by_oa=True)
    citizen_writes(zalo, "mới", ANNA)

    tally = pull()

    assert (tally[Count.HISTORY], tally[Count.PULLED], tally[Count.BY_HAND]) == (41, 1, 0)
    check_nothing_lost(pulling_desk, zalo)
    assert rows(pulling_desk, "SELECT user_id FROM citizen WHERE seal_due_at IS NOT NULL") == [(ANNA,)]
    assert rows(pulling_desk, "SELECT outbox_id FROM outbox") == []


def test_a_message_that_comes_after_its_burst_was_sealed_waits_to_be_seen(
    pulling_desk: Engine, zalo: Simulator
) -> None:
    citizen_writes(zalo, "câu đầu", time=ms(NOW - timedelta(minutes=20)))
    pull()
    run(pulling_desk, "UPDATE message SET purpose = 'question'")
    run(
        pulling_desk,
        "UPDATE citizen SET seal_due_at = NULL, sealed_to = :sealed_to",
        sealed_to=NOW - timedelta(minutes=15),
    )
    late = citizen_writes(zalo, "đến muộn", time=ms(NOW - timedelta(minutes=25)))
    citizen_writes(zalo, "câu mới", time=ms(NOW))

    pull()

    assert one(pulling_desk, "SELECT purpose FROM message WHERE message_id = :id", id=late).purpose is None
    assert one(pulling_desk, "SELECT seal_due_at FROM citizen").seal_due_at == NOW - timedelta(minutes=20)
