"""What the classifier says of a question, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """Whose business a message is: the sector's, another authority's, both, or nobody's."""

    IN = "in"
    OUT = "oos"
    MIXED = "mixed"
    NOISE = "noise"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One topic that came into question, its competences (2024 chart), and how likely it is on its own."""

    topic: str
    competences: tuple[str, ...]
    p: float


class Proof(StrEnum):
    """What kind of thing speaks for a target: a phrase of the office, a word against the runner-up, a case like it."""

    PHRASE = "phrase"
    WORD = "word"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that spoke for a target, and what it weighed here.

    `phrase` is the phrase as the office wrote it (`author`: who added it), a word or two of the text, or the id of a
    labelled or confirmed case (`author`: who labelled it; `target`: its topics).
    """

    phrase: str
    weight: float
    target: str
    author: str
    kind: Proof = Proof.PHRASE


@dataclass(frozen=True, slots=True, kw_only=True)
class Classification:
    """What a text is about.

    `topics`, `competences` and `redirect` are the best guess however weak; `confidence` is the chance that the whole
    set is right, and `auto` that it is sure enough to be routed without a person, should the policy allow that:
    in scope, one competence, nothing that must be confirmed or held. No topics and no redirect: nothing was recognised.
    """

    topics: tuple[str, ...]
    competences: tuple[str, ...]
    scope: Scope
    redirect: tuple[str, ...]
    confidence: float
    auto: bool
    candidates: tuple[Candidate, ...]
    evidence: tuple[Evidence, ...]
    version: str
