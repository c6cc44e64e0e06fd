from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text

from desk.gateways.failures import GatewayDown
from desk.rules.case_codes import delivery_mark
from desk.rules.outgoing import Channel, Delivery
from desk.rules.tally import Count, Tally
from desk.runtime import office
from desk.runtime.settings import settings
from desk.store.outbox import add_deliveries
from sandbox.zalo import FaultKind, Simulator
from tasks.pulling import fetch_media, pull_recent, walk_conversations
from tests.offices import the_office
from tests.simulated_zalo import ANNA, BINH, TIMEOUT, add_rows, citizen_writes, fault, ms

NOW = datetime.now(UTC).replace(microsecond=0)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)


@pytest.fixture
def desk(desk_on_zalo: Engine) -> Engine:
    with desk_on_zalo.begin() as connection:
        office.load(connection, the_office())
    return desk_on_zalo


def pull() -> Tally:
    tally = pull_recent.fn()
    while batch := walk_conversations.fn():
        tally += batch
    return tally


def rows(engine: Engine, query: str, **values: object) -> list[Any]:
    with engine.connect() as connection:
        return list(connection.execute(text(query), values))


def one(engine: Engine, query: str, **values: object) -> Any:
    (found,) = rows(engine, query, **values)
    return found


def run(engine: Engine, statement: str, **values: object) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement), values)


def check_nothing_lost(engine: Engine, zalo: Simulator) -> None:
    """Compare what is stored with all that the simulator shows."""
    with zalo.account.lock:
        shown = set(zalo.account.conversations._by_message_id)
    assert {row.message_id for row in rows(engine, "SELECT message_id FROM message")} == shown
    assert rows(engine, "SELECT user_id FROM pull_todo") == []


def many(
    zalo: Simulator, count: int, *, citizens: int = 1, before: datetime = NOW, seconds_apart: int = 1
) -> list[str]:
    """Let citizens write so many messages in turn, the newest just before a moment."""
    return add_rows(
        zalo,
        [
            {
                "user_id": str(3_000_000_000_000_000_000 + n % citizens),
                "message": f"câu {n}",
                "time": ms(before) - 1000 * seconds_apart * (count - n),
            }
            for n in range(count)
        ],
    )


def due_again(engine: Engine) -> None:
    """Let the back-off of walks and files pass."""
    run(engine, "UPDATE pull_todo SET next_attempt_at = clock_timestamp()")
    run(engine, "UPDATE media SET next_attempt_at = clock_timestamp() WHERE next_attempt_at IS NOT NULL")


def test_what_citizens_write_is_stored_once_however_often_it_is_pulled(desk: Engine, zalo: Simulator) -> None:
    citizen_writes(zalo, "Cho tôi hỏi về thẻ BHYT", display_name="Nguyễn Văn An")
    citizen_writes(zalo, "Tôi cũng hỏi", BINH)

    assert pull() == Tally({Count.MOVED: 2, Count.WALKED: 2, Count.PULLED: 2})
    assert pull() == Tally()

    check_nothing_lost(desk, zalo)
    message = one(desk, "SELECT * FROM message WHERE user_id = :user_id", user_id=ANNA)
    assert (message.text, message.purpose, message.from_citizen) == ("Cho tôi hỏi về thẻ BHYT", None, True)
    assert message.raw["message"] == "Cho tôi hỏi về thẻ BHYT"
    citizen = one(desk, "SELECT * FROM citizen WHERE user_id = :user_id", user_id=ANNA)
    assert citizen.display_name == "Nguyễn Văn An"
    assert citizen.last_act_at == citizen.complete_to == message.sent_at
    assert citizen.seal_due_at == message.sent_at + timedelta(seconds=300)
    swept = one(desk, "SELECT * FROM pull_cursor")
    assert swept.high_water <= swept.swept_at


def test_a_long_conversation_is_read_to_its_beginning_and_then_only_its_new_end(desk: Engine, zalo: Simulator) -> None:
    many(zalo, 57, seconds_apart=300)
    pull()
    check_nothing_lost(desk, zalo)
    zalo.account.log.clear()

    citizen_writes(zalo, "thêm một câu", "3000000000000000000")
    pull()

    check_nothing_lost(desk, zalo)
    assert len(zalo.account.log.entries("/oa/conversation")) == 1


