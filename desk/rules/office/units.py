"""Units and the topics that are theirs, and the authorities outside the sector."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class AnsweredBy(StrEnum):
    """Who answers a topic first (Điều 13: the duty officer, unless other units' professional opinion is needed)."""

    DUTY = "duty"
    UNIT = "unit"


class LetterRhythm(StrEnum):
    """How a unit wants its letters: one a question at once, or a table twice a day."""

    EACH = "each"
    TWICE_DAILY = "twice_daily"


class AnswerNeeds(StrEnum):
    """What a unit's reply must be before it may go to a citizen (U11)."""

    LISTED_SENDER = "listed_sender"
    HEAD = "head"
    SIGNED_LETTER = "signed_letter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One unit on one organisation chart. `name` is printed after "Kính gửi"; `emails` are first and second address."""

    code: str
    name: str
    abbreviation: str = ""
    aliases: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    head_email: str | None = None
    valid_from: date
    valid_to: date | None = None
    successor: str | None = None
    name_verified: bool = True
    counts_as_unit: bool = True
    is_desk: bool = False
    by_place: bool = False
    letters: LetterRhythm = LetterRhythm.EACH
    answer_needs: AnswerNeeds = AnswerNeeds.LISTED_SENDER
    calendar_file: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvincialUnit:
    """The provincial office that serves a place; `places` are the names people write, old and new, accents kept."""

    code: str
    name: str
    places: tuple[str, ...]
    emails: tuple[str, ...] = ()
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What a question is about, and whose competence that is (codes of the 2024 chart, resolved by date)."""

    code: str
    name: str
    competences: tuple[str, ...]
    answered_by: AnsweredBy = AnsweredBy.UNIT
    needs_identity: bool = False
    # complaint, fraud: a person confirms the routing whatever the machine's confidence
    always_confirmed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """A side from which a subject may be asked about: money not arrived, where a file is, the text of a law.

    A facet is a topic too. Where subject and facet are asked together, their units are those of both, unless `units`
    names others for the subject.
    """

    facet: str
    units: Mapping[str, tuple[str, ...]]


def competences_of(topics: Sequence[str], known: Mapping[str, Topic], facets: Iterable[Facet]) -> tuple[str, ...]:
    """Return whose competence topics are together, each unit once, that of the first topic first."""
    settled = [
        ({subject, facet.facet}, units)
        for facet in facets
        if facet.facet in topics
        for subject, units in facet.units.items()
        if subject in topics
    ]
    by_table = {topic for pair, _ in settled for topic in pair}
    found: list[str] = []
    for topic in topics:
        for pair, units in settled:
            found += units if topic in pair else ()
        found += known[topic].competences if topic not in by_table else ()
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """A body outside the sector that a citizen is directed to; one printable name and one way to reach it a period."""

    code: str
    name: str
    contact: str = ""
    aliases: tuple[str, ...] = ()
    covers: str = ""
    valid_from: date
    valid_to: date | None = None
