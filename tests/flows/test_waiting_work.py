"""Work that waits: officials are reminded of it in one list a half-day, and nobody's question is forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desk.rules.commands import CommandCode
from desk.runtime.database import transaction
from desk.runtime.decisions.asking import Ask, ask_officers
from desk.runtime.in_force import in_force
from desk.runtime.triage import TriageAction, TriageOrder, triage
from tasks.answering import compose_batch, pass_on_answers
from tasks.asking import ask_to_sort_questions
from tasks.chasing import ask_about_late_answers
from tasks.duty_reminders import pass_on_unanswered, remind_of_waiting_work
from tests.dates import at
from tests.flows.conftest import Handle, Rows, Say
from tests.unit_replies import replied

pytestmark = pytest.mark.usefixtures("desk")

UNCLEAR = "Hôm trước tôi có hỏi việc ấy ở cơ quan mà chưa rõ thì phải làm thế nào?"
ACCUSES = "Tôi tố cáo cán bộ một cửa vòi tiền tôi khi làm hồ sơ hưởng BHXH một lần."
LOST = "Tôi bị mất sổ bảo hiểm xã hội, xin hỏi thủ tục cấp lại sổ BHXH?"
# the roster of November: HA in the morning, MINH stands in; THAO is the Secretary
ASKED = at("Mon 2026-11-02 08:30")


@pytest.fixture
def ask(say: Say, handle: Handle, rows: Rows) -> str:
    """Return the code of a question that a person must sort."""
    say("u1", UNCLEAR, at=ASKED - timedelta(minutes=20))
    handle(ASKED)
    (question,) = rows("SELECT case_code FROM question WHERE state = 'in_triage'")
    return str(question["case_code"])


def remind(*moments: str) -> None:
    for moment in moments:
        remind_of_waiting_work.fn(at(moment))


def lists(rows: Rows) -> list[tuple[str, str]]:
    found = rows("SELECT recipient, parts->>'text' AS text FROM outbox WHERE kind = 'waiting-work' ORDER BY outbox_id")
    return [(row["recipient"].partition("@")[0], row["text"]) for row in found]


def test_a_question_that_nobody_sorts_is_put_before_the_officer_and_then_the_secretary(ask: str, rows: Rows) -> None:
    remind("Mon 2026-11-02 10:07")
    assert lists(rows) == []

    remind("Mon 2026-11-02 10:37", "Mon 2026-11-02 11:07")
    ((officer, text),) = lists(rows)
    assert officer == "nguyen.thu.ha"
    assert f"{ask}: chờ phân loại, từ 08 giờ 30 ngày thứ Hai, 02/11/2026" in text
    assert UNCLEAR not in text

    remind("Mon 2026-11-02 12:07", "Mon 2026-11-02 14:07")
    assert sorted(to for to, _ in lists(rows)[1:]) == ["hoang.phuong.thao", "tran.duc.minh"]


def test_what_was_sorted_is_on_no_list(ask: str, rows: Rows) -> None:
    rows("UPDATE work_item SET closed_at = now()")
    remind("Mon 2026-11-02 16:07")
    rows("UPDATE work_item SET closed_at = NULL")
    rows("UPDATE question SET state = 'answered_by_hand' WHERE case_code = :code", code=ask)
    remind("Mon 2026-11-02 16:37")

    assert lists(rows) == []


def test_what_officials_were_asked_to_sort_is_on_no_list_but_in_their_reminders(
    ask: str, say: Say, handle: Handle, rows: Rows
) -> None:
    del ask
    say("u2", ACCUSES, at=ASKED - timedelta(minutes=20))
    handle(ASKED)
    ask_to_sort_questions.fn(ASKED)

    remind("Mon 2026-11-02 11:37", "Mon 2026-11-02 16:37", "Tue 2026-11-03 08:07")

    assert lists(rows) == []


def test_of_a_sensitive_question_the_list_says_its_code_alone(say: Say, handle: Handle, rows: Rows) -> None:
    say("u1", ACCUSES, at=ASKED - timedelta(minutes=20))
    handle(ASKED)
    (question,) = rows("SELECT case_code FROM question WHERE sensitive IS NOT NULL")
    kept = TriageOrder(code=question["case_code"], action=TriageAction.DUTY, acting_officer="HA")
    with transaction() as connection:
        triage(connection, kept, in_force(connection), ASKED)
    pass_on_unanswered.fn(at("Mon 2026-11-02 10:37"))

    remind("Tue 2026-11-03 08:07")

    ((to, text),) = lists(rows)
    assert to == "hoang.phuong.thao"
    assert f"    {question['case_code']}: nội dung hạn chế, chỉ ghi mã\n" in text
    assert "tố cáo" not in text


def test_what_lies_with_the_secretary_is_repeated_each_working_morning(rows: Rows) -> None:
    matter = Ask(
        key="matter",
        kind="unsure_reading",
        subject="Thư này có phải câu trả lời?",
        reason="Đơn vị viết một câu ngắn.",
        question_id=None,
        case_code="",
        options=(CommandCode.IS_ANSWER, CommandCode.IS_NO_ANSWER),
    )
    with transaction() as connection:
        ask_officers(connection, [matter], in_force(connection), ASKED)
    for moment in ("10:30", "13:30"):
        pass_on_unanswered.fn(at(f"Mon 2026-11-02 {moment}"))

    for day in ("Mon 2026-11-02", "Tue 2026-11-03", "Wed 2026-11-04", "Thu 2026-11-05"):
        remind(f"{day} 08:07", f"{day} 11:07", f"{day} 14:07", f"{day} 16:37")

    assert [to for to, _ in lists(rows)] == ["hoang.phuong.thao"] * 3
    assert "(thư chưa rõ câu hỏi): chờ ý kiến theo thư đã gửi" in lists(rows)[0][1]


def test_a_draft_that_the_secretary_has_not_let_go_is_on_the_list_of_the_next_morning(
    say: Say, handle: Handle, rows: Rows
) -> None:
    say("u1", LOST, at=ASKED - timedelta(minutes=20))
    handle(ASKED)
    replied("B_QLT", "Ông/Bà nộp Tờ khai TK1-TS tại cơ quan BHXH nơi cư trú.", at=ASKED)
    compose_batch.fn(ASKED)
    for moment in ("10:30", "13:30"):
        pass_on_answers.fn(at(f"Mon 2026-11-02 {moment}"))

    remind("Tue 2026-11-03 10:07")

    ((to, text),) = lists(rows)
    assert to == "hoang.phuong.thao"
    assert "chờ duyệt dự thảo trả lời" in text


def test_a_late_answer_that_the_officer_says_nothing_about_is_not_passed_on_but_listed(
    say: Say, handle: Handle, rows: Rows
) -> None:
    asked = at("Fri 2026-11-20 09:30")
    say("u1", LOST, at=asked - timedelta(minutes=20))
    handle(asked)
    ask_about_late_answers.fn(at("Wed 2026-11-25 15:07"))

    pass_on_unanswered.fn(at("Thu 2026-11-26 11:07"))
    remind("Wed 2026-11-25 16:37", "Thu 2026-11-26 08:07", "Thu 2026-11-26 09:07", "Thu 2026-11-26 13:07")

    assert rows("SELECT count(*) AS n FROM outbox WHERE kind IN ('endangered-answers', 'duty-decision')") == [{"n": 1}]
    assert "có thể chậm hạn, chờ ý kiến" in lists(rows)[0][1]
    assert lists(rows)[-1][0] == "hoang.phuong.thao"
