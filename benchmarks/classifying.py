"""Classifying: messages a second by phrases alone and by all, what fitting costs, and how often it is right."""

from __future__ import annotations

import csv
import resource
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figures import Figures, Target, figures, spent
from desk.rules.classifier import Case, Classifier
from desk.rules.classifier.fused import FusedClassifier
from desk.rules.classifier.fusion import FIRST_FUSION
from desk.rules.classifier.measures import measure
from desk.rules.classifier.model import Model, fit
from desk.rules.office import Office
from desk.rules.wording import folded, wording_of
from desk.runtime.artifacts import save
from desk.runtime.classifying import phrases_of
from desk.runtime.labelled import Labelled, read_labelled
from desk.runtime.office import read_files
from desk.runtime.retraining import retrain

FOLDER = Path(__file__).parent.parent / "office"
ROUNDS = 3
FOLDED_ROUNDS = 20
SINGLY = 600
CASES = 6_000
MEGABYTE = 1 << 20


def classified_per_second() -> Figures:
    """Return how many messages a second of CPU phrases alone classify; the baseline only folds their accents."""
    with (FOLDER.parent / "sandbox" / "messages" / "questions.csv").open(encoding="utf-8", newline="") as rows:
        texts = [row["text"] for row in csv.DictReader(rows)]
    took = _best(lambda: phrases().classify_all(texts))
    with spent() as folding:
        for _ in range(FOLDED_ROUNDS):
            for text in texts:
                folded(text)
    baseline = FOLDED_ROUNDS * len(texts) / folding.cpu
    return figures("classify", len(texts) / took, "messages/s", baseline=baseline, target=Target("value", ">=", 5_000))


def fused_per_second() -> Iterator[Figures]:
    """Yield how many messages a second of CPU are classified with everything, against the linear model alone."""
    texts, model = _texts(), _model()
    fused = FusedClassifier(phrases(), model, "benchmark")
    rate = len(texts) / _best(lambda: fused.classify_all(texts))
    alone = len(texts) / _best(lambda: model.linear.logits(model.vocabulary.matrix(model.readings(texts))))
    for name, target in (
        ("classify-fused", Target("value", ">=", 2_500)),
        ("classify-fused-share", Target("ratio", ">=", 0.35)),
    ):
        yield figures(name, rate, "messages/s", baseline=alone, target=target)


def fused_singly() -> Figures:
    """Return how many messages a second of CPU are classified one by one; the baseline is in batches."""
    texts = _texts()[:SINGLY]
    fused = FusedClassifier(phrases(), _model(), "benchmark")
    batched = _best(lambda: fused.classify_all(texts))
    singly = _best(lambda: [fused.classify(text) for text in texts])
    return figures(
        "classify-singly",
        SINGLY / singly,
        "messages/s",
        baseline=SINGLY / batched,
        target=Target("value", ">=", 300),
    )


def fitting() -> Figures:
    """Return the seconds of CPU that one fit on 6,000 messages takes; the baseline is the labelled messages alone."""
    wording = wording_of(_office().lexicon)
    cases = [*_labelled().train, *_labelled().regression]
    # twice the same message is fitted like two; what it costs is all that is asked here
    many = [_again(cases[number % len(cases)], number) for number in range(CASES)]
    with spent() as first:
        fit(cases, wording, FIRST_FUSION)
    with spent() as whole:
        fit(many, wording, FIRST_FUSION)
    return figures("classifier-fit", whole.cpu, "s", baseline=first.cpu, target=Target("value", "<=", 20))


def retraining() -> Iterator[Figures]:
    """Yield the seconds of CPU that fitting with calibration by writer takes, against a fit, and the memory it took."""
    with spent() as once:
        fit(_labelled().train, wording_of(_office().lexicon), FIRST_FUSION)
    before = _most_memory()
    with TemporaryDirectory() as folder, spent() as whole:
        retrain(_office(), FOLDER, Path(folder), in_use=None, confirmed=[])
    yield figures("classifier-retrain", whole.cpu, "s", baseline=once.cpu, target=Target("value", "<=", 120))
    yield figures("classifier-memory", _most_memory(), "MB", baseline=before, target=Target("value", "<=", 700))


def artifact_size() -> Figures:
    """Return the megabytes of a model's files; the baseline is what its messages alone take."""
    model = _model()
    with TemporaryDirectory() as folder:
        size = sum(file.stat().st_size for file in (Path(folder) / save(model, Path(folder))).iterdir())
    texts = sum(len(case.text.encode()) for case in model.cases)
    return figures(
        "classifier-size", size / MEGABYTE, "MB", baseline=texts / MEGABYTE, target=Target("value", "<=", 25)
    )


def right_alone() -> Figures:
    """Return the share of right answers among those that may go without a person; the baseline is all answers.

    Measured on the writers that no model learns from.
    """
    cases = _labelled().regression
    fused = FusedClassifier(phrases(), _model(), "benchmark")
    found = measure(cases, fused.classify_all([case.text for case in cases]), phrases().competences)
    return figures(
        "classify-alone",
        found.alone_right,
        f"right of {found.alone:.0%} of {found.cases}",
        baseline=found.route,
        target=Target("value", ">=", 0.8),
    )


@cache
def _office() -> Office:
    return read_files(FOLDER)


@cache
def _labelled() -> Labelled:
    return read_labelled(FOLDER, _office())


@cache
def _model() -> Model:
    return fit(_labelled().train, wording_of(_office().lexicon), FIRST_FUSION)


@cache
def phrases() -> Classifier:
    """Return the classifier of the office's phrases."""
    return phrases_of(_office())


def _texts() -> Sequence[str]:
    return [case.text for case in (*_labelled().train, *_labelled().regression)]


def _again(case: Case, number: int) -> Case:
    return Case(
        id=f"{number:05}",
        text=case.text,
        topics=case.topics,
        scope=case.scope,
        redirect=case.redirect,
        writer=case.writer,
    )


def _most_memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _best(work: Callable[[], object]) -> float:
    """Return the least seconds of CPU that some work took."""
    work()
    took = []
    for _ in range(ROUNDS):
        with spent() as cost:
            work()
        took.append(cost.cpu)
    return min(took)
