"""One answer of several replies, and what the duty officer is told of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from desk.rules.answers.composing import (
    AnswerFile,
    UnitLetter,
    UnitReply,
    has_lead,
    is_for_citizen,
    is_instruction,
    is_whole_answer,
    laid_side_by_side,
    with_letter_numbers,
    without_courtesies,
)
from desk.rules.answers.dossiers import dossier_data, without_dossier_data
from desk.rules.answers.remarks import about_files, about_replies, contradictions, unanswered, unmet_needs
from desk.rules.attachments import AttachmentForm
from desk.rules.calendar import HCM
from desk.rules.commands import Commands
from desk.rules.office import AnswerNeeds
from desk.rules.replies.senders import Standing
from tests.offices import the_office

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=HCM)
SCAN = AnswerFile(
    attachment_id=7,
    name="cv1234.pdf",
    form=AttachmentForm.PDF,
    is_signed=True,
    size=200_000,
    page_sizes=(90_000, 80_000),
    text=None,
    refused=None,
)
CSXH = UnitReply(
    reply_id=1,
    assignment_id=1,
    unit_code="B_CSXH",
    unit="Ban Chính sách",
    text="Kính gửi Ban Quản trị,\n\nÔng/Bà được hưởng chế độ thai sản trong thời hạn 10 ngày làm việc.\nTrân trọng./.",
    received_at=MONDAY,
    standing=Standing.LISTED,
    from_head=False,
    needs=AnswerNeeds.LISTED_SENDER,
    letter=None,
    files=(),
)
THU = replace(
    CSXH,
    reply_id=2,
    unit_code="B_QLT",
    unit="Ban Quản lý thu",
    text="Ông/Bà không được hưởng chế độ thai sản. Đơn vị trả trong thời hạn 15 ngày làm việc.",
    received_at=MONDAY + timedelta(hours=1),
)


def test_replies_stand_side_by_side_without_their_courtesies_in_the_order_they_came() -> None:
    parts = laid_side_by_side([THU, CSXH])

    assert [part.unit for part in parts] == ["Ban Chính sách", "Ban Quản lý thu"]
    assert parts[0].text == "Ông/Bà được hưởng chế độ thai sản trong thời hạn 10 ngày làm việc."


def test_of_one_units_replies_the_latest_text_counts_and_every_file() -> None:
    corrected = replace(
        CSXH, reply_id=3, text="Xin đính chính: 5 ngày làm việc.", received_at=MONDAY + timedelta(hours=2)
    )
    scan = replace(CSXH, reply_id=4, text="", files=(SCAN,), received_at=MONDAY + timedelta(hours=3))

    (part,) = laid_side_by_side([CSXH, corrected, scan])

    assert (part.text, part.files, part.reply_ids) == ("Xin đính chính: 5 ngày làm việc.", (SCAN,), (1, 3, 4))
    assert any("đã trả lời 2 lần" in remark for remark in about_replies([CSXH, corrected, scan], []))


def test_a_word_draft_gives_its_text_and_does_not_go_itself() -> None:
    draft = replace(
        SCAN,
        form=AttachmentForm.WORD,
        is_signed=False,
        page_sizes=(),
        text="Kính gửi: Ban Quản trị\nĐược hưởng 6 tháng.",
    )

    (part,) = laid_side_by_side([replace(CSXH, text="", files=(draft,))])

    assert part.text == "Được hưởng 6 tháng."
    assert not part.has_scan
    assert any("bản Word" in remark for remark in about_files([part]))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Kính gửi: Ban Quản trị Zalo\nThưa Quý cơ quan,\n\nNội dung.\n\nTrân trọng cảm ơn./.", "Nội dung."),
        ("Trân trọng thông báo: Ông/Bà được hưởng lương hưu từ tháng sau.", None),
        ("Kính gửi Ban Quản trị", ""),
        ("", ""),
    ],
)
def test_only_courtesies_are_taken_away(text: str, left: str | None) -> None:
    assert without_courtesies(text) == (text if left is None else left)


def test_figures_and_judgements_that_differ_between_units_are_pointed_out_with_both_sentences() -> None:
    found = list(contradictions(laid_side_by_side([CSXH, THU])))

    assert len(found) == 2
    assert "10 ngày làm việc" in found[0]
    assert "15 ngày làm việc" in found[0]
    assert "trái ngược" in found[1]
    assert not list(
        contradictions(laid_side_by_side([CSXH, replace(THU, text=CSXH.text.replace("10 ngày", "010 ngày"))]))
    )


def test_units_that_speak_of_different_things_do_not_contradict_each_other() -> None:
    other = replace(
        THU, text="Mức đóng là 8% tiền lương, nộp trước ngày 30/11/2026. Ông/Bà không phải nộp thêm giấy tờ."
    )

    assert not list(contradictions(laid_side_by_side([CSXH, other])))


def test_a_part_of_the_question_that_the_answer_does_not_touch_is_pointed_out() -> None:
    question = "Tôi sinh con thì được hưởng thai sản mấy tháng? Công ty nợ tiền bảo hiểm thất nghiệp thì chốt sổ ở đâu?"

    (remark,) = unanswered(question, CSXH.text + " Thời gian hưởng khi sinh con là 6 tháng.")

    assert "chốt sổ ở đâu?" in remark
    assert not list(unanswered("Em chào anh chị. Cảm ơn nhiều.", CSXH.text))


def test_who_is_missing_and_who_is_not_on_the_list_is_said() -> None:
    said = list(about_replies([replace(CSXH, standing=Standing.COLLEAGUE)], ["Ban Pháp chế", "Ban Tài chính"]))

    assert said[0] == "Còn thiếu ý kiến của Ban Pháp chế và Ban Tài chính."
    assert "chưa có trong danh sách" in said[1]


@pytest.mark.parametrize(
    ("needs", "given", "met"),
    [
        (AnswerNeeds.LISTED_SENDER, {}, True),
        (AnswerNeeds.HEAD, {}, False),
        (AnswerNeeds.HEAD, {"from_head": True}, True),
        (AnswerNeeds.SIGNED_LETTER, {}, False),
        (AnswerNeeds.SIGNED_LETTER, {"files": (SCAN,)}, True),
    ],
)
def test_what_a_units_answer_needs_is_met_or_left_to_the_secretary(
    needs: AnswerNeeds, given: dict[str, Any], *, met: bool
) -> None:
    reply = replace(CSXH, needs=needs, **given)

    assert [("Thư ký" in remark) for remark in unmet_needs([reply])] == ([] if met else [True])


def test_a_letters_number_is_named_only_when_confirmed_and_only_where_its_heading_stands() -> None:
    letter = UnitLetter("1234/BHXH-CSXH", date(2026, 11, 23), is_confirmed=False)
    parts = laid_side_by_side([replace(CSXH, letter=letter)])

    named = with_letter_numbers("Mở đầu\nÝ kiến của Ban Chính sách:\nĐược hưởng.", parts)

    assert named == "Mở đầu\nÝ kiến của Ban Chính sách (Công văn số 1234/BHXH-CSXH ngày 23/11/2026):\nĐược hưởng."
    assert with_letter_numbers("Cán bộ đã viết lại.", parts) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ông/Bà được hưởng 6 tháng. Hồ sơ nộp trong 45 ngày kể từ ngày đi làm lại.", True),
        (
            "Về câu hỏi của Ông/Bà (mã ZL 26-004512-8), BHXH Việt Nam trả lời như sau:\nÝ kiến của Ban Chính sách:",
            False,
        ),
        ("Ban Chính sách gửi văn bản trả lời kèm theo. Trân trọng!", False),
        ("Xem tệp.", False),
    ],
)
def test_a_scan_needs_two_plain_sentences_before_it(text: str, *, found: bool) -> None:
    assert has_lead(text) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Gửi, nhưng sửa lại câu cuối giúp tôi.", True),
        ("Đồng ý, sau khi bổ sung số điện thoại", True),
        ("Đề nghị sửa đoạn 2 cho dễ hiểu.", True),
        ("Gửi Ông/Bà số tổng đài 1900 9068 để được hướng dẫn.", False),
        ("Được, Ông/Bà nộp tại bất kỳ cơ quan BHXH nào.", False),
        ("Đồng ý nhưng sửa:\nÔng/Bà nộp hồ sơ tại nơi cư trú.", True),
    ],
)
def test_what_says_how_to_change_an_answer_is_no_answer_itself(text: str, *, found: bool) -> None:
    assert is_instruction(text) is found


def test_an_officials_text_is_taken_whole_where_it_opens_as_answers_do() -> None:
    assert is_whole_answer("Về câu hỏi của Ông/Bà (mã ZL 26-004512-8), BHXH Việt Nam trả lời như sau: …")
    assert not is_whole_answer("Ông/Bà được hưởng.")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Mã số BHXH 7912345678 của Ông/Bà", "Mã số BHXH [mã số BHXH] của Ông/Bà"),
        ("bà Nguyễn Thị Lan đã nộp đủ", "bà [họ tên] đã nộp đủ"),
        ("Số tiền đã chuyển là 5.432.100 đồng.", "Số tiền đã chuyển là [số tiền]."),
        ("Cơ quan đã chi trả 12.345.678 đồng.", "Cơ quan đã chi trả [số tiền]."),
        ("Người dùng tên Lan Anh hỏi", "Người dùng tên [họ tên] hỏi"),
    ],
)
def test_the_data_of_a_dossier_is_found_and_masked(text: str, shown: str) -> None:
    assert dossier_data(text, "Lan Anh")
    assert without_dossier_data(text, "Lan Anh") == shown


@pytest.mark.parametrize(
    "text",
    [
        "Ông/Bà liên hệ Tổng đài 1900 9068, điện thoại 024 3936 1778 hoặc thư hotro@bhxh.example.vn.",
        "Mức lương cơ sở là 2.340.000 đồng theo Nghị định số 73/2024/NĐ-CP ngày 30/6/2024.",
        "Ông Giám đốc BHXH tỉnh tiếp công dân thứ Năm hằng tuần.",
        "Ông/Bà Nộp hồ sơ tại bộ phận một cửa.",
    ],
)
def test_what_is_everybodys_is_no_dossier(text: str) -> None:
    assert not dossier_data(text)


COMMANDS = Commands(the_office().commands)


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
        "GỬI\nthêm số tổng đài 1900 9068 vào cuối nội dung",
        "Gửi công dân như dự thảo, lưu ý chính tả",
        "sửa câu cuối: hồ sơ nộp tại cơ quan BHXH nơi cư trú",
    ],
)
def test_what_officials_say_to_the_desk_is_never_told_to_a_citizen(said: str) -> None:
    assert not is_for_citizen(said, COMMANDS)


@pytest.mark.parametrize(
    "said",
    [
        "Ông/Bà gọi Tổng đài 1900 9068.",
        "Ông/Bà nộp hồ sơ chốt sổ tại cơ quan BHXH nơi cư trú.",
        "Sổ BHXH được cấp lại trong 5 ngày làm việc, hồ sơ nộp tại nơi cư trú.",
        "Về câu hỏi của Ông/Bà (mã ZL 26-004512-8), BHXH Việt Nam trả lời như sau:\n\nĐã có kết quả.",
    ],
)
def test_what_officials_write_for_a_citizen_is_taken(said: str) -> None:
    assert is_for_citizen(said, COMMANDS)


@pytest.mark.parametrize(
    "said", ["Mức đóng là 8%.", "Thời hạn là 05 ngày.", "Hồ sơ đang được xem xét, Ông/Bà chờ thêm."]
)
def test_under_the_word_answer_a_short_text_is_one_too(said: str) -> None:
    assert is_for_citizen(said, COMMANDS, is_headed=True)


@pytest.mark.parametrize("said", ["ok gửi", "GỬI", "ĐÃ TRẢ LỜI", "Gửi công dân như dự thảo, lưu ý chính tả", ""])
def test_under_the_word_answer_an_order_is_none(said: str) -> None:
    assert not is_for_citizen(said, COMMANDS, is_headed=True)
