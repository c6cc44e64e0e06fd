"""A person decides in the form of the Prefect UI or on the console: by number too, and with a reason that fits."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from desk.console.app import app
from desk.runtime.decisions.decision import DecisionRefusedError
from desk.runtime.triage import ChosenProposal
from tasks.forms import Decision, TriageReason, why_unfit
from tasks.triaging import triage_question_of
from tests.flows.conftest import NOW, Handle, Rows, Say

ANSWER = "Ông/Bà được hưởng chế độ theo Điều 34 Luật Bảo hiểm xã hội, nộp hồ sơ tại cơ quan BHXH."
pytestmark = pytest.mark.usefixtures("desk")


@pytest.fixture
def proposed(say: Say, handle: Handle, rows: Rows) -> str:
    """Return the code of a question that is held with proposals."""
    say("u2", "Tôi mất sổ bảo hiểm xã hội thì có rút bảo hiểm xã hội một lần được không?", at=NOW)
    handle(NOW + timedelta(minutes=10))
    (question,) = rows("SELECT case_code FROM question WHERE user_id = 'u2' AND state = 'in_triage'")
    return str(question["case_code"])


def console(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["triage", *arguments])
    return result.exit_code, result.output


def test_a_proposal_is_chosen_by_its_number_in_the_form_and_kept_with_what_it_was(proposed: str, rows: Rows) -> None:
    def choose(number: int) -> str:
        reason = TriageReason.AS_PROPOSED.value
        return triage_question_of.fn(
            ChosenProposal(code=proposed, number=number, acting_officer="HA", reason=reason), NOW
        )

    with pytest.raises(DecisionRefusedError, match=r"không có đề xuất số đó, có \d đề xuất"):
        choose(0)
    assert "đã chuyển" in choose(1)

    (label,) = rows("SELECT topics, units, reason FROM label_event")
    assert label["topics"]
    assert label["units"]
    assert label["reason"].startswith("chọn đề xuất 1: Chuyển ")
    assert label["reason"].endswith("; Đồng ý với đề xuất của hệ thống")
    with pytest.raises(DecisionRefusedError, match=r"đã được Nguyễn Thu Hà xử lý lúc .*: đã chuyển đơn vị"):
        choose(1)


def test_a_figure_that_corrects_the_first_proposal_teaches_the_topic_it_stands_for(proposed: str, rows: Rows) -> None:
    (work,) = rows("SELECT proposals FROM work_item")
    second = work["proposals"][1]

    triage_question_of.fn(ChosenProposal(code=proposed, number=2, acting_officer="HA"), NOW)

    (label,) = rows("SELECT topics, units, said_topics FROM label_event")
    assert (label["topics"], label["units"]) == (second["topics"], second["units"])
    assert label["topics"] != label["said_topics"]


def test_a_question_without_proposals_is_decided_in_words(proposed: str, rows: Rows) -> None:
    rows("UPDATE work_item SET proposals = '[]'")

    with pytest.raises(DecisionRefusedError, match="không có đề xuất để chọn theo số"):
        triage_question_of.fn(ChosenProposal(code=proposed, number=1, acting_officer="HA"), NOW)


def test_every_decision_of_the_form_has_reasons_of_its_own_and_takes_no_other() -> None:
    fitting = {one: [reason for reason in TriageReason if not why_unfit(one, reason)] for one in Decision}

    assert all(fitting.values())
    assert {reason for reasons in fitting.values() for reason in reasons} == set(TriageReason)
    assert why_unfit(Decision.DUTY, TriageReason.NO_QUESTION) == (
        "Lý do “Không phải câu hỏi” không phù hợp với quyết định “Cán bộ trực trả lời”. "
        "Đề nghị chọn: Cán bộ trực trả lời được, không cần hỏi đơn vị."
    )


def test_the_console_takes_a_number_the_officers_own_answer_and_that_he_keeps_the_question(
    proposed: str, handle: Handle, say: Say, rows: Rows, tmp_path: Path
) -> None:
    say("u3", "Hôm trước tôi có hỏi việc ấy ở cơ quan mà chưa rõ thì phải làm thế nào?", at=NOW)
    handle(NOW + timedelta(minutes=10))
    (code,) = (row["case_code"] for row in rows("SELECT case_code FROM question WHERE user_id = 'u3'"))
    written = tmp_path / "tra-loi.txt"
    written.write_text(ANSWER, encoding="utf-8")

    assert console(proposed, "--choose", "9", "--by", "HA")[0] == 1
    assert "giao cán bộ trực trả lời" in console(proposed, "--duty", "--by", "HA")[1]
    assert "gửi lại để duyệt" in console(code, "--answer-file", str(written), "--by", "HA")[1]

    assert rows("SELECT state FROM question ORDER BY user_id") == [
        {"state": "with_duty"},
        {"state": "answer_proposed"},
    ]
    assert ANSWER in rows("SELECT text FROM answer")[0]["text"]
    assert {row["reason"] for row in rows("SELECT reason FROM label_event")} == {"lệnh zalo-desk triage"}
