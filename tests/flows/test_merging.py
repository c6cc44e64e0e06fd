"""A person says that two questions of a citizen are one (GỘP)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from typer.testing import CliRunner

from desk.console.app import app
from desk.console.show import show
from desk.runtime.database import transaction
from desk.runtime.decisions.decision import DecisionRefusedError
from desk.runtime.in_force import in_force
from desk.runtime.triage import TriageAction, TriageOrder, triage
from tasks.asking import ask_to_sort_questions
from tasks.reporting import queue_slot_letters
from tasks.triaging import triage_question_of
from tests.flows.conftest import LOST_BOOK, NOW, UNIT, Handle, Rows, Say
from tests.flows.merged import DENUNCIATION, LATER, TWINS, UNCLEAR, ask, decide, merge, refused, states
from tests.mailroom import Mailroom, text_of

pytestmark = pytest.mark.usefixtures("desk")

OFFICER = "vu.hai.yen@bhxh.example.vn"


def letters(rows: Rows, kind: str) -> list[str]:
    return [
        row["text"]
        for row in rows("SELECT parts->>'text' AS text FROM outbox WHERE kind = :kind ORDER BY 1", kind=kind)
    ]


def test_by_one_word_of_a_mail_a_question_joins_the_one_that_a_unit_has_and_the_unit_gets_it_as_an_addition(
    mailroom: Mailroom, say: Say, handle: Handle, rows: Rows
) -> None:
    first, second = ask(say, handle, rows, LOST_BOOK, UNCLEAR)
    ask_to_sort_questions.fn(NOW)
    mailroom.answer(mailroom.letter(OFFICER), f"GỘP: {first}")

    mailroom.collect(LATER)

    assert states(rows) == {first: "routed", second: "merged"}
    receipt = text_of(mailroom.letter(OFFICER))
    assert f"{second}: đã gộp vào câu hỏi mã {first} (đã chuyển đơn vị, hạn trả lời công dân: hết thứ" in receipt
    told = rows(
        "SELECT kind, case_code FROM outbox JOIN question USING (question_id) WHERE channel = 'zalo' ORDER BY 1, 2"
    )
    assert [tuple(row.values()) for row in told] == [
        ("acknowledgement", first),
        ("acknowledgement", second),
        ("forwarded", first),
    ]
    queue_slot_letters.fn(NOW.replace(hour=11, minute=1))
    addition = text_of(mailroom.letter(UNIT))
    assert UNCLEAR in addition
    assert first in addition


def test_units_of_the_merged_question_are_released_and_its_receipts_do_not_leave(
    say: Say, handle: Handle, rows: Rows
) -> None:
    first, second = ask(say, handle, rows, TWINS, LOST_BOOK)
    assert states(rows) == {first: "routed", second: "routed"}

    merge(second, first)

    (released,) = letters(rows, "unit-released")
    assert f"Câu hỏi mã {second} đã được gộp vào câu hỏi mã {first}" in released
    kept = rows(
        "SELECT DISTINCT kind FROM outbox JOIN question USING (question_id) "
        "WHERE channel = 'zalo' AND case_code = :code AND outbox.state <> 'cancelled'",
        code=second,
    )
    assert kept == []
    queue_slot_letters.fn(NOW.replace(hour=11, minute=1))
    (addition,) = letters(rows, "unit-addition")
    assert LOST_BOOK in addition
    of_second = "(SELECT question_id FROM question WHERE case_code = :c)"
    assert rows(f"SELECT state FROM assignment WHERE question_id = {of_second}", c=second) == [{"state": "closed"}]  # noqa: S608


def test_two_that_wait_to_be_sorted_are_sorted_as_one(say: Say, handle: Handle, rows: Rows) -> None:
    first, second = ask(say, handle, rows, "Công ty nợ bảo hiểm thì tôi có được hưởng chế độ thai sản không?", UNCLEAR)
    assert set(states(rows).values()) == {"in_triage"}

    merge(second, first)

    (row,) = rows("SELECT text FROM question WHERE case_code = :code", code=first)
    assert row["text"].endswith(f"không?\n{UNCLEAR}")
    waiting = rows(
        "SELECT case_code FROM work_item JOIN question USING (question_id) WHERE work_item.closed_at IS NULL"
    )
    assert waiting == [{"case_code": first}]


def test_the_officer_who_answers_the_other_question_is_shown_what_was_merged_into_it(
    mailroom: Mailroom, say: Say, handle: Handle, rows: Rows
) -> None:
    first, second = ask(say, handle, rows, "Cho tôi xin số tổng đài hỗ trợ của BHXH Việt Nam", UNCLEAR)
    assert states(rows)[first] == "with_duty"

    merge(second, first)

    asked = [mail for mail in mailroom.letters(OFFICER) if "Công dân gửi thêm nội dung" in str(mail["Subject"])]
    assert [UNCLEAR in text_of(mail) for mail in asked] == [True]


@pytest.mark.parametrize("told", [(4, 6), (6, 4), (6, 6)])
def test_the_day_that_stands_is_the_earlier_of_the_two_that_were_told(
    say: Say, handle: Handle, rows: Rows, told: tuple[int, int]
) -> None:
    first, second = ask(say, handle, rows, TWINS, LOST_BOOK)
    for code, days in zip((first, second), told, strict=True):
        rows(
            "UPDATE question SET promised_on = CAST('2026-11-20' AS date) + :days WHERE case_code = :code",
            days=days,
            code=code,
        )

    merge(second, first)

    promised = rows(
        "SELECT promised_on - CAST('2026-11-20' AS date) AS days FROM question WHERE case_code = :c", c=first
    )
    assert promised == [{"days": min(told)}]


def test_who_asks_how_far_the_old_code_is_hears_of_the_question_it_is_part_of(
    say: Say, handle: Handle, rows: Rows
) -> None:
    first, second = ask(say, handle, rows, LOST_BOOK, UNCLEAR)
    merge(second, first)

    say("u1", f"Câu {second} của tôi đến đâu rồi?", at=LATER)
    handle(LATER + timedelta(minutes=10))

    (said,) = letters(rows, "status-reply")
    assert f"Câu hỏi mã {first} (gồm cả câu hỏi mã {second})" in said
    assert len(rows("SELECT * FROM question")) == 2


def test_what_quotes_the_merged_question_belongs_to_the_other_and_so_does_what_comes_late(
    say: Say, handle: Handle, rows: Rows
) -> None:
    first, second = ask(say, handle, rows, LOST_BOOK, UNCLEAR)
    third, *_ = rows("SELECT outbox_id FROM outbox WHERE kind = 'acknowledgement' ORDER BY outbox_id DESC")
    merge(second, first)
    rows(
        "INSERT INTO message (message_id, user_id, from_citizen, sent_at, kind, text, purpose, outbox_id) "
        "VALUES ('echo', 'u1', false, :at, 'text', 'Chúng tôi đã tiếp nhận', 'echo', :outbox)",
        at=NOW,
        outbox=third["outbox_id"],
    )
    say("u1", TWINS, at=LATER)
    rows("UPDATE message SET quoted_id = 'echo' WHERE purpose IS NULL")
    say("u1", "tin đến muộn", at=NOW - timedelta(minutes=19))

    handle(LATER + timedelta(minutes=10))

    belongs = rows("SELECT DISTINCT case_code FROM message JOIN question USING (question_id)")
    assert belongs == [{"case_code": first}]


def test_a_question_merged_into_one_that_is_merged_itself_follows_it(say: Say, handle: Handle, rows: Rows) -> None:
    first, second, third = ask(say, handle, rows, LOST_BOOK, UNCLEAR, "Tôi vẫn chưa rõ thì phải làm thế nào?")

    merge(third, second)
    merge(second, first)

    into = rows("SELECT case_code, merged_into FROM question WHERE state = 'merged' ORDER BY case_code")
    (target,) = rows("SELECT question_id FROM question WHERE case_code = :c", c=first)
    assert [row["merged_into"] for row in into] == [target["question_id"]] * 2
    queue_slot_letters.fn(NOW.replace(hour=11, minute=1))
    (addition,) = letters(rows, "unit-addition")
    assert UNCLEAR in addition
    assert "vẫn chưa rõ" in addition


def test_both_questions_show_what_became_of_them(
    say: Say, handle: Handle, rows: Rows, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = ask(say, handle, rows, LOST_BOOK, UNCLEAR)
    merge(second, first)

    show(second)
    merged = capsys.readouterr().out
    show(first)
    taken = capsys.readouterr().out

    assert merged.startswith(f"{second}: đã gộp vào câu hỏi khác")
    assert f"gộp vào câu hỏi khác (HA): câu hỏi {first}" in merged
    assert f"Gồm cả câu hỏi {second}" in taken
    assert f"nhận nội dung của câu hỏi khác gộp vào (HA): câu hỏi {second}" in taken
    assert f"2. {NOW - timedelta(minutes=20):%H:%M %d/%m/%Y} {UNCLEAR[:40]}" in taken


def test_by_form_and_on_the_console_questions_are_merged_alike(say: Say, handle: Handle, rows: Rows) -> None:
    first, second, third = ask(say, handle, rows, LOST_BOOK, UNCLEAR, "Tôi vẫn chưa rõ thì phải làm thế nào?")

    order = TriageOrder(code=second, action=TriageAction.MERGE, acting_officer="HA", other_code=first)
    triage_question_of.fn(order, LATER)
    on_console = CliRunner().invoke(app, ["triage", third, "--merge", first, "--by", "HA"])
    again = CliRunner().invoke(app, ["triage", third, "--merge", first, "--by", "HA"])

    assert on_console.exit_code == 0
    assert f"đã gộp vào câu hỏi mã {first}" in on_console.output
    assert again.exit_code == 1
    assert states(rows) == {first: "routed", second: "merged", third: "merged"}
    assert len(letters(rows, "form-receipt")) == 1


def test_nothing_of_a_citizen_is_sealed_while_a_person_merges(say: Say, handle: Handle, rows: Rows) -> None:
    first, second = ask(say, handle, rows, LOST_BOOK, UNCLEAR)
    say("u1", "sổ cũ cấp năm 2010", at=NOW + timedelta(minutes=5))
    order = TriageOrder(code=second, action=TriageAction.MERGE, acting_officer="HA", other_code=first)

    with transaction() as connection:
        triage(connection, order, in_force(connection), LATER)
        handle(LATER)
        assert rows("SELECT purpose FROM message WHERE purpose IS NULL") == [{"purpose": None}]
    handle(LATER)

    belongs = rows("SELECT DISTINCT case_code FROM message JOIN question USING (question_id)")
    assert belongs == [{"case_code": first}]


def test_a_merged_question_is_not_opened_again(say: Say, handle: Handle, rows: Rows) -> None:
    first, second = ask(say, handle, rows, LOST_BOOK, UNCLEAR)
    merge(second, first)

    with pytest.raises(DecisionRefusedError, match="đã gộp vào câu hỏi khác"):
        decide(TriageOrder(code=second, action=TriageAction.REOPEN, acting_officer="HA"))


def test_the_units_of_an_ordinary_question_do_not_hear_the_code_of_one_that_few_may_read(
    say: Say, handle: Handle, rows: Rows
) -> None:
    first, second = ask(say, handle, rows, DENUNCIATION, LOST_BOOK)
    assert "đề nghị xử lý riêng" in refused(second, first)
    decide(TriageOrder(code=first, action=TriageAction.ROUTE, acting_officer="HA", units=["TCKT"]))

    merge(second, first)

    (released,) = letters(rows, "unit-released")
    assert "đã được gộp vào câu hỏi khác" in released
    assert first not in released
