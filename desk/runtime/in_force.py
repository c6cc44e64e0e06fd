"""The office as a run uses it: with its calendar and classifier made, once a process and version."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache

from sqlalchemy import Connection

from desk.rules.calendar import WorkingCalendar, local_date
from desk.rules.classifier import Case, Classification, Classifier
from desk.rules.classifier.fused import FusedClassifier
from desk.rules.duty import duty_officer
from desk.rules.letters import Letterhead
from desk.rules.office import Office, Official, Policy
from desk.rules.small_talk import without_greeting
from desk.rules.wording import wording_of
from desk.runtime.artifacts import ArtifactError, load
from desk.runtime.classifying import models_folder, phrases_of
from desk.runtime.database import transaction
from desk.runtime.mail import desk_address
from desk.runtime.office import current
from desk.runtime.settings import settings
from desk.store.classifier_versions import InUse, get_in_use
from desk.store.label_events import find_confirmed

_LOGGER = logging.getLogger(__name__)

# What a run seals it routes a little later: each text is classified once.
_LATEST_TEXTS = 4096


@dataclass(frozen=True, eq=False)
class InForce:
    """One version of the office, ready for use."""

    office: Office
    version: int
    calendar_version: int
    # the model in use, None where phrases decide alone, and what people have confirmed
    model: str | None = None
    confirmed: tuple[Case, ...] = ()

    @cached_property
    def calendar(self) -> WorkingCalendar:
        """The working calendar of this version."""
        return WorkingCalendar(self.office.days, self.calendar_version)

    @cached_property
    def classifier(self) -> Classifier | FusedClassifier:
        """The classifier of this version's topics and phrases, with the model in use and what people confirmed since.

        Without that model's files on this machine, phrases decide alone.
        """
        phrases = phrases_of(self.office)
        if self.model is None:
            return phrases
        try:
            model = load(models_folder(settings().data_dir), self.model, wording_of(self.office.lexicon))
        except ArtifactError as error:
            _LOGGER.warning("phrases decide alone: %s", error)
            return phrases
        return FusedClassifier(phrases, model.with_cases(self.confirmed), self.model)

    @lru_cache(maxsize=_LATEST_TEXTS)  # noqa: B019 - one object a process and version
    def classify(self, text: str) -> Classification:
        """Return what a text is about, greetings before the question aside."""
        return self.classifier.classify(without_greeting(text, self.office.lexicon))

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


# the one office this process works by, with what it was made of
_made: list[tuple[tuple[Office, int, InUse], InForce]] = []


def in_force(connection: Connection | None = None) -> InForce:
    """Return the office in force, as the store holds it now.

    Raises:
        NoOfficeError: none was ever loaded.
    """
    if connection is None:
        with transaction() as opened:
            return in_force(opened)
    loaded, in_use = current(connection), get_in_use(connection)
    known = (loaded.office, loaded.version, in_use)
    if not _made or _made[0][0] != known:
        confirmed = find_confirmed(connection) if in_use.sha256 else ()
        desk = InForce(loaded.office, loaded.version, loaded.calendar_version, in_use.sha256, confirmed)
        _made[:] = [(known, desk)]
    return _made[0][1]
