"""What the linear model sees of a text: pieces of its words without accents, its words bare and as typed, in pairs."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from desk.rules.wording import SENTENCE_ENDS, Reading

# The first letter of a gram names its kind; each kind is brought to length one by itself, so that none drowns the rest.
_PIECE, _TYPED, _BARE = "c", "t", "w"
_KINDS = (_PIECE, _TYPED, _BARE)
_PIECE_LENGTHS = (2, 3, 4, 5)
# a gram that one message alone has says more of its writer than of its subject
_FEWEST_MESSAGES = 2
_WORDS_KEPT = 50_000


def spoken(words: Sequence[str]) -> list[str]:
    """Return the words of a reading without the ends of its sentences."""
    return [word for word in words if word[0] not in SENTENCE_ENDS]


def paired(words: Sequence[str]) -> list[str]:
    """Return each word with the one after it."""
    return [f"{word} {after}" for word, after in pairwise(words)]


def grams(reading: Reading) -> Iterator[str]:
    """Yield what a text is made of, each gram as often as it occurs."""
    bare, typed = spoken(reading.bare), spoken(reading.typed)
    for word in bare:
        yield from _grams_of_word(word)
    for pair in paired(bare):
        yield _BARE + pair
    for word in (*typed, *paired(typed)):
        yield _TYPED + word


def _grams_of_word(word: str) -> Iterator[str]:
    yield _BARE + word
    edged = f" {word} "
    for length in _PIECE_LENGTHS:
        if len(edged) <= length:
            yield _PIECE + edged
            return
        for start in range(len(edged) - length + 1):
            yield _PIECE + edged[start : start + length]


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The grams a model knows, sorted, and what each is worth: the rarer, the more."""

    grams: tuple[str, ...]
    worth: NDArray[np.float32]
    _columns: dict[str, int] = field(init=False, repr=False)
    _kinds: NDArray[np.intp] = field(init=False, repr=False)
    # grams of words met before: most words of a message are common ones
    _of_words: dict[str, list[int]] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_columns", {gram: column for column, gram in enumerate(self.grams)})
        object.__setattr__(self, "_kinds", np.array([_KINDS.index(gram[0]) for gram in self.grams], dtype=np.intp))

    def columns_of(self, reading: Reading) -> list[int]:
        """Return the columns of a text's known grams, each as often as it occurs."""
        known = self._columns
        bare, typed = spoken(reading.bare), spoken(reading.typed)
        found: list[int] = []
        for word in bare:
            found += self._of_words.get(word) or self._columns_of_word(word)
        others = [f"{_BARE}{word} {after}" for word, after in pairwise(bare)]
        others += [_TYPED + word for word in typed]
        others += [f"{_TYPED}{word} {after}" for word, after in pairwise(typed)]
        found += [known[gram] for gram in others if gram in known]
        return found

    def matrix(self, readings: Sequence[Reading]) -> csr_matrix:
        """Return a row a text: 1 + ln(times) of each gram, weighed by its worth, each kind of length one."""
        found = [self.columns_of(reading) for reading in readings]
        ends = np.zeros(len(found) + 1, dtype=np.int32)
        np.cumsum([len(columns) for columns in found], out=ends[1:])
        columns = np.fromiter(chain.from_iterable(found), dtype=np.int32, count=ends[-1])
        matrix = csr_matrix((np.ones(len(columns), dtype=np.float32), columns, ends), (len(found), len(self.grams)))
        matrix.sum_duplicates()
        values = (1 + np.log(matrix.data)) * self.worth[matrix.indices]
        rows = np.repeat(np.arange(len(found)), np.diff(matrix.indptr))
        parts = rows * len(_KINDS) + self._kinds[matrix.indices]
        lengths = np.sqrt(np.bincount(parts, values * values, minlength=len(found) * len(_KINDS)))
        matrix.data = (values / lengths[parts]).astype(np.float32)
        return matrix

    def _columns_of_word(self, word: str) -> list[int]:
        columns = [self._columns[gram] for gram in _grams_of_word(word) if gram in self._columns]
        if len(self._of_words) >= _WORDS_KEPT:
            self._of_words.clear()
        self._of_words[word] = columns
        return columns


def first_of_words(vocabulary: Vocabulary) -> int:
    """Return the column from which on grams are words and pairs of words."""
    return bisect_left(vocabulary.grams, _TYPED)


def vocabulary_of(readings: Sequence[Reading]) -> Vocabulary:
    """Return the grams that two texts or more share."""
    texts_with: Counter[str] = Counter()
    for reading in readings:
        texts_with.update(set(grams(reading)))
    kept = sorted(gram for gram, count in texts_with.items() if count >= _FEWEST_MESSAGES)
    worth = [math.log((1 + len(readings)) / (1 + texts_with[gram])) + 1 for gram in kept]
    return Vocabulary(tuple(kept), np.array(worth, dtype=np.float32))
