"""Questions that ask the same, told from those of the same topic that ask something else."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from desk.rules.likeness import FLOOR, likeness, likest, terms_of
from desk.rules.wording import wording_of
from tests.rules.office_words import LEXICON

ROOT = Path(__file__).parents[2]
WORDING = wording_of(LEXICON)
LEAST_PRECISION, LEAST_FOUND = 0.9, 0.15


def terms(text: str) -> frozenset[str]:
    return terms_of(WORDING.read(text))


def test_of_the_pairs_that_are_like_enough_nine_in_ten_ask_the_same() -> None:
    texts = {
        row["id"]: row["text"]
        for path in (ROOT / "office" / "labelled").glob("*.jsonl")
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    }
    with (ROOT / "tests" / "fixtures" / "alike.csv").open(encoding="utf-8") as file:
        pairs = [
            (likeness(terms(texts[row["one"]]), terms(texts[row["other"]])) >= FLOOR, row["same"] == "yes")
            for row in csv.DictReader(file)
        ]

    taken = [same for is_like, same in pairs if is_like]
    assert sum(taken) >= LEAST_PRECISION * len(taken)
    assert sum(taken) >= LEAST_FOUND * sum(same for _, same in pairs)


def test_the_likest_question_is_found_and_one_that_shares_a_few_words_is_not() -> None:
    known = [terms("Mất sổ BHXH thì xin cấp lại ở đâu?"), terms("Làm mất sổ BHXH, thủ tục cấp lại sổ thế nào?")]

    assert likest(terms("Em làm mất sổ bhxh thì thủ tục cấp lại sổ thế nào ạ"), known) == 1
    assert likest(terms("Sổ BHXH của em ghi sai tên thì sửa ở đâu?"), known) is None
    assert likest(terms("cấp lại sổ"), known) is None
    assert likest(terms("gì"), []) is None
