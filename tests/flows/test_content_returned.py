"""Articles that do not get through at the first attempt: returned, agreed on condition, refused, withdrawn, edited."""

from __future__ import annotations

import pytest

from tests.flows.conftest import Rows
from tests.mailroom import text_of
from tests.newsroom import AUTHOR, DEPUTY, EDITOR, HEAD, SECRETARY, TEXT, Newsroom

MENDED = TEXT.replace("02/12/2026, lương hưu", "03/12/2026, lương hưu")


def state(rows: Rows) -> str:
    return str(rows("SELECT state FROM content_item")[0]["state"])


def test_what_the_secretary_returns_is_mended_and_proposed_again(newsroom: Newsroom, rows: Rows) -> None:
    newsroom.to_the_secretary()
    newsroom.answer(SECRETARY, "Đề nghị xem xét", "TRẢ LẠI: ngày chi trả chưa đúng")

    returned = newsroom.letter(EDITOR, "Bài được trả lại")
    assert "Lý do: ngày chi trả chưa đúng" in text_of(returned)
    assert state(rows) == "draft"

    newsroom.answer(EDITOR, "Bài được trả lại", MENDED)
    newsroom.answer(EDITOR, "Bản thảo", "ĐỀ XUẤT")

    assert state(rows) == "in_review"
    assert rows("SELECT version, step, verdict FROM approval ORDER BY approval_id") == [
        {"version": 1, "step": "propose", "verdict": "agree"},
        {"version": 1, "step": "review", "verdict": "return"},
        {"version": 2, "step": "propose", "verdict": "agree"},
    ]
    assert "03/12/2026" in text_of(newsroom.letter(SECRETARY, "Đề nghị xem xét"))


def test_changes_that_a_decider_asked_for_are_confirmed_against_a_shown_comparison(
    newsroom: Newsroom, rows: Rows
) -> None:
    newsroom.to_the_decider()
    newsroom.answer(DEPUTY, "Kính trình", "ĐỒNG Ý, SỬA: ngày chi trả là 03/12")

    assert state(rows) == "to_amend"
    assert 'điều kiện sửa: "ngày chi trả là 03/12"' in text_of(newsroom.letter(EDITOR, "cần sửa"))
    newsroom.answer(EDITOR, "cần sửa", "ĐỀ XUẤT")
    assert "bài chưa được sửa theo ý kiến" in newsroom.receipt(EDITOR)

    newsroom.answer(EDITOR, "cần sửa", MENDED)
    newsroom.answer(EDITOR, "cần sửa", "ĐỀ XUẤT")

    shown = text_of(newsroom.letter(SECRETARY, "đã sửa đúng ý kiến"))
    assert "bỏ:   Từ ngày 02/12/2026" in shown
    assert "thêm: Từ ngày 03/12/2026" in shown
    newsroom.answer(SECRETARY, "đã sửa đúng ý kiến", "ĐÚNG Ý KIẾN")
    newsroom.answer(EDITOR, "đã được đồng ý", "ĐĂNG: 14:00 23/11/2026")

    assert rows("SELECT version, amends FROM content_version ORDER BY version")[-1] == {"version": 2, "amends": 1}
    assert rows("SELECT version, state FROM publication") == [{"version": 2, "state": "waiting"}]
    assert state(rows) == "to_publish"


def test_what_is_refused_is_told_to_all_and_goes_no_further_unless_it_is_edited(newsroom: Newsroom, rows: Rows) -> None:
    newsroom.to_the_decider()
    newsroom.answer(DEPUTY, "Kính trình", "KHÔNG ĐỒNG Ý: chưa đến thời điểm thông báo")

    assert state(rows) == "refused"
    assert rows("SELECT reason FROM approval WHERE step = 'decide'") == [{"reason": "chưa đến thời điểm thông báo"}]
    for whose in (AUTHOR, SECRETARY):
        assert "không đồng ý đăng bài" in text_of(newsroom.letter(whose, "Bài đăng trên Zalo"))

    newsroom.answer(EDITOR, "Bài được trả lại", MENDED)

    assert state(rows) == "draft"


def test_the_secretary_withdraws_from_one_decider_and_submits_to_another(newsroom: Newsroom, rows: Rows) -> None:
    newsroom.to_the_decider()
    newsroom.answer(SECRETARY, "Đã trình", "RÚT")

    assert state(rows) == "reviewed"
    assert "đã rút bài" in text_of(newsroom.letter(DEPUTY, "Bài đăng trên Zalo"))
    newsroom.answer(DEPUTY, "Kính trình", "ĐỒNG Ý")
    assert "không chờ ý kiến này" in newsroom.receipt(DEPUTY)

    newsroom.answer(SECRETARY, "Đề nghị trình lại", "TRÌNH: Trưởng Ban")
    newsroom.answer(DEPUTY, "Kính trình", "ĐỒNG Ý")
    assert "bài được trình người khác quyết định" in newsroom.receipt(DEPUTY)
    newsroom.answer(HEAD, "Kính trình", "ĐỒNG Ý")

    assert state(rows) == "agreed"
    assert rows("SELECT official_code, role FROM approval WHERE step = 'decide'") == [
        {"official_code": "SON", "role": "head"}
    ]


def test_an_edit_while_the_decision_is_in_the_mail_makes_it_worth_nothing(newsroom: Newsroom, rows: Rows) -> None:
    newsroom.to_the_decider()
    newsroom.answer(EDITOR, "Đã đề xuất", MENDED, work=False)
    newsroom.answer(DEPUTY, "Kính trình", "ĐỒNG Ý")

    assert state(rows) == "draft"
    assert rows("SELECT step FROM approval WHERE step = 'decide'") == []
    assert "đã có bản 2; ý kiến về bản 1 không còn hiệu lực" in newsroom.receipt(DEPUTY)
    assert "đã sửa bài thành bản 2" in text_of(newsroom.letter(DEPUTY, "Bài đăng trên Zalo"))


@pytest.mark.parametrize(
    "said",
    [
        "Đồng ý nhưng sửa tiêu đề",
        "không có ý kiến",
        "ĐỒNG Ý\nnhưng sửa tiêu đề",
        "Không có ý kiến khác, đồng ý",
        "ĐỒNG Ý, SỬA",
        "TRÌNH: Trưởng Ban",
    ],
)
def test_what_is_no_clear_agreement_decides_nothing_and_is_asked_back(
    newsroom: Newsroom, rows: Rows, said: str
) -> None:
    newsroom.to_the_decider()
    newsroom.answer(DEPUTY, "Kính trình", said)

    assert state(rows) == "in_decision"
    assert "Chưa thực hiện" in newsroom.receipt(DEPUTY)

    newsroom.answer(DEPUTY, "iến của Ông/Bà", "ĐỒNG Ý")
    assert state(rows) == "agreed"


def test_an_order_to_submit_with_something_beside_it_submits_nothing(newsroom: Newsroom, rows: Rows) -> None:
    newsroom.to_the_secretary()
    newsroom.answer(SECRETARY, "Đề nghị xem xét", "TRÌNH: Trưởng Ban\nnhưng sửa tiêu đề cho gọn")

    assert state(rows) == "in_review"
    assert "Lệnh phải đứng một mình" in newsroom.receipt(SECRETARY)
