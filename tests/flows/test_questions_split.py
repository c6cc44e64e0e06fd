"""A person says that a question is two (TÁCH)."""

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
from tests.dates import at
from tests.flows.conftest import LOST_BOOK, NOW, UNIT, Handle, Rows, Say
from tests.mailroom import Mailroom, text_of

pytestmark = pytest.mark.usefixtures("desk")

OFFICER, AFTERNOON, SECRETARY = (
    f"{name}@bhxh.example.vn" for name in ("vu.hai.yen", "nguyen.thu.ha", "hoang.phuong.thao")
)
UNCLEAR = "Hôm trước tôi có hỏi việc ấy ở cơ quan mà chưa rõ thì phải làm thế nào?"
MORE = "Với lại mấy việc kia thì bao giờ xong vậy?"
TWINS = "Chế độ thai sản khi sinh đôi được hưởng thế nào?"
TWO_UNITS = "Công ty nợ bảo hiểm thì tôi có được hưởng chế độ thai sản không?"
LATER = NOW + timedelta(hours=1)


def split(code: str, part: str = "") -> str:
    return decide(TriageOrder(code=code, action=TriageAction.SPLIT, acting_officer="HA", part=part))


def decide(order: TriageOrder) -> str:
    with transaction() as connection:
        return triage(connection, order, in_force(connection), LATER)


def code_of(rows: Rows, **where: str) -> str:
    ((name, value),) = where.items()
    return str(rows(f"SELECT case_code FROM question WHERE {name} = :value", value=value)[0]["case_code"])  # noqa: S608


def quoting(rows: Rows, say: Say, handle: Handle, first: str, then: str) -> str:
    """Let a citizen ask, then write of something else as a reply to the own message, and return the question's code."""
    say("u1", first, at=NOW - timedelta(minutes=60))
    handle(NOW - timedelta(minutes=40))
    say("u1", then, at=NOW - timedelta(minutes=20))
    rows(
        "UPDATE message SET quoted_id = (SELECT min(message_id) FROM message WHERE user_id = 'u1') "
        "WHERE user_id = 'u1' AND purpose IS NULL"
    )
    handle(NOW)
    return code_of(rows, user_id="u1")


def test_what_was_added_to_a_routed_question_goes_its_own_way_and_the_unit_is_told_to_leave_it_out(
    mailroom: Mailroom, say: Say, handle: Handle, rows: Rows
) -> None:
    code = quoting(rows, say, handle, LOST_BOOK, TWINS)
    queue_slot_letters.fn(NOW.replace(hour=11, minute=1))
    assert TWINS in text_of(mailroom.letter(UNIT))

    said = split(code)
    handle(LATER)

    old, new = rows("SELECT * FROM question ORDER BY question_id")
    assert f"đã tách 1 tin thành câu hỏi mã {new['case_code']}" in said
    assert (old["text"], old["state"], str(old["promised_on"])) == (LOST_BOOK, "routed", "2026-11-26")
    assert (new["text"], new["state"], str(new["promised_on"])) == (TWINS, "routed", "2026-11-26")
    assert new["received_at"] == NOW - timedelta(minutes=20)
    units = rows("SELECT question_id, unit_code FROM assignment ORDER BY 1")
    assert [tuple(row.values()) for row in units] == [(1, "B_QLT"), (new["question_id"], "B_CSXH")]
    told = text_of(mailroom.letter(UNIT))
    assert f"đã được tách thành câu hỏi riêng (mã {new['case_code']})" in told
    assert TWINS in told
    (message,) = rows("SELECT parts->>'text' AS text, state FROM outbox WHERE kind = 'split-off'")
    assert f"thành câu hỏi riêng (mã {new['case_code']})" in message["text"]
    assert rows("SELECT count(*) AS n FROM outbox WHERE kind = 'acknowledgement'") == [{"n": 1}]


def test_what_no_unit_has_seen_yet_is_passed_on_to_none_after_the_split(say: Say, handle: Handle, rows: Rows) -> None:
    code = quoting(rows, say, handle, LOST_BOOK, TWINS)

    split(code)
    handle(LATER)
    queue_slot_letters.fn(NOW.replace(hour=11, minute=1))

    assert rows("SELECT kind FROM outbox WHERE kind IN ('unit-split', 'unit-addition')") == []


