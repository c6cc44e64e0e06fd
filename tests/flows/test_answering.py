"""From the units' replies to the citizen: composed once, let go by a person, closed when it has arrived."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

from desk.rules.commands import CommandCode
from desk.rules.tally import Count
from desk.runtime.database import transaction
from desk.runtime.decisions.decision import DecisionRefusedError, Step
from desk.runtime.in_force import in_force
from desk.runtime.office import load
from desk.runtime.triage import TriageAction, TriageOrder, triage
from tasks.answering import compose_batch, pass_on_answers, propose_undelivered, settle_answers
from tasks.housekeeping import apply_retention
from tests.flows.conftest import Handle, Rows, Say, trusting_office
from tests.unit_replies import replied, word

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))  # a Friday
LATER = NOW + timedelta(hours=2)
DUE = datetime(2026, 11, 27, 15, 0, tzinfo=NOW.tzinfo)
UNCLEAR = "Hôm trước tôi có hỏi việc ấy ở cơ quan mà chưa rõ thì phải làm thế nào?"
THU = "Ông/Bà được chốt sổ trong 5 ngày làm việc. Hồ sơ nộp tại cơ quan BHXH nơi cư trú."
TCKT = "Tiền được chuyển vào tài khoản sau khi chốt sổ. Ông/Bà không phải nộp thêm khoản nào."
pytestmark = pytest.mark.usefixtures("desk")


def decide(rows: Rows, action: TriageAction, **given: object) -> str:
    (question,) = rows("SELECT case_code FROM question")
    code = question["case_code"]
    order = TriageOrder(code=code, action=action, acting_officer="HA", **given)  # type: ignore[arg-type]
    with transaction() as connection:
        return triage(connection, order, in_force(connection), NOW)


@pytest.fixture
def two_units(desk: Engine, say: Say, handle: Handle, rows: Rows) -> None:  # noqa: ARG001 - in office first
    """Ask two units a question of one citizen."""
    say("u1", UNCLEAR, at=NOW - timedelta(minutes=20))
    handle(NOW)
    decide(rows, TriageAction.ROUTE, units=["bên Thu", "TCKT"])


def messages(rows: Rows) -> list[str]:
    asked = (
        "SELECT parts->>'text' AS text FROM outbox WHERE kind LIKE 'answer%' AND channel = 'zalo' ORDER BY outbox_id"
    )
    return [row["text"] for row in rows(asked)]


def letters(rows: Rows) -> list[str]:
    return [
        row["text"]
        for row in rows("SELECT parts->>'text' AS text FROM outbox WHERE kind = 'answer-proposal' ORDER BY outbox_id")
    ]


def acted(rows: Rows, moment: datetime) -> None:
    """Let the citizen open Zalo's window."""
    rows("UPDATE citizen SET last_act_at = :at", at=moment)


def leave(rows: Rows) -> None:
    """Let everything leave that waits for Zalo."""
    rows("UPDATE outbox SET state = 'sent', sent_at = now() WHERE channel = 'zalo' AND state = 'queued'")


@pytest.mark.usefixtures("two_units")
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


@pytest.mark.usefixtures("two_units")
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


@pytest.mark.usefixtures("two_units")
def test_two_workers_that_record_the_last_two_replies_at_once_make_one_answer(desk: Engine, rows: Rows) -> None:
    with desk.connect() as first, desk.connect() as second:
        replied("B_QLT", THU, at=NOW, connection=first)
        replied("B_TCKT", TCKT, at=NOW, connection=second)
        first.commit()
        second.commit()

    assert [compose_batch.fn(LATER)[Count.PROPOSED], compose_batch.fn(LATER)[Count.PROPOSED]] == [1, 0]
    assert len(letters(rows)) == 1


@pytest.mark.usefixtures("two_units")
def test_two_workers_that_find_the_same_question_propose_one_answer(rows: Rows) -> None:
    replied("B_QLT", THU, at=NOW, answers_for_all=True)

    with ThreadPoolExecutor(4) as workers:
        tallies = list(workers.map(compose_batch.fn, [LATER] * 8))

    assert sum(tally[Count.PROPOSED] for tally in tallies) == 1
    assert len(letters(rows)) == 1


@pytest.mark.usefixtures("two_units")
def test_one_unit_that_answers_for_all_is_enough(rows: Rows) -> None:
    replied("B_QLT", THU, at=NOW, answers_for_all=True)

    assert compose_batch.fn(LATER)[Count.PROPOSED] == 1
    assert "Còn thiếu" not in letters(rows)[0]


@pytest.mark.usefixtures("two_units")
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


@pytest.mark.usefixtures("two_units")
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


@pytest.mark.usefixtures("two_units")
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


