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
# where nothing is likely, less than this sends nobody elsewhere
_LEAST_ELSEWHERE = 0.2


class Opinions(NamedTuple):
    """What each of the three says, a row a text, a column a target: logits, shares of votes, scores of phrases.

    `words` is how many words a text has: who writes much asks several things, who writes little may ask nothing.
    `meanings`: shares of votes by meaning, where there is a fourth opinion.
    """

    linear: NDArray[np.float32]
    votes: NDArray[np.float32]
    phrases: NDArray[np.float32]
    words: NDArray[np.int64]
    meanings: NDArray[np.float32] | None = None

    def stacked(self) -> NDArray[np.float64]:
        """Return the three and the length on like scales, along the last axis, a one for the bias, then the fourth."""
        said = np.clip(self.phrases, _LEAST_HEARD, _MOST_HEARD) / _DECISIVE
        length = np.broadcast_to(np.log1p(self.words)[:, np.newaxis], said.shape)
        fourth = [] if self.meanings is None else [_log_odds(self.meanings)]
        return np.stack([self.linear, _log_odds(self.votes), said, length, np.ones_like(said), *fourth], axis=-1)


def _log_odds(votes: NDArray[np.float32]) -> NDArray[np.float32]:
    clipped = np.clip(votes, 1 - _SURE_VOTE, _SURE_VOTE)
    odds: NDArray[np.float32] = np.log(clipped / (1 - clipped))
    return odds


class Weights(NamedTuple):
    """How much each opinion counts for one kind of target, and how much the length of a text."""

    linear: float
    votes: float
    phrases: float
    words: float
    bias: float
    meanings: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fusion:
    """How much each opinion counts, by kind of target, and from which chance on something is taken.

    `second_from` is for each further topic, `elsewhere_from` for another authority's business: to miss a unit costs its
    citizen more than to ask one too many, and to be turned away wrongly most. `sure` is the confidence from which a
    message may go without a person, so that the promised precision holds for writers never seen.
    """

    topics: Weights
    elsewhere: Weights
    noise: Weights
    second_from: float = 0.48
    elsewhere_from: float = 0.5
    sure: float = 1.0

    def chances(self, opinions: Opinions, targets: Targets) -> NDArray[np.float64]:
        """Return how likely each target is meant; the authorities are weighed as what is elsewhere."""
        stacked = opinions.stacked()
        by_kind = np.array([self.topics, self.elsewhere, self.noise, self.elsewhere])[:, : stacked.shape[-1]]
        weights = np.repeat(by_kind, [len(targets.topics), 1, 1, len(targets.authorities)], axis=0)
        logits = np.einsum("rtk,tk->rt", stacked, weights)
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
    likely = deciding.copy()
    if deciding[elsewhere] < _LEAST_ELSEWHERE:
        likely[elsewhere] = 0.0
    best = int(likely.argmax())
    taken = {best}
    if best != noise:
        taken |= {int(column) for column in np.flatnonzero(deciding[:elsewhere] >= fusion.second_from)}
        if deciding[elsewhere] >= fusion.elsewhere_from:
            taken.add(elsewhere)
    in_order = sorted(taken, key=lambda column: (-deciding[column], column))
    right = 1 - deciding
    right[in_order] = deciding[in_order]
    return Chosen(tuple(in_order), float(right.prod()))


def fit_fusion(opinions: Opinions, wanted: NDArray[np.bool_], targets: Targets, counts: NDArray[np.float64]) -> Fusion:
    """Return how much each opinion counts, from what was said of cases that the models had not seen.

    *counts*: for how many of its kind each case stands.
    """
    said, topics = opinions.stacked(), len(targets.topics)

    def weights(first: int, end: int) -> Weights:
        return _fit_weights(said[:, first:end], wanted[:, first:end], counts)

    return Fusion(
        topics=weights(0, topics), elsewhere=weights(topics, topics + 1), noise=weights(topics + 1, topics + 2)
    )


def _fit_weights(said: NDArray[np.float64], wanted: NDArray[np.bool_], counts: NDArray[np.float64]) -> Weights:
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - a second of import that only fitting pays

    bias = Weights._fields.index("bias")  # the model has one of its own
    rows = np.delete(said.reshape(-1, said.shape[-1]), bias, axis=1)
    model = LogisticRegression(C=1.0).fit(rows, wanted.ravel(), sample_weight=counts.repeat(wanted.shape[1]))
    linear, votes, phrases, words, *fourth = (float(weight) for weight in model.coef_[0])
    trusted, least = min(phrases, MOST_FOR_PHRASES), float(model.intercept_[0])
    return Weights(*(round(weight, 3) for weight in (linear, votes, trusted, words, least, *fourth)))


# As fitted on 23/11/2026 over the messages of office/labelled, each writer's judged by what the others taught; until an
# office has cases of its own to fit it by.
FIRST_FUSION: Final = Fusion(
    topics=Weights(0.618, 1.004, 0.924, 0.848, -2.7),
    elsewhere=Weights(0.661, 1.021, 1.335, -0.382, 1.748),
    noise=Weights(0.992, 0.774, 0.0, -0.37, 2.459),
    sure=0.452,
)
# the same day, with the votes by meaning beside them
FIRST_FUSION_BY_MEANING: Final = Fusion(
    topics=Weights(0.581, 0.933, 0.898, 0.815, -2.276, 0.208),
    elsewhere=Weights(0.611, 0.789, 1.318, -0.374, 2.128, 0.453),
    noise=Weights(0.798, 0.696, 0.0, 0.018, 1.974, 0.526),
    sure=0.451,
)
