"""From the units' replies to the citizen: composed once, let go by a person, closed when it has arrived."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from desk.rules.commands import CommandCode
from desk.rules.tally import Count
from desk.runtime.database import transaction
from desk.runtime.office import load
from tasks.answering import compose_batch, pass_on_answers, settle_answers
from tasks.housekeeping import apply_retention
from tests.flows.conftest import NOW, Rows, trusting_office
from tests.flows.two_units import LATER, TCKT, THU, leave, letters, messages
from tests.unit_replies import replied, word

pytestmark = pytest.mark.usefixtures("two_units")


def test_both_units_reply_the_duty_officer_sends_by_one_word_and_the_question_is_answered(rows: Rows) -> None:
    replied("B_QLT", THU, at=NOW + timedelta(minutes=30))
    assert not compose_batch.fn(LATER)
    replied("B_TCKT", TCKT, at=NOW + timedelta(hours=1))

    assert compose_batch.fn(LATER)[Count.PROPOSED] == 1
    (letter,) = letters(rows)
    assert letter.index("Ông/Bà được chốt sổ") < letter.index("Tiền được chuyển")
    assert messages(rows) == []
    assert rows("SELECT state FROM question") == [{"state": "answer_proposed"}]

    assert "đã cho gửi" in word(CommandCode.SEND, at=LATER)
    (sent,) = messages(rows)
    code = rows("SELECT case_code FROM question")[0]["case_code"]
    assert sent.splitlines()[0] == f"Về câu hỏi của Ông/Bà (mã {code}), BHXH Việt Nam trả lời như sau:"
    assert all(f"    {line}" in letter for line in sent.splitlines() if line)
    assert not settle_answers.fn(LATER)

    leave(rows)
    assert settle_answers.fn(LATER)[Count.ANSWERED] == 1
    (question,) = rows("SELECT state, answered_at, closed_at FROM question")
    assert (question["state"], question["answered_at"], question["closed_at"]) == ("answered", LATER, LATER)
    assert {row["state"] for row in rows("SELECT state FROM assignment")} == {"closed"}
    assert rows("SELECT state, released_by, released_mail_id IS NOT NULL AS by_mail FROM answer") == [
        {"state": "delivered", "released_by": "HA", "by_mail": True}
    ]
    assert rows("SELECT count(*) AS n FROM work_item WHERE closed_at IS NULL") == [{"n": 0}]
    assert not compose_batch.fn(LATER)
    assert not settle_answers.fn(LATER)


def test_what_an_answer_said_is_cleared_in_time_and_who_let_it_go_stays(rows: Rows) -> None:
    replied("B_QLT", THU, at=NOW, answers_for_all=True)
    compose_batch.fn(LATER)
    word(CommandCode.SEND, at=LATER)
    apply_retention.fn(NOW + timedelta(days=3000))
    assert THU in rows("SELECT text FROM answer")[0]["text"]
    leave(rows)
    settle_answers.fn(LATER)

    apply_retention.fn(NOW + timedelta(days=3000))

    assert rows("SELECT text, released_by FROM answer") == [{"text": "", "released_by": "HA"}]


def test_two_workers_that_record_the_last_two_replies_at_once_make_one_answer(desk: Engine, rows: Rows) -> None:
    with desk.connect() as first, desk.connect() as second:
        replied("B_QLT", THU, at=NOW, connection=first)
        replied("B_TCKT", TCKT, at=NOW, connection=second)
        first.commit()
        second.commit()

    assert [compose_batch.fn(LATER)[Count.PROPOSED], compose_batch.fn(LATER)[Count.PROPOSED]] == [1, 0]
    assert len(letters(rows)) == 1


def test_two_workers_that_find_the_same_question_propose_one_answer(rows: Rows) -> None:
    replied("B_QLT", THU, at=NOW, answers_for_all=True)

    with ThreadPoolExecutor(4) as workers:
        tallies = list(workers.map(compose_batch.fn, [LATER] * 8))

    assert sum(tally[Count.PROPOSED] for tally in tallies) == 1
    assert len(letters(rows)) == 1


def test_one_unit_that_answers_for_all_is_enough(rows: Rows) -> None:
    replied("B_QLT", THU, at=NOW, answers_for_all=True)

    assert compose_batch.fn(LATER)[Count.PROPOSED] == 1
    assert "Còn thiếu" not in letters(rows)[0]


def test_a_citizen_is_asked_once_whether_the_answer_was_of_use_where_the_office_wants_to_know(rows: Rows) -> None:
    office = trusting_office()
    asking = tuple(replace(policy, satisfaction_question=True) for policy in office.policies)
    with transaction() as connection:
        load(connection, replace(office, policies=asking))
    replied("B_QLT", THU, at=NOW, answers_for_all=True)
    compose_batch.fn(LATER)
    word(CommandCode.SEND, at=LATER)
    leave(rows)

    settle_answers.fn(LATER)
    settle_answers.fn(LATER)

    (asked,) = rows("SELECT parts->'buttons' AS buttons FROM outbox WHERE kind = 'satisfaction'")
    assert [button["title"] for button in asked["buttons"]] == ["Hài lòng", "Chưa hài lòng"]


def test_a_proposal_nobody_answers_goes_to_the_stand_in_and_then_to_the_secretary(rows: Rows) -> None:
    replied("B_QLT", THU, at=NOW, answers_for_all=True)
    compose_batch.fn(NOW)
    assert not pass_on_answers.fn(NOW + timedelta(hours=1))

    for hours in (4, 5, 8, 72):
        pass_on_answers.fn(NOW + timedelta(hours=hours))

    asked = rows("SELECT recipient FROM outbox WHERE kind = 'answer-proposal' ORDER BY outbox_id")
    assert len(asked) == len({row["recipient"] for row in asked}) == 3
    assert asked[-1]["recipient"] == "hoang.phuong.thao@bhxh.example.vn"
    assert "chưa có ý kiến; đề nghị" in letters(rows)[-1]
    assert "đã cho gửi" in word(CommandCode.SEND, at=NOW + timedelta(days=3), by="THAO")