def test_by_one_word_of_a_mail_a_question_that_waits_to_be_sorted_is_two_and_the_rest_is_asked_anew(
    mailroom: Mailroom, say: Say, handle: Handle, rows: Rows
) -> None:
    code = quoting(rows, say, handle, UNCLEAR, TWO_UNITS)
    ask_to_sort_questions.fn(NOW)
    mailroom.answer(mailroom.letter(OFFICER), "TÁCH")

    mailroom.collect(LATER)
    handle(LATER)

    old, new = rows("SELECT * FROM question ORDER BY question_id")
    assert (old["text"], old["state"]) == (UNCLEAR, "in_triage")
    assert (new["text"], new["state"]) == (TWO_UNITS, "in_triage")
    assert f"{code}: đã tách 1 tin thành câu hỏi mã {new['case_code']}" in text_of(mailroom.letter(OFFICER))
    ask_to_sort_questions.fn(at("Fri 2026-11-20 13:45"))
    mailroom.letters(OFFICER)
    asked = rows("SELECT parts ->> 'text' AS text FROM outbox WHERE kind = 'triage' ORDER BY outbox_id")[-1]["text"]
    assert f"Phần còn lại sau khi tách câu hỏi mã {new['case_code']}" in asked
    assert TWO_UNITS in asked
    by = rows("SELECT actor, details ->> 'into' AS into FROM event WHERE kind = 'split'")
    assert [row["into"] for row in by] == [new["case_code"]]
    assert by[0]["actor"] != "desk"


def test_a_figure_of_the_letter_that_showed_the_whole_chooses_nothing_for_what_is_left(
    mailroom: Mailroom, say: Say, handle: Handle, rows: Rows
) -> None:
    say("u2", TWO_UNITS, at=NOW - timedelta(minutes=20))
    code = quoting(rows, say, handle, TWO_UNITS, UNCLEAR)
    ask_to_sort_questions.fn(NOW)
    asked = mailroom.letter(OFFICER)
    mailroom.answer(asked, f"{code}: TÁCH")
    mailroom.collect(LATER)
    mailroom.answer(asked, f"{code}: 1")

    mailroom.collect(LATER + timedelta(minutes=5))

    assert "câu hỏi đã thay đổi sau thư này" in text_of(mailroom.letter(OFFICER))
    assert rows("SELECT state FROM question WHERE case_code = :code", code=code) == [{"state": "in_triage"}]


def test_one_message_of_several_is_split_off_by_its_time_or_its_number(
    say: Say, handle: Handle, rows: Rows, capsys: pytest.CaptureFixture[str]
) -> None:
    say("u1", [UNCLEAR, TWO_UNITS, MORE], at=NOW - timedelta(minutes=20))
    handle(NOW)
    code = code_of(rows, user_id="u1")
    show(code)
    assert "3. 09:10 20/11/2026 " in capsys.readouterr().out

    split(code, "3")
    show(code)

    assert "3. 09:10" not in capsys.readouterr().out
    texts = rows("SELECT text FROM question ORDER BY question_id")
    assert [row["text"] for row in texts] == [f"{UNCLEAR}\n{TWO_UNITS}", MORE]


def test_by_form_and_on_the_console_a_question_is_split_alike(say: Say, handle: Handle, rows: Rows) -> None:
    say("u1", [UNCLEAR, TWO_UNITS, MORE], at=NOW - timedelta(minutes=20))
    handle(NOW)
    code = code_of(rows, user_id="u1")

    triage_question_of.fn(TriageOrder(code=code, action=TriageAction.SPLIT, acting_officer="HA", part="3"), LATER)
    on_console = CliRunner().invoke(app, ["triage", code, "--split", "2", "--by", "HA"])
    nothing_left = CliRunner().invoke(app, ["triage", code, "--split", "cuối", "--by", "HA"])

    assert on_console.exit_code == 0
    assert nothing_left.exit_code == 1
    assert "không có nội dung gửi thêm" in nothing_left.output
    texts = rows("SELECT text FROM question ORDER BY question_id")
    assert [row["text"] for row in texts] == [UNCLEAR, MORE, TWO_UNITS]


@pytest.mark.parametrize(
    "word",
    [
        pytest.param(("TÁCH", "đã tách 1 tin", 2), id="another matter"),
        pytest.param(("KHÔNG XỬ LÝ: đã xem", "đã xem nội dung công dân gửi thêm", 1), id="looked at"),
    ],
)
def test_what_is_added_while_the_officer_on_duty_answers_is_shown_to_him_and_one_word_makes_it_its_own(
    mailroom: Mailroom, say: Say, handle: Handle, rows: Rows, word: tuple[str, str, int]
) -> None:
    typed, outcome, count = word
    code = quoting(rows, say, handle, "Cho tôi xin số tổng đài hỗ trợ của BHXH Việt Nam", TWINS)
    asked = next(mail for mail in mailroom.letters(OFFICER) if "Công dân gửi thêm nội dung" in str(mail["Subject"]))
    assert TWINS in text_of(asked)
    mailroom.answer(asked, typed)

    mailroom.collect(LATER)
    handle(LATER)

    assert outcome in text_of(mailroom.letter(OFFICER))
    assert rows("SELECT state FROM question ORDER BY question_id")[0] == {"state": "with_duty"}
    assert len(rows("SELECT * FROM question")) == count
    assert rows("SELECT * FROM work_item WHERE kind = 'citizen_added' AND closed_at IS NULL") == []
    assert code in text_of(asked)


