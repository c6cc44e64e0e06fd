"""How the opinions of model, neighbours and phrases become one chance a target, and the chances one decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from desk.rules.classifier.cases import Targets

# phrases are written by people who read the cases: no fit may trust them more than this
MOST_FOR_PHRASES: Final = 2.0
_DECISIVE, _LEAST_HEARD, _MOST_HEARD = 3.0, -3.0, 6.0
# votes are shares of few cases: none is quite sure
_SURE_VOTE = 0.98


class Opinions(NamedTuple):
    """What each of the three says, a row a text, a column a target: logits, shares of votes, scores of phrases."""

    linear: NDArray[np.float32]
    votes: NDArray[np.float32]
    phrases: NDArray[np.float32]

    def stacked(self) -> NDArray[np.float64]:
        """Return the three on like scales, along the last axis."""
        votes = np.clip(self.votes, 1 - _SURE_VOTE, _SURE_VOTE)
        said = np.clip(self.phrases, _LEAST_HEARD, _MOST_HEARD) / _DECISIVE
        return np.stack([self.linear, np.log(votes / (1 - votes)), said], axis=-1).astype(np.float64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fusion:
    """How much each opinion counts, and from which chance on something is taken.

    `second` is for each further topic, `elsewhere` for another authority's business: to miss a unit costs its citizen
    more than to ask one too many, and to be turned away wrongly most. `sure` is the confidence from which a message may
    go without a person, so that the promised precision holds for writers never seen.
    """

    linear: float
    votes: float
    phrases: float
    bias: float
    second: float = 0.45
    elsewhere: float = 0.4
    sure: float = 1.0

    def chances(self, opinions: Opinions) -> NDArray[np.float64]:
        """Return how likely each target is meant."""
        logits = opinions.stacked() @ np.array([self.linear, self.votes, self.phrases]) + self.bias
        chances: NDArray[np.float64] = 1 / (1 + np.exp(-logits))
        return chances


class Chosen(NamedTuple):
    """The targets that a text is taken to mean, by column, the likeliest first, and the chance that all is right."""

    columns: tuple[int, ...]
    confidence: float


def choose(chances: NDArray[np.float64], targets: Targets, fusion: Fusion) -> Chosen:
    """Return what a text means by the chances of topics and scope; nobody's business is that alone."""
    deciding = chances[: targets.deciding]
    noise = targets.deciding - 1
    elsewhere = noise - 1
    best = int(deciding.argmax())
    taken = {best}
    if best != noise:
        taken |= {int(column) for column in np.flatnonzero(deciding[:elsewhere] >= fusion.second)}
        if deciding[elsewhere] >= fusion.elsewhere:
            taken.add(elsewhere)
    in_order = sorted(taken, key=lambda column: (-deciding[column], column))
    right = 1 - deciding
    right[in_order] = deciding[in_order]
    return Chosen(tuple(in_order), float(right.prod()))


def fit_fusion(opinions: Opinions, wanted: NDArray[np.bool_]) -> Fusion:
    """Return how much each opinion counts, from what was said of cases that the models had not seen."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - a second of import that only fitting pays

    said = opinions.stacked()
    model = LogisticRegression(C=1.0).fit(said.reshape(-1, said.shape[-1]), wanted.ravel())
    linear, votes, phrases = (float(weight) for weight in model.coef_[0])
    return Fusion(
        linear=round(linear, 3),
        votes=round(votes, 3),
        phrases=round(min(phrases, MOST_FOR_PHRASES), 3),
        bias=round(float(model.intercept_[0]), 3),
    )


# As fitted on 23/11/2026 over the messages of office/labelled, each writer's judged by what the others taught; until an
# office has cases of its own to fit it by.
FIRST_FUSION: Final = Fusion(linear=0.678, votes=0.898, phrases=1.263, bias=0.322, sure=0.078)
