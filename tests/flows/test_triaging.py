"""A person decides on what was held, and nothing is guessed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from desk.runtime.database import transaction
from desk.runtime.decisions.decision import DecisionRefusedError
from desk.runtime.in_force import in_force
from desk.runtime.triage import TriageAction, TriageOrder, triage
from tasks.answering import compose_batch
from tasks.triaging import triage_question_of
from tests.flows.conftest import Handle, Rows, Say
from tests.unit_replies import replied

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
ANSWER = "Ông/Bà được hưởng chế độ theo Điều 34 Luật Bảo hiểm xã hội, nộp hồ sơ tại cơ quan BHXH."
pytestmark = pytest.mark.usefixtures("desk")


@pytest.fixture
def code(say: Say, handle: Handle, rows: Rows) -> str:
    """Return the code of a question nobody understands, held for the duty officer."""
    say("u1", "Hôm trước tôi có hỏi việc ấy ở cơ quan mà chưa rõ thì phải làm thế nào?", at=NOW - timedelta(minutes=20))
    handle(NOW)
    (question,) = rows("SELECT case_code, state FROM question")
    assert question["state"] == "in_triage"
    return str(question["case_code"])


def decide(code: str, action: TriageAction, **given: Any) -> str:
    order = TriageOrder(code=code, action=action, acting_officer="HA", **given)
    with transaction() as connection:
        return triage(connection, order, in_force(connection), NOW)


def test_two_units_named_as_people_call_them_get_a_letter_each_and_four_working_days(code: str, rows: Rows) -> None:
    said = decide(code, TriageAction.ROUTE, units=["bên Thu", "TCKT"])

    assert "đã chuyển" in said
    assert [row["unit_code"] for row in rows("SELECT unit_code FROM assignment ORDER BY 1")] == ["B_QLT", "B_TCKT"]
    assert rows("SELECT state, promised_on::text AS due FROM question") == [{"state": "routed", "due": "2026-11-27"}]
    letters = rows("SELECT parts->>'text' AS text FROM outbox WHERE kind = 'unit-letter'")
    assert len(letters) == 2
    assert rows("SELECT outcome FROM work_item") == [{"outcome": "đã chuyển đơn vị"}]
    assert all("Ban Quản trị tổng hợp" in row["text"] for row in letters)
    assert rows("SELECT count(*) AS n FROM work_item WHERE closed_at IS NULL") == [{"n": 0}]


def test_a_province_is_written_to_by_its_own_name(code: str, rows: Rows) -> None:
    decide(code, TriageAction.ROUTE, units=["BHXH tỉnh Đồng Nai"])

    (letter,) = rows("SELECT recipient, parts->>'text' AS text FROM outbox WHERE kind = 'unit-letter'")
    assert "Đồng Nai" in letter["text"]


@pytest.mark.parametrize(
    ("action", "given", "why"),
    [
        (TriageAction.ROUTE, {"units": ["phòng nào đó"]}, "không có đơn vị nào tên như vậy"),
        (TriageAction.ROUTE, {"units": []}, "Chưa nêu đơn vị"),
        (TriageAction.ROUTE, {"units": ["Ban Tuyên truyền và Hỗ trợ người tham gia"]}, "trả lời trực tiếp"),
        (TriageAction.REDIRECT, {"authorities": ["sở vũ trụ"]}, "không có cơ quan nào"),
        (TriageAction.ASK_BACK, {"asks": []}, "1 đến 600"),
        (TriageAction.CLOSE, {}, "ghi lý do"),
    ],
)
def test_a_decision_that_cannot_be_carried_out_is_refused_with_why_and_changes_nothing(
    code: str, rows: Rows, action: TriageAction, given: dict[str, object], why: str
) -> None:
    with pytest.raises(DecisionRefusedError, match=why):
        decide(code, action, **given)

    assert rows("SELECT state FROM question") == [{"state": "in_triage"}]
    assert rows("SELECT count(*) AS n FROM work_item WHERE closed_at IS NULL") == [{"n": 1}]


def test_an_unknown_code_is_refused(code: str) -> None:
    with pytest.raises(DecisionRefusedError, match="Không có câu hỏi mã"):
        decide(code[:-1] + str((int(code[-1]) + 1) % 10), TriageAction.CLOSE, reason="x")


def test_a_redirect_stops_at_proposed_and_waits_for_the_secretary(code: str, rows: Rows) -> None:
    decide(code, TriageAction.REDIRECT, authorities=["X_THUE"])

    assert rows("SELECT state FROM question") == [{"state": "redirect_proposed"}]
    assert rows("SELECT owner FROM work_item WHERE closed_at IS NULL") == [{"owner": "secretary"}]
    assert rows("SELECT count(*) AS n FROM outbox WHERE kind LIKE 'redirect%'") == [{"n": 0}]


def test_asking_back_writes_to_the_citizen_and_a_second_decision_on_a_closed_question_is_refused(
    code: str, rows: Rows
) -> None:
    decide(code, TriageAction.ASK_BACK, asks=["Ông/Bà muốn hỏi về chế độ nào?"])
    assert rows("SELECT state FROM question") == [{"state": "awaiting_citizen"}]
    assert "chế độ nào" in rows("SELECT parts->>'text' AS text FROM outbox WHERE kind = 'ask-back'")[0]["text"]

    decide(code, TriageAction.CLOSE, reason="công dân không còn nhu cầu")

    with pytest.raises(DecisionRefusedError, match="đã kết thúc"):
        decide(code, TriageAction.ROUTE, units=["bên Thu"])


def test_a_decision_by_form_is_receipted_to_the_officer_who_is_named(code: str, rows: Rows) -> None:
    officer = in_force().office.officials[0]
    order = TriageOrder(code=code, action=TriageAction.ANSWERED, acting_officer=officer.code, reason="điện thoại")

    triage_question_of.fn(order, NOW)

    assert rows("SELECT recipient FROM outbox WHERE kind = 'form-receipt'") == [{"recipient": officer.email}]
    assert rows("SELECT state, closed_at IS NOT NULL AS ended FROM question") == [{"state": "answered", "ended": True}]


def test_what_staff_typed_before_the_question_was_sealed_silences_the_machine_until_a_person_says_what_it_was(
    say: Say, handle: Handle, rows: Rows
) -> None:
    say("u1", "Tôi bị mất sổ bảo hiểm xã hội, xin hỏi thủ tục cấp lại sổ BHXH?", at=NOW - timedelta(minutes=20))
    rows(
        "INSERT INTO message (message_id, user_id, from_citizen, sent_at, kind, text, purpose) "
        "VALUES ('typed', 'u1', false, :at, 'text', 'Ông/Bà liên hệ cơ quan BHXH nơi cư trú.', 'by_hand')",
        at=NOW - timedelta(minutes=18),
    )

    handle(NOW)

    (question,) = rows("SELECT case_code, state FROM question")
    assert question["state"] == "answered_by_hand"
    assert rows("SELECT kind FROM outbox WHERE state = 'queued'") == [{"kind": "duty-decision"}]
    decide(question["case_code"], TriageAction.RESUME)
    assert rows("SELECT state FROM question") == [{"state": "in_triage"}]


def test_after_asking_back_the_same_unit_is_not_written_to_twice_and_another_replaces_it(code: str, rows: Rows) -> None:
    decide(code, TriageAction.ROUTE, units=["bên Thu"])
    decide(code, TriageAction.ASK_BACK, asks=["Ông/Bà tham gia ở đâu?"])
    decide(code, TriageAction.ROUTE, units=["bên Thu"])
    assert rows("SELECT count(*) AS n FROM outbox WHERE kind = 'unit-letter'") == [{"n": 1}]

    decide(code, TriageAction.ASK_BACK, asks=["Ông/Bà hưởng chế độ nào?"])
    decide(code, TriageAction.ROUTE, units=["TCKT"])
    decide(code, TriageAction.ASK_BACK, asks=["Từ năm nào?"])
    decide(code, TriageAction.ROUTE, units=["bên Thu", "TCKT"])

    states = rows("SELECT unit_code, state, version FROM assignment ORDER BY 1")
    assert [(row["unit_code"], row["state"], row["version"]) for row in states] == [
        ("B_QLT", "awaiting", 2),
        ("B_TCKT", "awaiting", 1),
    ]
    assert rows("SELECT count(*) AS n FROM outbox WHERE kind = 'unit-letter'") == [{"n": 3}]


def test_a_unit_whose_reply_stands_is_counted_and_not_asked_anew(code: str, rows: Rows) -> None:
    decide(code, TriageAction.ROUTE, units=["bên Thu"])
    replied("B_QLT", ANSWER, at=NOW)
    compose_batch.fn(NOW)

    said = decide(code, TriageAction.ROUTE, units=["bên Thu", "TCKT"])

    assert "đã chuyển Ban Tài chính" in said
    assert "giữ câu trả lời đã có của" in said
    assert rows("SELECT unit_code, state, version FROM assignment ORDER BY 1") == [
        {"unit_code": "B_QLT", "state": "replied", "version": 1},
        {"unit_code": "B_TCKT", "state": "awaiting", "version": 1},
    ]
    assert rows("SELECT unit_count FROM question") == [{"unit_count": 2}]


def test_naming_units_that_have_all_replied_is_refused_while_their_answer_waits_for_a_word(
    code: str, rows: Rows
) -> None:
    decide(code, TriageAction.ROUTE, units=["bên Thu"])
    replied("B_QLT", ANSWER, at=NOW)
    compose_batch.fn(NOW)

    with pytest.raises(DecisionRefusedError, match=r"đã trả lời câu hỏi .* viết CHƯA TRẢ LỜI"):
        decide(code, TriageAction.ROUTE, units=["bên Thu"])

    assert rows("SELECT state FROM answer") == [{"state": "proposed"}]


def test_after_asking_back_units_that_have_replied_are_not_asked_anew_and_their_answer_is_proposed_again(
    code: str, rows: Rows
) -> None:
    decide(code, TriageAction.ROUTE, units=["bên Thu"])
    replied("B_QLT", ANSWER, at=NOW)
    decide(code, TriageAction.ASK_BACK, asks=["Từ năm nào?"])

    decide(code, TriageAction.ROUTE, units=["bên Thu"])
    compose_batch.fn(NOW)

    assert rows("SELECT state, version FROM assignment") == [{"state": "replied", "version": 1}]
    assert rows("SELECT state FROM answer") == [{"state": "proposed"}]


def test_what_a_person_decides_is_kept_to_learn_from(say: Say, handle: Handle, rows: Rows) -> None:
    say("u1", "thu bhxh voi chi tra bao hiem ben nao, em hoi chua ro lam", at=NOW - timedelta(minutes=20))
    handle(NOW)
    (question,) = rows("SELECT case_code, topics FROM question")

    decide(question["case_code"], TriageAction.ROUTE, units=["bên Thu", "TCKT"], reason="đọc cả tin")
    decide(question["case_code"], TriageAction.REDIRECT, authorities=["X_THUE"])

    routed, redirected = rows("SELECT units, redirect, topics, officer, reason FROM label_event ORDER BY 1 DESC")
    assert (routed["units"], routed["officer"], routed["reason"]) == (["B_QLT", "B_TCKT"], "HA", "đọc cả tin")
    assert (redirected["redirect"], redirected["topics"]) == (["X_THUE"], [])


def test_the_officer_on_duty_answers_himself_and_what_was_asked_before_is_withdrawn(code: str, rows: Rows) -> None:
    decide(code, TriageAction.REDIRECT, authorities=["X_THUE"])

    assert "giao cán bộ trực trả lời" in decide(code, TriageAction.DUTY, reason="trả lời được ngay")

    assert rows("SELECT state FROM question") == [{"state": "with_duty"}]
    assert rows("SELECT kind FROM work_item WHERE closed_at IS NULL") == [{"kind": "answer_by_duty"}]
    assert rows("SELECT count(*) AS n FROM mail_token WHERE step = 'duty-answer'") == [{"n": 1}]
    assert [row["reason"] for row in rows("SELECT reason FROM label_event ORDER BY label_event_id")][-1] == (
        "trả lời được ngay"
    )
    with pytest.raises(DecisionRefusedError, match="không đổi thành"):
        decide(code, TriageAction.DUTY)


def test_a_question_that_lies_with_units_is_not_answered_past_them(code: str) -> None:
    decide(code, TriageAction.ROUTE, units=["bên Thu"])

    with pytest.raises(DecisionRefusedError, match="không đổi thành"):
        decide(code, TriageAction.ANSWER, text=ANSWER)


@pytest.mark.parametrize(
    ("officer", "why"), [("KHONG_CO", "Không có cán bộ mã KHONG_CO"), ("QUANG", "Chỉ cán bộ trực hoặc Thư ký")]
)
def test_only_who_may_let_answers_go_writes_one(code: str, officer: str, why: str, rows: Rows) -> None:
    order = TriageOrder(code=code, action=TriageAction.ANSWER, acting_officer=officer, text=ANSWER)

    with pytest.raises(DecisionRefusedError, match=why), transaction() as connection:
        triage(connection, order, in_force(connection), NOW)

    assert rows("SELECT state FROM question") == [{"state": "in_triage"}]