def test_a_citizen_whom_zalo_lets_nobody_write_to_is_not_written_to(say: Say, handle: Handle, rows: Rows) -> None:
    code = quoting(rows, say, handle, UNCLEAR, TWO_UNITS)
    rows("UPDATE question SET window_closes_at = :at", at=NOW)
    rows("UPDATE citizen SET last_act_at = :at", at=NOW - timedelta(days=7))

    split(code)

    assert rows("SELECT * FROM outbox WHERE kind = 'split-off'") == []
    assert rows("SELECT acknowledged FROM question ORDER BY question_id DESC LIMIT 1") == [{"acknowledged": False}]


def test_of_a_part_that_few_may_read_the_units_hear_neither_text_nor_code(
    mailroom: Mailroom, say: Say, handle: Handle, rows: Rows
) -> None:
    code = quoting(rows, say, handle, LOST_BOOK, TWINS)
    queue_slot_letters.fn(NOW.replace(hour=11, minute=1))
    denounced = "Tôi muốn tố cáo cán bộ nhận tiền làm hồ sơ"
    rows("UPDATE message SET text = :text WHERE purpose = 'follow_up'", text=denounced)

    split(code)
    handle(LATER)

    new = code_of(rows, sensitive="to_cao")
    told = text_of(mailroom.letter(UNIT))
    assert "được xử lý riêng." in told
    assert denounced not in told
    assert new not in told


def test_what_is_left_of_a_denunciation_is_asked_anew_of_the_few_who_may_read_it(
    say: Say, handle: Handle, rows: Rows
) -> None:
    code = quoting(rows, say, handle, "Tôi muốn tố cáo cán bộ BHXH nhận tiền làm hồ sơ", TWINS)
    told_before = {row["recipient"] for row in rows("SELECT recipient FROM outbox WHERE kind = 'sensitive-notice'")}

    split(code)
    handle(LATER)
    ask_to_sort_questions.fn(at("Fri 2026-11-20 13:45"))

    assert rows("SELECT state, sensitive FROM question ORDER BY question_id") == [
        {"state": "in_triage", "sensitive": "to_cao"},
        {"state": "routed", "sensitive": None},
    ]
    told = rows("SELECT kind, recipient FROM outbox WHERE channel = 'mail' AND parts ->> 'text' LIKE '%tố cáo%'")
    assert {row["kind"] for row in told} == {"sensitive-notice"}
    assert {row["recipient"] for row in told} <= {*told_before, OFFICER, AFTERNOON, SECRETARY}
    assert len(told) > len(told_before)


def test_a_split_that_cannot_be_is_refused_with_why_and_nothing_changes(say: Say, handle: Handle, rows: Rows) -> None:
    code = quoting(rows, say, handle, LOST_BOOK, TWINS)
    say("u2", UNCLEAR, at=NOW - timedelta(minutes=20))
    handle(NOW)
    for of, part, why in (
        (code, "1", "tin đầu tiên là chính câu hỏi"),
        (code, "23:59", "không có tin gửi sau nào là “23:59”"),
        (code_of(rows, user_id="u2"), "", "không có nội dung gửi thêm"),
    ):
        with pytest.raises(DecisionRefusedError, match=why):
            split(of, part)
    rows("UPDATE question SET state = 'answer_proposed' WHERE user_id = 'u1'")
    with pytest.raises(DecisionRefusedError, match="đã có dự thảo trả lời"):
        split(code)

    assert len(rows("SELECT * FROM question")) == 2
    assert rows("SELECT * FROM event WHERE kind = 'split'") == []


def test_what_was_split_off_may_be_merged_again_and_the_unit_gets_it_once_more(
    say: Say, handle: Handle, rows: Rows
) -> None:
    code = quoting(rows, say, handle, LOST_BOOK, UNCLEAR)
    split(code)
    handle(LATER)
    new = rows("SELECT case_code FROM question ORDER BY question_id DESC LIMIT 1")[0]["case_code"]

    decide(TriageOrder(code=new, action=TriageAction.MERGE, acting_officer="HA", other_code=code))
    queue_slot_letters.fn(NOW.replace(hour=11, minute=1))

    (addition,) = rows("SELECT parts->>'text' AS text FROM outbox WHERE kind = 'unit-addition'")
    assert UNCLEAR in addition["text"]
    assert rows("SELECT state FROM outbox WHERE kind = 'split-off'") == [{"state": "cancelled"}]
