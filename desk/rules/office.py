"""What the office is: units, topics, authorities, people and policy, each with the days it is in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Protocol, TypeVar


class Dated(Protocol):
    """What is in force from one day to another, both included; no last day means until further notice."""

    @property
    def code(self) -> str:
        """The key; several periods may share it."""

    @property
    def valid_from(self) -> date:
        """The first day."""

    @property
    def valid_to(self) -> date | None:
        """The last day."""


DatedRow = TypeVar("DatedRow", bound=Dated)


class NotInForceError(LookupError):
    """Nothing of that code is in force on that day."""


def in_force(rows: Iterable[DatedRow], on: date) -> dict[str, DatedRow]:
    """Return the rows in force on a day, by code."""
    return {row.code: row for row in rows if row.valid_from <= on and (row.valid_to is None or on <= row.valid_to)}


class AnsweredBy(StrEnum):
    """Who answers a topic first (Điều 13: the duty officer, unless other units' professional opinion is needed)."""

    DUTY = "duty"
    UNIT = "unit"


class LetterRhythm(StrEnum):
    """How a unit wants its letters: one a question at once, or a table twice a day."""

    EACH = "each"
    TWICE_DAILY = "twice_daily"


class DayKind(StrEnum):
    """What a dated row says of a day: off, worked although it is a weekend, or worked in part."""

    OFF = "off"
    WORK = "work"
    HALF = "half"


class Role(StrEnum):
    """What an official may do here; the titles of the day are data (two reorganisations in 2025)."""

    DUTY_OFFICER = "duty_officer"
    EDITOR = "editor"
    SECRETARY = "secretary"
    DEPUTY_HEAD = "deputy_head"
    HEAD = "head"


class Session(StrEnum):
    """Which part of a working day a duty covers."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    ALL_DAY = "all_day"


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
class Authority:
    """A body outside the sector that a citizen is directed to; one printable name and one way to reach it a period."""

    code: str
    name: str
    contact: str = ""
    aliases: tuple[str, ...] = ()
    covers: str = ""
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Official:
    """A person with roles at the desk."""

    code: str
    name: str
    title: str
    roles: tuple[Role, ...]
    email: str
    phone: str = ""
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Who sits at the desk in one session of one day, and who stands in."""

    on: date
    session: Session
    official: str
    stand_in: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Hours worked without a break, on the wall clock of Asia/Ho_Chi_Minh; `end` itself is outside."""

    start: time
    end: time


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """A day that differs from the week's pattern, with the act that says so; `blocks` only for a half-day."""

    day: date
    kind: DayKind
    reason: str
    source: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A weighted phrase that speaks for a topic or an authority: 3 decides, 2 is strong, 1 hints, negative excludes."""

    phrase: str
    weight: float
    target: str
    author: str = ""
    added_on: date | None = None
    status: str = "active"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What the office has decided for a period; where the regulation is silent, the default is the cautious choice."""

    code: str = "policy"
    valid_from: date
    valid_to: date | None = None
    # Điều 13: working days for a reply that needs 1, 2, and 3 or more units
    reply_days: tuple[int, int, int] = (3, 4, 5)
    counting: str = "A"
    duty_reply_days: int = 1
    hours: tuple[Block, ...]
    unit_reply_by: time = time(15, 0)
    board_report_at: tuple[time, ...] = (time(11, 0), time(16, 0))
    # a burst is sealed when the citizen has been quiet for so long, or at the cap
    quiet_seconds: int = 300
    burst_cap_seconds: int = 1200
    burst_cap_messages: int = 20
    follow_up_minutes: int = 30
    # found so many working days after they were written, messages go to a person without an acknowledgement
    late_after_working_days: int = 2
    greeting_prompt_minutes: int = 30
    automatic_messages_a_day: int = 3
    auto_route: bool = False
    # a real office routes nothing alone before so many decisions of people are on record
    auto_route_after: int = 100
    auto_route_confidence: float = 0.5
    duty_contact: str = ""
    hotline: str = "1900 9068"
    retention_days: int = 1825
    media_max_bytes: int = 10_000_000
    text_max_characters: int = 10_000


# compared by identity: what the rules compile of it is kept for as long as the one loaded object is
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lexicon:
    """The words the rules read by: abbreviations, small talk, what must be held. All lists are data the office edits.

    `abbreviations` maps a typed token to its long form; `ambiguous` maps a token to {neighbour token: long form};
    `small_talk` maps a kind (thanks, greeting, asks_how_far, advertisement, abuse, keep_open) to phrases;
    `sensitive` and `urgent` map a class (to_cao, tu_hai, bao_chi, …) to phrases.
    """

    abbreviations: Mapping[str, str]
    ambiguous: Mapping[str, Mapping[str, str]]
    phrases: tuple[Phrase, ...]
    small_talk: Mapping[str, tuple[str, ...]]
    sensitive: Mapping[str, tuple[str, ...]]
    urgent: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Everything the office has written down, as of one version; ask it by day."""

    units: tuple[Unit, ...]
    provincial_units: tuple[ProvincialUnit, ...]
    topics: tuple[Topic, ...]
    authorities: tuple[Authority, ...]
    officials: tuple[Official, ...]
    roster: tuple[Duty, ...]
    days: tuple[CalendarDay, ...]
    policies: tuple[Policy, ...]
    lexicon: Lexicon

    def policy(self, on: date) -> Policy:
        """Return the policy in force on a day.

        Raises:
            NotInForceError: no period of office/policy.yaml covers that day.
        """
        if found := in_force(self.policies, on).get("policy"):
            return found
        message = f"office/policy.yaml has no period that covers {on:%d/%m/%Y}: add one"
        raise NotInForceError(message)
