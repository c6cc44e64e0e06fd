from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desk.rules.deadlines import reply_days
from desk.rules.office import NotInForceError, ProvincialUnit
from desk.rules.places import place_of
from desk.rules.units import Obstacle, find_authorities, find_units, resolve, resolve_for_text, unit_for, units_named
from tests.offices import AFTER_INSPECTION_ENDED, AFTER_THE_MERGER, ON_THE_CHART_OF_2024, TODAY, the_office

OFFICE = the_office()
HANOI = "Hồ sơ nộp ở BHXH Hà Nội"


@pytest.mark.parametrize(
    ("competence", "in_2024", "in_march_2025", "in_june_2025", "today"),
    [
        ("CSXH", "CSXH", "B_CSXH", "B_CSXH", "B_CSXH"),
        ("TST", "TST", "B_QLT", "B_QLT", "B_QLT"),
        ("TTKT", "TTKT", "B_TTRA", "B_KTRA", "B_KTRA"),
        ("HTQT", "HTQT", "B_VP", "B_VP", "B_VP"),
        ("GDDT", "GDDT", "B_KSTT", "B_KSTT", "B_KSTT"),
        ("CSKH", "CSKH", "B_TTHT", "B_TTHT", "B_TTHT"),
        ("BHXH_TINH", "BHXH_TINH", "BHXH_TINH", "BHXH_TINH", "BHXH_TINH"),
    ],
)
def test_a_competence_belongs_to_whoever_holds_it_that_day(
    competence: str, in_2024: str, in_march_2025: str, in_june_2025: str, today: str
) -> None:
    days = (ON_THE_CHART_OF_2024, AFTER_THE_MERGER, AFTER_INSPECTION_ENDED, TODAY)

    found = tuple(unit_for(competence, OFFICE.units, day).code for day in days)

    assert found == (in_2024, in_march_2025, in_june_2025, today)


@pytest.mark.parametrize(
    ("on", "code"),
    [
        (date(2025, 2, 28), "TTKT"),
        (date(2025, 3, 1), "B_TTRA"),
        (date(2025, 5, 29), "B_TTRA"),
        (date(2025, 5, 30), "B_KTRA"),
    ],
)
def test_the_last_day_of_a_unit_is_its_own_and_the_next_is_its_successors(on: date, code: str) -> None:
    assert unit_for("TTKT", OFFICE.units, on).code == code


def test_every_topic_leads_to_a_unit_on_every_chart() -> None:
    for day in (ON_THE_CHART_OF_2024, AFTER_THE_MERGER, AFTER_INSPECTION_ENDED, TODAY):
        for topic in OFFICE.topics:
            assert resolve(topic.competences, day, OFFICE)


def test_two_units_with_one_successor_are_one_unit_and_give_three_days() -> None:
    resolved = resolve(("KHDT", "TCKT"), TODAY, OFFICE)

    assert [unit.code for unit in resolved.units] == ["B_TCKT"]
    assert reply_days(resolved.unit_count, OFFICE.policy(TODAY)) == 3


def test_the_same_two_units_were_two_on_the_chart_of_2024_and_gave_four_days() -> None:
    resolved = resolve(("KHDT", "TCKT"), ON_THE_CHART_OF_2024, OFFICE)

    assert reply_days(resolved.unit_count, OFFICE.policy(ON_THE_CHART_OF_2024)) == 4


def test_the_desk_never_writes_to_itself_nor_counts_itself() -> None:
    resolved = resolve(("TT", "CSKH", "CSXH"), TODAY, OFFICE)

    assert [unit.code for unit in resolved.units] == ["B_CSXH"]
    assert resolved.unit_count == 1
    assert resolved.is_own


def test_the_call_centre_was_a_unit_to_write_to_in_2024() -> None:
    resolved = resolve(("TT", "CSKH"), ON_THE_CHART_OF_2024, OFFICE)

    assert [unit.code for unit in resolved.units] == ["CSKH"]
    assert resolved.is_own


def test_a_unit_that_does_not_count_gives_a_limit_all_the_same() -> None:
    units = tuple(replace(unit, counts_as_unit=not unit.by_place) for unit in OFFICE.units)
    office = replace(OFFICE, units=units)

    assert resolve_for_text(("BHXH_TINH",), HANOI, TODAY, office).unit_count == 1
    assert resolve_for_text(("BHXH_TINH", "CSXH"), HANOI, TODAY, office).unit_count == 1
    assert resolve_for_text(("BHXH_TINH", "CSXH"), HANOI, TODAY, OFFICE).unit_count == 2


def test_a_unit_whose_name_is_not_verified_gets_no_letter() -> None:
    resolved = resolve(("TTKT",), TODAY, OFFICE)

    assert [(hurdle.unit.code, hurdle.obstacle) for hurdle in resolved.unreachable] == [("B_KTRA", Obstacle.UNVERIFIED)]


def test_a_unit_without_an_address_gets_no_letter() -> None:
    office = replace(OFFICE, units=tuple(replace(unit, emails=()) for unit in OFFICE.units))

    resolved = resolve(("CSXH",), TODAY, office)

    assert [hurdle.obstacle for hurdle in resolved.unreachable] == [Obstacle.NO_ADDRESS]


