"""What may go to a citizen, and in which form: scans, numbers of letters, data of a dossier, what a unit insists on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

from desk.rules.commands import CommandCode
from desk.rules.office import AnswerNeeds
from desk.runtime import office as offices
from desk.runtime.database import transaction
from desk.runtime.decisions.decision import DecisionRefusedError, Step
from tasks.answering import compose_batch
from tests.flows.conftest import Handle, Rows, Say, trusting_office
from tests.unit_replies import replied, word

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))  # a Friday
LATER = NOW + timedelta(hours=2)
LOST_BOOK = "Tôi bị mất sổ bảo hiểm xã hội, xin hỏi thủ tục cấp lại sổ BHXH?"
LEAD = "Ông/Bà nộp tờ khai cấp lại sổ tại cơ quan BHXH nơi cư trú. Sổ được cấp lại trong 5 ngày làm việc."
DOSSIER = "Sổ BHXH 7912345678 của bà Nguyễn Thị Lan đã được cấp lại. Đề nghị bà Nguyễn Thị Lan đến nhận sổ."
SCAN = (b"trang mot", b"trang hai")


@pytest.fixture(autouse=True)
def asked(desk: Engine, say: Say, handle: Handle, rows: Rows) -> None:  # noqa: ARG001 - in office first
    """Ask one unit the question of a citizen."""
    say("u1", LOST_BOOK, at=NOW - timedelta(minutes=20))
    handle(NOW)
    assert rows("SELECT unit_code FROM assignment") == [{"unit_code": "B_QLT"}]


def sent(rows: Rows) -> list[dict[str, Any]]:
    return rows("SELECT kind, parts FROM outbox WHERE kind LIKE 'answer%' AND channel = 'zalo' ORDER BY outbox_id")


def last_letter(rows: Rows) -> str:
    asked = "SELECT parts->>'text' AS text FROM outbox WHERE kind = 'answer-proposal' ORDER BY outbox_id DESC LIMIT 1"
    return str(rows(asked)[0]["text"])


def test_a_scan_does_not_go_without_a_lead_and_then_goes_page_by_page_with_its_signed_file_last(rows: Rows) -> None:
    replied("B_QLT", "", at=NOW, pages=[SCAN], is_signed=True)
    compose_batch.fn(LATER)
    assert "Bản chụp chưa có phần tóm tắt" in last_letter(rows)
    assert "\nGỬI\n" not in last_letter(rows)
    assert rows("SELECT parts->'pictures' AS pages FROM outbox WHERE kind = 'answer-proposal'") == [
        {"pages": [[1, 1], [1, 2]]}
    ]
    with pytest.raises(DecisionRefusedError, match="2-4 câu tóm tắt"):
        word(CommandCode.SEND, at=LATER)

    word(LEAD, at=LATER)
    assert "\nGỬI\n" in last_letter(rows)
    word(CommandCode.SEND, at=LATER)

    messages = sent(rows)
    assert [row["kind"] for row in messages] == [
        "answer",
        "answer-page",
        "answer-page",
        "answer-file-lead",
        "answer-file",
    ]
    assert "bản chụp văn bản trả lời kèm theo" in messages[0]["parts"]["text"]
    assert messages[1]["parts"] == {
        "text": "Trang 1/2\nÔng/Bà bấm vào ảnh và kéo hai ngón tay để phóng to.",
        "page": [1, 1],
    }
    assert messages[2]["parts"] == {"text": "Trang 2/2", "page": [1, 2]}
    assert "tệp có chữ ký số" in messages[3]["parts"]["text"]
    assert messages[4]["parts"]["file"] == 1


def test_a_file_is_dropped_by_its_number_and_stays_out_of_later_versions(rows: Rows) -> None:
    replied("B_QLT", LEAD, at=NOW, pages=[SCAN, SCAN])
    compose_batch.fn(LATER)
    assert "Tệp 2: cv1.pdf, 2 trang" in last_letter(rows)
    with pytest.raises(DecisionRefusedError, match="dự thảo có 2 tệp"):
        word(CommandCode.DROP_FILE, argument="3", at=LATER)

    assert "đã bỏ tệp 1" in word(CommandCode.DROP_FILE, argument="số 1", at=LATER)

    replied("B_QLT", "Xin bổ sung: lệ phí không thu. Hồ sơ nộp trực tiếp hoặc qua bưu điện.", at=LATER)
    compose_batch.fn(LATER)
    assert rows("SELECT attachment_ids FROM answer WHERE state = 'proposed'") == [{"attachment_ids": [2]}]
    word(CommandCode.DROP_FILE, argument="1", at=LATER)
    word(CommandCode.SEND, at=LATER)
    assert [row["kind"] for row in sent(rows)] == ["answer"]
    assert "bản chụp" not in sent(rows)[0]["parts"]["text"]


def test_files_that_nobody_has_looked_into_yet_are_waited_for(rows: Rows) -> None:
    replied("B_QLT", LEAD, at=NOW, pages=[SCAN])
    rows("UPDATE attachment SET form = NULL")
    assert not compose_batch.fn(LATER)

    rows("UPDATE attachment SET form = 'pdf'")

    assert compose_batch.fn(LATER)


def test_data_of_a_dossier_makes_the_duty_officer_choose(rows: Rows) -> None:
    replied("B_QLT", DOSSIER, at=NOW)
    compose_batch.fn(LATER)
    assert "NỘI DUNG CÓ DỮ LIỆU CÁ NHÂN (7912345678; Nguyễn Thị Lan)" in last_letter(rows)
    for command in (CommandCode.SEND, CommandCode.SEND_GENERAL):
        with pytest.raises(DecisionRefusedError, match="dữ liệu cá nhân"):
            word(command, at=LATER)
    assert sent(rows) == []

    word(CommandCode.SEND_MASKED, at=LATER)

    text = sent(rows)[0]["parts"]["text"]
    assert "Sổ BHXH [mã số BHXH] của bà [họ tên] đã được cấp lại." in text
    assert text in "\n".join(line.strip() for line in last_letter(rows).splitlines())
    assert rows("SELECT version, state, choice FROM answer ORDER BY version") == [
        {"version": 1, "state": "superseded", "choice": None},
        {"version": 2, "state": "leaving", "choice": "masked"},
    ]


def test_general_guidance_in_place_of_a_dossier_is_shown_first_and_then_goes_by_the_ordinary_word(rows: Rows) -> None:
    replied("B_QLT", DOSSIER, at=NOW)
    compose_batch.fn(LATER)

    assert "gửi lại để duyệt" in word(CommandCode.SEND_GENERAL, below=LEAD, at=LATER)
    assert sent(rows) == []
    word(CommandCode.SEND, at=LATER)

    assert "7912345678" not in sent(rows)[0]["parts"]["text"]


def test_where_to_look_it_up_goes_in_place_of_everything_a_unit_wrote(rows: Rows) -> None:
    replied("B_QLT", DOSSIER, at=NOW, pages=[SCAN])
    compose_batch.fn(LATER)
    with pytest.raises(DecisionRefusedError, match="không che được"):
        word(CommandCode.SEND_MASKED, at=LATER)

    word(CommandCode.SEND_WHERE_TO_LOOK, at=LATER)

    assert [row["kind"] for row in sent(rows)] == ["answer"]
    assert "VssID" in sent(rows)[0]["parts"]["text"]


@pytest.mark.parametrize(("command", "named"), [(CommandCode.SEND, False), (CommandCode.SEND_WITH_NUMBER, True)])
def test_a_letters_number_reaches_the_citizen_only_when_an_official_confirms_it(
    rows: Rows, command: CommandCode, *, named: bool
) -> None:
    replied("B_QLT", LEAD, at=NOW, letter_number="1234/BHXH-QLT", letter_on=date(2026, 11, 20))
    compose_batch.fn(LATER)
    assert "đọc được Công văn số 1234/BHXH-QLT ngày 20/11/2026 (chưa xác nhận)" in last_letter(rows)

    word(command, at=LATER)

    assert ("(Công văn số 1234/BHXH-QLT ngày 20/11/2026):" in sent(rows)[0]["parts"]["text"]) is named
    assert rows("SELECT letter_confirmed_by FROM reply") == [{"letter_confirmed_by": "HA" if named else None}]


def test_what_a_unit_lets_go_only_as_a_signed_letter_the_secretary_alone_may_send_without(rows: Rows) -> None:
    office = trusting_office()
    strict = tuple(
        replace(unit, answer_needs=AnswerNeeds.SIGNED_LETTER) if unit.code == "B_QLT" else unit for unit in office.units
    )
    with transaction() as connection:
        offices.load(connection, replace(office, units=strict))
    replied("B_QLT", LEAD, at=NOW)
    compose_batch.fn(LATER)
    asked = rows("SELECT recipient FROM outbox WHERE kind = 'answer-proposal' ORDER BY 1")
    assert len(asked) == 2
    assert asked[0]["recipient"] == "hoang.phuong.thao@bhxh.example.vn"
    with pytest.raises(DecisionRefusedError, match="văn bản đã ký"):
        word(CommandCode.SEND, at=LATER)

    assert "đã cho gửi" in word(CommandCode.SEND, at=LATER, by="THAO")


def test_a_reply_without_anything_to_send_is_not_sent() -> None:
    replied("B_QLT", "", at=NOW)
    compose_batch.fn(LATER)

    with pytest.raises(DecisionRefusedError, match="chưa có nội dung"):
        word(CommandCode.SEND, at=LATER)
    with pytest.raises(DecisionRefusedError, match="không có nội dung"):
        word("  ", at=LATER)
    with pytest.raises(DecisionRefusedError, match="không dùng cho dự thảo"):
        word(CommandCode.AGREE, at=LATER)


def test_an_editor_may_not_let_an_answer_go(rows: Rows) -> None:
    replied("B_QLT", LEAD, at=NOW)
    compose_batch.fn(LATER)

    with pytest.raises(DecisionRefusedError, match="Chỉ cán bộ trực hoặc Thư ký"):
        word(CommandCode.SEND, at=LATER, by="QUANG")
    assert sent(rows) == []


@pytest.mark.parametrize(
    "said",
    [
        "OK",
        "Ok gửi",
        "Gửi nhé",
        "Đã xem",
        "Không có ý kiến khác",
        "Anh đang họp, chiều xem",
        "ĐỒNG Ý, đề nghị gửi ngay",
        "BỎ TỆP LOGO",
    ],
)
def test_a_word_that_is_no_command_names_the_words_and_leaves_the_draft_to_be_sent(rows: Rows, said: str) -> None:
    replied("B_QLT", LEAD, at=NOW)
    compose_batch.fn(LATER)

    with pytest.raises(DecisionRefusedError, match="chỉ viết GỬI; nếu sửa, đề nghị viết toàn văn"):
        word(said, at=LATER)

    assert rows("SELECT version, state FROM answer") == [{"version": 1, "state": "proposed"}]
    assert "đã cho gửi câu trả lời (bản 1)" in word(CommandCode.SEND, at=LATER)


def test_an_ok_to_a_question_for_the_duty_officer_becomes_no_answer(say: Say, handle: Handle, rows: Rows) -> None:
    say("u2", "Cho tôi xin số tổng đài hỗ trợ của BHXH Việt Nam", at=LATER - timedelta(minutes=20))
    handle(LATER)

    with pytest.raises(DecisionRefusedError, match="hoặc ĐÃ TRẢ LỜI, hoặc CHUYỂN ĐƠN VỊ"):
        word("Ok gửi", at=LATER, step=Step.DUTY_ANSWER)

    assert rows("SELECT count(*) AS n FROM answer") == [{"n": 0}]
