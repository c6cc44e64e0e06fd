"""`zalo-desk classify`: a line in, a line out, with nothing but the files of office/."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from desk.console.app import app

OFFICE = Path(__file__).parents[2] / "office"


def classify(file: Path, *options: str) -> tuple[int, list[dict[str, Any]]]:
    ran = CliRunner().invoke(app, ["classify", str(file), *options])
    return ran.exit_code, [json.loads(line) for line in ran.stdout.splitlines() if line.startswith("{")]


def test_each_question_gets_a_line_with_all_that_was_found(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    rows = [
        {"id": "a", "text": "mất thẻ bhyt làm lại"},
        {"id": 2, "text": "làm hộ chiếu ở đâu"},
        {"id": "c", "text": "alo"},
    ]
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")

    code, (card, passport, greeting) = classify(file, "--office", str(OFFICE))

    assert code == 0
    assert set(card) == {
        "id", "topics", "units", "scope", "redirect", "confidence", "auto", "candidates", "evidence", "version",
    }  # fmt: skip
    assert (card["id"], card["topics"], card["units"], card["scope"]) == ("a", ["thebhyt"], ["TST"], "in")
    assert card["candidates"][0]["units"] == ["TST"]
    assert (passport["id"], passport["scope"], passport["redirect"]) == (2, "oos", ["X_CONGAN"])
    assert (greeting["scope"], greeting["topics"]) == ("noise", [])


def test_a_line_that_is_no_question_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text('không phải JSON\n{"id": 1}\n\n{"id": 2, "text": "rút bhxh một lần"}\n', encoding="utf-8")

    code, said = classify(file)

    assert code == 1
    assert [row.get("line") for row in said] == [1, 2, None]
    assert said[2]["topics"] == ["motlan"]


def test_a_mistake_in_the_office_is_told_before_anything_is_classified(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text('{"id": 1, "text": "alo"}\n', encoding="utf-8")
    empty = tmp_path / "office"
    empty.mkdir()

    assert classify(file, "--office", str(empty)) == (1, [])
