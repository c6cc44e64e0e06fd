"""An answer that Zalo does not carry: not let go, put before a person again, or given by telephone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desk.rules.commands import CommandCode
from desk.rules.tally import Count
from desk.runtime.decisions.decision import DecisionRefusedError
from desk.runtime.triage import TriageAction
from tasks.answering import compose_batch, propose_undelivered, settle_answers
from tests.flows.conftest import NOW, Rows
from tests.flows.two_units import DUE, LATER, THU, acted, decide, leave, letters, messages
from tests.unit_replies import replied, word

pytestmark = pytest.mark.usefixtures("two_units")


def test_an_answer_is_not_let_go_while_zalo_would_not_carry_it(rows: Rows) -> None:
    replied("B_QLT", THU, at=NOW)
    compose_batch.fn(DUE)

    with pytest.raises(DecisionRefusedError, match="OA Manager hoặc điện thoại"):
        word(CommandCode.SEND, at=DUE)
    assert rows("SELECT state FROM question") == [{"state": "answer_proposed"}]
    assert messages(rows) == []

    acted(rows, DUE - timedelta(days=3))
    assert "đã cho gửi" in word(CommandCode.SEND, at=DUE)
    assert rows("SELECT details->>'window' AS reach FROM event WHERE kind = 'answer_released'") == [{"reach": "paid"}]


def test_an_answer_that_zalo_refused_is_before_the_officer_again_once_the_citizen_has_written(rows: Rows) -> None:
    replied("B_QLT", THU, at=NOW, answers_for_all=True)
    compose_batch.fn(LATER)
    word(CommandCode.SEND, at=LATER)
    rows("UPDATE outbox SET state = 'failed' WHERE channel = 'zalo' AND kind = 'answer'")
    assert settle_answers.fn(LATER)[Count.UNDELIVERED] == 1
    assert not propose_undelivered.fn(LATER)

    acted(rows, LATER + timedelta(days=1))
    assert propose_undelivered.fn(LATER + timedelta(days=1))[Count.PROPOSED] == 1
    assert not propose_undelivered.fn(LATER + timedelta(days=1))

    assert len(letters(rows)) == 2
    assert "đã cho gửi" in word(CommandCode.SEND, at=LATER + timedelta(days=1))
    first, again = messages(rows)
    assert first == again
    leave(rows)
    assert settle_answers.fn(LATER + timedelta(days=1))[Count.ANSWERED] == 1
    assert rows("SELECT count(*) AS n FROM work_item WHERE closed_at IS NULL") == [{"n": 0}]


def test_what_was_refused_by_zalo_goes_back_to_a_person_and_is_never_called_sent(rows: Rows) -> None:
    replied("B_QLT", f"{THU} " * 20, at=NOW, answers_for_all=True)
    compose_batch.fn(LATER)
    word(CommandCode.SEND, at=LATER)
    assert [text[:5] for text in messages(rows)] == ["(1/3)", "(2/3)", "(3/3)"]
    rows("UPDATE outbox SET state = 'failed' WHERE key LIKE 'answer:%:text:1'")

    assert settle_answers.fn(LATER)[Count.UNDELIVERED] == 1

    assert rows("SELECT state, closed_at FROM question") == [{"state": "answer_proposed", "closed_at": None}]
    assert rows("SELECT state, count(*) AS n FROM outbox WHERE kind = 'answer' GROUP BY 1 ORDER BY 1") == [
        {"state": "cancelled", "n": 2},
        {"state": "failed", "n": 1},
    ]
    (item,) = rows("SELECT remedy FROM work_item WHERE closed_at IS NULL")
    assert "OA Manager hoặc điện thoại" in item["remedy"]
    assert not compose_batch.fn(LATER)
    decide(rows, TriageAction.ANSWERED, reason="điện thoại")
    assert rows("SELECT state FROM question") == [{"state": "answered"}]


def test_an_answer_given_by_telephone_stops_the_one_that_is_leaving(rows: Rows) -> None:
    replied("B_QLT", THU, at=NOW, answers_for_all=True)
    compose_batch.fn(LATER)
    word(CommandCode.SEND, at=LATER)

    decide(rows, TriageAction.ANSWERED, reason="điện thoại")

    assert rows("SELECT state FROM answer") == [{"state": "failed"}]
    assert rows("SELECT DISTINCT state FROM outbox WHERE kind = 'answer'") == [{"state": "cancelled"}]
    assert not settle_answers.fn(LATER)
    assert {row["state"] for row in rows("SELECT state FROM assignment")} == {"closed"}
