"""The office of this repository, and what a classifier might say of a question to it."""

from __future__ import annotations

import shutil
from datetime import date
from functools import cache
from pathlib import Path

from desk.rules.classifier import Candidate, Classification, Scope
from desk.rules.office import Office, Topic
from desk.runtime.office import read_files

FOLDER = Path(__file__).parent.parent / "office"

# stands in for the thousands of phrases, which take longer to read than all the rest
FEW_PHRASES = """\
huu:
  - {phrase: lương hưu, weight: 3, author: HA, added_on: 2026-11-01, status: active}
X_THUE:
  - {phrase: quyết toán thuế, weight: 3}
"""

FEW_WRITERS = {
    "a1": "train",
    "a2": "train",
    "a5": "train",
    "a7": "train",
    "huu-tri-ha-noi": "train",
    "a4": "regression",
}

ON_THE_CHART_OF_2024 = date(2024, 10, 1)
AFTER_THE_MERGER = date(2025, 3, 15)
AFTER_INSPECTION_ENDED = date(2025, 6, 2)
TODAY = date(2026, 11, 23)


@cache
def the_office() -> Office:
    """Return the office as its files say, read once."""
    return read_files(FOLDER)


def copy_office(folder: Path) -> None:
    """Copy the office's files, with few phrases and without the labelled messages."""
    shutil.copytree(FOLDER, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("labelled", "phrases.yaml"))
    (folder / "phrases.yaml").write_text(FEW_PHRASES, encoding="utf-8")


def label_few(folder: Path) -> None:
    """Copy the labelled messages of six writers, which are fitted in seconds: five to learn from, one to compare by."""
    (folder / "labelled").mkdir(parents=True)
    rows = [
        f'- {{writer: {writer}, voice: "{writer}", part: {part}, calibrates: {"true" if part == "train" else "false"}}}'
        for writer, part in FEW_WRITERS.items()
    ]
    (folder / "labelled" / "writers.yaml").write_text("\n".join(rows), encoding="utf-8")
    for writer in FEW_WRITERS:
        shutil.copy(FOLDER / "labelled" / f"{writer}.jsonl", folder / "labelled")


def topics(*codes: str) -> tuple[Topic, ...]:
    """Return topics of the office by code."""
    known = {topic.code: topic for topic in the_office().topics}
    return tuple(known[code] for code in codes)


def said(
    *codes: str, confidence: float = 0.9, scope: Scope = Scope.IN, redirect: tuple[str, ...] = ()
) -> Classification:
    """Return a classification that names topics of the office, each a candidate as well."""
    named = topics(*codes)
    return Classification(
        topics=codes,
        competences=tuple(dict.fromkeys(code for topic in named for code in topic.competences)),
        scope=scope,
        redirect=redirect,
        confidence=confidence,
        auto=False,
        candidates=tuple(Candidate(topic.code, topic.competences, confidence) for topic in named),
        evidence=(),
        version="test",
    )
