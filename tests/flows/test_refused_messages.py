"""What Zalo will not carry: half an answer is none, others go on, and somebody is told what to do instead."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from desk.gateways.zalo.refusals import AccountRefused
from desk.rules.outgoing import Channel, Delivery
from desk.rules.tally import Count
from desk.runtime.database import transaction
from desk.store.delivery_modes import DeliveryMode, set_mode
from desk.store.outbox import add_deliveries
from sandbox.zalo import FaultKind, Simulator
from tasks.delivering import deliver_messages
from tests.pulled import one, rows, run
from tests.simulated_zalo import ANNA, BINH, citizen_writes, client_of, fault, ms


@pytest.fixture(autouse=True)
def desk(pulling_desk: Engine) -> Engine:
    """Return the engine of a desk that delivers, with a question of each of two citizens."""
    with transaction() as connection:
        set_mode(connection, DeliveryMode.LIVE, acting_officer="ops", reason="thử")
    for number, user in ((1, ANNA), (2, ANNA), (3, BINH)):
        run(
            pulling_desk,
            "INSERT INTO citizen (user_id, last_act_at) VALUES (:user, now()) ON CONFLICT DO NOTHING",
            user=user,
        )
        run(
            pulling_desk,
            "INSERT INTO question (question_id, case_code, user_id, state, text, received_at, last_message_at,"
            " sealed_at, window_closes_at) "
            "VALUES (:id, :code, :user, 'answer_leaving', 'hỏi', now(), now(), now(), now())",
            id=number,
            code=f"ZL 26-00000{number}-0",
            user=user,
        )
    return pulling_desk


def message(key: str, *, of: int, to: str = ANNA, kind: str = "answer") -> Delivery:
    return Delivery(
        key=key,
        channel=Channel.ZALO,
        kind=kind,
        stream=f"citizen:{to}",
        recipient=to,
        question_id=of,
        parts={"text": f"Tin {key}"},
    )


def queue(*deliveries: Delivery) -> None:
    with transaction() as connection:
        add_deliveries(connection, deliveries, on=date(2026, 11, 23))


def deliver() -> None:
    while deliver_messages.fn():
        pass


def states(desk: Engine) -> dict[str, str]:
    return {row.key: row.state for row in rows(desk, "SELECT key, state FROM outbox WHERE channel = 'zalo' ORDER BY 1")}


def wrote(zalo: Simulator, user: str, ago: timedelta = timedelta()) -> None:
    citizen_writes(zalo, "chào", user, time=ms(datetime.now(UTC) - ago))


ANSWERS = (
    message("answer:5:text:1", of=1),
    message("answer:5:text:2", of=1),
    message("answer:6:text:1", of=2),
    message("ask-back-reminder:2:1", of=2, kind="ask-back-reminder"),
    message("answer:7:text:1", of=3, to=BINH),
)


def test_an_answer_after_seven_days_is_not_sent_and_the_duty_officer_hears_what_to_do(
    desk: Engine, zalo: Simulator
) -> None:
    wrote(zalo, ANNA, timedelta(days=7, minutes=1))
    wrote(zalo, BINH)
    queue(*ANSWERS)

    deliver()

    assert states(desk) == {
        "answer:5:text:1": "failed",
        "answer:5:text:2": "cancelled",
        "answer:6:text:1": "cancelled",
        "ask-back-reminder:2:1": "cancelled",
        "answer:7:text:1": "sent",
    }
    item = one(desk, "SELECT key, kind, reason, remedy, owner, question_id FROM work_item")
    assert (item.key, item.kind, item.owner, item.question_id) == (
        "answer-failed:5",
        "answer_undelivered",
        "duty_officer",
        1,
    )
    assert "ZL 26-000001-0" in item.reason
    assert "hơn 7 ngày" in item.reason
    assert "OA Manager hoặc điện thoại" in item.remedy


@pytest.mark.parametrize("kind", [FaultKind.TYPE_RESTRICTED, FaultKind.NEVER_FOLLOWED, FaultKind.USER_INACTIVE])
def test_a_citizen_who_takes_nothing_gets_no_reminders_either(desk: Engine, zalo: Simulator, kind: FaultKind) -> None:
    wrote(zalo, ANNA)
    wrote(zalo, BINH)
    fault(zalo, kind, user_id=ANNA)
    queue(message("delay:1", of=1, kind="delay"), *ANSWERS[2:])

    deliver()

    assert list(states(desk).values()) == ["cancelled", "sent", "cancelled", "failed"]
    item = one(desk, "SELECT kind, reason FROM work_item")
    assert item.kind == "citizen_unreachable"
    assert "đã chặn" in item.reason
    assert len(rows(desk, "SELECT FROM event WHERE kind = 'delivery_cancelled'")) == 2


def test_a_part_that_is_at_fault_itself_stops_its_own_answer_alone(desk: Engine, zalo: Simulator) -> None:
    wrote(zalo, ANNA)
    wrote(zalo, BINH)
    fault(zalo, FaultKind.REFUSED, code=-210, count=1)
    queue(*ANSWERS[:4])

    deliver()

    assert list(states(desk).values()) == ["failed", "cancelled", "sent", "sent"]


def test_what_must_be_paid_for_waits_ops_are_told_once_and_free_messages_go_on(desk: Engine, zalo: Simulator) -> None:
    zalo.account.knobs.package_allowance, zalo.account.knobs.zca = 0, "none"
    wrote(zalo, ANNA, timedelta(days=3))
    wrote(zalo, BINH)
    queue(*ANSWERS)

    deliver()
    run(desk, "UPDATE outbox SET next_attempt_at = now() WHERE state = 'queued'")
    assert deliver_messages.fn()[Count.PUT_OFF] == 1

    assert list(states(desk).values()) == ["queued", "queued", "queued", "sent", "queued"]
    assert one(desk, "SELECT owner, kind FROM work_item") == ("ops", "zalo_payment")
    assert len(rows(desk, "SELECT FROM outbox WHERE kind = 'ops-alarm'")) == 1
    waits = one(desk, "SELECT next_attempt_at > now() + interval '50 minutes' AS long FROM outbox WHERE outbox_id = 1")
    assert waits.long

    zalo.account.knobs.package_allowance = 10
    run(desk, "UPDATE outbox SET next_attempt_at = now() WHERE state = 'queued'")
    deliver()
    assert set(states(desk).values()) == {"sent"}
    heard = [row.text.splitlines()[0] for row in client_of(zalo).conversation(ANNA, 0).rows if not row.from_citizen]
    assert heard[::-1] == [f"Tin {delivery.key}" for delivery in ANSWERS[:4]]


def asked(zalo: Simulator) -> list[object]:
    """Return whom Zalo was asked about before anything was paid for, and what else."""
    return [entry.data.get("user_id", "package") for entry in zalo.account.log.entries("/oa/quota/message")]


def test_before_messages_that_cost_money_zalo_is_asked_once_a_citizen(desk: Engine, zalo: Simulator) -> None:
    for user, ago in ((ANNA, timedelta(days=3)), (BINH, timedelta(hours=1))):
        wrote(zalo, user, ago)
        run(
            desk,
            "UPDATE citizen SET last_act_at = now() - CAST(:ago AS interval) WHERE user_id = :user",
            ago=ago,
            user=user,
        )
    queue(*ANSWERS)

    deliver_messages.fn()

    assert asked(zalo) == ["package", ANNA]
    assert set(states(desk).values()) == {"sent"}
    assert rows(desk, "SELECT FROM work_item") == []


def test_a_window_that_zalo_counts_as_shut_is_not_tried(desk: Engine, zalo: Simulator) -> None:
    wrote(zalo, ANNA, timedelta(days=9))
    run(desk, "UPDATE citizen SET last_act_at = now() - interval '3 days'")
    queue(*ANSWERS[:2])

    deliver()

    assert zalo.account.log.entries("/oa/message/cs") == []
    assert list(states(desk).values()) == ["failed", "cancelled"]
    assert "hơn 7 ngày" in one(desk, "SELECT reason FROM work_item").reason


def test_ops_hear_once_a_day_that_less_than_a_fifth_of_the_package_is_left(desk: Engine, zalo: Simulator) -> None:
    wrote(zalo, ANNA, timedelta(days=3))
    run(desk, "UPDATE citizen SET last_act_at = now() - interval '3 days'")
    zalo.account.knobs.package_allowance = 10
    for number in range(9):
        client_of(zalo).send_text(ANNA, f"Tin {number}")
    queue(message("answer:5:text:1", of=1))
    deliver()
    queue(message("answer:6:text:1", of=2))
    deliver()

    item = one(desk, "SELECT owner, kind, reason FROM work_item")
    assert (item.owner, item.kind) == ("ops", "zalo_package")
    assert "còn 1 trên 10 tin" in item.reason
    assert len(rows(desk, "SELECT FROM outbox WHERE kind = 'ops-alarm'")) == 1


def test_when_zalo_does_not_say_what_is_left_messages_leave_all_the_same(desk: Engine, zalo: Simulator) -> None:
    wrote(zalo, ANNA, timedelta(days=3))
    run(desk, "UPDATE citizen SET last_act_at = now() - interval '3 days'")
    fault(zalo, FaultKind.REFUSED, code=-212, path="/oa/quota/message")
    queue(message("answer:5:text:1", of=1))

    deliver()

    assert states(desk) == {"answer:5:text:1": "sent"}


def test_when_the_quota_is_used_up_nothing_is_lost_and_ops_are_told(desk: Engine, zalo: Simulator) -> None:
    wrote(zalo, ANNA)
    fault(zalo, FaultKind.QUOTA_USED)
    queue(*ANSWERS)

    with pytest.raises(AccountRefused):
        deliver()

    assert set(states(desk).values()) == {"queued"}
    assert one(desk, "SELECT max(attempts) FROM outbox") == (0,)
    assert one(desk, "SELECT owner, kind FROM work_item") == ("ops", "zalo_account")
