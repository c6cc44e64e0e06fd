"""A new model from the labelled messages and what people confirmed, compared with the one in use."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from desk.rules.classifier import Case, Classification
from desk.rules.classifier.calibration import calibrated, unseen
from desk.rules.classifier.comparing import Flip, flips, mistakes, reasons_against
from desk.rules.classifier.confusion import Confusion, Found, confusion_of, found_of
from desk.rules.classifier.fused import FusedClassifier
from desk.rules.classifier.measures import Measures, measure
from desk.rules.classifier.model import fit
from desk.rules.office import Office
from desk.rules.wording import wording_of
from desk.runtime.artifacts import ArtifactError, load, save
from desk.runtime.classifying import models_folder, phrases_of
from desk.runtime.labelled import read_labelled

# what officials are promised of questions that go to a unit without them: nine of ten are right
PROMISE: Final = 0.9
_MOST_MISTAKES: Final = 15

_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrained:
    """A model that was fitted, and how it compares.

    `promised` is measured on the writers that calibrate, each by what the others taught; `regression` on the messages
    that no model learns from, `before` is the model in use on the same; `found` and `found_before` are those by topic.
    `confusion` and `mistakes` are of all that is learnt from, judged as `promised` is. `against` is empty where it may
    be promoted.
    """

    sha256: str
    cases: int
    confirmed: int
    sure_from: float
    promised: Measures
    regression: Measures
    before: Measures | None
    found: Mapping[str, Found]
    found_before: Mapping[str, Found]
    against: tuple[str, ...]
    flips: tuple[Flip, ...]
    confusion: Confusion
    mistakes: tuple[tuple[str, str, int], ...]


def retrain(
    office: Office,
    folder: Path,
    data_dir: Path,
    *,
    in_use: str | None,
    confirmed: Sequence[Case],
    by_meaning: bool = False,
) -> Retrained:
    """Fit, calibrate by writer and compare; writes the model's files, promotes nothing.

    Raises:
        OfficeError: there are mistakes in the labelled messages.
    """
    labelled, phrases, wording = read_labelled(folder, office), phrases_of(office), wording_of(office.lexicon)
    cases = (*labelled.train, *confirmed)
    seen = unseen(cases, phrases, by_meaning=by_meaning)
    fusion, answers = calibrated(seen, phrases, PROMISE)
    model = fit(cases, wording, fusion, by_meaning=by_meaning)
    models = models_folder(data_dir)
    name = save(model, models)

    def asked(classifier: FusedClassifier) -> list[Classification]:
        return classifier.classify_all([case.text for case in labelled.regression])

    after = asked(FusedClassifier(phrases, model, name))
    regression = measure(labelled.regression, after, phrases.competences)
    before, old = None, None
    if in_use is not None:
        try:
            old = asked(FusedClassifier(phrases, load(models, in_use, wording), in_use))
            before = measure(labelled.regression, old, phrases.competences)
        except ArtifactError as error:  # it decides nothing here: there is nothing to be worse than
            _LOGGER.warning("no comparison with the model in use: %s", error)
    calibrating = [(case, said) for case, said in zip(seen.cases, answers, strict=True) if case.calibrates]
    return Retrained(
        sha256=name,
        cases=len(cases),
        confirmed=len(confirmed),
        sure_from=fusion.sure,
        promised=measure([case for case, _ in calibrating], [said for _, said in calibrating], phrases.competences),
        regression=regression,
        before=before,
        found=found_of(confusion_of(labelled.regression, after)),
        found_before=found_of(confusion_of(labelled.regression, old)) if old else {},
        against=tuple(reasons_against(regression, before)) if before else (),
        flips=tuple(flips(labelled.regression, old, after)) if old else (),
        confusion=confusion_of(seen.cases, answers),
        mistakes=tuple((*pair, count) for pair, count in mistakes(seen.cases, answers).most_common(_MOST_MISTAKES)),
    )
