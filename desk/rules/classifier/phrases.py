"""Classifies by weighted phrases that the office writes and signs (office/phrases.yaml)."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import NamedTuple

from desk.rules.classifier.classification import Candidate, Classification, Evidence, Scope
from desk.rules.matching import Match, Matcher, outermost
from desk.rules.office import Facet, Lexicon, Phrase, Topic, competences_of
from desk.rules.sensitivity import sensitive_class_of
from desk.rules.small_talk import talk_of
from desk.rules.wording import Reading, wording_of

# What a decisive phrase weighs: a second topic needs one of its own, and who is sent elsewhere nearly one.
DECISIVE = 3.0
_TO_SEND_ELSEWHERE = 2.5
_TO_BE_MIXED = 3.5
_CANDIDATES = 3


class Heard(NamedTuple):
    """What the phrases said: scores and places by target, and each phrase's part in it."""

    scores: Mapping[str, float]
    places: Mapping[str, int]
    evidence: tuple[Evidence, ...]


class Classifier:
    """Says what texts are about. Made once of an office; equal offices give equal answers, named by `version`."""

    def __init__(
        self,
        topics: Iterable[Topic],
        lexicon: Lexicon,
        authorities: Iterable[str],
        auto_from: float,
        facets: Iterable[Facet] = (),
    ) -> None:
        """*authorities*: the codes questions may be redirected to; *auto_from*: the confidence that needs no person."""
        self._topics = {topic.code: topic for topic in topics}
        self._facets = tuple(facets)
        self._authorities = frozenset(authorities)
        self._lexicon = lexicon
        self.auto_from = auto_from
        active = [phrase for phrase in lexicon.phrases if phrase.status == "active"]
        self.wording = wording_of(lexicon)
        self._matcher: Matcher[Phrase] = Matcher(((phrase.phrase, phrase) for phrase in active), self.wording)
        self.version = _hash_of(self._topics.values(), self._facets, lexicon, active)

    def classify_all(self, texts: Iterable[str]) -> list[Classification]:
        """Return what each text is about, in order."""
        return [self.classify(text) for text in texts]

    def classify(self, text: str) -> Classification:
        """Return what a text is about; it may be a whole burst, a line a message."""
        reading = self.wording.read(text)
        if self.asks_nothing(text, reading):
            return self._classification(Scope.NOISE, (), (), 1.0)
        heard = self.heard(reading)
        likely = sorted((-score, target) for target, score in heard.scores.items() if score > 0)
        topics = [(-score, target) for score, target in likely if target in self._topics]
        authorities = [(-score, target) for score, target in likely if target in self._authorities]
        scope = _scope(topics[0][0] if topics else 0.0, authorities[0][0] if authorities else 0.0)
        chosen = tuple(topic for place, (score, topic) in enumerate(topics) if place == 0 or score >= DECISIVE)
        chosen = chosen if scope is not Scope.OUT else ()
        redirect = tuple(target for _, target in authorities[:1] if scope is not Scope.IN)
        confidence = _confidence(heard, {*chosen, *redirect}, len(reading.bare)) if chosen or redirect else 0.0
        return self._classification(
            scope,
            chosen,
            redirect,
            confidence,
            auto=scope is Scope.IN and confidence >= self.auto_from and self.may_go_alone(chosen, reading),
            candidates=tuple(
                Candidate(topic, self._topics[topic].competences, _confidence(heard, {topic}, len(reading.bare)))
                for _, topic in topics[:_CANDIDATES]
            ),
            evidence=heard.evidence,
        )

    def heard(self, reading: Reading, without: Container[str] = ()) -> Heard:
        """Return what the phrases say of a text, those of *without* left out."""
        found = self._matcher.find(reading)
        return _heard([match for match in found if match.entry.phrase not in without] if without else found)

    def asks_nothing(self, text: str, reading: Reading) -> bool:
        """Tell whether a text, already read, is small talk alone."""
        return talk_of(text, reading, self._lexicon) is not None

    def may_go_alone(self, topics: Sequence[str], reading: Reading) -> bool:
        """Tell whether such a question needs no person if it is sure enough: one competence, nothing delicate."""
        return (
            len(self.competences(topics)) == 1
            and not any(self._topics[topic].always_confirmed for topic in topics)
            and sensitive_class_of(reading, self._lexicon) is None
        )

    def competences(self, topics: Sequence[str]) -> tuple[str, ...]:
        """Return each unit concerned once, that of the likeliest topic first, as office/facets.yaml has it."""
        return competences_of(topics, self._topics, self._facets)

    def is_topic(self, target: str) -> bool:
        """Tell whether a target of phrases is a topic, not an authority."""
        return target in self._topics

    def _classification(
        self,
        scope: Scope,
        topics: tuple[str, ...],
        redirect: tuple[str, ...],
        confidence: float,
        *,
        auto: bool = False,
        candidates: tuple[Candidate, ...] = (),
        evidence: tuple[Evidence, ...] = (),
    ) -> Classification:
        return Classification(
            topics=topics,
            competences=self.competences(topics),
            scope=scope,
            redirect=redirect,
            confidence=confidence,
            auto=auto,
            candidates=candidates,
            evidence=evidence,
            version=self.version,
        )


