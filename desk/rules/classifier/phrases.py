"""Classifies by weighted phrases that the office writes and signs (office/phrases.yaml)."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desk.rules.classifier.classification import Candidate, Classification, Evidence, Scope
from desk.rules.matching import Matcher
from desk.rules.office import Lexicon, Phrase, Topic
from desk.rules.sensitivity import sensitive_class
from desk.rules.small_talk import small_talk
from desk.rules.wording import wording_of

# A target is likely from about one strong phrase on, all but certain from two.
_MIDDLE, _STEEPNESS = 2.4, 1.3
# A second topic needs evidence of its own.
_SECOND = 2.5
_CANDIDATES = 3


@dataclass(frozen=True, slots=True)
class _Text:
    """A text as small talk is asked about it."""

    text: str
    kind: str = "text"


class Classifier:
    """Says what texts are about. Made once of an office; equal offices give equal answers, named by `version`."""

    def __init__(self, topics: Iterable[Topic], lexicon: Lexicon, authorities: Iterable[str], auto_from: float) -> None:
        """*authorities*: the codes questions may be redirected to; *auto_from*: the confidence that needs no person."""
        self._topics = {topic.code: topic for topic in topics}
        self._authorities = frozenset(authorities)
        self._lexicon = lexicon
        self._auto_from = auto_from
        active = [phrase for phrase in lexicon.phrases if phrase.status == "active"]
        self._wording = wording_of(lexicon)
        self._matcher: Matcher[Phrase] = Matcher(((phrase.phrase, phrase) for phrase in active), self._wording)
        self.version = _hash_of(self._topics.values(), lexicon, active)

    def classify_all(self, texts: Iterable[str]) -> list[Classification]:
        """Return what each text is about, in order."""
        return [self.classify(text) for text in texts]

    def classify(self, text: str) -> Classification:
        """Return what a text is about; it may be a whole burst, a line a message."""
        if small_talk([_Text(text)], self._lexicon) is not None:
            return self._classification(Scope.NOISE, (), (), 1.0, auto=False, candidates=(), evidence=())
        scores: dict[str, float] = {}
        evidence: dict[tuple[str, str], Evidence] = {}
        for phrase, agreement, _ in self._matcher.find(self._wording.read(text)):
            weight = phrase.weight * agreement
            known = evidence.get((phrase.phrase, phrase.target))
            if known is None or abs(known.weight) < abs(weight):
                evidence[phrase.phrase, phrase.target] = Evidence(phrase.phrase, weight, phrase.target, phrase.author)
        for found in evidence.values():
            scores[found.target] = scores.get(found.target, 0.0) + found.weight
        return self._decided(text, scores, tuple(sorted(evidence.values(), key=lambda found: -abs(found.weight))))

    def _decided(self, text: str, scores: dict[str, float], evidence: tuple[Evidence, ...]) -> Classification:
        likely = sorted(((_p(score), target) for target, score in scores.items() if score > 0), reverse=True)
        topics = [(p, target) for p, target in likely if target in self._topics]
        redirects = [(p, target) for p, target in likely if target in self._authorities]
        chosen = tuple(t for p, t in topics[:1]) + tuple(t for p, t in topics[1:] if scores[t] >= _SECOND)
        redirect: tuple[str, ...] = ()
        scope = Scope.IN
        if redirects and (not topics or redirects[0][0] > topics[0][0]):
            scope, redirect, chosen = Scope.OUT, (redirects[0][1],), ()
        taken = {*chosen, *redirect}
        confidence = math.prod(p if target in taken else 1 - p for p, target in likely) if taken else 0.0
        competences = self._competences(chosen)
        auto = (
            scope is Scope.IN
            and confidence >= self._auto_from
            and len(competences) == 1
            and not any(self._topics[topic].always_confirmed for topic in chosen)
            and sensitive_class(text, self._lexicon) is None
        )
        candidates = tuple(Candidate(t, self._topics[t].competences, round(p, 3)) for p, t in topics[:_CANDIDATES])
        return self._classification(
            scope, chosen, redirect, round(confidence, 3), auto=auto, candidates=candidates, evidence=evidence
        )

    def _classification(
        self,
        scope: Scope,
        topics: tuple[str, ...],
        redirect: tuple[str, ...],
        confidence: float,
        *,
        auto: bool,
        candidates: tuple[Candidate, ...],
        evidence: tuple[Evidence, ...],
    ) -> Classification:
        return Classification(
            topics=topics,
            competences=self._competences(topics),
            scope=scope,
            redirect=redirect,
            confidence=confidence,
            auto=auto,
            candidates=candidates,
            evidence=evidence,
            version=self.version,
        )

    def _competences(self, topics: Sequence[str]) -> tuple[str, ...]:
        """Return each unit concerned once, that of the likeliest topic first."""
        return tuple(dict.fromkeys(code for topic in topics for code in self._topics[topic].competences))


def _p(score: float) -> float:
    return 1 / (1 + math.exp(-_STEEPNESS * (score - _MIDDLE)))


def _hash_of(topics: Iterable[Topic], lexicon: Lexicon, phrases: Iterable[Phrase]) -> str:
    said = [
        sorted((topic.code, topic.competences, topic.always_confirmed) for topic in topics),
        sorted((phrase.target, phrase.phrase, phrase.weight) for phrase in phrases),
        sorted(lexicon.abbreviations.items()),
        sorted((token, sorted(forms.items())) for token, forms in lexicon.ambiguous.items()),
        [sorted(lists.items()) for lists in (lexicon.small_talk, lexicon.sensitive)],
    ]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:12]
