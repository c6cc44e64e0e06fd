"""A citizen who was asked back: reminded, closed with a note, and taken up again by whatever is written then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from desk.runtime.database import transaction
from desk.runtime.in_force import in_force
from desk.runtime.triage import TriageAction, TriageOrder, triage
from tasks.chasing import remind_citizens
from tests.dates import at
from tests.flows.conftest import Handle, Rows, Say

ASKED = at("Fri 2026-11-20 09:30")
LOST_BOOK = "Tôi bị mất sổ bảo hiểm xã hội, xin hỏi thủ tục cấp lại sổ BHXH?"
UNCLEAR = "Cho tôi hỏi hồ sơ của tôi nộp hôm trước có vướng mắc gì?"
AskBack = Callable[[str], str]
pytestmark = pytest.mark.usefixtures("desk")


@pytest.fixture
def ask_back(say: Say, handle: Handle, rows: Rows) -> AskBack:
    """Return a function that takes in a question and asks its citizen back."""

    def asked(text: str) -> str:
        rows("UPDATE pull_cursor SET swept_at = '2027-01-01'")
        say("asked", text, at=ASKED - timedelta(minutes=20))
        handle(ASKED)
        ((code,),) = [tuple(row.values()) for row in rows("SELECT case_code FROM question")]
        order = TriageOrder(
            code=str(code), action=TriageAction.ASK_BACK, acting_officer="HA", asks=("Ông/Bà nộp hồ sơ ngày nào",)
        )
        with transaction() as connection:
            triage(connection, order, in_force(connection), ASKED)
        return str(code)

    return asked


def remind(moment: datetime) -> None:
    while remind_citizens.fn(moment):
        pass


def said(rows: Rows) -> list[str]:
    kinds = ["ask-back", "ask-back-reminder", "closed-unanswered"]
    found = rows("SELECT kind FROM outbox WHERE kind = ANY(:kinds) ORDER BY outbox_id", kinds=kinds)
    return [str(row["kind"]) for row in found]


def states(rows: Rows) -> list[str]:
    return [str(row["state"]) for row in rows("SELECT state FROM question ORDER BY question_id")]


def test_a_silent_citizen_is_reminded_once_and_the_question_then_closed_with_a_note(
    ask_back: AskBack,
    rows: Rows,
) -> None:
    ask_back(LOST_BOOK)
    rows("UPDATE question SET window_closes_at = '2026-12-31'")
    seen = []
    for day in ["Mon 2026-11-23", "Wed 2026-11-25", "Thu 2026-11-26", "Fri 2026-11-27", "Mon 2026-11-30"]:
        remind(at(f"{day} 08:07"))
        remind(at(f"{day} 15:07"))
        seen.append((len(said(rows)), *states(rows)))

    awaiting = "awaiting_citizen"
    assert seen == [(1, awaiting), (2, awaiting), (2, awaiting), (2, awaiting), (3, "closed")]
    assert rows("SELECT DISTINCT state FROM assignment") == [{"state": "closed"}]


def test_a_citizen_gets_the_whole_time_after_a_reminder_that_left_late(ask_back: AskBack, rows: Rows) -> None:
    ask_back(LOST_BOOK)

    remind(at("Mon 2026-12-07 08:07"))
    remind(at("Wed 2026-12-09 08:07"))
    assert states(rows) == ["awaiting_citizen"]
    remind(at("Thu 2026-12-10 08:07"))
    assert states(rows) == ["closed"]


def test_any_reply_lets_the_question_go_on_with_its_unit(
    ask_back: AskBack,
    say: Say,
    handle: Handle,
    rows: Rows,
) -> None:
    ask_back(LOST_BOOK)
    say("asked", "Tôi nộp ngày 3 tháng 11 ở Bưu điện Cầu Giấy", at=at("Mon 2026-11-23 20:00"))

    handle(at("Mon 2026-11-23 20:30"))

    assert states(rows) == ["routed"]
    assert rows("SELECT purpose FROM message ORDER BY sent_at DESC LIMIT 1") == [{"purpose": "follow_up"}]
    remind(at("Fri 2026-11-27 08:07"))
    assert said(rows) == ["ask-back"]


def test_a_reply_to_what_no_unit_has_goes_before_a_person(
    ask_back: AskBack,
    say: Say,
    handle: Handle,
    rows: Rows,
) -> None:
    code = ask_back(UNCLEAR)
    say("asked", "Tôi nộp ngày 3 tháng 11", at=at("Mon 2026-11-23 20:00"))

    handle(at("Mon 2026-11-23 20:30"))

    assert states(rows) == ["in_triage"]
    (item,) = rows("SELECT reason FROM work_item WHERE closed_at IS NULL")
    assert item["reason"] == f"Công dân đã bổ sung thông tin cho câu hỏi {code}."


def test_a_question_closed_for_want_of_a_reply_is_opened_again_by_one(
    ask_back: AskBack,
    say: Say,
    handle: Handle,
    rows: Rows,
) -> None:
    ask_back(UNCLEAR)
    remind(at("Wed 2026-11-25 08:07"))
    remind(at("Mon 2026-11-30 08:07"))
    assert states(rows) == ["closed"]

    say("asked", "Xin lỗi, giờ tôi mới đọc được tin. Tôi nộp ngày 3 tháng 11", at=at("Tue 2026-12-01 09:00"))
    handle(at("Tue 2026-12-01 09:30"))

    assert states(rows) == ["in_triage"]
    assert rows("SELECT closed_at FROM question") == [{"closed_at": None}]