def _scope(topic: float, authority: float) -> Scope:
    """Return whose business a text is by the best score of each side; to turn a citizen away wrongly costs most."""
    if min(topic, authority) >= _TO_BE_MIXED:
        return Scope.MIXED
    elsewhere = authority >= topic and (authority >= _TO_SEND_ELSEWHERE or not topic)
    return Scope.OUT if authority and elsewhere else Scope.IN


def _heard(found: list[Match[Phrase]]) -> Heard:
    """Return what the phrases say, heaviest first; words that already spoke for a target add nothing to it.

    Inside longer phrases only those count that speak to the contrary: "nợ lương" tempers what "công ty nợ lương" says.
    """
    speaking = outermost([match for match in found if match.entry.weight > 0])
    speaking += outermost([match for match in found if match.entry.weight < 0])
    speaking.sort(
        key=lambda said: (-abs(said.entry.weight * said.agreement), said.entry.phrase, said.entry.target, said.places)
    )
    scores: dict[str, float] = {}
    places: dict[str, int] = {}
    against: dict[str, int] = {}
    evidence = []
    for phrase, agreement, spoken in speaking:
        side = places if phrase.weight > 0 else against
        new = spoken & ~side.get(phrase.target, 0)
        if new:
            weight = phrase.weight * agreement * new.bit_count() / spoken.bit_count()
            side[phrase.target] = side.get(phrase.target, 0) | spoken
            scores[phrase.target] = scores.get(phrase.target, 0.0) + weight
            evidence.append(Evidence(phrase.phrase, round(weight, 2), phrase.target, phrase.author))
    return Heard(scores, places, tuple(said for said in evidence if said.target in places))


def _confidence(heard: Heard, taken: set[str], words: int) -> float:
    """Return the chance that exactly these targets are meant.

    It grows with the score of the weakest of them, falls with the best of the others, with the words that nothing
    explains, and where there are several. The five numbers were fitted on the 630 training messages of ten writers,
    each writer's read without the phrases that only this writer had used; the first was then lowered by 0.75, because
    whoever wrote the phrases had seen the messages. From 0.5 on 93 of 100 such guesses were right.
    """
    weakest = min(6.0, *(heard.scores[target] for target in taken))
    rival = max([0.0, *(score for target, score in heard.scores.items() if target not in taken)])
    explained = 0
    for target in taken:
        explained |= heard.places[target]
    unexplained = words - explained.bit_count()
    logit = -0.3 + 0.73 * weakest - 0.58 * rival - 0.75 * math.log1p(unexplained) - 1.44 * (len(taken) > 1)
    return round(1 / (1 + math.exp(-logit)), 3)


def _hash_of(topics: Iterable[Topic], facets: Iterable[Facet], lexicon: Lexicon, phrases: Iterable[Phrase]) -> str:
    said = [
        sorted((facet.facet, sorted(facet.units.items())) for facet in facets),
        sorted((topic.code, topic.competences, topic.always_confirmed) for topic in topics),
        sorted((phrase.target, phrase.phrase, phrase.weight) for phrase in phrases),
        sorted(lexicon.abbreviations.items()),
        sorted((token, sorted(forms.items())) for token, forms in lexicon.ambiguous.items()),
        [sorted(lists.items()) for lists in (lexicon.small_talk, lexicon.sensitive)],
    ]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:12]
