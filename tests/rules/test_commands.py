"""What officials order by mail: the whole line, or words, a colon and an argument; everything else is text."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.case_codes import case_code
from desk.rules.commands import CommandCode, CommandLine, Commands, extension_asked
from desk.rules.letters import commands as buttons
from desk.rules.wording import folded
from tests.offices import the_office

OFFICE = the_office()
COMMANDS = Commands(OFFICE.commands)
PHRASES = [(words.code, phrase) for words in OFFICE.commands for phrase in words.words]
MONDAY = date(2026, 11, 23)
CODE, OTHER_CODE = case_code(2026, 4512), case_code(2026, 4513)

Code = CommandCode


def read(text: str) -> tuple[CommandLine, ...]:
    return COMMANDS.read(text).commands


@pytest.mark.parametrize(
    ("text", "code", "argument"),
    [
        ("TIẾP NHẬN", Code.RECEIVED, ""),
        ("tiep nhan.", Code.RECEIVED, ""),
        ("- Đã tiếp nhận!", Code.RECEIVED, ""),
        ("“TIẾP NHẬN”", Code.RECEIVED, ""),
        ("*TIẾP NHẬN*", Code.RECEIVED, ""),
        ("1. Tiếp   nhận ./.", Code.RECEIVED, ""),
        ("KHÔNG THUỘC ĐƠN VỊ: BHXH TP HCM", Code.NOT_OURS, "BHXH TP HCM"),
        ("khong thuoc don vi: BHXH TP HCM", Code.NOT_OURS, "BHXH TP HCM"),
        ("Không thuộc đơn vị : bên Thu.", Code.NOT_OURS, "bên Thu."),
        ("**KHÔNG THUỘC ĐƠN VỊ:** bên Thu", Code.NOT_OURS, "bên Thu"),
        ("KHÔNG THUỘC ĐƠN VỊ - CSYT", Code.NOT_OURS, "CSYT"),
        ("KHÔNG THUỘC ĐƠN VỊ:\n\nBan Thu\n\nTrân trọng", Code.NOT_OURS, "Ban Thu"),
        ("KHÔNG THUỘC ĐƠN VỊ:\nTrân trọng", Code.NOT_OURS, ""),
        ("Không thuộc thẩm quyền của đơn vị: thuế", Code.NOT_OURS, "thuế"),
        ("Không thuộc thẩm quyền của BHXH: Sở Nội vụ", Code.OUTSIDE_SECTOR, "Sở Nội vụ"),
        ("NGOÀI NGÀNH: Sở Nội vụ", Code.OUTSIDE_SECTOR, "Sở Nội vụ"),
        ("Không thuộc thẩm quyền", Code.NOT_COMPETENT, ""),
        ("Đề nghị bổ sung đơn vị: CSYT", Code.ADD_UNIT, "CSYT"),
        ("XIN GIA HẠN: 30/11/2026 cần xác minh hồ sơ", Code.MORE_TIME, "30/11/2026 cần xác minh hồ sơ"),
        ("Xin gia hạn đến 30/11", Code.MORE_TIME, "đến 30/11"),
        ("BỎ TỆP 2", Code.DROP_FILE, "2"),
        ("Bỏ tệp: 1, 3", Code.DROP_FILE, "1, 3"),
        ("bỏ tệp số 1 và 3", Code.DROP_FILE, "1 và 3"),
        (f"NHẬN: {CODE}", Code.TAKE_IN, CODE),
        (f"GỘP: {CODE}", Code.MERGE, CODE),
        (f"gộp vào câu hỏi {CODE}", Code.MERGE, CODE),
        ("TÁCH", Code.SPLIT, ""),
        ("tach: 9 giờ 15", Code.SPLIT, "9 giờ 15"),
        ("Tách 3", Code.SPLIT, "3"),
        ("Nhận thư 2", Code.TAKE_IN, "2"),
        ("THÊM VÀO DANH SÁCH: 2", Code.ADMIT_SENDER, "2"),
        ("Thêm vào danh sách.", Code.ADMIT_SENDER, ""),
        ("GỬI", Code.SEND, ""),
        ("gui", Code.SEND, ""),
        ("Gửi hướng dẫn chung", Code.SEND_GENERAL, ""),
        ("Nhất trí.", Code.AGREE, ""),
        ("KHÔNG ĐỒNG Ý", Code.DISAGREE, ""),
        ("Đông ý", Code.AGREE, ""),
        ("##- Vui lòng trả lời phía trên dòng này -##\n\nGỬI", Code.SEND, ""),
        ("Kính gửi: Ban Quản trị Zalo, BHXH Việt Nam\n\nTIẾP NHẬN", Code.RECEIVED, ""),
        ("Thưa anh/chị,\nĐã nhận được câu hỏi", Code.RECEIVED, ""),
        ("Dear team,\n\nTIẾP NHẬN\n\nThanks and regards,", Code.RECEIVED, ""),
        ("GỬI\nTrân trọng cảm ơn,\nNguyễn Thu Hà\nChuyên viên trực Zalo\nĐT: 024 3000 0101", Code.SEND, ""),
    ],
)
def test_a_command_is_a_whole_line_or_ends_in_a_colon_with_its_argument(text: str, code: Code, argument: str) -> None:
    reading = COMMANDS.read(text)

    assert reading.commands == (CommandLine(code, argument),)
    assert not reading.qualified


@pytest.mark.parametrize(
    "text",
    [
        "Tiếp nhận câu hỏi của công dân, Ban CSXH trả lời như sau: người lao động nộp hồ sơ tại BHXH cấp huyện.",
        "Tiếp nhận công văn số 12/BHXH-TT, Ban CSXH trả lời như sau",
        "Không thuộc thẩm quyền của BHXH, đề nghị liên hệ Sở Nội vụ",
        "Gửi hồ sơ qua bưu điện hoặc nộp trực tiếp.",
        "Gia hạn thẻ bảo hiểm y tế thực hiện tại cơ quan BHXH nơi cư trú.",
        "Đồng ý nhưng sửa đoạn 2",
        "Đồng ý với điều kiện bỏ tên người hỏi",
        "Đồng ý sau khi sửa ngày",
        "Đồng ý, lưu ý số điện thoại",
        "Nhất trí, trừ đoạn cuối",
        "Không có ý kiến",
        "Không có ý kiến khác",
        "Tôi đồng ý",
        "Đống ý",
        "22",
        "1 nhưng chuyển thêm CSYT",
        "1\nnhưng chuyển thêm CSYT",
        "",
        f"{CODE}:",
        "ZL 26-004512-7: TIẾP NHẬN",
        "Gia hạn: " + "Theo quy định của Luật Bảo hiểm xã hội, người lao động được xem xét. " * 8,
    ],
)
def test_a_longer_sentence_is_text_and_loses_nothing(text: str) -> None:
    reading = COMMANDS.read(text)

    assert not reading.commands
    assert {line.code for line in reading.qualified} <= {Code.CHOOSE}
    assert reading.text == text


@pytest.mark.parametrize(
    "text",
    [
        "Đồng ý\nnhưng sửa đoạn 2",
        "Đồng ý: sửa đoạn 2",
        "GỬI\n\nLưu ý bỏ tên người hỏi",
        "Kính gửi chị,\nNhất trí.\nSửa lại ngày ở dòng 3 giúp tôi.",
        "GỬI BẢN CHE\nBỏ cả số điện thoại",
        "BỎ TỆP 2\nGỬI\nSau khi sửa đoạn đầu",
    ],
)
def test_an_agreement_that_anything_stands_beside_never_acts(text: str) -> None:
    reading = COMMANDS.read(text)

    assert not reading.commands
    assert reading.qualified
    assert reading.text == text


def test_what_stands_under_a_command_is_kept() -> None:
    reading = COMMANDS.read("Kính gửi Ban Quản trị,\n\nTRẢ LỜI CHUNG\n\nTheo Điều 60, được hưởng.\n\nTrân trọng.")

    assert reading.commands == (CommandLine(Code.ANSWERS_FOR_ALL),)
    assert reading.text == "Theo Điều 60, được hưởng.\n\nTrân trọng."


def test_what_follows_the_colon_of_a_command_without_an_argument_is_text() -> None:
    reading = COMMANDS.read("TIẾP NHẬN: người lao động nộp hồ sơ tại BHXH cấp huyện.")

    assert reading.commands == (CommandLine(Code.RECEIVED),)
    assert reading.text == "người lao động nộp hồ sơ tại BHXH cấp huyện."


def test_several_commands_on_lines_that_follow_each_other_are_all_returned() -> None:
    assert read("BỎ TỆP 1\n\nGỬI") == (CommandLine(Code.DROP_FILE, "1"), CommandLine(Code.SEND))
    assert [line.code for line in read("ĐỒNG Ý\nKHÔNG ĐỒNG Ý")] == [Code.AGREE, Code.DISAGREE]
    assert read("TIẾP NHẬN\nTiếp nhận.") == (CommandLine(Code.RECEIVED),)


def test_files_dropped_line_by_line_are_one_order() -> None:
    assert read("BỎ TỆP 1\nBỎ TỆP: 3, 4") == (CommandLine(Code.DROP_FILE, "1, 3, 4"),)


@pytest.mark.parametrize("typed", ["đang", "Đang.", "gỗ", "gõ", "trinh.", "rụt", "đứng", "gưi"])
def test_a_word_of_one_syllable_with_other_accents_is_another_word(typed: str) -> None:
    assert all(line.code is not Code.PUBLISH for line in read(typed))
    assert bool(read(typed)) == (folded(typed).strip(".") == typed.strip("."))


@pytest.mark.parametrize(
    ("typed", "code", "argument"),
    [
        ("ĐỒNG Ý, SỬA: đổi tiêu đề", Code.AGREE_WITH_CHANGES, "đổi tiêu đề"),
        ("TRÌNH: Phó Trưởng Ban", Code.SUBMIT_TO, "Phó Trưởng Ban"),
        ("Trả lại:\nthiếu số liệu", Code.RETURN, "thiếu số liệu"),
        ("2", Code.CHOOSE, "2"),
        ("Chọn: 2", Code.CHOOSE, "2"),
        ("CHUYỂN: CSXH, TST", Code.GIVE_TO, "CSXH, TST"),
        ("Ngoài phạm vi: thuế", Code.OUTSIDE_SECTOR, "thuế"),
        ("dang", Code.PUBLISH, ""),
        ("ĐĂNG: 08:00 25/11/2026", Code.PUBLISH, "08:00 25/11/2026"),
        ("Dừng đăng!", Code.STOP, ""),
        ("GỠ: ND-2026-0012, sai số liệu", Code.TAKE_DOWN, "ND-2026-0012, sai số liệu"),
        ("Gỡ khẩn: lộ dữ liệu cá nhân", Code.TAKE_DOWN_AT_ONCE, "lộ dữ liệu cá nhân"),
    ],
)
def test_a_word_of_an_official_is_understood_with_its_argument(typed: str, code: Code, argument: str) -> None:
    assert read(typed) == (CommandLine(code, argument),)


@pytest.mark.parametrize(
    "text",
    ["Đồng ý nhưng sửa tiêu đề", "ĐỒNG Ý\nđề nghị sửa đoạn 2", "Không có ý kiến", "Đúng ý kiến, nhưng xem lại đoạn 3"],
)
def test_an_agreement_with_anything_beside_it_lets_no_article_go(text: str) -> None:
    assert read(text) == ()


@pytest.mark.parametrize("before", ["{}: ", "[{}] ", "Mã câu hỏi: {}: ", "{} - ", "{}\n", "- {}: "])
def test_a_command_may_follow_the_code_of_its_question(before: str) -> None:
    text = f"{before.format(CODE)}TIẾP NHẬN\n{before.format(OTHER_CODE)}KHÔNG THUỘC ĐƠN VỊ: bên Thu"

    assert read(text) == (
        CommandLine(Code.RECEIVED, "", CODE),
        CommandLine(Code.NOT_OURS, "bên Thu", OTHER_CODE),
    )


@pytest.mark.parametrize(("code", "phrase"), PHRASES)
def test_every_phrase_of_the_office_is_understood_as_people_type_it(code: str, phrase: str) -> None:
    for typed in (phrase, phrase.upper(), folded(phrase), f"Kính gửi anh,\n- “{phrase}”./.\n", f"  {phrase} !"):
        reading = COMMANDS.read(typed, takes_answers=code == Code.ANSWER_WITH)
        assert [line.code for line in reading.commands] == [code]


def test_an_answer_goes_on_over_lines_to_the_next_question() -> None:
    wrapped = f"Ông/Bà xem lại câu hỏi mã\n{OTHER_CODE} đã được trả lời (Điều 34)."
    text = f"{CODE}: TRẢ LỜI: Chào Ông/Bà,\n\n1. Nộp tờ khai TK1-TS.\nCHUYỂN\n{wrapped}\n{OTHER_CODE}: 2"

    answer, chosen = COMMANDS.read(text, takes_answers=True).commands

    assert answer == CommandLine(Code.ANSWER_WITH, f"Chào Ông/Bà,\n\n1. Nộp tờ khai TK1-TS.\nCHUYỂN\n{wrapped}", CODE)
    assert chosen == CommandLine(Code.CHOOSE, "2", OTHER_CODE)


@pytest.mark.parametrize("said", ["Ông/Bà nộp tờ khai TK1-TS.", "Ông/Bà nộp tờ khai TK1-TS. " * 40])
@pytest.mark.parametrize(
    "before", ["Trả lời:\n", "TRẢ LỜI: ", "tra loi - ", "Trả lời công dân như sau:\n\n", "TRẢ LỜI\n"]
)
def test_an_answer_is_as_long_as_it_is_and_may_begin_on_the_next_line(before: str, said: str) -> None:
    (answer,) = COMMANDS.read(before + said, takes_answers=True).commands

    assert answer == CommandLine(Code.ANSWER_WITH, said.strip())


@pytest.mark.parametrize("text", ["Trả lời: Ông/Bà nộp tờ khai.", "TRẢ LỜI", "Trả lời công dân:\nÔng/Bà nộp tờ khai."])
def test_where_the_letter_takes_no_answer_the_word_is_a_heading(text: str) -> None:
    assert COMMANDS.read(text).text == text
    assert read("TRẢ LỜI CHUNG") == COMMANDS.read("TRẢ LỜI CHUNG", takes_answers=True).commands


def test_letters_print_the_words_that_the_office_lists_first() -> None:
    listed = {words.words[0]: bool(words.argument) for words in OFFICE.commands}
    shown = (*buttons.UNIT_COMMANDS, buttons.ANSWERS_FOR_ALL)

    assert {command.words: bool(command.argument) for command in shown}.items() <= listed.items()


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading_and_text_without_a_command_stays_as_it_is(text: str) -> None:
    reading = COMMANDS.read(text)

    assert reading.commands or reading.text == text


@given(
    phrase=st.sampled_from([phrase for _, phrase in PHRASES]),
    more=st.text(st.characters(categories=["Ll", "Lu"]), min_size=1, max_size=8),
)
def test_a_word_more_in_the_line_makes_it_text(phrase: str, more: str) -> None:
    longer = f"{phrase} {more}"

    assert bool(read(longer)) == any(folded(longer) == folded(known) for _, known in PHRASES)


@pytest.mark.parametrize(
    ("argument", "until", "reason"),
    [
        ("30/11/2026 cần xác minh hồ sơ", date(2026, 11, 30), "cần xác minh hồ sơ"),
        ("đến hết ngày 30/11, lý do: chờ BHXH tỉnh", date(2026, 11, 30), "chờ BHXH tỉnh"),
        ("den het ngay 30/11 ly do cho BHXH tinh", date(2026, 11, 30), "cho BHXH tinh"),
        ("ngày 30 tháng 11 năm 2026 do phải xin ý kiến Bộ", date(2026, 11, 30), "phải xin ý kiến Bộ"),
        ("chậm nhất thứ Sáu 27.11.2026; đang chờ", date(2026, 11, 27), "đang chờ"),
        ("30-11-26", date(2026, 11, 30), ""),
        ("05/01 vì nghỉ Tết dương lịch", date(2027, 1, 5), "nghỉ Tết dương lịch"),
        ("lý do: cần xác minh hồ sơ", None, "cần xác minh hồ sơ"),
        ("31/11/2026 cần xác minh", None, "31/11/2026 cần xác minh"),
        ("thêm 02 ngày làm việc", None, "thêm 02 ngày làm việc"),
    ],
)
def test_an_extension_is_read_as_a_day_and_a_reason(argument: str, until: date | None, reason: str) -> None:
    assert extension_asked(argument, MONDAY) == (until, reason)
