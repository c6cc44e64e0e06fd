"""Why a proposal was made: the words that spoke against the runner-up, and the known cases most like the text."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from desk.rules.classifier.classification import Evidence, Proof
from desk.rules.classifier.features import first_of_words
from desk.rules.classifier.model import Model
from desk.rules.classifier.neighbours import Nearest
from desk.rules.wording import folded

_WORDS, _CASES = 3, 3
# a word is looked for among so many of the heaviest: its bare form often stands beside it
_AMONG = 8
# syllables that hold a sentence together and say nothing of its subject, without accents
_FUNCTION_WORDS = """
a ad anh ay bac ban bi cac cai can chi cho chu chua co con cua da dang dau de den di do duoc e em gi gio ha
hay hoi k khi khong la lai len lam luc ma minh moi mot muon nao nay neu nen nghe ngay nhe nhieu nhu nhung no
noi o oi qua ra rang roi sao se tai thang the thi thoi toi trong tu tui va vao vay ve vi viec voi vua xin
"""
_FUNCTION = frozenset(_FUNCTION_WORDS.split())


class Explainer:
    """Says what spoke for what a model holds likeliest."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._grams = model.vocabulary.grams
        # words and pairs, which people can read, stand behind the pieces of words
        self._first = first_of_words(model.vocabulary)
        self._silent = np.array([_is_silent(gram) for gram in self._grams], dtype=bool)

    def proofs(
        self, matrix: csr_matrix, chances: NDArray[np.float64], nearest: Nearest
    ) -> Iterator[tuple[Evidence, ...]]:
        """Yield for each text its strongest words against the runner-up, then the cases most like it."""
        deciding = chances[:, : self._model.targets.deciding]
        best, second = np.argsort(-deciding, axis=1, kind="stable")[:, :2].T
        rows = np.repeat(np.arange(len(chances)), np.diff(matrix.indptr))
        weights, names = self._model.linear.weights, self._model.targets.names
        said = matrix.data * (weights[matrix.indices, best[rows]] - weights[matrix.indices, second[rows]])
        said[(matrix.indices < self._first) | self._silent[matrix.indices]] = 0
        for row, (start, end) in enumerate(zip(matrix.indptr, matrix.indptr[1:], strict=False)):
            target = names[best[row]]
            words = self._words(matrix.indices[start:end], said[start:end], target)
            yield (*words, *self._likest(nearest.places[row], nearest.scores[row]))

    def _words(self, columns: NDArray[np.int32], said: NDArray[np.float32], target: str) -> Iterator[Evidence]:
        told: list[str] = []
        for place in np.argsort(-said, kind="stable")[:_AMONG]:
            word = self._grams[columns[place]][1:]
            if said[place] <= 0 or len(told) == _WORDS:
                return
            if not any(word in other or other in word for other in told):
                told.append(word)
                yield Evidence(word, round(float(said[place]), 2), target, "", Proof.WORD)

    def _likest(self, places: NDArray[np.intp], scores: NDArray[np.float32]) -> Iterator[Evidence]:
        for place, score in zip(places[:_CASES], scores[:_CASES], strict=True):
            case = self._model.cases[place]
            if score > 0:
                targets = ", ".join((*case.topics, *case.redirect)) or case.scope.value
                yield Evidence(case.id, round(float(score), 1), targets, case.writer, Proof.CASE)


def _is_silent(gram: str) -> bool:
    return all(word in _FUNCTION for word in folded(gram[1:]).split())