@pytest.mark.parametrize("recent_chat_rows", ["messages", "per_conversation"])
def test_many_citizens_are_found_whatever_a_row_of_the_newest_stands_for(
    desk: Engine, zalo: Simulator, recent_chat_rows: str
) -> None:
    zalo.account.knobs.recent_chat_rows = recent_chat_rows  # type: ignore[assignment]
    many(zalo, 120, citizens=60)
    pull()
    check_nothing_lost(desk, zalo)

    for user in range(60):
        citizen_writes(zalo, "thêm một câu", str(3_000_000_000_000_000_000 + user))
    pull()

    check_nothing_lost(desk, zalo)


@pytest.mark.parametrize(
    "broken",
    [
        (FaultKind.SERVER_ERROR, {}),
        (FaultKind.HTML_BODY, {}),
        (FaultKind.SLOW_REPLY, {"seconds": 2 * TIMEOUT}),
        (FaultKind.RATE_LIMITED, {}),
        (FaultKind.LOST_REPLY, {}),
        (FaultKind.REFUSED, {"code": -212}),
    ],
)
@pytest.mark.parametrize("path", ["/oa/listrecentchat", "/oa/conversation"])
@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_pull_that_breaks_off_at_any_page_loses_nothing(
    desk: Engine, zalo: Simulator, broken: tuple[FaultKind, dict[str, object]], path: str, after: int
) -> None:
    many(zalo, 25, before=NOW - timedelta(hours=2))
    pull()
    before = one(desk, "SELECT high_water, swept_at FROM pull_cursor")
    many(zalo, 25)
    kind, order = broken
    fault(zalo, kind, path=path, after=after, **order)

    with pytest.raises(GatewayDown):
        pull()

    cursor = one(desk, "SELECT high_water, swept_at FROM pull_cursor")
    assert (cursor == before) == (path == "/oa/listrecentchat")
    citizen = one(desk, "SELECT complete_to FROM citizen")
    assert citizen.complete_to < NOW - timedelta(hours=1)
    zalo.account.faults.switch_off()
    pull()
    check_nothing_lost(desk, zalo)


def test_a_pull_killed_between_two_pages_reads_on_past_what_it_had_stored(desk: Engine, zalo: Simulator) -> None:
    ids = many(zalo, 28)
    # what a process killed after the first of three pages leaves: ten rows stored, the to-do leased, the cursor behind
    pull_recent.fn()
    fault(zalo, FaultKind.SERVER_ERROR, path="/oa/conversation", after=1)
    with pytest.raises(GatewayDown):
        walk_conversations.fn()
    run(desk, "UPDATE pull_todo SET next_attempt_at = clock_timestamp() + interval '60 seconds'")
    assert {row.message_id for row in rows(desk, "SELECT message_id FROM message")} == set(ids[-10:])
    zalo.account.faults.switch_off()

    assert not walk_conversations.fn()  # leased to the dead
    due_again(desk)
    pull()

    check_nothing_lost(desk, zalo)


@pytest.mark.parametrize("path", ["/oa/listrecentchat", "/oa/conversation"])
@pytest.mark.parametrize("kind", [FaultKind.ROW_BETWEEN_PAGES, FaultKind.LATE_ROW, FaultKind.SAME_MS_ROW])
def test_a_row_that_turns_up_while_pages_are_read_is_not_lost(
    desk: Engine, zalo: Simulator, kind: FaultKind, path: str
) -> None:
    many(zalo, 35, citizens=3)
    fault(zalo, kind, path=path)

    pull()
    pull()

    check_nothing_lost(desk, zalo)


def test_a_row_that_turns_up_minutes_late_is_found(desk: Engine, zalo: Simulator) -> None:
    many(zalo, 30, citizens=2)
    pull()
    add_rows(zalo, [{"user_id": "3000000000000000000", "message": "muộn", "time": ms(NOW - timedelta(minutes=9))}])

    assert pull()[Count.PULLED] == 1

    check_nothing_lost(desk, zalo)


