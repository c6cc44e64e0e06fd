"""The labelled messages of office/: each mistake is named with its file and line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desk.runtime.labelled import read_labelled
from desk.runtime.office_files import OfficeError
from tests.offices import the_office

GOOD = {"id": "ba-hai-1", "text": "mất sổ", "topics": ["sobhxh"], "scope": "in", "redirect": []}


def a_folder(tmp_path: Path, *rows: object, name: str = "ba-hai") -> Path:
    folder = tmp_path / "labelled"
    folder.mkdir()
    writers = '- {writer: ba-hai, voice: "Bà Hai, nói vòng", part: train, calibrates: true}\n'
    (folder / "writers.yaml").write_text(writers, encoding="utf-8")
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    (folder / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def test_a_message_keeps_its_writer_and_what_the_writer_is_for(tmp_path: Path) -> None:
    (case,) = read_labelled(a_folder(tmp_path, GOOD), the_office()).train

    assert (case.writer, case.topics, case.calibrates) == ("ba-hai", ("sobhxh",), True)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("{", "labelled/ba-hai.jsonl:2: không đọc được dòng này"),
        (GOOD | {"unit": "TST"}, "labelled/ba-hai.jsonl:2: không đọc được dòng này"),
        (GOOD, "labelled/ba-hai.jsonl:2: mã ba-hai-1 đã có"),
        (GOOD | {"id": "2", "topics": ["huuu"]}, "labelled/ba-hai.jsonl:2: không có chủ đề huuu"),
        (GOOD | {"id": "2", "scope": "oos"}, "labelled/ba-hai.jsonl:2: scope oos không khớp"),
        (GOOD | {"id": "2", "scope": "oos", "topics": [], "redirect": ["X_MAY"]}, "không có cơ quan X_MAY"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, row: object, told: str) -> None:
    with pytest.raises(OfficeError) as refused:
        read_labelled(a_folder(tmp_path, GOOD, row), the_office())

    assert told in str(refused.value)


def test_a_file_that_nobody_is_named_for_is_a_mistake_and_so_is_a_writer_without_one(tmp_path: Path) -> None:
    with pytest.raises(OfficeError) as refused:
        read_labelled(a_folder(tmp_path, GOOD, name="ba-ba"), the_office())

    assert [mistake.file for mistake in refused.value.mistakes] == ["labelled/ba-ba.jsonl", "labelled/ba-hai.jsonl"]
