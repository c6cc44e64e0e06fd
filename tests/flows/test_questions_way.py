"""A question's way in the store: sealed, acknowledged, decided, given to its unit, told."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from desk.runtime import office as offices
from desk.runtime.database import transaction
from tasks.reporting import queue_slot_letters
from tests.flows.conftest import Handle, Rows, Say
from tests.offices import the_office

HCM = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=HCM)  # a Friday
JUST_NOW = NOW - timedelta(minutes=20)
LOST_BOOK = "Tôi bị mất sổ bảo hiểm xã hội, xin hỏi thủ tục cấp lại sổ BHXH?"
pytestmark = pytest.mark.usefixtures("desk")


def test_a_clear_question_is_acknowledged_and_lettered_with_its_date(say: Say, handle: Handle, rows: Rows) -> None:
    say(
        "u1",
        ["Cho tôi hỏi", "tôi bị mất sổ bảo hiểm xã hội thì làm thủ tục cấp lại sổ BHXH ở đâu?"],
        at=JUST_NOW,
    )

    handle(NOW)

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


def test_running_again_adds_nothing(say: Say, handle: Handle, rows: Rows) -> None:
    say("u1", ["Chế độ thai sản khi sinh đôi được hưởng thế nào?"], at=JUST_NOW)
    handle(NOW)
    before = rows("SELECT count(*) AS n FROM outbox") + rows("SELECT count(*) AS n FROM event")

    handle(NOW + timedelta(hours=1))

    assert rows("SELECT count(*) AS n FROM outbox") + rows("SELECT count(*) AS n FROM event") == before


def test_thanks_and_greetings_open_no_question(say: Say, handle: Handle, rows: Rows) -> None:
    say("u1", ["Em chào anh chị ạ."], at=JUST_NOW)
    say("u2", ["Cảm ơn nhiều nhé"], at=JUST_NOW)

    handle(NOW)

    assert rows("SELECT * FROM question") == []
    assert [row["kind"] for row in rows("SELECT kind FROM outbox")] == ["greeting-prompt"]


def test_a_denunciation_is_never_routed_and_few_may_read_it(say: Say, handle: Handle, rows: Rows) -> None:
    say("u1", ["Tôi muốn tố cáo cán bộ BHXH nhận tiền làm hồ sơ thai sản"], at=JUST_NOW)

    handle(NOW)

    (question,) = rows("SELECT * FROM question")
    assert (question["state"], question["sensitive"]) == ("in_triage", "to_cao")
    assert rows("SELECT * FROM assignment") == []
    letters = rows("SELECT kind, recipient FROM outbox WHERE channel = 'mail'")
    assert {row["kind"] for row in letters} == {"sensitive-notice"}
    assert len({row["recipient"] for row in letters}) == len(letters) == 2


def test_a_rule_that_raises_sets_one_aside_and_the_rest_goes_on(say: Say, handle: Handle, rows: Rows) -> None:
    say("u1", ["Chế độ thai sản khi sinh đôi được hưởng thế nào?"], at=JUST_NOW)
    with transaction() as connection:  # a time no rule can add five minutes to
        connection.execute(text("INSERT INTO citizen (user_id, seal_due_at) VALUES ('u0', '2026-01-01')"))
        connection.execute(
            text(
                "INSERT INTO message (message_id, user_id, from_citizen, sent_at, kind, text) "
                "VALUES ('bad', 'u0', true, '0001-01-01 00:00:00+00', 'text', 'Tôi mất sổ BHXH, xin cấp lại sổ ở đâu?')"
            )
        )

    handle(NOW)

    assert [row["user_id"] for row in rows("SELECT user_id FROM question WHERE state <> 'sealed'")] == ["u1"]
    (item,) = rows("SELECT reason, traceback FROM work_item WHERE kind = 'bug'")
    assert "đã để riêng" in str(item["reason"])
    assert "Error" in str(item["traceback"])


def test_what_is_added_joins_the_question_and_reaches_the_unit_by_the_slot(
    say: Say, handle: Handle, rows: Rows
) -> None:
    say("u1", ["Chế độ thai sản khi sinh đôi được hưởng thế nào?"], at=JUST_NOW)
    handle(NOW)
    say("u1", ["Em đóng bảo hiểm được 5 năm rồi, thai sản ấy"], at=NOW - timedelta(minutes=5))

    handle(NOW + timedelta(minutes=10))
    queue_slot_letters.fn(NOW.replace(hour=11, minute=1))

    assert len(rows("SELECT * FROM question")) == 1
    assert [row["kind"] for row in rows("SELECT kind FROM outbox WHERE kind = 'unit-addition'")] == ["unit-addition"]


def test_a_photo_that_is_added_is_looked_at_by_a_person_and_no_unit_gets_an_empty_addition(
    say: Say, handle: Handle, rows: Rows
) -> None:
    say("u1", LOST_BOOK, at=JUST_NOW)
    handle(NOW)
    say("u1", "", at=NOW - timedelta(minutes=5), kind="photo")

    handle(NOW + timedelta(minutes=10))
    queue_slot_letters.fn(NOW.replace(hour=11, minute=1))

    assert rows("SELECT kind FROM work_item WHERE closed_at IS NULL") == [{"kind": "citizen_added"}]
    (asked,) = rows("SELECT parts ->> 'text' AS text FROM outbox WHERE kind = 'duty-decision'")
    assert "gửi thêm ảnh, tệp hoặc tin nhắn thoại" in asked["text"]
    assert rows("SELECT kind FROM outbox WHERE kind = 'unit-addition'") == []
    assert rows("SELECT * FROM message WHERE passed_on_at IS NULL AND purpose = 'follow_up'") == []


def test_a_denunciation_that_follows_an_ordinary_question_reaches_no_unit(say: Say, handle: Handle, rows: Rows) -> None:
    say("u1", LOST_BOOK, at=JUST_NOW)
    handle(NOW)
    say("u1", "Tôi muốn tố cáo cán bộ làm mất sổ của tôi, đòi tiền mới cấp lại", at=NOW - timedelta(minutes=5))

    handle(NOW + timedelta(minutes=10))
    queue_slot_letters.fn(NOW.replace(hour=11, minute=1))

    assert [row["sensitive"] for row in rows("SELECT sensitive FROM question ORDER BY question_id")] == [None, "to_cao"]
    told = rows("SELECT DISTINCT kind FROM outbox WHERE channel = 'mail' AND parts ->> 'text' LIKE '%tố cáo cán bộ%'")
    assert told == [{"kind": "sensitive-notice"}]


def test_the_board_is_told_once_a_slot(say: Say, handle: Handle, rows: Rows) -> None:
    say("u1", ["Chế độ thai sản khi sinh đôi được hưởng thế nào?"], at=JUST_NOW)
    handle(NOW)

    for minute in (1, 6, 11):
        queue_slot_letters.fn(NOW.replace(hour=11, minute=minute))

    assert [row["key"] for row in rows("SELECT key FROM outbox WHERE kind = 'board-report'")] == [
        "board-report:2026-11-20:1100"
    ]
    assert rows("SELECT count(*) AS n FROM question WHERE reported_at IS NULL") == [{"n": 0}]


def test_an_office_routes_nothing_alone_before_people_have_confirmed_a_hundred_decisions(
    say: Say, handle: Handle, rows: Rows
) -> None:
    with transaction() as connection:
        offices.load(connection, the_office())
    say("u1", LOST_BOOK, at=JUST_NOW)
    handle(NOW)
    assert rows("SELECT state FROM question") == [{"state": "in_triage"}]

    rows("INSERT INTO event (kind) SELECT 'triaged' FROM generate_series(1, 100)")
    say("u2", LOST_BOOK, at=JUST_NOW)
    handle(NOW)

    assert rows("SELECT state FROM question WHERE user_id = 'u2'") == [{"state": "routed"}]


def test_what_the_duty_officer_answers_is_in_that_officers_mailbox_the_same_minute(
    say: Say, handle: Handle, rows: Rows
) -> None:
    say("u1", "Cho tôi xin số tổng đài hỗ trợ của BHXH Việt Nam", at=JUST_NOW)

    handle(NOW)

    assert rows("SELECT state FROM question") == [{"state": "with_duty"}]
    assert [row["kind"] for row in rows("SELECT kind FROM outbox WHERE channel = 'mail'")] == ["duty-question"]
