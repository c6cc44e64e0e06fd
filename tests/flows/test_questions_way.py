"""A question's way in the store: sealed, acknowledged, decided, given to its unit, told."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, text

from desk.rules.office import Office
from desk.runtime import office as offices
from desk.runtime.database import transaction
from tasks.grouping import seal_batch
from tasks.reporting import queue_slot_letters
from tasks.routing import route_batch

HCM = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=HCM)  # a Friday
_ids = count(1)
pytestmark = pytest.mark.usefixtures("desk")


@pytest.fixture
def desk(desk_database: Engine, the_office: Office) -> Engine:
    with transaction() as connection:
        offices.load(connection, the_office)
        connection.execute(
            text("INSERT INTO pull_cursor (oa_id, high_water, swept_at) VALUES ('oa', now(), now() + interval '1 day')")
        )
    return desk_database


def say(user: str, *lines: str, at: datetime = NOW - timedelta(minutes=20), kind: str = "text") -> None:
    """Store what a pull would have stored."""
    with transaction() as connection:
        connection.execute(
            text(
                "INSERT INTO citizen (user_id, last_act_at, seal_due_at) VALUES (:user, :at, :due) "
                "ON CONFLICT (user_id) DO UPDATE SET seal_due_at = least(citizen.seal_due_at, excluded.seal_due_at), "
                "last_act_at = excluded.last_act_at"
            ),
            {"user": user, "at": at, "due": at + timedelta(seconds=300)},
        )
        for place, line in enumerate(lines):
            connection.execute(
                text(
                    "INSERT INTO message (message_id, user_id, from_citizen, sent_at, kind, text, raw) "
                    "VALUES (:id, :user, true, :at, :kind, :text, :raw)"
                ),
                {
                    "id": f"m{next(_ids):05d}",
                    "user": user,
                    "at": at + timedelta(seconds=place),
                    "kind": kind,
                    "text": line,
                    "raw": json.dumps({"text": line}),
                },
            )


def rows(sql: str) -> list[dict[str, object]]:
    with transaction() as connection:
        return [dict(row) for row in connection.execute(text(sql)).mappings()]


def handle(as_of: datetime = NOW) -> None:
    while seal_batch.fn(as_of):
        pass
    while route_batch.fn(as_of):
        pass


def test_a_clear_question_is_acknowledged_routed_and_lettered_with_its_date() -> None:
    say("u1", "Cho tôi hỏi", "tôi bị mất sổ bảo hiểm xã hội thì làm thủ tục cấp lại sổ BHXH ở đâu?")

    handle()

    (question,) = rows("SELECT * FROM question")
    assert question["state"] == "routed"
    assert str(question["promised_on"]) == "2026-11-26"
    (assignment,) = rows("SELECT * FROM assignment")
    assert (assignment["unit_code"], str(assignment["told_on"])) == ("B_QLT", "2026-11-26")
    sent = rows("SELECT kind, recipient, stream, parts->>'text' AS text FROM outbox ORDER BY outbox_id")
    assert [row["kind"] for row in sent] == ["acknowledgement", "unit-letter", "forwarded"]
    assert "thứ Năm, 26/11/2026" in str(sent[2]["text"])
    assert "cấp lại sổ BHXH" in str(sent[1]["text"])
    kinds = {row["kind"] for row in rows("SELECT kind FROM event")}
    assert {"question_opened", "routed"} <= kinds


def test_running_again_adds_nothing() -> None:
    say("u1", "Chế độ thai sản khi sinh đôi được hưởng thế nào?")
    handle()
    before = rows("SELECT count(*) AS n FROM outbox") + rows("SELECT count(*) AS n FROM event")

    handle(NOW + timedelta(hours=1))

    assert rows("SELECT count(*) AS n FROM outbox") + rows("SELECT count(*) AS n FROM event") == before


def test_thanks_and_greetings_open_no_question_and_a_greeting_is_prompted_once() -> None:
    say("u1", "Em chào anh chị ạ.")
    say("u2", "Cảm ơn nhiều nhé")

    handle()

    assert rows("SELECT * FROM question") == []
    assert [row["kind"] for row in rows("SELECT kind FROM outbox")] == ["greeting-prompt"]


def test_a_denunciation_is_shown_to_the_narrow_circle_alone_and_never_routed() -> None:
    say("u1", "Tôi muốn tố cáo cán bộ BHXH nhận tiền làm hồ sơ thai sản")

    handle()

    (question,) = rows("SELECT * FROM question")
    assert (question["state"], question["sensitive"]) == ("in_triage", "to_cao")
    assert rows("SELECT * FROM assignment") == []
    letters = rows("SELECT kind, recipient FROM outbox WHERE channel = 'mail'")
    assert {row["kind"] for row in letters} == {"sensitive-notice"}
    assert len({row["recipient"] for row in letters}) == len(letters) == 2


def test_a_rule_that_raises_for_one_citizen_sets_that_one_aside_and_the_rest_goes_on() -> None:
    say("u1", "Chế độ thai sản khi sinh đôi được hưởng thế nào?")
    with transaction() as connection:  # a time no rule can add five minutes to
        connection.execute(text("INSERT INTO citizen (user_id, seal_due_at) VALUES ('u0', '2026-01-01')"))
        connection.execute(
            text(
                "INSERT INTO message (message_id, user_id, from_citizen, sent_at, kind, text) "
                "VALUES ('bad', 'u0', true, '0001-01-01 00:00:00+00', 'text', 'Tôi mất sổ BHXH, xin cấp lại sổ ở đâu?')"
            )
        )

    handle()

    assert [row["user_id"] for row in rows("SELECT user_id FROM question WHERE state <> 'sealed'")] == ["u1"]
    (item,) = rows("SELECT reason, traceback FROM work_item WHERE kind = 'bug'")
    assert "đã để riêng" in str(item["reason"])
    assert "Error" in str(item["traceback"])


def test_what_is_added_within_half_an_hour_joins_the_question_and_reaches_the_unit_by_the_slot() -> None:
    say("u1", "Chế độ thai sản khi sinh đôi được hưởng thế nào?")
    handle()
    say("u1", "Em đóng bảo hiểm được 5 năm rồi, thai sản ấy", at=NOW - timedelta(minutes=5))

    handle(NOW + timedelta(minutes=10))
    queue_slot_letters.fn(NOW.replace(hour=11, minute=1))

    assert len(rows("SELECT * FROM question")) == 1
    assert [row["kind"] for row in rows("SELECT kind FROM outbox WHERE kind = 'unit-addition'")] == ["unit-addition"]


def test_the_board_is_told_once_a_slot() -> None:
    say("u1", "Chế độ thai sản khi sinh đôi được hưởng thế nào?")
    handle()

    for minute in (1, 6, 11):
        queue_slot_letters.fn(NOW.replace(hour=11, minute=minute))

    assert [row["key"] for row in rows("SELECT key FROM outbox WHERE kind = 'board-report'")] == [
        "board-report:2026-11-20:1100"
    ]
    assert rows("SELECT count(*) AS n FROM question WHERE reported_at IS NULL") == [{"n": 0}]


@pytest.fixture(scope="module")
def the_office() -> Office:
    return offices.read_files(Path(__file__).parents[2] / "office")
