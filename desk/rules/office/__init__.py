"""What the office is: units, topics, authorities, people and policy, each with the days it is in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desk.rules.office.dated import Dated, DatedRow, NotInForceError, in_force, is_in_force
from desk.rules.office.laws import Amendment, Law
from desk.rules.office.people import Delegation, DelegationScope, Duty, Official, Role, Session
from desk.rules.office.policy import Block, CalendarDay, DayKind, Policy, Recipient, Rung, TakedownWay
from desk.rules.office.units import (
    AnsweredBy,
    AnswerNeeds,
    Authority,
    Facet,
    LetterRhythm,
    ProvincialUnit,
    Topic,
    Unit,
    competences_of,
)
from desk.rules.office.words import CommandWords, Lexicon, Phrase

__all__ = [
    "Amendment",
    "AnswerNeeds",
    "AnsweredBy",
    "Authority",
    "Block",
    "CalendarDay",
    "CommandWords",
    "Dated",
    "DatedRow",
    "DayKind",
    "Delegation",
    "DelegationScope",
    "Duty",
    "Facet",
    "Law",
    "LetterRhythm",
    "Lexicon",
    "NotInForceError",
    "Office",
    "Official",
    "Phrase",
    "Policy",
    "ProvincialUnit",
    "Recipient",
    "Role",
    "Rung",
    "Session",
    "TakedownWay",
    "Topic",
    "Unit",
    "competences_of",
    "in_force",
]


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
    commands: tuple[CommandWords, ...] = ()
    delegations: tuple[Delegation, ...] = ()
    facets: tuple[Facet, ...] = ()
    laws: tuple[Law, ...] = ()

    def policy(self, on: date) -> Policy:
        """Return the policy in force on a day.

        Raises:
            NotInForceError: no period of office/policy.yaml covers that day.
        """
        if found := in_force(self.policies, on).get("policy"):
            return found
        message = f"office/policy.yaml has no period that covers {on:%d/%m/%Y}: add one"
        raise NotInForceError(message)

    def holders(self, role: Role, on: date) -> list[Official]:
        """Return who holds a role on a day, in the order of office/officials.yaml."""
        return [official for official in in_force(self.officials, on).values() if role in official.roles]

    def delegates(self, scope: DelegationScope, on: date) -> list[Official]:
        """Return whom the head has authorised for something on a day, in the order of office/officials.yaml."""
        authorised = {given.official for given in self.delegations if given.scope is scope and is_in_force(given, on)}
        return [official for official in in_force(self.officials, on).values() if official.code in authorised]

    def name_of(self, code: str | None) -> str:
        """Return the name of an official of today or of before, as others are told who was quicker."""
        return {official.code: official.name for official in self.officials}.get(code or "", "cán bộ khác")
