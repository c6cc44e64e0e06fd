"""Answers that may come late: the officer on duty is asked, and by that word alone a citizen reads an apology."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from typer.testing import CliRunner

from desk.console.app import app
from desk.rules.commands import CommandCode, CommandLine
from desk.runtime.database import transaction
from desk.runtime.decisions.decision import Decision, DecisionRefusedError, Step
from desk.runtime.delays import decide_on_delay, promise_anew
from desk.runtime.in_force import in_force
from desk.store.questions import claim_question
from tasks.chasing import ask_about_late_answers
from tests.dates import at
from tests.flows.conftest import Handle, Rows, Say

ASKED = at("Fri 2026-11-20 09:30")  # promised for Thu 2026-11-26
THURSDAY = date(2026, 11, 26)
pytestmark = pytest.mark.usefixtures("desk")


@pytest.fixture
def codes(say: Say, handle: Handle, rows: Rows) -> list[str]:
    """Return the codes of two questions that their unit has."""
    for user in ("late1", "late2"):
        lost = "Tôi bị mất sổ bảo hiểm xã hội, xin hỏi thủ tục cấp lại sổ BHXH?"
        say(user, lost, at=ASKED - timedelta(minutes=20))
    handle(ASKED)
    return [str(row["case_code"]) for row in rows("SELECT case_code FROM question ORDER BY question_id")]


def letters(rows: Rows) -> list[dict[str, Any]]:
    return rows(
        "SELECT parts->>'subject' AS subject, parts->>'text' AS text FROM outbox WHERE kind = 'endangered-answers'"
    )


def apologies(rows: Rows) -> list[str]:
    return [str(row["text"]) for row in rows("SELECT parts->>'text' AS text FROM outbox WHERE kind = 'delay'")]


def decide(moment: str, *lines: CommandLine, of: str = "", version: int | None = None) -> str:
    with transaction() as connection:
        desk = in_force(connection)
        question = claim_question(connection, of) if of else None
        decision = Decision(
            step=Step.DELAY,
            official=desk.duty_officer(at(moment)),
            command=lines[0] if len(lines) == 1 else None,
            on_several=lines if len(lines) > 1 else (),
            text="",
            inbound_mail_id=1,
            received_at=at(moment),
            question_id=question.question_id if question else None,
            version=version or THURSDAY.toordinal(),
        )
        return decide_on_delay(connection, decision, desk, at(moment))


def sorry(argument: str) -> CommandLine:
    return CommandLine(CommandCode.APOLOGISE, argument)


def test_the_officer_on_duty_is_asked_once_the_day_before_at_three(codes: list[str], rows: Rows) -> None:
    for moment in ["Tue 2026-11-24 15:07", "Wed 2026-11-25 08:07", "Wed 2026-11-25 14:37"]:
        ask_about_late_answers.fn(at(moment))
    assert letters(rows) == []

    for moment in ["Wed 2026-11-25 15:07", "Wed 2026-11-25 15:37", "Thu 2026-11-26 15:07"]:
        ask_about_late_answers.fn(at(moment))

    (letter,) = letters(rows)
    assert letter["subject"] == "02 câu hỏi có thể chậm hoặc đã quá hạn trả lời công dân"
    assert all(f"{code}: XIN LỖI: 27/11/2026" in str(letter["text"]) for code in codes)
    assert apologies(rows) == []


@pytest.mark.usefixtures("desk", "codes")
def test_an_answer_that_is_overdue_is_put_before_the_officer_next_morning(rows: Rows) -> None:
    ask_about_late_answers.fn(at("Fri 2026-11-27 08:07"))
    ask_about_late_answers.fn(at("Mon 2026-11-30 08:07"))

    (letter,) = letters(rows)
    assert "đã quá hạn đã báo công dân: hết ngày thứ Năm, 26/11/2026" in str(letter["text"])
    assert {row["kind"] for row in rows("SELECT kind FROM work_item")} == {"overdue_answer"}


def test_one_word_apologises_and_the_regulations_date_stays(codes: list[str], rows: Rows) -> None:
    ask_about_late_answers.fn(at("Wed 2026-11-25 15:07"))

    done = decide("Wed 2026-11-25 15:20", sorry("27/11/2026"), of=codes[0])

    assert done == f"{codes[0]}: đã xin lỗi công dân, hẹn trả lời chậm nhất hết ngày thứ Sáu, 27/11/2026."
    (said,) = apologies(rows)
    assert "chưa thể trả lời đúng hạn thứ Năm, 26/11/2026" in said
    (first, _) = rows("SELECT promised_on, agreed_on FROM question ORDER BY question_id")
    assert first == {"promised_on": THURSDAY, "agreed_on": date(2026, 11, 27)}
    assert len(rows("SELECT FROM work_item WHERE closed_at IS NULL")) == 1


def test_waiting_says_nothing_to_the_citizen(codes: list[str], rows: Rows) -> None:
    ask_about_late_answers.fn(at("Wed 2026-11-25 15:07"))

    decide("Wed 2026-11-25 15:20", CommandLine(CommandCode.WAIT), of=codes[0])

    assert apologies(rows) == []
    assert len(rows("SELECT FROM work_item WHERE closed_at IS NULL")) == 1


def test_after_the_date_the_apology_says_so_with_the_reason_that_was_chosen(codes: list[str], rows: Rows) -> None:
    decide("Fri 2026-11-27 08:30", sorry("30/11/2026, 2"), of=codes[0])

    (said,) = apologies(rows)
    assert "theo thời hạn đã thông báo, do nội dung cần phối hợp của nhiều đơn vị." in said


def test_one_mail_may_decide_on_several_questions_a_line_each(codes: list[str], rows: Rows) -> None:
    lines = [
        CommandLine(CommandCode.APOLOGISE, "27/11/2026", codes[0]),
        CommandLine(CommandCode.WAIT, "", codes[1]),
    ]

    done = decide("Wed 2026-11-25 15:20", *lines, version=1)

    assert done.count("ZL 26-") == 2
    assert len(apologies(rows)) == 1


@pytest.mark.parametrize(
    ("argument", "because"),
    [
        ("", "Chưa rõ ngày"),
        ("31/02/2027", "Chưa rõ ngày"),
        ("26/11/2026", "không dùng được"),
        ("28/11/2026", "không dùng được"),
        ("27/11/2026, 9", "Chọn lý do bằng số"),
        ("27/11/2026 vì đơn vị chậm", "Chọn lý do bằng số"),
    ],
)
def test_an_apology_that_cannot_be_sent_is_refused_with_why(
    codes: list[str], rows: Rows, argument: str, because: str
) -> None:
    with pytest.raises(DecisionRefusedError, match=because):
        decide("Wed 2026-11-25 15:20", sorry(argument), of=codes[0])

    assert apologies(rows) == []


def test_nobody_is_put_off_twice_and_no_answered_question_is_apologised_for(codes: list[str], rows: Rows) -> None:
    decide("Wed 2026-11-25 15:20", sorry("27/11/2026"), of=codes[0])
    rows("UPDATE question SET state = 'answer_leaving' WHERE case_code = :code", code=codes[1])

    friday = date(2026, 11, 27).toordinal()
    with pytest.raises(DecisionRefusedError, match="đã hẹn lại với công dân một lần"):
        decide("Fri 2026-11-27 15:20", sorry("30/11/2026"), of=codes[0], version=friday)
    with pytest.raises(DecisionRefusedError, match="không còn chờ trả lời"):
        decide("Fri 2026-11-27 15:20", sorry("30/11/2026"), of=codes[1])


def test_a_word_on_a_date_that_has_moved_is_refused(codes: list[str]) -> None:
    with pytest.raises(DecisionRefusedError, match="thư này đã cũ"):
        decide("Wed 2026-11-25 15:20", sorry("27/11/2026"), of=codes[0], version=THURSDAY.toordinal() - 1)


def test_a_letter_on_one_question_decides_on_no_other(codes: list[str], rows: Rows) -> None:
    of_another = CommandLine(CommandCode.APOLOGISE, "27/11/2026", codes[1])

    with pytest.raises(DecisionRefusedError, match="Chưa rõ câu hỏi nào"):
        decide("Wed 2026-11-25 15:20", of_another, of=codes[0])

    assert apologies(rows) == []


def test_more_time_agreed_with_a_unit_is_told_to_the_citizen_only_where_it_is_later(
    codes: list[str], rows: Rows
) -> None:
    with transaction() as connection:
        desk = in_force(connection)
        question = claim_question(connection, codes[0])
        assert question is not None
        promise_anew(connection, question, THURSDAY, desk, at("Wed 2026-11-25 09:00"), agreed_by="HA")
        promise_anew(connection, question, date(2026, 11, 30), desk, at("Wed 2026-11-25 09:00"), agreed_by="HA")

    (said,) = apologies(rows)
    assert "chậm nhất hết ngày thứ Hai, 30/11/2026" in said


def test_who_cannot_be_written_to_any_more_is_not_apologised_to_and_the_official_told_why(
    codes: list[str], rows: Rows
) -> None:
    rows("UPDATE citizen SET last_act_at = '2026-11-18 15:00+07'")  # Zalo's seven days end on Wed at 15:00
    ask_about_late_answers.fn(at("Wed 2026-11-25 15:07"))

    (letter,) = letters(rows)
    assert "Zalo không cho gửi tin; đề nghị báo công dân bằng điện thoại" in str(letter["text"])
    assert "XIN LỖI: 27" not in str(letter["text"]).split("bấm Trả lời")[0]
    with pytest.raises(DecisionRefusedError, match="báo công dân bằng điện thoại rồi viết CHỜ"):
        decide("Wed 2026-11-25 15:20", sorry("27/11/2026"), of=codes[0])
    with transaction() as connection:
        question = claim_question(connection, codes[1])
        assert question is not None
        desk, until = in_force(connection), date(2026, 11, 30)
        assert not promise_anew(connection, question, until, desk, at("Wed 2026-11-25 15:30"), agreed_by="HA")
    assert apologies(rows) == []


def test_an_official_sees_who_used_which_days_of_a_question(codes: list[str], rows: Rows) -> None:
    decide("Wed 2026-11-25 15:20", sorry("27/11/2026"), of=codes[0])
    rows("UPDATE assignment SET state = 'closed', replied_at = '2026-11-27 10:00+07'")
    rows("UPDATE question SET state = 'answered', answered_at = '2026-11-27 11:00+07', closed_at = now()")

    shown = CliRunner().invoke(app, ["show", codes[0]]).output

    assert "Đã hẹn lại công dân: hết thứ Sáu, 27/11/2026" in shown
    assert "Ban Quản lý thu và phát triển người tham gia, đơn vị trả lời: 4 ngày làm việc" in shown
    assert "(23/11, 25/11, 26/11, 27/11), chậm 1 ngày" in shown
    assert "Chậm so với thời hạn theo quy chế 1 ngày: Ban Quản lý thu và phát triển người tham gia" in shown
    assert "Không chậm so với ngày đã hẹn lại công dân: hết thứ Sáu, 27/11/2026" in shown
    assert " chuyển đơn vị và định thời hạn (hệ thống)" in shown
    assert " hẹn lại công dân ngày trả lời (" in shown


def test_a_question_nobody_has_routed_is_late_by_the_date_of_its_receipt(codes: list[str], rows: Rows) -> None:
    rows("UPDATE question SET promised_on = NULL, due_by_rule_on = '2026-11-26', answered_at = '2026-11-30 09:00+07'")

    shown = CliRunner().invoke(app, ["show", codes[0]]).output

    assert "Chậm so với thời hạn theo quy chế 2 ngày" in shown
