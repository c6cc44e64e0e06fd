from __future__ import annotations

from datetime import timedelta
from typing import Literal

import pytest
from sqlalchemy import Engine

from desk.gateways.failures import GatewayDown
from desk.rules.tally import Count, Tally
from sandbox.zalo import FaultKind, Simulator
from tasks.pulling import pull_recent, walk_conversations
from tests.pulled import NOW, check_nothing_lost, due_again, many, one, pull, rows, run
from tests.simulated_zalo import ANNA, BINH, TIMEOUT, add_rows, citizen_writes, fault, ms


def test_what_citizens_write_is_stored_once_however_often_it_is_pulled(pulling_desk: Engine, zalo: Simulator) -> None:
    citizen_writes(zalo, "Cho tôi hỏi về thẻ BHYT", display_name="Nguyễn Văn An")
    citizen_writes(zalo, "Tôi cũng hỏi", BINH)

    assert pull() == Tally({Count.MOVED: 2, Count.WALKED: 2, Count.PULLED: 2})
    assert pull() == Tally()

    check_nothing_lost(pulling_desk, zalo)
    message = one(pulling_desk, "SELECT * FROM message WHERE user_id = :user_id", user_id=ANNA)
    assert (message.text, message.purpose, message.from_citizen) == ("Cho tôi hỏi về thẻ BHYT", None, True)
    assert message.raw["message"] == "Cho tôi hỏi về thẻ BHYT"
    citizen = one(pulling_desk, "SELECT * FROM citizen WHERE user_id = :user_id", user_id=ANNA)
    assert citizen.display_name == "Nguyễn Văn An"
    assert citizen.last_act_at == citizen.complete_to == message.sent_at
    assert citizen.seal_due_at == message.sent_at + timedelta(seconds=300)
    swept = one(pulling_desk, "SELECT * FROM pull_cursor")
    assert swept.high_water <= swept.swept_at


def test_a_long_conversation_is_read_to_its_beginning_and_then_only_its_new_end(
    pulling_desk: Engine, zalo: Simulator
) -> None:
    many(zalo, 57, seconds_apart=300)
    pull()
    check_nothing_lost(pulling_desk, zalo)
    zalo.account.log.clear()

    citizen_writes(zalo, "thêm một câu", "3000000000000000000")
    pull()

    check_nothing_lost(pulling_desk, zalo)
    assert len(zalo.account.log.entries("/oa/conversation")) == 1


@pytest.mark.parametrize("recent_chat_rows", ["messages", "per_conversation"])
def test_many_citizens_are_found_whatever_a_row_of_the_newest_stands_for(
    pulling_desk: Engine, zalo: Simulator, recent_chat_rows: Literal["messages", "per_conversation"]
) -> None:
    zalo.account.knobs.recent_chat_rows = recent_chat_rows
    many(zalo, 120, citizens=60)
    pull()
    check_nothing_lost(pulling_desk, zalo)

    for user in range(60):
        citizen_writes(zalo, "thêm một câu", str(3_000_000_000_000_000_000 + user))
    pull()

    check_nothing_lost(pulling_desk, zalo)


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
    pulling_desk: Engine, zalo: Simulator, broken: tuple[FaultKind, dict[str, object]], path: str, after: int
) -> None:
    many(zalo, 25, before=NOW - timedelta(hours=2))
    pull()
    before = one(pulling_desk, "SELECT high_water, swept_at FROM pull_cursor")
    many(zalo, 25)
    kind, order = broken
    fault(zalo, kind, path=path, after=after, **order)

    with pytest.raises(GatewayDown):
        pull()

    cursor = one(pulling_desk, "SELECT high_water, swept_at FROM pull_cursor")
    assert (cursor == before) == (path == "/oa/listrecentchat")
    citizen = one(pulling_desk, "SELECT complete_to FROM citizen")
    assert citizen.complete_to < NOW - timedelta(hours=1)
    zalo.account.faults.switch_off()
    pull()
    check_nothing_lost(pulling_desk, zalo)


def test_a_pull_killed_between_two_pages_reads_on_past_what_it_had_stored(
    pulling_desk: Engine, zalo: Simulator
) -> None:
    ids = many(zalo, 28)
    # what a process killed after the first of three pages leaves: ten rows stored, the to-do leased, the cursor behind
    pull_recent.fn()
    fault(zalo, FaultKind.SERVER_ERROR, path="/oa/conversation", after=1)
    with pytest.raises(GatewayDown):
        walk_conversations.fn()
    run(pulling_desk, "UPDATE pull_todo SET next_attempt_at = clock_timestamp() + interval '60 seconds'")
    assert {row.message_id for row in rows(pulling_desk, "SELECT message_id FROM message")} == set(ids[-10:])
    zalo.account.faults.switch_off()

    assert not walk_conversations.fn()  # leased to the dead
    due_again(pulling_desk)
    pull()

    check_nothing_lost(pulling_desk, zalo)


