"""What an official may choose for a question with one word, best first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from desk.rules.classifier import Classification
from desk.rules.office import AnsweredBy, Office, in_force
from desk.rules.units import Resolved, resolve_for_text

MOST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One choice: units, authorities outside the sector, or the duty officer.

    `units`, `authorities` hold codes, `place_unit` the provincial office's; `topics` those that the choice confirms.
    """

    units: tuple[str, ...] = ()
    place_unit: str | None = None
    authorities: tuple[str, ...] = ()
    duty: bool = False
    topics: tuple[str, ...] = ()
    label_vi: str
    confidence: float


def find_proposals(text: str, said: Classification, office: Office, on: date) -> Iterator[Proposal]:
    """Yield what the classification comes to as a whole, then each topic that came into question.

    Units that cannot be written to are left out: choosing them would lead nowhere.
    """
    present = in_force(office.authorities, on)
    if authorities := [present[code] for code in said.redirect if code in present]:
        yield Proposal(
            authorities=tuple(authority.code for authority in authorities),
            label_vi=f"Hướng dẫn liên hệ {', '.join(authority.name for authority in authorities)}",
            confidence=said.confidence,
        )
    readings = [(said.topics, said.competences, said.confidence)] if said.topics else []
    readings += [((candidate.topic,), candidate.competences, candidate.p) for candidate in said.candidates]
    duty_topics = {topic.code for topic in office.topics if topic.answered_by is AnsweredBy.DUTY}
    for topics, competences, p in readings:
        resolved = resolve_for_text(competences, text, on, office)
        if not resolved.units or duty_topics.issuperset(topics):
            label = f"Cán bộ trực trả lời: {topic_names(office, topics)}"
            yield Proposal(duty=True, topics=topics, label_vi=label, confidence=p)
        elif not resolved.unreachable:
            yield Proposal(
                units=tuple(unit.code for unit in resolved.units),
                place_unit=resolved.place_unit.code if resolved.place_unit else None,
                topics=topics,
                label_vi=f"Chuyển {listed(resolved)}",
                confidence=p,
            )


def best(proposals: Iterable[Proposal]) -> tuple[Proposal, ...]:
    """Return the first proposals that differ in what they do."""
    by_deed: dict[tuple[object, ...], Proposal] = {}
    for each in proposals:
        by_deed.setdefault((each.units, each.place_unit, each.authorities, each.duty), each)
    return tuple(islice(by_deed.values(), MOST))


def listed(resolved: Resolved) -> str:
    """Return the units' names in a sentence."""
    return "; ".join(resolved.names)


def topic_names(office: Office, topics: Iterable[str]) -> str:
    """Return the topics' names in a sentence."""
    names = {topic.code: topic.name for topic in office.topics}
    return "; ".join(names[topic] for topic in topics)
