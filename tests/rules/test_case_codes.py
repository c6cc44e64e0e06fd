from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from desk.rules.case_codes import case_code, check_digit, delivery_mark, find_case_codes, outbox_id_of_mark

NUMBERS = st.integers(1, 999_999_999)
YEARS = st.integers(2024, 2099)


@pytest.mark.parametrize(("digits", "check"), [("572", "4"), ("43881234567", "9"), ("", "0"), ("26004512", "8")])
def test_the_check_digit_is_that_of_damm(digits: str, check: str) -> None:
    assert check_digit(digits) == check


@pytest.mark.parametrize(("number", "code"), [(4512, "ZL 26-004512-8"), (1_234_567, "ZL 26-1234567-7")])
def test_a_code_holds_the_year_the_running_number_and_its_check_digit(number: int, code: str) -> None:
    assert case_code(2026, number) == code


@pytest.mark.parametrize(
    "typed",
    [
        "ZL 26-004512-8",
        "zl26-004512-8",
        "ZL.26.004512.8",
        "mã số 260045128 của tôi",
        "Re: [ZL 26-004512-8] Trả lời",
        "ZL 26 - 004512 - 8",
        "ZL#26-004512-8.",
    ],
)
def test_a_code_is_found_however_it_is_spaced(typed: str) -> None:
    assert find_case_codes(typed) == ["ZL 26-004512-8"]


@pytest.mark.parametrize(
    "typed",
    ["ZL 26-004512-7", "ZL 26-004521-8", "26-00451-8", "số 0912345678", "7926004512890", "mã bảo hiểm 0126004512", ""],
)
def test_digits_that_do_not_check_are_no_code(typed: str) -> None:
    assert find_case_codes(typed) == []


def test_several_codes_are_found_in_order_and_once_each() -> None:
    first, second = case_code(2026, 7), case_code(2026, 8)

    assert find_case_codes(f"{second}, {first} và lại {second}") == [second, first]


@given(YEARS, NUMBERS)
def test_every_code_is_found_again_in_a_sentence(year: int, number: int) -> None:
    code = case_code(year, number)

    assert find_case_codes(f"Câu hỏi mã {code}: đến đâu rồi?") == [code]


@given(YEARS, NUMBERS, st.data())
def test_one_digit_misheard_is_never_another_question(year: int, number: int, data: st.DataObject) -> None:
    digits = [character for character in case_code(year, number) if character.isdigit()]
    place = data.draw(st.integers(0, len(digits) - 1))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != digits[place]]))
    digits[place] = other

    assert find_case_codes("ZL" + "".join(digits)) == []


@given(YEARS, NUMBERS, st.data())
def test_two_neighbouring_digits_swapped_are_never_another_question(
    year: int, number: int, data: st.DataObject
) -> None:
    digits = [character for character in case_code(year, number) if character.isdigit()]
    place = data.draw(st.integers(0, len(digits) - 2))
    assume(digits[place] != digits[place + 1])
    digits[place], digits[place + 1] = digits[place + 1], digits[place]

    assert find_case_codes("ZL" + "".join(digits)) == []


@given(st.integers(1, 10**12))
def test_a_message_is_known_again_by_the_mark_that_ends_it(outbox_id: int) -> None:
    assert outbox_id_of_mark(f"Kính gửi Ông/Bà,\n{delivery_mark(outbox_id)}") == outbox_id
    assert outbox_id_of_mark(f"Kính gửi Ông/Bà,\n{delivery_mark(outbox_id)} \n") == outbox_id


@pytest.mark.parametrize(
    "text",
    [
        "Kính gửi Ông/Bà",
        "(Mã tin: 000123-2)",
        "(Mã tin: 000123-4) xin nhắc lại",
        "(Mã tin: 123-4)",
    ],
)
def test_a_text_without_a_mark_that_checks_at_its_end_names_no_delivery(text: str) -> None:
    assert outbox_id_of_mark(text) is None
