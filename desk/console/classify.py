"""`zalo-desk classify`: what the texts of a file are about, a line in, a line out; needs office/ and no database."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from desk.rules.classifier import Classification, Classifier
from desk.rules.wording import cleaned
from desk.runtime.office import read_files
from desk.runtime.office_files import OfficeError
from desk.runtime.settings import settings


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
    answer = _answers(office or settings().office_dir)
    is_clean = True
    with file.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                said = answer(row["id"], row["text"])
            except (ValueError, KeyError, TypeError, AttributeError):
                is_clean = False
                said = {"line": number, "error": 'cần một dòng JSON có "id" và "text"'}
            print(json.dumps(said, ensure_ascii=False))
    if not is_clean:
        raise typer.Exit(1)


def _answers(folder: Path) -> Callable[[object, str], dict[str, Any]]:
    try:
        office = read_files(folder)
    except OfficeError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(1) from None
    policy = max(office.policies, key=lambda policy: policy.valid_from)
    authorities = {authority.code for authority in office.authorities}
    classifier = Classifier(office.topics, office.lexicon, authorities, policy.auto_route_confidence)

    def answer(identity: object, text: str) -> dict[str, Any]:
        return _row(identity, classifier.classify(cleaned(text, policy.text_max_characters)))

    return answer


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
