"""The office as a run uses it: with its calendar and classifier made, once a process and version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache

from sqlalchemy import Connection

from desk.rules.calendar import WorkingCalendar, local_date
from desk.rules.classifier import Classification, Classifier
from desk.rules.duty import duty_officer
from desk.rules.letters import Letterhead
from desk.rules.office import Office, Official, Policy
from desk.runtime.database import transaction
from desk.runtime.mail import desk_address
from desk.runtime.office import current

# What a run seals it routes a little later: each text is classified once.
_LATEST_TEXTS = 4096


@dataclass(frozen=True, eq=False)
class InForce:
    """One version of the office, ready for use."""

    office: Office
    version: int
    calendar_version: int

    @cached_property
    def calendar(self) -> WorkingCalendar:
        """The working calendar of this version."""
        return WorkingCalendar(self.office.days, self.calendar_version)

    @cached_property
    def classifier(self) -> Classifier:
        """The classifier made of this version's topics and phrases, sure from the newest policy's threshold on."""
        newest = max(self.office.policies, key=lambda policy: policy.valid_from)
        authorities = {authority.code for authority in self.office.authorities}
        return Classifier(self.office.topics, self.office.lexicon, authorities, newest.auto_route_confidence)

    @lru_cache(maxsize=_LATEST_TEXTS)  # noqa: B019 - one object a process and version
    def classify(self, text: str) -> Classification:
        """Return what a text is about."""
        return self.classifier.classify(text)

    @cached_property
    def _policies(self) -> dict[date, Policy]:
        return {}

    def policy(self, moment: datetime) -> Policy:
        """Return the policy in force on the day of *moment*; asked of the office once a day."""
        on = local_date(moment)
        found = self._policies.get(on)
        if found is None:
            found = self._policies[on] = self.office.policy(on)
        return found

    def duty_officer(self, moment: datetime) -> Official:
        """Return who is on duty at *moment*, or who answers for the desk where nobody is."""
        return duty_officer(self.office, moment)

    def letterhead(self, moment: datetime) -> Letterhead:
        """Return who signs letters of *moment*: the duty officer, by name and telephone."""
        officer, policy = self.duty_officer(moment), self.policy(moment)
        return Letterhead(
            address=desk_address(),
            written_at=moment,
            officer_name=officer.name,
            officer_phone=officer.phone or policy.duty_contact,
            reply_by=policy.unit_reply_by,
        )


# the one office this process works by
_made: list[InForce] = []


def in_force(connection: Connection | None = None) -> InForce:
    """Return the office in force, as the store holds it now.

    Raises:
        NoOfficeError: none was ever loaded.
    """
    if connection is None:
        with transaction() as opened:
            return in_force(opened)
    loaded = current(connection)
    if not _made or _made[0].office is not loaded.office or _made[0].version != loaded.version:
        _made[:] = [InForce(loaded.office, loaded.version, loaded.calendar_version)]
    return _made[0]
