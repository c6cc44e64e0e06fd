"""From the chances of each target to what is said of a text: topics, scope, redirect, and whether it may go alone."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from desk.rules.classifier.cases import ELSEWHERE, NOISE, Targets
from desk.rules.classifier.classification import Candidate, Classification, Evidence, Scope
from desk.rules.classifier.fusion import Fusion, choose
from desk.rules.classifier.phrases import DECISIVE, Classifier, Heard
from desk.rules.wording import Reading

_CANDIDATES = 3
# small talk is listened for where no target is likelier; a topic without cases is taken, where a phrase of the office
# names it plainly, if the whole of what is said is not
_UNSURE = 0.5


class Asked(NamedTuple):
    """A text with what is known of it before anything is decided."""

    text: str
    reading: Reading
    heard: Heard
    chances: NDArray[np.float64]


class Decider:
    """Decides by the chances of the targets, with the office's phrases for what no case has taught."""

    def __init__(self, phrases: Classifier, targets: Targets, fusion: Fusion, version: str) -> None:
        self._phrases = phrases
        self._targets = targets
        self._names = targets.names
        self._fusion = fusion
        self._version = version
        self._units = {topic: phrases.competences((topic,)) for topic in targets.topics if phrases.is_topic(topic)}

    def decided(self, asked: Asked, evidence: tuple[Evidence, ...] = ()) -> Classification:
        """Return what is said of a text."""
        targets, fusion = self._targets, self._fusion
        chosen = choose(asked.chances, targets, fusion)
        is_unsure = chosen.confidence < _UNSURE
        if asked.chances[: targets.deciding].max() < _UNSURE and self._phrases.asks_nothing(asked.text, asked.reading):
            return self._classification(Scope.NOISE, confidence=1.0)
        names = {self._names[column] for column in chosen.columns}
        topics = tuple(self._names[column] for column in chosen.columns if self._names[column] in self._units)
        redirect = self._redirect(asked) if ELSEWHERE in names else ()
        scope = _scope(names, topics)
        may_go_alone = (
            scope is Scope.IN
            and chosen.confidence >= max(fusion.sure, self._phrases.auto_from)
            and self._phrases.may_go_alone(topics, asked.reading)
        )
        if is_unsure and (known := self._known_to_phrases_alone(asked)):
            scope, topics, redirect, may_go_alone = Scope.IN, (known,), (), False
        return self._classification(
            scope,
            topics,
            redirect,
            confidence=chosen.confidence,
            auto=may_go_alone,
            candidates=self._candidates(asked),
            evidence=evidence,
        )

    def _redirect(self, asked: Asked) -> tuple[str, ...]:
        """Return the authority that is likeliest meant."""
        targets = self._targets
        chances = asked.chances[targets.deciding :]
        return (targets.authorities[int(chances.argmax())],) if len(chances) else ()

    def _known_to_phrases_alone(self, asked: Asked) -> str | None:
        """Return the topic without cases that a decisive phrase names, more plainly than anything else is named."""
        scores = asked.heard.scores
        best = max(scores, key=lambda target: (scores[target], target), default=None)
        if best is None or scores[best] < DECISIVE or best in self._names:
            return None
        return best if self._phrases.is_topic(best) else None

    def _candidates(self, asked: Asked) -> tuple[Candidate, ...]:
        topics = self._targets.topics
        chances = asked.chances[: len(topics)]
        likeliest = np.argsort(-chances, kind="stable")[:_CANDIDATES]
        return tuple(
            Candidate(topics[place], self._units[topics[place]], round(float(chances[place]), 3))
            for place in likeliest
            if topics[place] in self._units
        )

    def _classification(
        self,
        scope: Scope,
        topics: tuple[str, ...] = (),
        redirect: tuple[str, ...] = (),
        *,
        confidence: float,
        auto: bool = False,
        candidates: tuple[Candidate, ...] = (),
        evidence: tuple[Evidence, ...] = (),
    ) -> Classification:
        return Classification(
            topics=topics,
            competences=self._phrases.competences(topics),
            scope=scope,
            redirect=redirect,
            confidence=round(confidence, 3),
            auto=auto,
            candidates=candidates,
            evidence=evidence,
            version=self._version,
        )


def _scope(names: set[str], topics: tuple[str, ...]) -> Scope:
    if NOISE in names:
        return Scope.NOISE
    if ELSEWHERE in names:
        return Scope.MIXED if topics else Scope.OUT
    return Scope.IN