@pytest.mark.parametrize("path", ["/oa/listrecentchat", "/oa/conversation"])
@pytest.mark.parametrize("kind", [FaultKind.ROW_BETWEEN_PAGES, FaultKind.LATE_ROW, FaultKind.SAME_MS_ROW])
def test_a_row_that_turns_up_while_pages_are_read_is_not_lost(
    pulling_desk: Engine, zalo: Simulator, kind: FaultKind, path: str
) -> None:
    many(zalo, 35, citizens=3)
    fault(zalo, kind, path=path)

    pull()
    pull()

    check_nothing_lost(pulling_desk, zalo)


def test_a_row_that_turns_up_minutes_late_is_found(pulling_desk: Engine, zalo: Simulator) -> None:
    many(zalo, 30, citizens=2)
    pull()
    add_rows(zalo, [{"user_id": "3000000000000000000", "message": "muộn", "time": ms(NOW - timedelta(minutes=9))}])

    assert pull()[Count.PULLED] == 1

    check_nothing_lost(pulling_desk, zalo)


def test_a_row_seen_in_the_list_is_waited_for_in_its_conversation(pulling_desk: Engine, zalo: Simulator) -> None:
    citizen_writes(zalo, "Cho tôi hỏi")
    fault(zalo, FaultKind.EMPTY_PAGE, path="/oa/conversation", count=1)

    assert pull() == Tally({Count.MOVED: 1, Count.WALK_PUT_OFF: 1})

    assert one(pulling_desk, "SELECT attempts FROM pull_todo").attempts == 1
    due_again(pulling_desk)
    pull()
    check_nothing_lost(pulling_desk, zalo)


@pytest.mark.parametrize("path", ["/oa/listrecentchat", "/oa/conversation"])
def test_a_page_that_comes_back_empty_by_mistake_hides_nothing(
    pulling_desk: Engine, zalo: Simulator, path: str
) -> None:
    many(zalo, 5, citizens=5, before=NOW - timedelta(hours=2))
    pull()
    many(zalo, 75, citizens=15)
    fault(zalo, FaultKind.EMPTY_PAGE, path=path, after=1)
    pull()
    pull()

    zalo.account.faults.switch_off()
    pull()
    due_again(pulling_desk)
    pull()

    check_nothing_lost(pulling_desk, zalo)


def test_one_conversation_that_cannot_be_read_holds_up_nobody_else(pulling_desk: Engine, zalo: Simulator) -> None:
    citizen_writes(zalo, "của An", ANNA)
    citizen_writes(zalo, "của Bình", BINH)
    fault(zalo, FaultKind.REFUSED, code=-201, path="/oa/conversation", user_id=ANNA)

    assert pull() == Tally({Count.MOVED: 2, Count.WALKED: 1, Count.WALK_PUT_OFF: 1, Count.PULLED: 1})

    todo = one(pulling_desk, "SELECT * FROM pull_todo")
    assert (todo.user_id, todo.attempts, todo.reason) == (ANNA, 1, "zalo /v2.0/oa/conversation: -201")
    assert not walk_conversations.fn()
    zalo.account.faults.switch_off()
    due_again(pulling_desk)
    pull()
    check_nothing_lost(pulling_desk, zalo)


def test_a_token_that_dies_in_the_middle_of_a_pull_is_renewed_and_the_pull_goes_on(
    pulling_desk: Engine, zalo: Simulator
) -> None:
    many(zalo, 35, citizens=3)
    fault(zalo, FaultKind.TOKENS_REVOKED, path="/oa/listrecentchat", after=2)
    fault(zalo, FaultKind.TOKENS_REVOKED, path="/oa/conversation", after=2)

    pull()

    check_nothing_lost(pulling_desk, zalo)
    assert one(pulling_desk, "SELECT count(*) AS pairs FROM oa_token").pairs == 3


def test_what_only_a_person_can_change_at_zalo_is_put_before_ops_once(pulling_desk: Engine, zalo: Simulator) -> None:
    fault(zalo, FaultKind.REFUSED, code=-224, path="/oa/listrecentchat")

    for _ in range(2):
        with pytest.raises(GatewayDown):
            pull()

    item = one(pulling_desk, "SELECT kind, owner, reason FROM work_item")
    assert (item.kind, item.owner) == ("zalo_account", "ops")
    assert "-224" in item.reason
    assert one(pulling_desk, "SELECT kind, recipient FROM outbox") == ("ops-alarm", "ops@example.vn")
