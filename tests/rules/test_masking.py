"""Personal data that citizens write is hidden, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.masking import Personal, holds_secret, identity_numbers, masked

# what stands around a number in a message, with no digit that could be taken for a part of it
AROUND = st.text(alphabet=st.characters(exclude_categories=["Nd"]), max_size=30)
DIGITS = "0123456789"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("gọi em số 0912345678 nhé", "gọi em số [số điện thoại] nhé"),
        ("sđt 0912.345.678, +84 912 345 678", "sđt [số điện thoại], [số điện thoại]"),
        ("09.12.34.56.78", "[số điện thoại]"),
        ("máy bàn 024 3000 0100", "máy bàn [số điện thoại]"),
        ("cccd 079203004567 ạ", "cccd [số CCCD] ạ"),
        ("căn cước: 079 203 004 567", "căn cước: [số CCCD]"),
        ("cmnd cũ 123456789", "cmnd cũ [số CMND]"),
        ("cmnd 123 456 789", "cmnd [số CMND]"),
        ("mã số BHXH 7912345678", "mã số BHXH [mã số BHXH]"),
        ("sổ bhxh 0912345678", "sổ bhxh [mã số BHXH]"),
        ("gop so 0000000006 va 0000000007", "gop so [mã số BHXH] va [mã số BHXH]"),
        ("thẻ TE1010000000003 của bé", "thẻ [số thẻ BHYT] của bé"),
        ("thẻ GD 4 79 79 123 45678", "thẻ [số thẻ BHYT]"),
        ("stk 19034567890123 techcombank", "stk [số tài khoản] techcombank"),
        ("tài khoản Vietcombank 0011000000006 chưa có", "tài khoản Vietcombank [số tài khoản] chưa có"),
        ("thẻ 4111 1111 1111 1111", "thẻ [số tài khoản]"),
        ("gửi về vidu.a@example.com.vn giúp", "gửi về [thư điện tử] giúp"),
        ("mã otp là 123456", "mã otp là [mật khẩu, mã xác thực]"),
        ("mk cũ Abc@1234, không vào được", "mk cũ [mật khẩu, mã xác thực], không vào được"),
        ("mã hồ sơ 00123.T09.1O báo bổ sung", "mã hồ sơ [mã hồ sơ] báo bổ sung"),
        ("mã biên nhận 4567", "mã biên nhận [mã hồ sơ]"),
    ],
)
def test_personal_data_is_replaced_by_the_name_of_its_kind(written: str, shown: str) -> None:
    assert masked(written) == shown


@pytest.mark.parametrize(
    "text",
    [
        "lương 1.500.000 đồng, 5tr3, 12000000đ, mỗi tháng 5.600.000",
        "Luật 41/2024/QH15, Quyết định 1624/QĐ-BHXH, Nghị định 158/2025/NĐ-CP",
        "sinh ngày 05/10/1990, nộp 12-10-2026 và 2026-11-22, hẹn 12/10",
        "gọi 1900 9068 hay 19009068 đều bận",
        "câu hỏi ZL 26-004512-7 đến đâu rồi",
        "đóng từ 01/2015-12/2019, hưởng 75% trong 180 ngày",
        "năm 2010 2011 2012 chưa có",
        "quên mật khẩu là sao, nhập otp 5 lần không được, đổi mk vssid",
        "mã hồ sơ nộp ngày 12/10",
        "mất thẻ bhyt",
    ],
)
def test_dates_sums_laws_hotlines_and_case_codes_stay(text: str) -> None:
    assert masked(text) == text


@given(AROUND, st.text(DIGITS, min_size=9, max_size=9), AROUND)
def test_no_citizen_id_survives_whatever_stands_around_it(before: str, digits: str, after: str) -> None:
    assert f"079{digits}" not in masked(f"{before} 079{digits} {after}")


@given(AROUND, st.sampled_from(["03", "05", "07", "08", "09"]), st.text(DIGITS, min_size=8, max_size=8), AROUND)
def test_no_mobile_number_survives_whatever_stands_around_it(before: str, net: str, digits: str, after: str) -> None:
    assert net + digits not in masked(f"{before} {net}{digits} {after}")


@given(st.text(alphabet=st.sampled_from(" 0123456789./-@abtksổđ"), max_size=60))
def test_masking_twice_changes_nothing_and_a_text_without_numbers_stays(text: str) -> None:
    once = masked(text)

    assert masked(once) == once
    assert masked(text.translate(dict.fromkeys(map(ord, "0123456789@")))) == text.translate(
        dict.fromkeys(map(ord, "0123456789@"))
    )


def test_only_the_numbers_that_find_a_file_are_given_to_a_unit() -> None:
    text = "mã số BHXH 7912345678, cccd 079203004567, sđt 0912345678, mã hồ sơ 00123.T09.1O, stk 0011000000006"

    assert identity_numbers(text) == ("7912345678", "00123.T09.1O")
    assert identity_numbers("sđt 0912345678") == ()


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("otp 123456 ạ", True),
        ("mật khẩu: hoa@2020", True),
        ("không nhận được otp", False),
        ("quên mật khẩu vssid", False),
        ("sđt 0912345678", False),
    ],
)
def test_a_secret_given_away_is_noticed(text: str, holds: bool) -> None:  # noqa: FBT001 - a table of cases
    assert holds_secret(text) is holds


def test_a_long_text_of_numbers_is_masked_in_one_go() -> None:
    assert masked("0912345678 " * 900).count(Personal.PHONE) == 900
    assert masked("a" * 10_000 + " 1") == "a" * 10_000 + " 1"