@pytest.mark.usefixtures("two_units")
def test_a_reply_that_comes_after_the_proposal_makes_a_new_version_and_the_old_word_is_refused(rows: Rows) -> None:
    acted(rows, NOW + timedelta(days=2))
    replied("B_QLT", THU, at=NOW)
    compose_batch.fn(DUE)
    replied("B_TCKT", TCKT, at=DUE)

    assert compose_batch.fn(DUE + timedelta(minutes=5))[Count.PROPOSED] == 1
    assert rows("SELECT version, state FROM answer ORDER BY version") == [
        {"version": 1, "state": "superseded"},
        {"version": 2, "state": "proposed"},
    ]
    with pytest.raises(DecisionRefusedError, match="đã có bản mới"):
        word(CommandCode.SEND, at=DUE, version=1)
    assert "bản 2" in word(CommandCode.SEND, at=DUE)
    with pytest.raises(DecisionRefusedError, match="Nguyễn Thu Hà đã cho gửi"):
        word(CommandCode.SEND, at=DUE, by="MINH")


@pytest.mark.usefixtures("two_units")
def test_a_text_is_an_edit_and_is_shown_again_before_it_goes(rows: Rows) -> None:
    replied("B_QLT", THU, at=NOW, answers_for_all=True)
    compose_batch.fn(LATER)

    assert "gửi lại để duyệt" in word("Ông/Bà nộp hồ sơ chốt sổ tại cơ quan BHXH nơi cư trú.", at=LATER)

    assert messages(rows) == []
    assert "Ông/Bà nộp hồ sơ chốt sổ" in letters(rows)[-1]
    asked = rows("SELECT recipient FROM outbox WHERE kind = 'answer-proposal' ORDER BY outbox_id")
    assert asked[-1]["recipient"] == "nguyen.thu.ha@bhxh.example.vn"
    assert rows("SELECT written_by, version FROM answer WHERE state = 'proposed'") == [
        {"written_by": "HA", "version": 2}
    ]
    word(CommandCode.SEND, at=LATER)
    assert messages(rows)[0].startswith("Về câu hỏi của Ông/Bà (mã ZL")
    assert THU not in messages(rows)[0]


@pytest.mark.usefixtures("two_units")
def test_a_later_reply_shows_what_the_officer_had_written_beside_the_new_version(rows: Rows) -> None:
    replied("B_QLT", THU, at=NOW)
    compose_batch.fn(DUE)
    word("Sổ BHXH do cán bộ trực viết lại: Ông/Bà nhận trong 5 ngày làm việc.", at=DUE)
    replied("B_TCKT", TCKT, at=DUE)

    compose_batch.fn(DUE)

    assert "CHƯA CÓ TRONG BẢN NÀY" in letters(rows)[-1]
    assert "do cán bộ trực viết lại" in letters(rows)[-1]


@pytest.mark.usefixtures("two_units")
def test_a_reply_that_is_no_answer_is_awaited_again(rows: Rows) -> None:
    replied("B_QLT", THU, at=NOW)
    replied("B_TCKT", "Ban đang rà soát.", at=NOW)
    compose_batch.fn(LATER)
    with pytest.raises(DecisionRefusedError, match="chưa rõ đơn vị nào"):
        word(CommandCode.IS_NO_ANSWER, at=LATER)

    assert "tiếp tục chờ" in word(CommandCode.IS_NO_ANSWER, at=LATER, below="TCKT")

    assert rows("SELECT state FROM question") == [{"state": "routed"}]
    assert rows("SELECT unit_code, state FROM assignment ORDER BY 1") == [
        {"unit_code": "B_QLT", "state": "replied"},
        {"unit_code": "B_TCKT", "state": "awaiting"},
    ]
    assert not compose_batch.fn(LATER)
    replied("B_TCKT", TCKT, at=LATER)
    assert compose_batch.fn(LATER)[Count.PROPOSED] == 1
    assert "đang rà soát" not in letters(rows)[-1]


@pytest.mark.usefixtures("two_units")
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


@pytest.mark.usefixtures("two_units")
def test_an_answer_given_by_telephone_stops_the_one_that_is_leaving(rows: Rows) -> None:
    replied("B_QLT", THU, at=NOW, answers_for_all=True)
    compose_batch.fn(LATER)
    word(CommandCode.SEND, at=LATER)

    decide(rows, TriageAction.ANSWERED, reason="điện thoại")

    assert rows("SELECT state FROM answer") == [{"state": "failed"}]
    assert rows("SELECT DISTINCT state FROM outbox WHERE kind = 'answer'") == [{"state": "cancelled"}]
    assert not settle_answers.fn(LATER)
    assert {row["state"] for row in rows("SELECT state FROM assignment")} == {"closed"}


@pytest.mark.usefixtures("two_units")
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
