"""An answer on the due day while a unit keeps silent: it goes in part, and the rest follows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desk.rules.commands import CommandCode
from desk.rules.tally import Count
from desk.runtime.database import transaction
from desk.store.summaries import count_ways
from tasks.answering import compose_batch, settle_answers
from tests.flows.conftest import NOW, Rows
from tests.flows.two_units import DUE, TCKT, THU, acted, leave, letters, messages
from tests.unit_replies import replied, word

pytestmark = pytest.mark.usefixtures("two_units")


def answered_in_a_summary() -> int:
    with transaction() as connection:
        return count_ways(connection).answered


def test_on_the_due_day_at_three_the_duty_officer_has_what_there_is_with_what_is_missing(rows: Rows) -> None:
    replied("B_QLT", THU, at=NOW)
    assert not compose_batch.fn(DUE - timedelta(minutes=1))

    assert compose_batch.fn(DUE)[Count.PROPOSED] == 1
    assert "Còn thiếu ý kiến của Ban Tài chính" in letters(rows)[0]
    acted(rows, DUE)
    assert rows("SELECT parts->>'subject' AS subject FROM outbox WHERE kind = 'answer-proposal'")[0][
        "subject"
    ].startswith("[ZL")

    word(CommandCode.SEND, at=DUE)
    leave(rows)
    settle_answers.fn(DUE)
    assert rows("SELECT count(*) AS n FROM outbox WHERE kind = 'unit-released'") == [{"n": 0}]


def test_a_partial_answer_says_so_and_the_rest_follows_when_the_other_unit_replies(rows: Rows) -> None:
    asked = "SELECT promised_on::text AS due FROM question"
    due = rows(asked)
    replied("B_QLT", THU, at=NOW)
    compose_batch.fn(DUE)
    acted(rows, DUE)
    word(CommandCode.SEND, at=DUE)
    (first,) = messages(rows)
    assert (
        "Nội dung thuộc thẩm quyền của Ban Tài chính - Kế toán đang được xem xét; "
        "BHXH Việt Nam sẽ trả lời Ông/Bà khi có ý kiến." in first
    )

    leave(rows)
    assert settle_answers.fn(DUE)[Count.ANSWERED_IN_PART] == 1

    assert rows("SELECT state, answered_at, closed_at FROM question") == [
        {"state": "routed", "answered_at": None, "closed_at": None}
    ]
    assert rows(asked) == due
    assert rows("SELECT unit_code, state FROM assignment ORDER BY 1") == [
        {"unit_code": "B_QLT", "state": "closed"},
        {"unit_code": "B_TCKT", "state": "awaiting"},
    ]
    assert answered_in_a_summary() == 0
    assert not compose_batch.fn(DUE + timedelta(hours=1))

    replied("B_TCKT", TCKT, at=DUE + timedelta(days=3))
    assert compose_batch.fn(DUE + timedelta(days=3))[Count.PROPOSED] == 1
    word(CommandCode.SEND, at=DUE + timedelta(days=3))
    second = messages(rows)[-1]
    assert TCKT in second
    assert THU not in second
    assert "đang được xem xét" not in second
    leave(rows)
    assert settle_answers.fn(DUE + timedelta(days=3))[Count.ANSWERED] == 1
    assert rows("SELECT state FROM question") == [{"state": "answered"}]
    assert {row["state"] for row in rows("SELECT state FROM assignment")} == {"closed"}
    assert answered_in_a_summary() == 1


def test_a_reply_that_comes_while_a_partial_answer_leaves_makes_the_rest(rows: Rows) -> None:
    replied("B_QLT", THU, at=NOW)
    compose_batch.fn(DUE)
    acted(rows, DUE)
    word(CommandCode.SEND, at=DUE)
    replied("B_TCKT", TCKT, at=DUE)

    leave(rows)
    settle_answers.fn(DUE)

    assert compose_batch.fn(DUE)[Count.PROPOSED] == 1
    assert "CHƯA CÓ TRONG BẢN NÀY" not in letters(rows)[-1]
    word(CommandCode.SEND, at=DUE)
    assert TCKT in messages(rows)[-1]


def test_units_are_waited_for_until_the_later_day_that_the_citizen_was_told(rows: Rows) -> None:
    replied("B_QLT", THU, at=NOW)
    rows("UPDATE question SET agreed_on = '2026-11-30'")

    assert not compose_batch.fn(DUE)
    assert compose_batch.fn(DUE + timedelta(days=3))[Count.PROPOSED] == 1
