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


@dataclass(frozen=True, slots=True)
class Evidence:
    """One phrase that spoke for a target: as the office wrote it, what it weighed here, and who added it."""

    phrase: str
    weight: float
    target: str
    author: str


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
