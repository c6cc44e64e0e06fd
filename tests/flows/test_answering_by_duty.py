"""What the duty officer answers alone, or gives to a unit after all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desk.rules.commands import CommandCode
from desk.runtime.database import transaction
from desk.runtime.decisions.decision import DecisionRefusedError, Step
from desk.runtime.in_force import in_force
from desk.runtime.triage import TriageAction, TriageOrder, triage
from tasks.answering import settle_answers
from tests.flows.conftest import NOW, Handle, Rows, Say
from tests.flows.two_units import LATER, leave, letters
from tests.unit_replies import word

pytestmark = pytest.mark.usefixtures("desk")


def test_what_the_duty_officer_writes_is_shown_as_the_citizen_gets_it_and_sent_by_one_word(
    say: Say, handle: Handle, rows: Rows
) -> None:
    say("u1", "Cho tôi xin số tổng đài hỗ trợ của BHXH Việt Nam", at=NOW - timedelta(minutes=20))
    handle(NOW)
    assert rows("SELECT count(*) AS n FROM mail_token WHERE step = 'duty-answer'") == [{"n": 1}]

    word("Ông/Bà gọi Tổng đài 1900 9068.", at=NOW, step=Step.DUTY_ANSWER)

    assert rows("SELECT state FROM question") == [{"state": "answer_proposed"}]
    assert "Ông/Bà gọi Tổng đài 1900 9068." in letters(rows)[0]
    word(CommandCode.SEND, at=NOW)
    leave(rows)
    settle_answers.fn(LATER)
    assert rows("SELECT state FROM question") == [{"state": "answered"}]
    assert rows("SELECT count(*) AS n FROM work_item WHERE closed_at IS NULL") == [{"n": 0}]


def test_the_duty_officer_may_name_a_unit_instead(say: Say, handle: Handle) -> None:
    say("u1", "Cho tôi xin số tổng đài hỗ trợ của BHXH Việt Nam", at=NOW - timedelta(minutes=20))
    handle(NOW)

    assert "đã chuyển" in word(CommandCode.GIVE_TO, argument="bên Thu", at=NOW, step=Step.DUTY_ANSWER)
    with pytest.raises(DecisionRefusedError, match="không soạn trả lời nữa"):
        word("Ông/Bà gọi Tổng đài.", at=NOW, step=Step.DUTY_ANSWER)


def test_a_question_given_to_the_same_officer_again_is_asked_of_him_again(say: Say, handle: Handle, rows: Rows) -> None:
    say("u1", "Hôm trước tôi có hỏi việc ấy ở cơ quan mà chưa rõ thì phải làm thế nào?", at=NOW - timedelta(minutes=20))
    handle(NOW)
    code = rows("SELECT case_code FROM question")[0]["case_code"]
    for action in (TriageAction.DUTY, TriageAction.CLOSE, TriageAction.REOPEN, TriageAction.DUTY):
        order = TriageOrder(code=code, action=action, acting_officer="HA", reason="xem lại")
        with transaction() as connection:
            triage(connection, order, in_force(connection), NOW)

    assert rows("SELECT count(*) AS n FROM outbox WHERE kind = 'duty-question'") == [{"n": 2}]