def test_a_row_seen_in_the_list_is_waited_for_in_its_conversation(desk: Engine, zalo: Simulator) -> None:
    citizen_writes(zalo, "Cho tôi hỏi")
    fault(zalo, FaultKind.EMPTY_PAGE, path="/oa/conversation", count=1)

    assert pull() == Tally({Count.MOVED: 1, Count.WALK_PUT_OFF: 1})

    assert one(desk, "SELECT attempts FROM pull_todo").attempts == 1
    due_again(desk)
    pull()
    check_nothing_lost(desk, zalo)


@pytest.mark.parametrize("path", ["/oa/listrecentchat", "/oa/conversation"])
def test_a_page_that_comes_back_empty_by_mistake_hides_nothing(desk: Engine, zalo: Simulator, path: str) -> None:
    many(zalo, 5, citizens=5, before=NOW - timedelta(hours=2))
    pull()
    many(zalo, 75, citizens=15)
    fault(zalo, FaultKind.EMPTY_PAGE, path=path, after=1)
    pull()
    pull()

    zalo.account.faults.switch_off()
    pull()
    due_again(desk)
    pull()

    check_nothing_lost(desk, zalo)


def test_one_conversation_that_cannot_be_read_holds_up_nobody_else(desk: Engine, zalo: Simulator) -> None:
    citizen_writes(zalo, "của An", ANNA)
    citizen_writes(zalo, "của Bình", BINH)
    fault(zalo, FaultKind.REFUSED, code=-201, path="/oa/conversation", user_id=ANNA)

    assert pull() == Tally({Count.MOVED: 2, Count.WALKED: 1, Count.WALK_PUT_OFF: 1, Count.PULLED: 1})

    todo = one(desk, "SELECT * FROM pull_todo")
    assert (todo.user_id, todo.attempts, todo.reason) == (ANNA, 1, "zalo /v2.0/oa/conversation: -201")
    assert not walk_conversations.fn()
    zalo.account.faults.switch_off()
    due_again(desk)
    pull()
    check_nothing_lost(desk, zalo)


def test_a_token_that_dies_in_the_middle_of_a_pull_is_renewed_and_the_pull_goes_on(
    desk: Engine, zalo: Simulator
) -> None:
    many(zalo, 35, citizens=3)
    fault(zalo, FaultKind.TOKENS_REVOKED, path="/oa/listrecentchat", after=2)
    fault(zalo, FaultKind.TOKENS_REVOKED, path="/oa/conversation", after=2)

    pull()

    check_nothing_lost(desk, zalo)
    assert one(desk, "SELECT count(*) AS pairs FROM oa_token").pairs == 3


def test_what_only_a_person_can_change_at_zalo_is_put_before_ops_once(desk: Engine, zalo: Simulator) -> None:
    fault(zalo, FaultKind.REFUSED, code=-224, path="/oa/listrecentchat")

    for _ in range(2):
        with pytest.raises(GatewayDown):
            pull()

    item = one(desk, "SELECT kind, owner, reason FROM work_item")
    assert (item.kind, item.owner) == ("zalo_account", "ops")
    assert "-224" in item.reason
    assert one(desk, "SELECT kind, recipient FROM outbox") == ("ops-alarm", "ops@example.vn")


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
def test_whatever_a_citizen_sends_is_stored(desk: Engine, zalo: Simulator, *, bare: bool) -> None:
    add_rows(zalo, [{"user_id": ANNA, **row} for row in HOSTILE])
    if bare:
        fault(zalo, FaultKind.BARE_INT_IDS)

    assert pull()[Count.PULLED] == len(HOSTILE)

    check_nothing_lost(desk, zalo)
    texts = {row.text for row in rows(desk, "SELECT text FROM message")}
    assert {"ab", "😀🙏", "Nguye\u0302\u0303n", "<script>alert(1)</script>{{ 7*7 }}{% for x in y %}"} <= texts
    assert one(desk, "SELECT user_id, display_name FROM citizen") == (ANNA, "A Bcc: x@example.vn")


