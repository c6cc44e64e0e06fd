from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from desk.rules.case_codes import delivery_mark
from desk.rules.outgoing import Channel, Delivery
from desk.rules.tally import Count
from desk.store.outbox import add_deliveries
from sandbox.zalo import FaultKind, Simulator
from tests.pulled import NOW, one, pull, rows, run
from tests.simulated_zalo import ANNA, BINH, add_rows, citizen_writes, fault, ms


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
def test_a_delivery_whose_echo_is_found_has_left(pulling_desk: Engine, zalo: Simulator, state: str) -> None:
    outbox_id = queue(pulling_desk, "a")
    left(pulling_desk, outbox_id, state)
    message_id = shown(zalo, f"Kính gửi\n{delivery_mark(outbox_id)}")

    assert pull()[Count.SETTLED] == 1

    row = one(pulling_desk, "SELECT state, outside_id, sent_at FROM outbox")
    assert (row.state, row.outside_id) == ("sent", message_id)
    assert one(pulling_desk, "SELECT purpose, outbox_id FROM message") == ("echo", outbox_id)
    assert one(pulling_desk, "SELECT kind, outbox_id FROM event") == ("delivered", outbox_id)


def test_a_delivery_that_was_recorded_is_known_by_its_id(pulling_desk: Engine, zalo: Simulator) -> None:
    outbox_id, message_id = queue(pulling_desk, "a"), shown(zalo, None, kind="nosupport")
    left(pulling_desk, outbox_id, "sent", outside_id=message_id)

    assert pull()[Count.BY_HAND] == 0

    assert one(pulling_desk, "SELECT purpose, outbox_id FROM message") == ("echo", outbox_id)
    assert rows(pulling_desk, "SELECT kind FROM event") == []


def test_buttons_that_zalo_shows_without_their_text_are_known_by_citizen_and_time(
    pulling_desk: Engine, zalo: Simulator
) -> None:
    outbox_id = queue(pulling_desk, "a", buttons=True)
    left(pulling_desk, outbox_id, "uncertain")
    shown(zalo, None, kind="nosupport")

    assert pull()[Count.SETTLED] == 1


def test_a_mark_meant_for_another_citizen_proves_nothing(pulling_desk: Engine, zalo: Simulator) -> None:
    outbox_id = queue(pulling_desk, "a")
    left(pulling_desk, outbox_id, "uncertain")
    add_rows(zalo, [{"user_id": BINH, "message": f"Kính gửi\n{delivery_mark(outbox_id)}"}], by_oa=True)

    pull()

    assert one(pulling_desk, "SELECT state FROM outbox").state == "uncertain"


def test_a_delivery_that_shows_up_twice_is_put_before_a_person(pulling_desk: Engine, zalo: Simulator) -> None:
    outbox_id = queue(pulling_desk, "a")
    first = shown(zalo, f"Kính gửi\n{delivery_mark(outbox_id)}")
    left(pulling_desk, outbox_id, "sent", outside_id=first)
    shown(zalo, f"Kính gửi\n{delivery_mark(outbox_id)}")

    pull()
    pull()

    assert one(pulling_desk, "SELECT kind, outbox_id FROM work_item") == ("sent_twice", outbox_id)
    assert one(pulling_desk, "SELECT outside_id FROM outbox").outside_id == first


def test_each_complete_walk_after_the_attempt_counts_as_a_look_that_found_nothing(
    pulling_desk: Engine, zalo: Simulator
) -> None:
    citizen_writes(zalo, "Cho tôi hỏi")
    pull()
    outbox_id = queue(pulling_desk, "a")
    left(pulling_desk, outbox_id, "uncertain")

    def walk() -> int:
        run(pulling_desk, "INSERT INTO pull_todo (user_id, seen_up_to) VALUES (:user_id, 'epoch')", user_id=ANNA)
        pull()
        return int(one(pulling_desk, "SELECT walks_without FROM outbox").walks_without)

    assert [walk(), walk()] == [1, 2]
    fault(zalo, FaultKind.REFUSED, code=-201, path="/oa/conversation", count=1)
    assert walk() == 2


@pytest.mark.parametrize("state", ["sealed", "in_triage", "with_duty", "redirect_proposed", "routed"])
def test_an_answer_typed_in_oa_manager_holds_the_question_until_the_duty_officer_says(
    pulling_desk: Engine, zalo: Simulator, state: str
) -> None:
    question_id = a_question(pulling_desk, state=state)
    shown(zalo, "Chào Ông/Bà, hồ sơ gồm …")
    shown(zalo, "và giấy tờ tùy thân")

    assert pull()[Count.BY_HAND] == 2

    assert one(pulling_desk, "SELECT state FROM question").state == "answered_by_hand"
    item = one(pulling_desk, "SELECT * FROM work_item")
    assert (item.kind, item.owner, item.question_id) == ("answered_by_hand", "duty_officer", question_id)
    assert "Đã trả lời trực tiếp trên Zalo?" in item.reason
    assert "ĐÃ TRẢ LỜI" in item.remedy
    assert "CHƯA XONG" in item.remedy
    assert one(pulling_desk, "SELECT state FROM outbox WHERE channel = 'zalo'").state == "cancelled"
    letter = one(pulling_desk, "SELECT * FROM outbox WHERE kind = 'duty-decision'")
    assert "ĐÃ TRẢ LỜI" in letter.parts["text"]
    details = one(pulling_desk, "SELECT details FROM event WHERE kind = 'question_answered_by_hand'").details
    assert details["was"] == state


def test_what_staff_typed_before_the_question_answers_nothing(pulling_desk: Engine, zalo: Simulator) -> None:
    a_question(pulling_desk)
    add_rows(zalo, [{"user_id": ANNA, "message": "Chào", "time": ms(NOW - timedelta(hours=2))}], by_oa=True)

    assert pull()[Count.BY_HAND] == 1

    assert one(pulling_desk, "SELECT state FROM question").state == "routed"
    assert one(pulling_desk, "SELECT state FROM outbox").state == "queued"
