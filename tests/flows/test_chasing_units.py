"""The chase over several mornings: what a unit, its head and the Ban Quản trị get, once each."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner

from desk.console.app import app
from desk.runtime.database import engine, transaction
from desk.runtime.letter_files import files_of
from desk.store import chases
from tasks.chasing import chase_batch
from tests.dates import at
from tests.flows.chased import ask, chase, letters, told
from tests.flows.conftest import Handle, Rows, Say

pytestmark = pytest.mark.usefixtures("desk")


@pytest.fixture
def asked(desk: Engine, say: Say, handle: Handle, rows: Rows) -> list[str]:  # noqa: ARG001 - in office first
    """Return the code of one question that B_QLT was asked."""
    return ask(say, handle, rows, 1)


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


@pytest.mark.usefixtures("asked")
def test_running_again_all_day_adds_nothing(rows: Rows) -> None:
    for moment in ["08:00", "08:30", "11:30", "13:00", "16:30"]:
        chase(f"Thu 2026-11-26 {moment}")

    assert told(rows) == [("chase-digest", "thu")]
    assert rows("SELECT first_step, step FROM chase_step") == [{"first_step": -1, "step": 0}]


@pytest.mark.usefixtures("asked")
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


@pytest.mark.usefixtures("asked")
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


@pytest.mark.usefixtures("asked")
def test_while_another_worker_writes_a_units_digest_nobody_else_does(rows: Rows) -> None:
    with engine().begin() as other:
        assert chases.claim_units(other, as_of=at("Thu 2026-11-26 08:00"), limit=10) == ["B_QLT"]
        assert not chase_batch.fn(at("Thu 2026-11-26 08:00"))
    chase("Thu 2026-11-26 08:00")

    assert told(rows) == [("chase-digest", "thu")]


@pytest.mark.usefixtures("asked")
def test_what_falls_due_after_the_digest_of_a_half_day_waits_for_the_next(say: Say, handle: Handle, rows: Rows) -> None:
    chase("Wed 2026-11-25 08:00")
    ask(say, handle, rows, 1)

    chase("Wed 2026-11-25 09:00")
    assert len(letters(rows)) == 1
    chase("Wed 2026-11-25 13:00")

    assert told(rows) == [("chase-digest", "thu")] * 2