@pytest.mark.parametrize(
    ("text", "on", "name"),
    [
        (HANOI, TODAY, "Bảo hiểm xã hội thành phố Hà Nội"),
        ("em nộp ở q12 ạ", TODAY, "Bảo hiểm xã hội Thành phố Hồ Chí Minh"),
        ("bhxh Bình Dương giải quyết", TODAY, "Bảo hiểm xã hội Thành phố Hồ Chí Minh"),
        ("bhxh Bình Dương giải quyết", AFTER_INSPECTION_ENDED, "Bảo hiểm xã hội khu vực XXVII"),
        ("bhxh Bình Dương giải quyết", ON_THE_CHART_OF_2024, "Bảo hiểm xã hội tỉnh Bình Dương"),
        ("nop o sai gon", TODAY, "Bảo hiểm xã hội Thành phố Hồ Chí Minh"),
        ("BHXH tỉnh Thừa Thiên Huế", ON_THE_CHART_OF_2024, "Bảo hiểm xã hội tỉnh Thừa Thiên Huế"),
        ("BHXH Huế", date(2025, 1, 2), "Bảo hiểm xã hội thành phố Huế"),
    ],
)
def test_the_provincial_office_is_the_one_of_the_place_that_day(text: str, on: date, name: str) -> None:
    resolved = resolve_for_text(("BHXH_TINH",), text, on, OFFICE)

    assert resolved.names == (name,)
    assert not resolved.unreachable


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("Hồ sơ của tôi đến đâu rồi", TODAY),
        ("hn e hỏi hồ sơ chưa thấy trả lời", TODAY),
        ("tôi là Nguyễn Văn Lâm, hồ sơ đến đâu rồi", TODAY),
        ("nộp ở Hà Nội hay Đà Nẵng đều được ạ", TODAY),
        # the 35 regional offices of that spring are not known
        (HANOI, AFTER_THE_MERGER),
    ],
)
def test_without_one_sure_place_no_provincial_office_is_guessed(text: str, on: date) -> None:
    resolved = resolve_for_text(("BHXH_TINH",), text, on, OFFICE)

    assert [hurdle.obstacle for hurdle in resolved.unreachable] == [Obstacle.NO_PLACE]


def test_a_provincial_office_without_an_address_gets_no_letter() -> None:
    place = ProvincialUnit(code="X", name="BHXH X", places=("X",), valid_from=date(2025, 7, 1))

    resolved = resolve(("BHXH_TINH",), TODAY, OFFICE, place)

    assert [hurdle.obstacle for hurdle in resolved.unreachable] == [Obstacle.NO_ADDRESS]


@pytest.mark.parametrize("on", [ON_THE_CHART_OF_2024, AFTER_INSPECTION_ENDED, TODAY])
def test_every_place_of_the_files_leads_to_one_office(on: date) -> None:
    for unit in OFFICE.provincial_units:
        if unit.valid_from <= on and (unit.valid_to is None or on <= unit.valid_to):
            for place in unit.places:
                found = place_of(f"nộp tại {place}", OFFICE.provincial_units, on)
                assert found is unit, place


def test_a_competence_of_no_unit_is_refused() -> None:
    with pytest.raises(NotInForceError, match="NOBODY"):
        unit_for("NOBODY", OFFICE.units, TODAY)


@pytest.mark.parametrize(
    ("word", "codes"),
    [
        ("CSXH", ["B_CSXH"]),
        ("bên Thu", ["B_QLT"]),
        ("ben thu", ["B_QLT"]),
        ("Ban Thu", ["B_QLT"]),
        ("TST", ["B_QLT"]),
        ("Ban Thực hiện chính sách BHXH", ["B_CSXH"]),
        ("Ban Thực hiện chính sách bảo hiểm xã hội", ["B_CSXH"]),
        ("chính sách", ["B_CSXH"]),
        ("Chinh sach y te", ["B_CSYT"]),
        ("Vụ Hợp tác quốc tế", ["B_VP"]),
        ("Vụ Thanh tra - Kiểm tra", ["B_KTRA"]),
        ("giám định", ["B_KSTT"]),
        ("văn phòng", ["B_VP"]),
        ("thuế", []),
        ("", []),
        ("bên", []),
    ],
)
def test_officials_name_a_unit_as_they_call_it(word: str, codes: list[str]) -> None:
    assert [unit.code for unit in find_units(word, OFFICE, TODAY)] == codes


def test_a_word_that_fits_two_units_finds_both() -> None:
    units = tuple(
        replace(unit, aliases=(*unit.aliases, "Chế độ")) if unit.code in {"B_CSXH", "B_CSYT"} else unit
        for unit in OFFICE.units
    )

    found = find_units("chế độ", replace(OFFICE, units=units), TODAY)

    assert [unit.code for unit in found] == ["B_CSXH", "B_CSYT"]


@pytest.mark.parametrize(
    ("word", "on", "names"),
    [
        ("thuế", TODAY, ["Thuế tỉnh, thành phố nơi Ông/Bà đăng ký thuế"]),
        ("thue", AFTER_THE_MERGER, ["Chi cục Thuế khu vực"]),
        ("Sở Nội vụ", TODAY, ["Sở Nội vụ"]),
        ("Sở Lao động", TODAY, ["Sở Nội vụ"]),
        ("sở lao động", ON_THE_CHART_OF_2024, ["Sở Lao động - Thương binh và Xã hội"]),
        ("bên Thu", TODAY, []),
    ],
)
def test_officials_name_an_authority_as_they_call_it(word: str, on: date, names: list[str]) -> None:
    assert [authority.name for authority in find_authorities(word, OFFICE, on)] == names


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("cán bộ bên Thu nhận tiền của tôi", "B_QLT"),
        ("can bo Ban CSXH gay kho", "B_CSXH"),
        ("tố cáo Vụ Thanh tra - Kiểm tra bao che", "B_KTRA"),
    ],
)
def test_a_unit_is_recognised_in_a_text_by_any_of_its_names(text: str, code: str) -> None:
    assert code in units_named(text, OFFICE, TODAY)
