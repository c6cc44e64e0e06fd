from __future__ import annotations

from dataclasses import asdict

import pytest

from desk.rules.case_codes import case_code
from desk.rules.classifier.classification import Evidence, Proof
from desk.rules.explanations import chance, explained
from tests.offices import the_office


@pytest.mark.parametrize(
    ("confidence", "words"),
    [(0.0, "dưới 1/10"), (0.04, "dưới 1/10"), (0.05, "khoảng 1/10"), (0.43, "khoảng 4/10"), (0.999, "khoảng 9/10")],
)
def test_a_chance_is_told_in_tenths_and_never_as_certain(confidence: float, words: str) -> None:
    assert chance(confidence) == words


def test_two_phrases_three_words_and_three_cases_are_told_in_plain_words() -> None:
    code = case_code(2026, 3120)
    evidence = [
        *(Evidence(f"cụm {n}", 3.0 - n, "sobhxh", "nghiệp vụ") for n in range(4)),
        Evidence("không phải", -1.0, "sobhxh", "nghiệp vụ"),
        *(Evidence(f"từ {n}", 1.0, "motlan", "", Proof.WORD) for n in range(4)),
        Evidence(code, 9.0, "motlan, huu", "HA", Proof.CASE),
        Evidence("a1-041", 8.0, "oos", "a1", Proof.CASE),
    ]
    phrases, words, cases = explained([asdict(one) for one in evidence], the_office())

    assert phrases == "Cụm từ: “cụm 0” (Sổ BHXH; nghiệp vụ thêm); “cụm 1” (Sổ BHXH; nghiệp vụ thêm)"
    assert words == "Từ ngữ nghiêng về BHXH một lần: “từ 0”, “từ 1”, “từ 2”"
    assert cases == (
        f"Gần giống: câu {code} đã xác nhận (BHXH một lần, Lương hưu và chế độ hưu trí); "
        "câu mẫu a1-041 (việc của cơ quan khác)"
    )


def test_where_nothing_spoke_nothing_is_told() -> None:
    assert not list(explained([], the_office()))
