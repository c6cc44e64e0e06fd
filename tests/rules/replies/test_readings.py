"""What a unit's reply is: an answer, or one of the many short things that must never stop the chase (U2)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.commands import CommandCode, CommandLine, Commands
from desk.rules.replies.readings import ReplyRead, ReplyReading, read_reply
from desk.rules.wording import folded
from tests.offices import the_office

COMMANDS = Commands(the_office().commands)
FOLDER = Path(__file__).parent

Reading = ReplyReading


def kept(name: str) -> Any:
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


SHORT = [
    (Reading(reading), *(reply if isinstance(reply, list) else (reply, "")))
    for reading, replies in kept("short_replies.yaml").items()
    for reply in replies
]
ANSWERS: list[str] = kept("answers.yaml")


def read(text: str, *, has_files: bool = False) -> ReplyRead:
    return read_reply(text, COMMANDS, has_files=has_files)


@pytest.mark.parametrize(("reading", "text", "passed_to"), SHORT)
def test_a_short_reply_is_read_for_what_it_is(reading: Reading, text: str, passed_to: str) -> None:
    found = read(text)

    assert (found.reading, found.passed_to) == (reading, passed_to)
    assert bool(found.alternatives) == (reading is Reading.UNSURE)


@pytest.mark.parametrize(("reading", "text", "passed_to"), SHORT)
def test_a_short_reply_is_no_answer_however_it_is_typed(reading: Reading, text: str, passed_to: str) -> None:  # noqa: ARG001
    typed = (folded(text), text.upper(), folded(text).upper(), f"Kính gửi Ban Quản trị,\n\n{text}\n\nTrân trọng./.")

    assert Reading.ANSWER not in {read(variant).reading for variant in typed}


@pytest.mark.parametrize("text", ANSWERS)
def test_what_says_something_of_the_matter_is_an_answer(text: str) -> None:
    found = read(text)

    if found.reading is Reading.UNSURE:
        assert Reading.ANSWER in found.alternatives
    else:
        assert found.reading is Reading.ANSWER
    assert found.text.strip() == text.strip()


def test_hardly_an_answer_is_put_to_the_duty_officer() -> None:
    unsure = [text for text in ANSWERS if read(text).reading is Reading.UNSURE]

    assert len(unsure) <= 2


def test_an_empty_mail_with_a_file_is_an_answer_by_letter_and_without_one_nothing_sure() -> None:
    for text in ("", "  \n", "Kính gửi Ban Quản trị,\n\nTrân trọng,\nNguyễn Văn A\nChuyên viên"):
        assert read(text, has_files=True).reading is Reading.ANSWER
    assert read("") == ReplyRead(Reading.UNSURE, None, "")


@pytest.mark.parametrize(
    "text", ["Xin gửi văn bản trả lời đính kèm.", "Kính chuyển công văn trả lời", "Em gửi file ạ", "Gửi kèm phụ lục"]
)
def test_a_word_about_the_enclosed_file_makes_it_the_answer(text: str) -> None:
    assert read(text, has_files=True).reading is Reading.ANSWER
    assert read(text).reading is not Reading.ANSWER


def test_a_receipt_beside_a_logo_stays_a_receipt() -> None:
    assert read("Đã nhận.", has_files=True).reading is Reading.ACKNOWLEDGED


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("KHÔNG THUỘC ĐƠN VỊ: CSYT", CommandLine(CommandCode.NOT_OURS, "CSYT")),
        ("Kính gửi anh,\nXin gia hạn: 30/11\nTrân trọng", CommandLine(CommandCode.MORE_TIME, "30/11")),
        ("TIẾP NHẬN\nKHÔNG THUỘC ĐƠN VỊ: CSYT", CommandLine(CommandCode.NOT_OURS, "CSYT")),
        ("BỔ SUNG ĐƠN VỊ: CSYT\nĐơn vị đang nghiên cứu.", CommandLine(CommandCode.ADD_UNIT, "CSYT")),
    ],
)
def test_a_command_is_read_as_such(text: str, command: CommandLine) -> None:
    found = read(text)

    assert (found.reading, found.command) == (Reading.COMMAND, command)


@pytest.mark.parametrize(
    "reason",
    [
        "Lý do: câu hỏi về thẻ BHYT.",
        "Vì công dân hỏi về mức hưởng BHYT khi khám trái tuyến.",
        "Do nội dung này thuộc Ban Thực hiện chính sách BHYT theo Quyết định 969/QĐ-BHXH.",
        "Nội dung câu hỏi thuộc lĩnh vực khám chữa bệnh BHYT do đơn vị khác phụ trách.",
        "Cần xác minh hồ sơ của người lao động tại BHXH tỉnh.",
        "Câu hỏi về thẻ BHYT.\n\nTrân trọng./.",
    ],
)
@pytest.mark.parametrize(
    "command", ["KHÔNG THUỘC ĐƠN VỊ: CSYT", "NGOÀI NGÀNH: thuế", "BỔ SUNG ĐƠN VỊ: CSYT", "XIN GIA HẠN: 30/11"]
)
def test_the_reason_under_a_command_leaves_it_a_command(command: str, reason: str) -> None:
    found = read(f"{command}\n{reason}")

    assert found.reading is Reading.COMMAND
    assert found.text == reason


def test_a_logo_beside_a_command_is_no_answer() -> None:
    assert read("KHÔNG THUỘC ĐƠN VỊ: CSYT", has_files=True).reading is Reading.COMMAND


def test_a_typed_receipt_is_a_receipt_and_with_text_under_it_an_answer() -> None:
    receipt = CommandLine(CommandCode.RECEIVED)

    assert read("TIẾP NHẬN") == ReplyRead(Reading.ACKNOWLEDGED, receipt, "")
    assert read("TIẾP NHẬN\n\nNgười lao động nộp hồ sơ tại BHXH cấp xã.").reading is Reading.ANSWER
    assert read("TIẾP NHẬN: theo Điều 5 thì được hưởng.").reading is Reading.ANSWER
    assert read("TIẾP NHẬN\nChuyển đ/c Hùng xử lý").passed_to == "đ/c Hùng"


def test_one_who_answers_for_all_still_has_to_answer() -> None:
    found = read("TRẢ LỜI CHUNG\n\nTheo Điều 60, người lao động được hưởng.")

    assert found.answers_for_all
    assert (found.reading, found.text) == (Reading.ANSWER, "Theo Điều 60, người lao động được hưởng.")
    assert read("TRẢ LỜI CHUNG").reading is Reading.UNSURE
    assert read("TRẢ LỜI CHUNG", has_files=True).reading is Reading.ANSWER
    assert read("TRẢ LỜI CHUNG\nĐang xin ý kiến").reading is Reading.INTERIM


def test_of_two_commands_none_acts() -> None:
    found = read("KHÔNG THUỘC ĐƠN VỊ: CSYT\nXIN GIA HẠN: 30/11/2026")

    assert (found.reading, found.command) == (Reading.UNSURE, None)


def test_a_command_with_an_answer_under_it_is_put_to_the_duty_officer() -> None:
    found = read("KHÔNG THUỘC ĐƠN VỊ: CSYT\n\nTheo Điều 60, người lao động nộp hồ sơ tại cơ quan BHXH.")

    assert found.reading is Reading.UNSURE
    assert found.command == CommandLine(CommandCode.NOT_OURS, "CSYT")
    assert found.alternatives == (Reading.COMMAND, Reading.ANSWER)


@pytest.mark.parametrize("text", ["Đồng ý", "GỬI", "CHỜ", "Đồng ý\nnhưng sửa", "ĐÃ TRẢ LỜI", "KHÔNG XỬ LÝ: lý do"])
def test_an_officials_word_orders_nothing_in_a_units_mail(text: str) -> None:
    found = read(text)

    assert found.command is None
    assert found.reading not in {Reading.ANSWER, Reading.COMMAND}
    assert found.text == text


@given(st.text(max_size=200), st.booleans())
def test_no_text_breaks_the_reading(text: str, has_files: bool) -> None:  # noqa: FBT001 - drawn
    assert read(text, has_files=has_files).reading in Reading


def test_a_long_reply_of_short_words_or_of_nothing_costs_no_time() -> None:
    for word in (
        "da ",
        "nhận ",
        "em gửi ",
        "đang xin ý kiến ",
        "chuyển phòng ",
        "a ",
        "Trân trọng\nPhòng\n",
        "  ",
        ". ",
    ):
        assert read(word * 3000).reading in Reading
