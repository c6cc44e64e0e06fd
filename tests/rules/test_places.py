"""Which provincial office a citizen means, on the chart of the day; never a guess (U20)."""

from __future__ import annotations

from datetime import date

import pytest

from desk.rules.places import place_of
from tests.dates import day
from tests.rules.office_words import OFFICE

BEFORE_THE_MERGERS, REGIONS, TODAY = day("Tue 2024-10-01"), day("Mon 2025-06-02"), day("Mon 2026-11-23")


def code_of(text: str, on: date = TODAY) -> str | None:
    found = place_of(text, OFFICE.provincial_units, on)
    return found.code if found else None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("check giùm e hs nộp ở bhxh q12 vs ạ", "HO_CHI_MINH"),
        ("nộp ở quận 1", "HO_CHI_MINH"),
        ("Q.3, tp.hcm", "HO_CHI_MINH"),
        ("em ở sài gòn", "HO_CHI_MINH"),
        ("bhxh binh duong doi di dau", "HO_CHI_MINH"),
        ("BHXH quận Bình Tân", "HO_CHI_MINH"),
        ("tôi ở HN", "HA_NOI"),
        ("nộp ở Vĩnh Phúc", "PHU_THO"),
        ("bhxh biên hoà", "DONG_NAI"),
    ],
)
def test_a_place_is_known_by_old_and_new_names_districts_and_short_forms(text: str, code: str) -> None:
    assert code_of(text) == code


@pytest.mark.parametrize(
    ("on", "code"), [(BEFORE_THE_MERGERS, "BINH_DUONG"), (REGIONS, "KHU_VUC_27"), (TODAY, "HO_CHI_MINH")]
)
def test_a_place_belongs_to_the_office_of_the_day(on: date, code: str) -> None:
    assert code_of("tôi nộp ở Bình Dương", on) == code


@pytest.mark.parametrize(
    "text",
    ["hồ sơ của tôi đến đâu rồi", "chuyển từ Hải Phòng vào Bình Dương", "Hà Nội hay tphcm cũng được", "hn em chưa nhận",
     "khám như bình thường", ""],
)  # fmt: skip
def test_no_place_or_several_are_not_guessed(text: str) -> None:
    assert code_of(text) is None


def test_two_names_of_one_office_are_one_place() -> None:
    assert code_of("bhxh quận 12, tphcm") == "HO_CHI_MINH"
    assert code_of("nộp ở Phú Thọ, quê Vĩnh Phúc") == "PHU_THO"
    assert code_of("nộp ở Phú Thọ, quê Vĩnh Phúc", BEFORE_THE_MERGERS) is None
