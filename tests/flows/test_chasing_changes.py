"""When the chase keeps silent, begins anew or goes elsewhere: dates that move, replies, thanks, mail that returns."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from desk.runtime.assigning import record_lettered
from desk.runtime.database import transaction
from desk.runtime.in_force import in_force
from tests.dates import at
from tests.flows.chased import ask, chase, letters, told
from tests.flows.conftest import Handle, Rows, Say

pytestmark = pytest.mark.usefixtures("desk")


@pytest.fixture
def asked(desk: Engine, say: Say, handle: Handle, rows: Rows) -> list[str]:  # noqa: ARG001 - in office first
    """Return the code of one question that B_QLT was asked."""
    return ask(say, handle, rows, 1)


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE assignment SET silent_until = '2026-11-27 09:00+07'",
        "UPDATE assignment SET state = 'replied', replied_at = now()",
        "UPDATE question SET state = 'answered_by_hand'",
        "UPDATE question SET state = 'awaiting_citizen'",
        "UPDATE question SET state = 'closed', closed_at = now()",
    ],
)
def test_the_chase_is_silent_while_the_unit_owes_nothing_now(rows: Rows, change: str) -> None:
    rows(change)

    chase("Thu 2026-11-26 08:00")

    assert letters(rows) == []


def test_a_date_that_moves_is_chased_anew_and_an_overdue_notice_is_taken_back(asked: list[str], rows: Rows) -> None:
    chase("Fri 2026-11-27 08:00")
    rows("UPDATE assignment SET unit_due_on = '2026-12-02', told_on = '2026-12-02'")

    chase("Mon 2026-11-30 08:00")
    chase("Tue 2026-12-01 08:00")

    *_, taken_back, reminder = [letter for letter in letters(rows) if letter["kind"] == "chase-digest"]
    assert f"{asked[0]}: thời hạn mới là hết ngày thứ Tư, 02/12/2026" in str(taken_back["text"])
    assert taken_back["subject"] == "Thời hạn trả lời câu hỏi trên Zalo được tính lại"
    assert reminder["subject"] == f"[{asked[0]}] Nhắc hạn trả lời: hết ngày thứ Tư, 02/12/2026"


@pytest.mark.usefixtures("asked")
def test_who_has_the_question_is_named_and_thanks_follow_in_the_next_digest(
    say: Say, handle: Handle, rows: Rows
) -> None:
    rows("UPDATE assignment SET state = 'closed', replied_at = now()")
    rows("UPDATE question SET state = 'answered', answered_at = now(), closed_at = now()")
    answered, asked = ask(say, handle, rows, 1)
    rows("UPDATE assignment SET passed_to = 'đ/c Hùng' WHERE state = 'awaiting'")

    chase("Wed 2026-11-25 08:00")
    chase("Thu 2026-11-26 08:00")

    first, second = letters(rows)
    assert "Quý đơn vị đã chuyển đ/c Hùng xử lý" in str(first["text"])
    assert asked in str(first["subject"])
    assert f"câu hỏi mã {answered} đã đến công dân. Trân trọng cảm ơn" in str(first["text"])
    assert answered not in str(second["text"])


@pytest.mark.usefixtures("asked")
def test_a_digest_goes_to_the_second_address_while_the_first_is_away_or_returns_mail(rows: Rows) -> None:
    rows("INSERT INTO address_notice (address, absent_until) VALUES ('thu@bhxh.example.vn', '2026-11-25')")
    chase("Wed 2026-11-25 08:00")
    chase("Thu 2026-11-26 08:00")
    rows("UPDATE address_notice SET bounced_at = now()")
    chase("Fri 2026-11-27 08:00")

    assert told(rows) == [
        ("chase-digest", "thu2"),
        ("chase-digest", "thu"),
        ("chase-escalation", "thu2"),
        ("chase-escalation", "thu.lanhdao"),
    ]


@pytest.mark.usefixtures("asked")
def test_a_unit_that_no_mail_reaches_is_a_persons_work_and_is_not_called_late(rows: Rows) -> None:
    rows(
        "INSERT INTO address_notice (address, bounced_at) "
        "VALUES ('thu@bhxh.example.vn', now()), ('thu2@bhxh.example.vn', now())"
    )

    chase("Fri 2026-11-27 08:00")
    chase("Fri 2026-11-27 08:30")
    assert letters(rows) == []
    assert [row["kind"] for row in rows("SELECT kind FROM work_item")] == ["unreachable_unit"]

    rows("UPDATE address_notice SET bounced_at = NULL")
    chase("Mon 2026-11-30 08:00")
    assert letters(rows) == []
    chase("Tue 2026-12-01 08:00")
    assert told(rows)[0] == ("chase-escalation", "thu")
    assert "hết ngày thứ Hai, 30/11/2026" in str(letters(rows)[0]["text"])


@pytest.mark.usefixtures("asked")
def test_a_unit_whose_letter_came_back_has_its_whole_time_from_the_second_letter(rows: Rows) -> None:
    with transaction() as connection:
        ids = [row["assignment_id"] for row in rows("SELECT assignment_id FROM assignment")]
        record_lettered(connection, ids, in_force(connection), at("Wed 2026-11-25 10:00"))

    for morning in ["Thu 2026-11-26 08:00", "Fri 2026-11-27 08:00"]:
        chase(morning)
    assert [kind for kind, _ in told(rows)] == ["chase-digest", "chase-board"]
    assert rows("SELECT unit_due_on::text AS due FROM assignment") == [{"due": "2026-11-30"}]


@pytest.mark.usefixtures("asked")
def test_the_board_hears_what_is_late_here_while_no_unit_is(rows: Rows) -> None:
    rows("UPDATE assignment SET unit_due_on = '2026-12-04', told_on = '2026-12-04'")

    chase("Fri 2026-11-27 08:00")
    chase("Mon 2026-11-30 08:00")

    (letter,) = letters(rows)
    assert letter["subject"] == "Đôn đốc trả lời câu hỏi trên Zalo: 01 câu hỏi chậm ở khâu điều phối"


def test_a_rule_that_raises_sets_one_reply_aside_and_the_rest_goes_on(say: Say, handle: Handle, rows: Rows) -> None:
    ask(say, handle, rows, 2)
    first = "SELECT min(assignment_id) FROM assignment"
    rows(f"UPDATE assignment SET silent_until = '9999-12-31 23:00Z' WHERE assignment_id = ({first})")  # noqa: S608

    chase("Wed 2026-11-25 08:00")

    assert told(rows) == [("chase-digest", "thu")]
    assert [row["kind"] for row in rows("SELECT kind FROM work_item WHERE kind = 'bug'")] == ["bug"]
