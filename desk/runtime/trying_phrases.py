"""What an edit of the office's files would change in how past questions are classified, before it is loaded."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

from desk.rules.classifier import Case, Scope
from desk.rules.classifier.comparing import Flip, flips
from desk.rules.office import Office
from desk.runtime.in_force import InForce
from desk.runtime.labelled import read_labelled
from desk.store import questions

# a year of a busy desk takes a few seconds
_PAST = 10_000


def find_flips(connection: Connection, desk: InForce, edited: Office, folder: Path) -> list[Flip]:
    """Return the labelled messages and past questions of which the edited office would say something else.

    Raises:
        OfficeError: there are mistakes in the labelled messages.
    """
    labelled = read_labelled(folder, edited)
    past = (
        Case(id=code, text=text, topics=(), scope=Scope.IN)
        for code, text in questions.find_past(connection, limit=_PAST)
    )
    cases = [*labelled.train, *labelled.regression, *past]
    texts = [case.text for case in cases]
    after = InForce(edited, desk.version, desk.calendar_version, desk.model, desk.confirmed)
    return list(flips(cases, desk.classifier.classify_all(texts), after.classifier.classify_all(texts)))
