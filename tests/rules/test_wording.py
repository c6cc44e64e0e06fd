"""What citizens write, cleaned, folded and brought to the standard wording."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.wording import Wording, cleaned, folded, words
from tests.rules.office_words import LEXICON

WORDING = Wording(LEXICON.abbreviations, LEXICON.ambiguous)
HIDDEN = ("\x00", "\x07", "\u200b", "\u200e", "\u202e", "\u2066", "\ufeff", "\u00ad", "\u3164", "\ud800", "\U000e0041")


def standard(text: str) -> str:
    return " ".join(WORDING.read(text).typed)


@pytest.mark.parametrize("hidden", HIDDEN)
def test_a_character_that_nobody_sees_is_gone(hidden: str) -> None:
    assert cleaned(f"mất {hidden}thẻ", 100) == "mất thẻ"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("dòng một\r\ndòng hai\rdòng ba\u2028dòng bốn", "dòng một\ndòng hai\ndòng ba\ndòng bốn"),
        (unicodedata.normalize("NFD", "thẻ bảo hiểm y tế"), "thẻ bảo hiểm y tế"),
        ("cảm ơn ❤️ 👨‍👩‍👧 nhiều", "cảm ơn ❤️ 👨‍👩‍👧 nhiều"),
        ("bảo\u200dhiểm", "bảohiểm"),
        ("<b>{{ 7*7 }}</b>", "<b>{{ 7*7 }}</b>"),
        ("lương\xa0hưu", "lương hưu"),
        ("  \n ", ""),
    ],
)
def test_a_text_is_stored_as_it_can_be_shown(typed: str, shown: str) -> None:
    assert cleaned(typed, 100) == shown


def test_a_text_that_is_too_long_is_cut_and_says_so() -> None:
    assert cleaned("đóng bảo hiểm", 10) == "đóng bảo…"
    assert cleaned("a" * 10_000_000, 10_000) == "a" * 9_999 + "…"
    assert cleaned("\u200b" * 1_000_000 + "mất thẻ", 100) == "mất thẻ"


@given(st.text(), st.integers(min_value=1, max_value=40))
def test_cleaning_twice_changes_nothing(text: str, limit: int) -> None:
    once = cleaned(text, limit)

    assert cleaned(once, limit) == once
    assert len(once) <= limit
    assert unicodedata.is_normalized("NFC", once)
    once.encode()


def test_folding_drops_accents_and_the_stroke_of_d() -> None:
    assert folded("Đóng BHXH tự nguyện ở Đắk Lắk") == "dong bhxh tu nguyen o dak lak"
    assert folded(unicodedata.normalize("NFD", "Thủy điện")) == "thuy dien"


@given(st.text())
def test_folding_keeps_every_word_in_its_place(text: str) -> None:
    reading = WORDING.read(text)

    assert len(reading.typed) == len(reading.bare)
    assert all(folded(typed) == bare for typed, bare in zip(reading.typed, reading.bare, strict=True))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("alooo ad ơiii", ["alo", "ad", "ơi"]),
        ("luong huu cua ba", ["luong", "huu", "cua", "ba"]),
        ("đóng 1000000", ["đóng", "1000000"]),
        ("𝐁𝐇𝐗𝐇 ｂｈｙｔ", ["bhxh", "bhyt"]),
        ("50%?", ["50", "%"]),
    ],
)
def test_words_are_read_whatever_was_held_down_or_decorated(typed: str, read: list[str]) -> None:
    assert words(typed) == read


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("e mún rút bh xã hội 1 cục", "em muốn rút bhxh một lần"),
        ("cty k đóng bhxh cho nv", "công ty không đóng bhxh cho nhân viên"),
        ("doi so cmnd sang can cuoc cong dan", "doi so cccd sang cccd"),
        ("tk vssid bị khóa", "tài khoản vssid bị khóa"),
        ("tk là gì", "tk là gì"),
        ("ck e mất", "chồng em mất"),
        ("đã ck tiền", "đã chuyển khoản tiền"),
        ("đủ dk hưởng", "đủ điều kiện hưởng"),
        ("có dk k ạ", "có được không ạ"),
        ("đóng bhxh tn", "đóng bhxh tự nguyện"),
        ("trợ cấp tn", "trợ cấp thất nghiệp"),
        ("thì lm tn ạ", "thì làm thế nào ạ"),
        ("nộp hs ở đâu", "nộp hồ sơ ở đâu"),
        ("bhyt hs", "bhyt học sinh"),
        ("lãnh tiền ở đâu", "lĩnh tiền ở đâu"),
        ("lãnh đạo đơn vị", "lãnh đạo đơn vị"),
        ("tôi nghĩ là đúng", "tôi nghĩ là đúng"),
    ],
)
def test_an_abbreviation_is_written_out_where_its_neighbour_decides(typed: str, meant: str) -> None:
    assert standard(typed) == meant
