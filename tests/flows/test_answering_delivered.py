"""An answer on a citizen's telephone: messages to a simulated Zalo in their order, closed when all have arrived."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

from desk.rules.commands import CommandCode
from desk.rules.tally import Count
from desk.runtime import office as offices
from desk.runtime.database import transaction
from desk.store.delivery_modes import DeliveryMode, set_mode
from sandbox.zalo import FaultKind, NewMessage, Simulator
from tasks.answering import compose_batch, settle_answers
from tasks.delivering import deliver_messages
from tests.flows.conftest import Handle, Rows, Say, trusting_office
from tests.simulated_zalo import ANNA, client_of, fault
from tests.unit_replies import replied, word

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))  # a Friday
LOST_BOOK = "Tôi bị mất sổ bảo hiểm xã hội, xin hỏi thủ tục cấp lại sổ BHXH?"
LEAD = "Ông/Bà nộp tờ khai cấp lại sổ tại cơ quan BHXH nơi cư trú. Sổ được cấp lại trong 5 ngày làm việc."


@pytest.fixture(autouse=True)
def asked(desk_on_zalo: Engine, zalo: Simulator, say: Say, handle: Handle) -> None:  # noqa: ARG001 - an account first
    """Let a citizen's question reach its unit, at a desk that sends."""
    with transaction() as connection:
        offices.load(connection, trusting_office())
        set_mode(connection, DeliveryMode.LIVE, acting_officer="ops", reason="thử")
    rows_of_sweep = (
        "INSERT INTO pull_cursor (oa_id, high_water, swept_at) VALUES ('oa', now(), now() + interval '1 day')"
    )
    with transaction() as connection:
        connection.exec_driver_sql(rows_of_sweep)
    with zalo.account.lock:
        zalo.account.conversations.add([NewMessage(user_id=ANNA, text=LOST_BOOK)])
    say(ANNA, LOST_BOOK, at=NOW - timedelta(minutes=20))
    handle(NOW)


def on_the_telephone(zalo: Simulator) -> list[tuple[str, str]]:
    """Return what Anna sees of the account, oldest first: the kind of each message, and its first line."""
    seen = [row for row in client_of(zalo).conversation(ANNA, 0).rows if not row.from_citizen]
    return [(row.kind, row.text.partition("\n")[0]) for row in reversed(seen)]


def test_text_and_pages_arrive_in_order_after_the_receipt_and_close_the_question(zalo: Simulator, rows: Rows) -> None:
    deliver_messages.fn()
    replied("B_QLT", f"{LEAD} " * 10, at=NOW, pages=[(b"jpeg 1", b"jpeg 2")])
    compose_batch.fn(NOW)
    word(CommandCode.SEND, at=NOW)

    while deliver_messages.fn():
        assert not settle_answers.fn(NOW)[Count.UNDELIVERED]

    assert [said.partition(" ")[0] for _, said in on_the_telephone(zalo)[2:]] == ["(1/2)", "(2/2)", "Trang", "Trang"]
    assert [said for _, said in on_the_telephone(zalo)[-2:]] == ["Trang 1/2", "Trang 2/2"]
    settle_answers.fn(NOW)
    assert rows("SELECT state, answered_at FROM question") == [{"state": "answered", "answered_at": NOW}]


def test_the_receipt_that_still_waited_is_not_sent_before_the_answer(zalo: Simulator, rows: Rows) -> None:
    replied("B_QLT", LEAD, at=NOW)
    compose_batch.fn(NOW)
    word(CommandCode.SEND, at=NOW)

    while deliver_messages.fn():
        pass

    ((_, first),) = on_the_telephone(zalo)
    assert first.startswith("Về câu hỏi của Ông/Bà")
    assert rows("SELECT kind FROM outbox WHERE state = 'cancelled' ORDER BY 1") == [
        {"kind": "acknowledgement"},
        {"kind": "forwarded"},
    ]


def test_a_citizen_who_was_refused_one_part_is_not_sent_the_rest_and_has_not_been_answered(
    zalo: Simulator, rows: Rows
) -> None:
    replied("B_QLT", f"{LEAD} " * 10, at=NOW)
    compose_batch.fn(NOW)
    word(CommandCode.SEND, at=NOW)
    fault(zalo, FaultKind.TYPE_RESTRICTED, count=1)

    while deliver_messages.fn():
        pass
    settle_answers.fn(NOW)

    assert rows("SELECT state, answered_at FROM question") == [{"state": "answer_proposed", "answered_at": None}]
    assert rows("SELECT state FROM answer") == [{"state": "failed"}]
    assert on_the_telephone(zalo) == []
