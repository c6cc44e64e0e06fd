"""What an answer cites, and whether it still holds."""

from __future__ import annotations

from datetime import date

import pytest

from desk.rules.citations import basis_of, citations_of, is_old
from desk.rules.office import Amendment, Law

OLD = Law(
    number="58/2014/QH13",
    name="Luật Bảo hiểm xã hội",
    aliases=("Luật BHXH",),
    valid_to=date(2025, 6, 30),
    replaced_by="41/2024/QH15",
)
NEW = Law(number="41/2024/QH15", name="Luật Bảo hiểm xã hội", aliases=("Luật BHXH",), valid_from=date(2025, 7, 1))
DECREE = Law(number="158/2025/NĐ-CP", name="Nghị định", amended=(Amendment(on=date(2026, 5, 1), by="9/2026/NĐ-CP"),))
LAWS = (NEW, OLD, DECREE)
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("Căn cứ Luật Bảo hiểm xã hội số 41/2024/QH15", ["41/2024/QH15"]),
        ("theo Luật Bảo hiểm xã hội năm 2024 (Luật số 41/2024/QH15)", ["41/2024/QH15"]),
        ("theo Nghị định 158/2025/NĐ-CP và Nghị định số 158/2025/ND-CP", ["158/2025/NĐ-CP"]),
        ("theo Thông tư 12/2025/TT-BNV, Quyết định 1624/QĐ-BHXH", ["12/2025/TT-BNV", "1624/QĐ-BHXH"]),
        ("theo khoản 2 Điều 64 Luật BHXH 2024.", ["41/2024/QH15"]),
        ("theo Điều 60 Luật\nBHXH năm 2014", ["58/2014/QH13"]),
        ("Điều 64 Luật Bảo hiểm xã hội quy định", ["41/2024/QH15"]),
        ("theo Luật Việc làm năm 2013 thì", ["Luật Việc làm năm 2013"]),
        ("Công văn số 1879/BHXH-CSXH ngày 11/8/2025, thẻ có hạn đến 12/2026", []),
    ],
)
def test_an_answer_is_read_for_the_laws_it_cites(text: str, cited: list[str]) -> None:
    assert list(citations_of(text, LAWS, TODAY)) == cited


def test_a_law_without_number_and_year_is_the_one_of_the_day_on_which_the_answer_was_written() -> None:
    assert citations_of("Điều 60 Luật BHXH", LAWS, date(2025, 3, 3)) == ("58/2014/QH13",)


def test_an_answer_is_old_from_the_day_on_which_a_law_it_cites_is_replaced() -> None:
    cited, written_on = ["58/2014/QH13"], date(2025, 3, 3)

    assert not is_old(cited, written_on, date(2025, 6, 30), LAWS)
    assert basis_of(cited, written_on, date(2025, 7, 1), LAWS).changed == (
        "Luật Bảo hiểm xã hội số 58/2014/QH13 đã được thay bằng Luật Bảo hiểm xã hội số 41/2024/QH15",
    )


def test_an_answer_is_old_from_the_day_on_which_a_law_it_cites_is_amended() -> None:
    assert basis_of(["158/2025/NĐ-CP"], date(2026, 4, 30), TODAY, LAWS).changed == (
        "Nghị định số 158/2025/NĐ-CP đã được sửa đổi, bổ sung bởi 9/2026/NĐ-CP",
    )
    assert not is_old(["158/2025/NĐ-CP"], date(2026, 5, 1), TODAY, LAWS)


def test_an_answer_that_spoke_of_a_law_already_replaced_is_not_old_for_that() -> None:
    assert not is_old(["58/2014/QH13"], date(2026, 2, 2), TODAY, LAWS)


def test_what_is_not_listed_is_told_apart() -> None:
    basis = basis_of(["12/2025/TT-BNV", "41/2024/QH15"], date(2026, 2, 2), TODAY, LAWS)

    assert basis.unknown == ("12/2025/TT-BNV",)
    assert not basis.changed
