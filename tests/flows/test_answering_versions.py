"""An answer that is written anew: by a later reply, by an official, or because a reply was none."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desk.rules.commands import CommandCode
from desk.rules.tally import Count
from desk.runtime.decisions.decision import DecisionRefusedError
from tasks.answering import compose_batch
from tests.flows.conftest import NOW, Rows
from tests.flows.two_units import DUE, LATER, TCKT, THU, acted, letters, messages
from tests.unit_replies import replied, word

pytestmark = pytest.mark.usefixtures("two_units")


def test_a_reply_that_comes_after_the_proposal_makes_a_new_version_and_the_old_word_is_refused(rows: Rows) -> None:
    acted(rows, NOW + timedelta(days=2))
    replied("B_QLT", THU, at=NOW)
    compose_batch.fn(DUE)
    replied("B_TCKT", TCKT, at=DUE)

    assert compose_batch.fn(DUE + timedelta(minutes=5))[Count.PROPOSED] == 1
    assert rows("SELECT version, state FROM answer ORDER BY version") == [
        {"version": 1, "state": "superseded"},
        {"version": 2, "state": "proposed"},
    ]
    with pytest.raises(DecisionRefusedError, match="đã có bản mới"):
        word(CommandCode.SEND, at=DUE, version=1)
    assert "bản 2" in word(CommandCode.SEND, at=DUE)
    with pytest.raises(DecisionRefusedError, match="Nguyễn Thu Hà đã cho gửi"):
        word(CommandCode.SEND, at=DUE, by="MINH")


def test_a_text_is_an_edit_and_is_shown_again_before_it_goes(rows: Rows) -> None:
    replied("B_QLT", THU, at=NOW, answers_for_all=True)
    compose_batch.fn(LATER)

    assert "gửi lại để duyệt" in word("Ông/Bà nộp hồ sơ chốt sổ tại cơ quan BHXH nơi cư trú.", at=LATER)

    assert messages(rows) == []
    assert "Ông/Bà nộp hồ sơ chốt sổ" in letters(rows)[-1]
    asked = rows("SELECT recipient FROM outbox WHERE kind = 'answer-proposal' ORDER BY outbox_id")
    assert asked[-1]["recipient"] == "nguyen.thu.ha@bhxh.example.vn"
    assert rows("SELECT written_by, version FROM answer WHERE state = 'proposed'") == [
        {"written_by": "HA", "version": 2}
    ]
    word(CommandCode.SEND, at=LATER)
    assert messages(rows)[0].startswith("Về câu hỏi của Ông/Bà (mã ZL")
    assert THU not in messages(rows)[0]


def test_a_later_reply_shows_what_the_officer_had_written_beside_the_new_version(rows: Rows) -> None:
    replied("B_QLT", THU, at=NOW)
    compose_batch.fn(DUE)
    word("Sổ BHXH do cán bộ trực viết lại: Ông/Bà nhận trong 5 ngày làm việc.", at=DUE)
    replied("B_TCKT", TCKT, at=DUE)

    compose_batch.fn(DUE)

    assert "CHƯA CÓ TRONG BẢN NÀY" in letters(rows)[-1]
    assert "do cán bộ trực viết lại" in letters(rows)[-1]


def test_a_reply_that_is_no_answer_is_awaited_again(rows: Rows) -> None:
    replied("B_QLT", THU, at=NOW)
    replied("B_TCKT", "Ban đang rà soát.", at=NOW)
    compose_batch.fn(LATER)
    with pytest.raises(DecisionRefusedError, match="chưa rõ đơn vị nào"):
        word(CommandCode.IS_NO_ANSWER, at=LATER)

    assert "tiếp tục chờ" in word(CommandCode.IS_NO_ANSWER, at=LATER, below="TCKT")

    assert rows("SELECT state FROM question") == [{"state": "routed"}]
    assert rows("SELECT unit_code, state FROM assignment ORDER BY 1") == [
        {"unit_code": "B_QLT", "state": "replied"},
        {"unit_code": "B_TCKT", "state": "awaiting"},
    ]
    assert not compose_batch.fn(LATER)
    replied("B_TCKT", TCKT, at=LATER)
    assert compose_batch.fn(LATER)[Count.PROPOSED] == 1
    assert "đang rà soát" not in letters(rows)[-1]
