"""What asks nothing new is met as U12 says; a real question is never taken for small talk."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from desk.rules.small_talk import SmallTalk, gives_identity_only, small_talk, without_greeting
from tests.rules.office_words import LEXICON


@dataclass(frozen=True)
class Message:
    text: str = ""
    kind: str = "text"


def talk(*texts: str) -> SmallTalk | None:
    return small_talk([Message(text) for text in texts], LEXICON)


@pytest.mark.parametrize(
    "text",
    ["Em cảm ơn anh/chị nhiều ạ.", "cam on nhe", "ok ad", "dạ", "Vâng, tôi đã hiểu, cảm ơn cháu.", "ok tks ad nha",
     "Chúc các anh chị cán bộ mạnh khỏe, công tác tốt.", "dạ e cảm ơn nhìu ạ ❤️❤️"],
)  # fmt: skip
def test_thanks_are_thanks(text: str) -> None:
    assert talk(text) is SmallTalk.THANKS


@pytest.mark.parametrize(
    "text",
    ["alo", "Dạ em chào anh chị ạ", "co ai o do khong", "hiii ad", "ad ơi rep mình với", "Kính chào quý cơ quan!",
     "menu", "Em chào ad, em muốn hỏi cho bố mẹ em", "cho em hỏi với ạ"],
)  # fmt: skip
def test_a_greeting_without_a_question_is_asked_what_it_is_about(text: str) -> None:
    assert talk(text) is SmallTalk.GREETING


@pytest.mark.parametrize(
    "text",
    ["sao lau qua vay", "cho xin tra loi voi cho lau qua", "Em hỏi ở trên rồi ạ, mong ad trả lời sớm",
     "Làm ăn kiểu gì mà tắc trách thế, hỏi mấy ngày không thấy trả lời!", "bao giờ mới trả lời vậy ad",
     "chờ mấy hôm rồi sao chưa ai trả lời", "im lặng luôn vậy trời"],
)  # fmt: skip
def test_anger_about_an_answer_that_does_not_come_asks_how_far_it_is(text: str) -> None:
    assert talk(text) is SmallTalk.ASKS_HOW_FAR


@pytest.mark.parametrize(
    "code", ["ZL 26-004512-8", "zl26 004512 8", "26.004512.8", "mã ZL 26-004512-8", "ZL 26-004512-7"]
)
def test_a_case_code_with_a_sigh_asks_how_far_that_question_is(code: str) -> None:
    assert talk(f"{code} sao lâu quá vậy ad") is SmallTalk.ASKS_HOW_FAR
    assert talk(code) is SmallTalk.ASKS_HOW_FAR
    assert talk(f"{code} em hỏi thêm thẻ bhyt hết hạn thì sao") is None


@pytest.mark.parametrize(
    "text", ["ban dat nen gia re khu vuc long thanh lien he ngay", "vay tiền nhanh k thế chấp ib zalo nhé mn"]
)
def test_an_advertisement_is_passed_over(text: str) -> None:
    assert talk(text) is SmallTalk.ADVERTISEMENT


@pytest.mark.parametrize(
    "text", ["toàn lũ ăn bám, đóng tiền thì đòi mà tới lúc cần thì mất hút", "đồ vô dụng", "bọn mày ngu như bò"]
)
def test_abuse_goes_to_a_person(text: str) -> None:
    assert talk(text) is SmallTalk.ABUSE


@pytest.mark.parametrize(
    "text",
    ["Dạ chào ad, em bị mất thẻ bhyt", "cảm ơn ad, cho em hỏi thêm rút bhxh một lần", "alo cho hỏi lương hưu tháng này",
     "đm công ty nợ bảo hiểm 8 tháng rồi", "lâu quá, hồ sơ thai sản của em nộp tháng trước sao chưa có tiền",
     "hotline bhxh", "bhxh bình dương dời đi đâu r ad", "1 người có 2 mã số bhxh thì sao", "bố em mất rồi ạ",
     "có người mời vay tiền nhanh, giả danh bảo hiểm", "Bảo hiểm của tôi bị sao vậy?", "em mang bầu", "vssid"],
)  # fmt: skip
def test_a_question_is_a_question_whatever_stands_around_it(text: str) -> None:
    assert talk(text) is None


def test_a_greeting_followed_by_the_question_in_the_next_message_is_a_question() -> None:
    assert talk("alo", "có ai không", "e muốn rút bh 1 lần") is None


@pytest.mark.parametrize("text", ["???", "👍", "😂😂😂", "...", ""])
def test_what_holds_no_word_is_unreadable(text: str) -> None:
    assert talk(text) is SmallTalk.EMPTY


@pytest.mark.parametrize("kind", ["sticker", "gif", "nosupport"])
def test_a_sticker_alone_is_unreadable(kind: str) -> None:
    assert small_talk([Message(kind=kind)], LEXICON) is SmallTalk.EMPTY


@pytest.mark.parametrize("kind", ["voice", "photo", "file", "location", "link", "video"])
def test_a_voice_message_or_photo_goes_to_a_person_unless_a_text_asks(kind: str) -> None:
    assert small_talk([Message(kind=kind)], LEXICON) is SmallTalk.MEDIA
    assert small_talk([Message("dạ em gửi ạ"), Message(kind=kind)], LEXICON) is SmallTalk.MEDIA
    assert small_talk([Message("thẻ này còn hạn không ạ", kind=kind)], LEXICON) is None


def test_a_tap_or_a_one_keeps_the_conversation_open() -> None:
    assert talk("1") is SmallTalk.KEEP_OPEN
    assert talk("query:84:abc:KEEP@1") is SmallTalk.KEEP_OPEN
    assert talk("query:84:abc:KEEP@1", "1") is SmallTalk.KEEP_OPEN
    assert talk("query:84:abc:KEEP@1", "rút bhxh một lần cần gì") is None


@pytest.mark.parametrize(
    "text",
    ["7912345678", "mã số bhxh của em là 7912345678 ạ", "Nguyễn Văn An 0123456789", "số sổ: 7912345678 nhé ad",
     "em Trần Thị Bích Ngọc, sđt 0912345678", "CCCD 001090012345, sinh năm 1990", "thẻ bhyt số GD4797912345678",
     "bổ sung mã hồ sơ 123456/2026"],
)  # fmt: skip
def test_a_number_or_a_name_by_which_somebody_is_known_asks_nothing(text: str) -> None:
    assert gives_identity_only(text, LEXICON)


@pytest.mark.parametrize(
    "text",
    ["mất sổ 7912345678 làm lại ở đâu", "7912345678 tra giúp em đóng được bao nhiêu năm", "chốt sổ 7912345678",
     "gia hạn thẻ GD4797912345678", "0912345678 gọi lại cho em", "alo", "mã số bhxh", "mật khẩu vssid: abc12345"],
)  # fmt: skip
def test_a_number_in_a_question_leaves_it_a_question(text: str) -> None:
    assert not gives_identity_only(text, LEXICON)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Dạ em chào anh chị ạ\nem mất sổ", "em mất sổ"),
        ("alo\nad ơi\ncho em hỏi với ạ\nem mất sổ\nalo", "em mất sổ\nalo"),
        ("alo", "alo"),
        ("alo\ncó ai không", "có ai không"),
        ("em\nmất sổ", "em\nmất sổ"),
        ("mất\nsổ", "mất\nsổ"),
        ("chào ad em mất sổ\nlàm sao", "chào ad em mất sổ\nlàm sao"),
    ],
)
def test_lines_that_only_greet_before_a_question_say_nothing_of_what_it_is_about(text: str, left: str) -> None:
    assert without_greeting(text, LEXICON) == left
