"""Classifies by all that is known: the model, the cases most like a text, and the phrases of the office."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desk.rules.classifier.classification import Classification
from desk.rules.classifier.deciding import Asked, Decider
from desk.rules.classifier.explaining import Explainer
from desk.rules.classifier.model import Model
from desk.rules.classifier.phrases import Classifier

# so many texts compared with every case at once still fit a processor's cache
_AT_ONCE = 256


class FusedClassifier:
    """Says what texts are about. Equal offices and models give equal answers, named by `version`."""

    def __init__(self, phrases: Classifier, model: Model, version: str) -> None:
        self.version = f"{version[:12]}+{phrases.version}"
        self._phrases = phrases
        self._model = model
        self._decider = Decider(phrases, model.targets, model.fusion, self.version)
        self._explainer = Explainer(model)

    def classify(self, text: str) -> Classification:
        """Return what a text is about; it may be a whole burst, a line a message."""
        return self.classify_all([text])[0]

    def classify_all(self, texts: Sequence[str]) -> list[Classification]:
        """Return what each text is about, in order."""
        parts = (texts[start : start + _AT_ONCE] for start in range(0, len(texts), _AT_ONCE))
        return [said for part in parts for said in self._said(part)]

    def _said(self, texts: Sequence[str]) -> Iterator[Classification]:
        spoken = [self._phrases.wording.read(text) for text in texts]
        heard = [self._phrases.heard(reading) for reading in spoken]
        readings = self._model.readings(texts)
        matrix = self._model.vocabulary.matrix(readings)
        opinions, nearest = self._model.opinions(texts, readings, matrix, heard)
        chances = self._model.fusion.chances(opinions, self._model.targets)
        proofs = self._explainer.proofs(matrix, chances, nearest)
        for *asked, proof in zip(texts, spoken, heard, chances, proofs, strict=True):
            one = Asked(*asked)
            yield self._decider.decided(one, (*one.heard.evidence, *proof))
