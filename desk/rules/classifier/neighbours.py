"""The cases most like a text (BM25 over words and pairs of words), and what they say it is.

Forty lines over SciPy rather than bm25s: cases confirmed a minute ago are taken in at once, a writer's own are left out
while others judge them, and the likest count far more, none of which a ready index offers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from desk.rules.classifier.features import paired, spoken
from desk.rules.wording import Reading

# how soon more of the same word says nothing new, and how much longer cases are held back
_SATURATION, _LENGTH = 1.2, 0.6
# a word of so many cases tells none apart, and would be most of the work
_COMMON_SHARE, _COMMON_AT_LEAST = 0.14, 50
_NEAREST, _STEEPNESS = 25, 4
# what is less like than this share of the likest counts a hundredth of it at most, and is not looked at
_LIKE_ENOUGH = 0.32


class Nearest(NamedTuple):
    """The cases nearest to some texts, a row a text, the likest first, with their scores."""

    places: NDArray[np.intp]
    scores: NDArray[np.float32]


class Neighbours:
    """Known cases by their words."""

    def __init__(self, readings: Sequence[Reading], wanted: NDArray[np.bool_]) -> None:
        """*wanted*: what each case is, a row a case."""
        self._wanted = wanted.astype(np.float32)
        texts = [_terms(reading) for reading in readings]
        everywhere = max(_COMMON_AT_LEAST, _COMMON_SHARE * len(texts))
        spoken_in = Counter(term for terms in texts for term in dict.fromkeys(terms))
        cases_with = {term: count for term, count in spoken_in.items() if count <= everywhere}
        self._rows = {term: row for row, term in enumerate(cases_with)}
        counts = np.array(list(cases_with.values()), dtype=np.float64)
        rarity = np.log1p((len(texts) - counts + 0.5) / (counts + 0.5))
        lengths = np.array([len(terms) for terms in texts], dtype=np.float64)
        held_back = _SATURATION * (1 - _LENGTH + _LENGTH * lengths / max(1.0, lengths.mean()))
        rows, columns, times = [], [], []
        for case, terms in enumerate(texts):
            for term, count in Counter(term for term in terms if term in cases_with).items():
                rows.append(self._rows[term])
                columns.append(case)
                times.append(count)
        often = np.array(times, dtype=np.float64)
        weights = rarity[rows] * often * (_SATURATION + 1) / (often + held_back[columns])
        shape = (len(self._rows), len(texts))
        self._index = csr_matrix((weights.astype(np.float32), (rows, columns)), shape)

    def nearest(self, readings: Sequence[Reading], most: int = _NEAREST) -> Nearest:
        """Return the likest cases of each text; a score of zero is no likeness."""
        known = self._rows
        asked = [sorted({known[term] for term in _terms(reading) if term in known}) for reading in readings]
        ends = np.cumsum([0, *map(len, asked)])
        terms = np.fromiter(chain.from_iterable(asked), dtype=np.int32, count=ends[-1])
        question = csr_matrix((np.ones(len(terms), dtype=np.float32), terms, ends), (len(asked), len(known)))
        likeness = question @ self._index
        texts = np.repeat(np.arange(len(asked)), np.diff(likeness.indptr))
        likest = np.zeros(len(asked), dtype=np.float32)
        np.maximum.at(likest, texts, likeness.data)
        near = likeness.data >= _LIKE_ENOUGH * likest[texts]
        texts, cases, scores = texts[near], likeness.indices[near], likeness.data[near]
        # the earlier case first where two are equally like
        order = np.lexsort((cases, -scores, texts))
        texts, cases, scores = texts[order], cases[order], scores[order]
        rank = np.arange(len(texts)) - np.searchsorted(texts, texts)
        kept = rank < most
        nearest = Nearest(np.zeros((len(asked), most), dtype=np.intp), np.zeros((len(asked), most), dtype=np.float32))
        nearest.places[texts[kept], rank[kept]] = cases[kept]
        nearest.scores[texts[kept], rank[kept]] = scores[kept]
        return nearest

    def votes(self, nearest: Nearest) -> NDArray[np.float32]:
        """Return the share of each target among the nearest cases, a row a text; the likest count most."""
        weights = nearest.scores**_STEEPNESS
        total = np.maximum(weights.sum(axis=1, keepdims=True), np.finfo(np.float32).tiny)
        votes: NDArray[np.float32] = np.einsum("tn,tnk->tk", weights / total, self._wanted[nearest.places])
        return votes


def _terms(reading: Reading) -> list[str]:
    words = spoken(reading.bare)
    return [*words, *paired(words)]