def test_a_message_of_ten_megabytes_is_stored(desk: Engine, zalo: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZALO_TIMEOUT_SECONDS", "20")
    settings.cache_clear()
    citizen_writes(zalo, "đ" * 5_000_000)

    pull()

    assert one(desk, "SELECT octet_length(text) AS bytes FROM message").bytes == 10_000_000


@pytest.mark.long
def test_an_account_full_of_old_messages_becomes_history_and_nothing_is_sent(
    desk: Engine, zalo: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZALO_TIMEOUT_SECONDS", "20")
    settings.cache_clear()
    many(zalo, 50_000, citizens=2_500, before=datetime(2025, 12, 1, tzinfo=UTC))
    fault(zalo, FaultKind.SERVER_ERROR, path="/oa/conversation", after=1_000, count=1)

    with pytest.raises(GatewayDown):
        pull()
    pull()

    check_nothing_lost(desk, zalo)
    assert rows(desk, "SELECT DISTINCT purpose FROM message") == [("history",)]
    assert rows(desk, "SELECT outbox_id FROM outbox") == []
    assert rows(desk, "SELECT user_id FROM citizen WHERE seal_due_at IS NOT NULL") == []


def test_old_messages_are_history_and_nothing_follows_from_them(desk: Engine, zalo: Simulator) -> None:
    before = datetime(2025, 12, 31, 16, 0, tzinfo=UTC)  # an hour before the desk of these tests acts
    many(zalo, 40, citizens=4, before=before)
    add_rows(zalo, [{"user_id": ANNA, "message": "Chào Ông/Bà", "time": ms(before)}], by_oa=True)
    citizen_writes(zalo, "mới", ANNA)

    tally = pull()

    assert (tally[Count.HISTORY], tally[Count.PULLED], tally[Count.BY_HAND]) == (41, 1, 0)
    check_nothing_lost(desk, zalo)
    assert rows(desk, "SELECT user_id FROM citizen WHERE seal_due_at IS NOT NULL") == [(ANNA,)]
    assert rows(desk, "SELECT outbox_id FROM outbox") == []


def test_a_message_that_comes_after_its_burst_was_sealed_waits_to_be_seen(desk: Engine, zalo: Simulator) -> None:
    citizen_writes(zalo, "câu đầu", time=ms(NOW - timedelta(minutes=20)))
    pull()
    run(desk, "UPDATE message SET purpose = 'question'")
    run(desk, "UPDATE citizen SET seal_due_at = NULL, sealed_to = :sealed_to", sealed_to=NOW - timedelta(minutes=15))
    late = citizen_writes(zalo, "đến muộn", time=ms(NOW - timedelta(minutes=25)))
    citizen_writes(zalo, "câu mới", time=ms(NOW))

    pull()

    assert one(desk, "SELECT purpose FROM message WHERE message_id = :id", id=late).purpose is None
    assert one(desk, "SELECT seal_due_at FROM citizen").seal_due_at == NOW - timedelta(minutes=20)


# The account's own rows ---------------------------------------------------------------------------------------------


def a_question(engine: Engine, *, state: str = "routed") -> int:
    """Put an open question of Anna's, received an hour ago, into the store, its receipt still queued."""
    received = NOW - timedelta(hours=1)
    run(engine, "INSERT INTO citizen (user_id) VALUES (:user_id) ON CONFLICT DO NOTHING", user_id=ANNA)
    run(
        engine,
        "INSERT INTO question (question_id, case_code, user_id, state, text, received_at, last_message_at, sealed_at,"
        " window_closes_at) VALUES (1, 'ZL 26-000001-2', :user_id, :state, 'hỏi', :at, :at, :at, :at)",
        user_id=ANNA,
        state=state,
        at=received,
    )
    queue(engine, "acknowledgement:1", question_id=1)
    return 1


def queue(engine: Engine, key: str, *, question_id: int | None = None, buttons: bool = False) -> int:
    parts = {"text": "Kính gửi", **({"buttons": [{"title": "a", "payload": "b"}]} if buttons else {})}
    delivery = Delivery(
        key=key,
        channel=Channel.ZALO,
        kind="acknowledgement",
        stream=f"citizen:{ANNA}",
        recipient=ANNA,
        parts=parts,
        question_id=question_id,
    )
    with engine.begin() as connection:
        return add_deliveries(connection, [delivery], on=NOW.date())[key]


def left(engine: Engine, outbox_id: int, state: str, *, outside_id: str | None = None) -> None:
    run(
        engine,
        "UPDATE outbox SET state = :state, outside_id = :outside_id, next_attempt_at = clock_timestamp(),"
        " uncertain_at = CASE WHEN :state = 'uncertain' THEN clock_timestamp() END WHERE outbox_id = :outbox_id",
        state=state,
        outside_id=outside_id,
        outbox_id=outbox_id,
    )


def shown(zalo: Simulator, message: str | None, *, kind: str = "text") -> str:
    return add_rows(zalo, [{"user_id": ANNA, "message": message, "type": kind}], by_oa=True)[0]


@pytest.mark.parametrize("state", ["queued", "sending", "uncertain"])
def test_a_delivery_whose_echo_is_found_has_left(desk: Engine, zalo: Simulator, state: str) -> None:
    outbox_id = queue(desk, "a")
    left(desk, outbox_id, state)
    message_id = shown(zalo, f"Kính gửi\n{delivery_mark(outbox_id)}")

    assert pull()[Count.SETTLED] == 1

    row = one(desk, "SELECT state, outside_id, sent_at FROM outbox")
    assert (row.state, row.outside_id) == ("sent", message_id)
    assert one(desk, "SELECT purpose, outbox_id FROM message") == ("echo", outbox_id)
    assert one(desk, "SELECT kind, outbox_id FROM event") == ("delivered", outbox_id)


def test_a_delivery_that_was_recorded_is_known_by_its_id(desk: Engine, zalo: Simulator) -> None:
    outbox_id, message_id = queue(desk, "a"), shown(zalo, None, kind="nosupport")
    left(desk, outbox_id, "sent", outside_id=message_id)

    assert pull()[Count.BY_HAND] == 0

    assert one(desk, "SELECT purpose, outbox_id FROM message") == ("echo", outbox_id)
    assert rows(desk, "SELECT kind FROM event") == []


def test_buttons_that_zalo_shows_without_their_text_are_known_by_citizen_and_time(
    desk: Engine, zalo: Simulator
) -> None:
    outbox_id = queue(desk, "a", buttons=True)
    left(desk, outbox_id, "uncertain")
    shown(zalo, None, kind="nosupport")

    assert pull()[Count.SETTLED] == 1


def test_a_mark_meant_for_another_citizen_proves_nothing(desk: Engine, zalo: Simulator) -> None:
    outbox_id = queue(desk, "a")
    left(desk, outbox_id, "uncertain")
    add_rows(zalo, [{"user_id": BINH, "message": f"Kính gửi\n{delivery_mark(outbox_id)}"}], by_oa=True)

    pull()

    assert one(desk, "SELECT state FROM outbox").state == "uncertain"


def test_a_delivery_that_shows_up_twice_is_put_before_a_person(desk: Engine, zalo: Simulator) -> None:
    outbox_id = queue(desk, "a")
    first = shown(zalo, f"Kính gửi\n{delivery_mark(outbox_id)}")
    left(desk, outbox_id, "sent", outside_id=first)
    shown(zalo, f"Kính gửi\n{delivery_mark(outbox_id)}")

    pull()
    pull()

    assert one(desk, "SELECT kind, outbox_id FROM work_item") == ("sent_twice", outbox_id)
    assert one(desk, "SELECT outside_id FROM outbox").outside_id == first


def test_each_complete_walk_after_the_attempt_counts_as_a_look_that_found_nothing(
    desk: Engine, zalo: Simulator
) -> None:
    citizen_writes(zalo, "Cho tôi hỏi")
    pull()
    outbox_id = queue(desk, "a")
    left(desk, outbox_id, "uncertain")

    def walk() -> int:
        run(desk, "INSERT INTO pull_todo (user_id, seen_up_to) VALUES (:user_id, 'epoch')", user_id=ANNA)
        pull()
        return int(one(desk, "SELECT walks_without FROM outbox").walks_without)

    assert [walk(), walk()] == [1, 2]
    fault(zalo, FaultKind.REFUSED, code=-201, path="/oa/conversation", count=1)
    assert walk() == 2


@pytest.mark.parametrize("state", ["sealed", "in_triage", "with_duty", "redirect_proposed", "routed"])
def test_an_answer_typed_in_oa_manager_holds_the_question_until_the_duty_officer_says(
    desk: Engine, zalo: Simulator, state: str
) -> None:
    question_id = a_question(desk, state=state)
    shown(zalo, "Chào Ông/Bà, hồ sơ gồm …")
    shown(zalo, "và giấy tờ tùy thân")

    assert pull()[Count.BY_HAND] == 2

    assert one(desk, "SELECT state FROM question").state == "answered_by_hand"
    item = one(desk, "SELECT * FROM work_item")
    assert (item.kind, item.owner, item.question_id) == ("answered_by_hand", "duty_officer", question_id)
    assert "Đã trả lời trực tiếp trên Zalo?" in item.reason
    assert "ĐÃ TRẢ LỜI" in item.remedy
    assert "CHƯA XONG" in item.remedy
    assert one(desk, "SELECT state FROM outbox").state == "cancelled"
    details = one(desk, "SELECT details FROM event WHERE kind = 'question_answered_by_hand'").details
    assert details["was"] == state


def test_what_staff_typed_before_the_question_answers_nothing(desk: Engine, zalo: Simulator) -> None:
    a_question(desk)
    add_rows(zalo, [{"user_id": ANNA, "message": "Chào", "time": ms(NOW - timedelta(hours=2))}], by_oa=True)

    assert pull()[Count.BY_HAND] == 1

    assert one(desk, "SELECT state FROM question").state == "routed"
    assert one(desk, "SELECT state FROM outbox").state == "queued"


# Files --------------------------------------------------------------------------------------------------------------


def a_photo(zalo: Simulator, content: bytes = PNG, name: str = "a.png") -> str:
    with zalo.account.lock:
        zalo.account.media[name] = ("image/png", content)
    url = f"{zalo.base_url}/_media/{name}"
    return add_rows(zalo, [{"user_id": ANNA, "type": "photo", "url": url, "description": "sổ của tôi"}])[0]


def test_a_photo_is_fetched_and_kept_beside_its_message(desk: Engine, zalo: Simulator) -> None:
    message_id = a_photo(zalo)
    pull()

    assert fetch_media.fn() == Tally({Count.MEDIA: 1})
    assert not fetch_media.fn()

    kept = one(desk, "SELECT * FROM media")
    assert (kept.message_id, kept.content_type, kept.content, kept.refused) == (message_id, "image/png", PNG, None)


def test_a_file_that_cannot_be_kept_says_why_and_is_not_asked_for_again(desk: Engine, zalo: Simulator) -> None:
    a_photo(zalo, b"MZ a program")
    add_rows(zalo, [{"user_id": ANNA, "type": "file", "url": "http://127.0.0.1:1/inside"}])
    add_rows(zalo, [{"user_id": ANNA, "type": "voice", "url": f"{zalo.base_url}/_media/gone"}])
    pull()

    assert fetch_media.fn() == Tally({Count.MEDIA_NOT_KEPT: 3})
    due_again(desk)
    fetch_media.fn()

    refused = {row.refused for row in rows(desk, "SELECT refused FROM media WHERE next_attempt_at IS NULL")}
    assert refused == {"unknown_kind", "gone"}


def test_a_host_that_does_not_answer_is_asked_six_times(desk: Engine, zalo: Simulator) -> None:
    add_rows(zalo, [{"user_id": ANNA, "type": "file", "url": "http://127.0.0.1:1/closed"}])
    pull()

    for _ in range(6):
        assert fetch_media.fn() == Tally({Count.MEDIA_NOT_KEPT: 1})
        assert not fetch_media.fn()  # backed off
        due_again(desk)

    assert not fetch_media.fn()
    assert "ConnectionError" in one(desk, "SELECT refused FROM media").refused


def test_files_of_old_messages_are_not_fetched(desk: Engine, zalo: Simulator) -> None:
    url = f"{zalo.base_url}/_media/a.png"
    add_rows(zalo, [{"user_id": ANNA, "type": "photo", "url": url, "time": ms(datetime(2025, 1, 1, tzinfo=UTC))}])

    pull()

    assert rows(desk, "SELECT message_id FROM media") == []
