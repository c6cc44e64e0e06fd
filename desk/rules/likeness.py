"""How alike two questions are: the share of the words and pairs of words of either that the other has too.

The smaller share counts, so that a short question is not found in every long one. Rarity, as in BM25, weighs nothing:
few answers are remembered, and among few every word is rare (measured in docs/answer-memory.md).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from desk.rules.classifier.features import paired, spoken
from desk.rules.wording import Reading

# nine of ten pairs of the same topic that are this alike ask the same thing
FLOOR: Final = 0.48


def terms_of(reading: Reading) -> frozenset[str]:
    """Return the words of a question without accents, and its pairs of words."""
    said = spoken(reading.bare)
    return frozenset((*said, *paired(said)))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how alike two questions are, from 0 to 1."""
    return len(one & other) / max(1, len(one), len(other))


def likest(asked: frozenset[str], known: Iterable[frozenset[str]]) -> int | None:
    """Return the place of the likest known question; None where none is like enough. The first of equals counts."""
    weighed = [likeness(asked, terms) for terms in known]
    best = max(range(len(weighed)), key=weighed.__getitem__, default=None)
    return best if best is not None and weighed[best] >= FLOOR else None
