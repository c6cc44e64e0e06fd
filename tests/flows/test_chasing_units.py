"""The chase over several mornings: what a unit, its head and the Ban Quản trị get, once each."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from itertools import count
from typing import Any
from zipfile import ZipFile

import pytest
from typer.testing import CliRunner

from desk.console.app import app
from desk.runtime.assigning import record_lettered
from desk.runtime.database import engine, transaction
from desk.runtime.in_force import in_force
from desk.runtime.letter_files import files_of
from desk.store import chases
from tasks.chasing import chase_batch, report_overdue
from tests.dates import at
from tests.flows.conftest import Handle, Rows, Say

ASKED = at("Fri 2026-11-20 09:30")  # the unit's date is Thu 2026-11-26, the 24th being a holiday
BOOKS = ("sổ bảo hiểm xã hội", "sổ BHXH cũ", "sổ bảo hiểm", "tờ bìa sổ BHXH")
pytestmark = pytest.mark.usefixtures("desk")
_users = count(1)


def chase(moment: str) -> None:
    while chase_batch.fn(at(moment)):
        pass
    report_overdue.fn(at(moment))


@pytest.fixture
def asked(say: Say, handle: Handle, rows: Rows) -> list[str]:
    """Return the code of one question that B_QLT was asked."""
    return ask(say, handle, rows, 1)


def ask(say: Say, handle: Handle, rows: Rows, number: int) -> list[str]:
    for _ in range(number):
        text = "Tôi bị mất sổ bảo hiểm xã hội, xin hỏi thủ tục cấp lại sổ BHXH?"
        say(f"chased{next(_users)}", text, at=ASKED - timedelta(minutes=20))
    handle(ASKED)
    return [str(row["case_code"]) for row in rows("SELECT case_code FROM question ORDER BY question_id")]


def letters(rows: Rows) -> list[dict[str, Any]]:
    return rows(
        "SELECT kind, recipient, key, parts->>'subject' AS subject, parts->>'text' AS text FROM outbox "
        "WHERE kind LIKE 'chase-%' ORDER BY outbox_id"
    )


def told(rows: Rows) -> list[tuple[str, str]]:
    return [(str(row["kind"]), str(row["recipient"]).partition("@")[0]) for row in letters(rows)]


def test_each_morning_brings_one_letter_higher_up(asked: list[str], rows: Rows) -> None:
    mornings = ["Mon 2026-11-23 08:00", "Wed 2026-11-25 08:00", "Thu 2026-11-26 08:00", "Fri 2026-11-27 08:00"]
    seen = []
    for morning in [*mornings, "Mon 2026-11-30 08:00", "Tue 2026-12-01 08:00"]:
        before = len(letters(rows))
        chase(morning)
        seen.append(told(rows)[before:])

    head = [("chase-escalation", "thu"), ("chase-escalation", "thu.lanhdao")]
    assert seen == [
        [],
        [("chase-digest", "thu")],
        [("chase-digest", "thu")],
        head,
        [*head, ("chase-board", "banquantri")],
        [*head, ("chase-board", "banquantri")],
    ]
    first, *_ = letters(rows)
    (asking,) = rows("SELECT key FROM outbox WHERE kind = 'unit-letter'")
    assert rows("SELECT parts->>'thread' AS key FROM outbox WHERE kind = 'chase-digest'") == [asking, asking]
    assert first["subject"] == f"[{asked[0]}] Nhắc hạn trả lời: hết ngày thứ Năm, 26/11/2026"


def test_a_head_is_asked_politely_and_the_unit_reads_the_same(asked: list[str], rows: Rows) -> None:
    chase("Fri 2026-11-27 08:00")

    copy, letter = letters(rows)
    assert letter["subject"] == f"[{asked[0]}] Đôn đốc trả lời câu hỏi trên Zalo"
    assert "Kính đề nghị Lãnh đạo Ban Quản lý thu" in str(letter["text"])
    assert "quan tâm chỉ đạo trả lời" in str(letter["text"])
    assert copy["text"] == letter["text"]
    assert "vi phạm" not in str(letter["text"])


def test_an_official_sees_when_a_unit_was_chased(asked: list[str]) -> None:
    for morning in ["Wed 2026-11-25 08:00", "Thu 2026-11-26 08:00", "Mon 2026-11-30 08:00"]:
        chase(morning)

    shown = CliRunner().invoke(app, ["show", asked[0]]).output

    name = "Ban Quản lý thu và phát triển người tham gia"
    assert f"25/11/2026 {name}: 1 ngày làm việc trước hạn 26/11/2026\n" in shown
    assert f"26/11/2026 {name}: ngày đến hạn 26/11/2026\n" in shown
    assert f"30/11/2026 {name}: 2 ngày làm việc sau hạn 26/11/2026, báo Ban Quản trị\n" in shown
    assert f"{name}: chờ trả lời, hạn" in shown
    assert "mail phiếu chuyển đến đơn vị: chờ gửi\n" in shown


@pytest.mark.usefixtures("desk", "asked")
def test_running_again_all_day_adds_nothing(rows: Rows) -> None:
    for moment in ["08:00", "08:30", "11:30", "13:00", "16:30"]:
        chase(f"Thu 2026-11-26 {moment}")

    assert told(rows) == [("chase-digest", "thu")]
    assert rows("SELECT first_step, step FROM chase_step") == [{"first_step": -1, "step": 0}]


@pytest.mark.usefixtures("desk", "asked")
@pytest.mark.parametrize("moment", ["Thu 2026-11-26 07:30", "Thu 2026-11-26 12:15", "Sat 2026-11-28 09:00"])
def test_nobody_is_chased_outside_office_hours(rows: Rows, moment: str) -> None:
    chase(moment)

    assert letters(rows) == []


def test_a_unit_gets_one_digest_of_all_its_questions(say: Say, handle: Handle, rows: Rows) -> None:
    codes = ask(say, handle, rows, 3)

    chase("Wed 2026-11-25 08:00")

    (digest,) = letters(rows)
    assert digest["subject"] == "Nhắc hạn trả lời 03 câu hỏi trên Zalo: sớm nhất hết ngày thứ Năm, 26/11/2026"
    assert all(str(digest["text"]).count(code) == 1 for code in codes)


def test_a_unit_that_is_asked_beside_others_is_reminded_that_it_may_answer_for_all(
    asked: list[str], rows: Rows
) -> None:
    rows(
        "INSERT INTO assignment (question_id, unit_code, lettered_on, lettered_at, unit_due_on, unit_because, told_on, "
        "calendar_version) SELECT question_id, 'B_TCKT', lettered_on, lettered_at, unit_due_on, unit_because, told_on, "
        "calendar_version FROM assignment"
    )

    chase("Wed 2026-11-25 08:00")

    (digest,) = letters(rows)
    assert asked[0] in str(digest["text"])
    assert "\nTRẢ LỜI CHUNG\n" in str(digest["text"])


def test_more_than_fifty_questions_go_into_a_file(say: Say, handle: Handle, rows: Rows) -> None:
    codes = ask(say, handle, rows, 53)

    chase("Wed 2026-11-25 08:00")

    ((parts),) = rows("SELECT parts FROM outbox WHERE kind = 'chase-digest'")
    assert str(parts["parts"]["text"]).count("ZL 26-") == 50
    with transaction() as connection:
        (file,) = files_of(connection, parts["parts"])
    assert file.name == "cau-hoi-cho-tra-loi-20261125.xlsx"
    with ZipFile(BytesIO(file.content)) as book:
        strings = book.read("xl/sharedStrings.xml").decode()
    assert all(code in strings for code in codes)


@pytest.mark.usefixtures("desk", "asked")
def test_after_two_days_of_outage_one_letter_says_the_highest_step(rows: Rows) -> None:
    chase("Wed 2026-11-25 08:00")

    chase("Mon 2026-11-30 09:00")

    assert told(rows)[1:] == [
        ("chase-escalation", "thu"),
        ("chase-escalation", "thu.lanhdao"),
        ("chase-board", "banquantri"),
    ]
    steps = rows("SELECT first_step, step, for_board FROM chase_step ORDER BY step")
    assert [tuple(row.values()) for row in steps] == [(-1, -1, False), (0, 2, True)]


@pytest.mark.usefixtures("desk", "asked")
def test_while_another_worker_writes_a_units_digest_nobody_else_does(rows: Rows) -> None:
    with engine().begin() as other:
        assert chases.claim_units(other, as_of=at("Thu 2026-11-26 08:00"), limit=10) == ["B_QLT"]
        assert not chase_batch.fn(at("Thu 2026-11-26 08:00"))
    chase("Thu 2026-11-26 08:00")

    assert told(rows) == [("chase-digest", "thu")]


@pytest.mark.usefixtures("desk", "asked")
def test_what_falls_due_after_the_digest_of_a_half_day_waits_for_the_next(say: Say, handle: Handle, rows: Rows) -> None:
    chase("Wed 2026-11-25 08:00")
    ask(say, handle, rows, 1)

    chase("Wed 2026-11-25 09:00")
    assert len(letters(rows)) == 1
    chase("Wed 2026-11-25 13:00")

    assert told(rows) == [("chase-digest", "thu")] * 2


@pytest.mark.usefixtures("desk", "asked")
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


@pytest.mark.usefixtures("desk", "asked")
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


@pytest.mark.usefixtures("desk", "asked")
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


@pytest.mark.usefixtures("desk", "asked")
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


@pytest.mark.usefixtures("desk", "asked")
def test_a_unit_whose_letter_came_back_has_its_whole_time_from_the_second_letter(rows: Rows) -> None:
    with transaction() as connection:
        ids = [row["assignment_id"] for row in rows("SELECT assignment_id FROM assignment")]
        record_lettered(connection, ids, in_force(connection), at("Wed 2026-11-25 10:00"))

    for morning in ["Thu 2026-11-26 08:00", "Fri 2026-11-27 08:00"]:
        chase(morning)
    assert [kind for kind, _ in told(rows)] == ["chase-digest", "chase-board"]
    assert rows("SELECT unit_due_on::text AS due FROM assignment") == [{"due": "2026-11-30"}]


@pytest.mark.usefixtures("desk", "asked")
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
