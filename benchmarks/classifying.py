"""How fast questions are classified on one core, and how often what may go alone is right."""

from __future__ import annotations

import csv
from pathlib import Path

from benchmarks.figures import Figures, Target, figures, spent
from desk.rules.classifier import Classification, Classifier
from desk.rules.wording import folded
from desk.runtime.office import read_files

ROOT = Path(__file__).parent.parent
ROUNDS = 5
FOLDED_ROUNDS = 20


def classified_per_second() -> Figures:
    """Return how many messages a second of CPU are classified; the baseline only folds their accents."""
    classifier, asked = _made()
    texts = [row["text"] for row in asked]
    classifier.classify_all(texts)
    took = min(_cpu(classifier, texts) for _ in range(ROUNDS))
    with spent() as folding:
        for _ in range(FOLDED_ROUNDS):
            for text in texts:
                folded(text)
    baseline = FOLDED_ROUNDS * len(texts) / folding.cpu
    return figures("classify", len(texts) / took, "messages/s", baseline=baseline, target=Target("value", ">=", 5_000))


def right_alone() -> Figures:
    """Return the share of right answers among those that may go without a person; the baseline is all answers."""
    classifier, asked = _made()
    said = classifier.classify_all(row["text"] for row in asked)
    right = [_is_right(row, answer) for row, answer in zip(asked, said, strict=True)]
    alone = [is_right for is_right, answer in zip(right, said, strict=True) if answer.auto]
    return figures(
        "classify-alone",
        sum(alone) / len(alone),
        f"right of {len(alone)} in {len(right)}",
        baseline=sum(right) / len(right),
        target=Target("value", ">=", 0.9),
    )


def _made() -> tuple[Classifier, list[dict[str, str]]]:
    office = read_files(ROOT / "office")
    authorities = {authority.code for authority in office.authorities}
    confidence = max(office.policies, key=lambda policy: policy.valid_from).auto_route_confidence
    with (ROOT / "sandbox" / "messages" / "questions.csv").open(encoding="utf-8", newline="") as rows:
        return Classifier(office.topics, office.lexicon, authorities, confidence), list(csv.DictReader(rows))


def _cpu(classifier: Classifier, texts: list[str]) -> float:
    with spent() as cost:
        classifier.classify_all(texts)
    return cost.cpu


def _is_right(row: dict[str, str], answer: Classification) -> bool:
    units = {unit for unit in row["units"].split(";") if unit}
    return answer.scope == row["scope"] and set(answer.competences) == units
