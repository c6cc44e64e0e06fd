"""Questions that cannot be one: who says so hears why, and nothing changes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.flows.conftest import LOST_BOOK, NOW, Handle, Rows, Say
from tests.flows.merged import DENUNCIATION, TWINS, UNCLEAR, ask, refused, states
from tests.unit_replies import replied

pytestmark = pytest.mark.usefixtures("desk")


def test_what_cannot_be_one_question_is_refused_with_why_and_nothing_changes(
    say: Say, handle: Handle, rows: Rows
) -> None:
    first, second = ask(say, handle, rows, LOST_BOOK, UNCLEAR)
    *_, of_another = ask(say, handle, rows, TWINS, user="u2")
    *_, secret = ask(say, handle, rows, DENUNCIATION, user="u3")
    say("u3", UNCLEAR, at=NOW + timedelta(hours=1))
    handle(NOW + timedelta(hours=2))
    (ordinary,) = rows("SELECT case_code FROM question WHERE user_id = 'u3' AND sensitive IS NULL")
    before = states(rows)

    assert "hai công dân khác nhau" in refused(second, of_another)
    assert "chính câu hỏi đó" in refused(second, second)
    assert "giữ kín không gộp vào câu hỏi thường" in refused(secret, ordinary["case_code"])
    assert f"đã được hẹn ngày trả lời {first}; đề nghị gộp {second} vào {first}" in refused(first, second)
    assert "Không có câu hỏi mã" in refused(second, "ZL 26-999999-1")
    assert states(rows) == before
    assert len(rows("SELECT * FROM work_item WHERE kind = 'triage' AND closed_at IS NULL")) == 2


def test_one_that_has_ended_or_is_being_answered_takes_nothing_in(say: Say, handle: Handle, rows: Rows) -> None:
    first, second = ask(say, handle, rows, LOST_BOOK, UNCLEAR)
    for state, says in (("answer_proposed", "đã có dự thảo"), ("answered", "đã trả lời"), ("closed", "đã kết thúc")):
        rows("UPDATE question SET state = :state WHERE case_code = :code", state=state, code=first)
        assert says in refused(second, first)
        assert "không nhận thêm nội dung" in refused(second, first)


def test_a_question_that_a_unit_has_answered_is_not_merged_away(say: Say, handle: Handle, rows: Rows) -> None:
    first, second = ask(say, handle, rows, TWINS, LOST_BOOK)
    rows("UPDATE assignment SET lettered_at = :at", at=NOW)
    replied("B_QLT", "Ông/Bà nộp hồ sơ cấp lại sổ tại cơ quan BHXH nơi đang tham gia.", at=NOW)

    assert f"đơn vị đã trả lời {second}; đề nghị gộp {first} vào {second}" in refused(second, first)
