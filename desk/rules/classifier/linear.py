"""One logistic regression a target, their coefficients in one matrix."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

# how little the fit is held back: grams are many, each message has few of them
_FREEDOM = 10.0
_NEVER = -10.0


@dataclass(frozen=True, eq=False)
class Linear:
    """What each gram says for each target: `weights` a row a gram, a column a target."""

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def logits(self, matrix: csr_matrix) -> NDArray[np.float32]:
        """Return how strongly each text speaks for each target: a row a text; from 0 on it rather is one."""
        logits: NDArray[np.float32] = matrix @ self.weights + self.bias
        return logits


def fit_linear(matrix: csr_matrix, wanted: NDArray[np.bool_]) -> Linear:
    """Return the model that tells the targets apart; a target without cases is never meant.

    The same matrix gives the same model to the bit.
    """
    # a second of import that only fitting pays
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415
    from threadpoolctl import threadpool_limits  # noqa: PLC0415

    model = LogisticRegression(C=_FREEDOM, class_weight="balanced", solver="liblinear")
    weights = np.zeros((matrix.shape[1], wanted.shape[1]), dtype=np.float32)
    bias = np.full(wanted.shape[1], _NEVER, dtype=np.float32)
    # on matrices this sparse a second thread costs five times what it brings
    with threadpool_limits(1):
        for column in np.flatnonzero(wanted.any(axis=0)):
            model.fit(matrix, wanted[:, column])
            weights[:, column], bias[column] = model.coef_[0], model.intercept_[0]
    return Linear(weights, bias)
