"""`zalo-desk classify`: what the texts of a file are about, a line in, a line out; needs office/ and no database.

The model of office/labelled/ is fitted once and kept until a file changes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import typer

from desk.rules.classifier import Classification
from desk.rules.classifier.fused import FusedClassifier
from desk.rules.small_talk import without_greeting
from desk.rules.wording import cleaned
from desk.runtime.classifying import fitted_classifier
from desk.runtime.office import read_files
from desk.runtime.office_files import OfficeError
from desk.runtime.settings import settings

_AT_ONCE = 1000


def classify(
    file: Annotated[
        Path,
        typer.Argument(help='mỗi dòng một câu hỏi: {"id": "…", "text": "…"}', exists=True, dir_okay=False),
    ],
    office: Annotated[
        Path | None, typer.Option(help="thư mục office/ khác, để thử trước khi dùng", exists=True, file_okay=False)
    ] = None,
) -> None:
    """Print one JSON line a question: topics, units by their codes of 2024, scope, redirect, confidence, evidence."""
    classifier, prepared = _classifier(office or settings().office_dir)
    is_clean = True
    asked = _asked(file)
    while some := list(islice(asked, _AT_ONCE)):
        texts = [prepared(one[2]) for one in some if not isinstance(one, int)]
        answers = iter(classifier.classify_all(texts))
        for one in some:
            if isinstance(one, int):
                is_clean = False
                said = {"line": one, "error": 'cần một dòng JSON có "id" và "text"'}
            else:
                said = _row(one[1], next(answers))
            print(json.dumps(said, ensure_ascii=False))
    if not is_clean:
        raise typer.Exit(1)


def _asked(file: Path) -> Iterator[tuple[int, object, str] | int]:
    """Yield each line's number with what it asks, the number alone where it is no question."""
    with file.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                identity, text = row["id"], row["text"]
                yield (number, identity, text) if isinstance(text, str) else number
            except (ValueError, KeyError, TypeError):
                yield number


def _classifier(folder: Path) -> tuple[FusedClassifier, Callable[[str], str]]:
    """Return the classifier of an office's files, and what makes of a text what it reads, as the desk does."""
    try:
        office = read_files(folder)
        chosen = settings()
        classifier = fitted_classifier(office, folder, chosen.data_dir, by_meaning=chosen.classifies_by_meaning)
    except OfficeError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(1) from None
    most = max(office.policies, key=lambda policy: policy.valid_from).text_max_characters
    return classifier, lambda text: without_greeting(cleaned(text, most), office.lexicon)


def _row(identity: object, said: Classification) -> dict[str, Any]:
    candidates = [{"topic": each.topic, "units": each.competences, "p": each.p} for each in said.candidates]
    return {
        "id": identity,
        "topics": said.topics,
        "units": said.competences,
        "scope": said.scope,
        "redirect": said.redirect,
        "confidence": said.confidence,
        "auto": said.auto,
        "candidates": candidates,
        "evidence": [asdict(each) for each in said.evidence],
        "version": said.version,
    }
