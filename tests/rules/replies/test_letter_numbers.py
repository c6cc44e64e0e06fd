"""The number and date of a unit's công văn: proposed from what is written, never made up (U7)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.replies.letter_numbers import LetterNumber, letter_number

IN_NOVEMBER = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "number", "on"),
    [
        ("Công văn số 1234/BHXH-CSXH ngày 23/11/2026", "1234/BHXH-CSXH", IN_NOVEMBER),
        ("công văn số 1234/BHXH-CSXH, ngày 23 tháng 11 năm 2026", "1234/BHXH-CSXH", IN_NOVEMBER),
        ("Số: 05/BHXH-TT\nHà Nội, ngày 05 tháng 02 năm 2026", "05/BHXH-TT", date(2026, 2, 5)),
        ("Số: 05/BHXH-TT … ngày 05 tháng 02 năm 2026", "05/BHXH-TT", date(2026, 2, 5)),
        ("CV 3456/CSXH-CĐ ngày 23.11.2026 gửi kèm", "3456/CSXH-CĐ", IN_NOVEMBER),
        ("Nội dung đã trả lời tại Công văn số 1234 / BHXH – CSXH.", "1234/BHXH-CSXH", None),
        ("Please see the answer attached (letter 1234/BHXH-CSXH, signed 23/11/2026).", "1234/BHXH-CSXH", IN_NOVEMBER),
        ("Kính gửi văn bản trả lời số 77/B_QLT", None, None),
        ("Kính gửi văn bản số 77/QLT-TST (ký ngày 23/11/2026)", "77/QLT-TST", IN_NOVEMBER),
        ("Số: 05/BHXH-TT\n\nCông văn số 05/BHXH-TT ngày 23/11/2026", "05/BHXH-TT", IN_NOVEMBER),
        # the date of something else, a day that is none, a day without a year
        ("Công văn số 12/BHXH-TT. Ông A nghỉ việc từ ngày 01/3/2026.", "12/BHXH-TT", None),
        ("Công văn số 12/BHXH-TT ngày 31/11/2026", "12/BHXH-TT", None),
        ("Công văn số 12/BHXH-TT ngày 23/11", "12/BHXH-TT", None),
        # what the answer rests on, and what it answers
        ("Theo Quyết định số 1624/QĐ-BHXH ngày 16/9/2024, được hưởng.", None, None),
        ("Căn cứ công văn số 99/BHXH-CSXH ngày 01/02/2025 thì được hưởng.", None, None),
        ("Căn cứ Nghị định số 158/2025/NĐ-CP; Công văn số 12/BHXH-TT ngày 23/11/2026", "12/BHXH-TT", IN_NOVEMBER),
        ("Đã nhận được công văn số 45/BHXH-TT ngày 20/11/2026", None, None),
        ("Công văn số 12/BHXH-TT và Công văn số 13/BHXH-TT", None, None),
        ("Số: 25/30 ngày; số 12/2026; số sổ 0123456789", None, None),
        ("Được hưởng.", None, None),
    ],
)
def test_the_letters_own_number_is_proposed(text: str, number: str | None, on: date | None) -> None:
    assert letter_number(text) == (LetterNumber(number, on) if number else None)


@given(st.text(max_size=120))
def test_a_number_that_is_proposed_stands_in_the_text(text: str) -> None:
    found = letter_number(text)

    assert found is None or found.number.partition("/")[0] in text
