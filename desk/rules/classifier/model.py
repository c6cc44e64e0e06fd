"""The model: what was learnt from cases, and the opinions it has of texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from desk.rules.classifier.cases import Case, Targets, targets_of
from desk.rules.classifier.features import Vocabulary, spoken, vocabulary_of
from desk.rules.classifier.fusion import Fusion, Opinions
from desk.rules.classifier.linear import Linear, fit_linear
from desk.rules.classifier.meaning import Meanings, vectors_of
from desk.rules.classifier.neighbours import Nearest, Neighbours
from desk.rules.classifier.phrases import Heard
from desk.rules.masking import masked
from desk.rules.wording import Reading, Wording


@dataclass(frozen=True, eq=False)
class Model:
    """What was learnt. Personal data is masked before anything is learnt from it, and before anything is asked.

    `vectors` is what the cases mean, where the model was fitted with that opinion.
    """

    targets: Targets
    vocabulary: Vocabulary
    linear: Linear
    fusion: Fusion
    cases: tuple[Case, ...]
    wording: Wording = field(repr=False)
    vectors: NDArray[np.float32] | None = field(default=None, repr=False)

    @cached_property
    def neighbours(self) -> Neighbours:
        """The cases by their words."""
        return Neighbours([self.wording.read(case.text) for case in self.cases], self.targets.wanted(self.cases))

    @cached_property
    def meanings(self) -> Meanings | None:
        """The cases by their meaning, where the model was fitted with it."""
        return None if self.vectors is None else Meanings(self.vectors, self.targets.wanted(self.cases))

    def with_cases(self, confirmed: Sequence[Case]) -> Model:
        """Return the model with cases that officers confirmed since it was fitted: its neighbours know them at once."""
        known = {case.id for case in self.cases}
        new = [masked_case(case) for case in confirmed if case.id not in known]
        if not new:
            return self
        vectors = self.vectors
        if vectors is not None:
            vectors = np.vstack([vectors, vectors_of(tuple(case.text for case in new))])
        return replace(self, cases=(*self.cases, *new), vectors=vectors)

    def readings(self, texts: Sequence[str]) -> list[Reading]:
        """Return the texts as the model reads them."""
        return [self.wording.read(masked(text)) for text in texts]

    def opinions(
        self, texts: Sequence[str], readings: Sequence[Reading], matrix: csr_matrix, heard: Sequence[Heard]
    ) -> tuple[Opinions, Nearest]:
        """Return what model, neighbours and phrases say of texts, and the cases nearest to each.

        *readings*, *heard*: of the same texts; *matrix*: the vocabulary's, of the readings.
        """
        nearest = self.neighbours.nearest(readings)
        linear = self.linear.logits(matrix)
        votes, said = self.neighbours.votes(nearest), scores(heard, self.targets)
        meant = None
        if self.meanings is not None:
            meant = self.meanings.votes(vectors_of(tuple(masked(text) for text in texts)))
        return Opinions(linear, votes, said, lengths(readings), meant), nearest


def lengths(readings: Sequence[Reading]) -> NDArray[np.int64]:
    """Return how many words each text has."""
    return np.array([len(spoken(reading.bare)) for reading in readings], dtype=np.int64)


def scores(heard: Sequence[Heard], targets: Targets) -> NDArray[np.float32]:
    """Return what phrases say, a row a text, a column a target; elsewhere is what the likeliest authority is."""
    columns = {name: column for column, name in enumerate(targets.names)}
    elsewhere = len(targets.topics)
    said = np.zeros((len(heard), len(columns)), dtype=np.float32)
    for row, one in enumerate(heard):
        for target, score in one.scores.items():
            if target in columns:
                said[row, columns[target]] = score
            if target.startswith("X_"):
                said[row, elsewhere] = max(said[row, elsewhere], score)
    return said


def masked_case(case: Case) -> Case:
    """Return a case whose text holds no personal data."""
    return replace(case, text=masked(case.text))


def fit(cases: Sequence[Case], wording: Wording, fusion: Fusion, *, by_meaning: bool = False) -> Model:
    """Return the model that these cases teach, the same to the bit for the same cases in any order.

    Raises:
        ModuleNotFoundError: *by_meaning* without the extra it needs.
    """
    in_order = tuple(masked_case(case) for case in sorted(cases, key=lambda case: case.id))
    targets = targets_of(in_order)
    readings = [wording.read(case.text) for case in in_order]
    vocabulary = vocabulary_of(readings)
    linear = fit_linear(vocabulary.matrix(readings), targets.wanted(in_order))
    vectors = vectors_of(tuple(case.text for case in in_order)) if by_meaning else None
    return Model(targets, vocabulary, linear, fusion, in_order, wording, vectors)
