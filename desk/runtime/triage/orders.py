"""What a person may decide on a question that was held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class TriageAction(StrEnum):
    """What a person may decide."""

    ROUTE = "route"
    ANSWERED = "answered"
    REDIRECT = "redirect"
    ASK_BACK = "ask_back"
    CLOSE = "close"
    RESUME = "resume"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True, kw_only=True)
class TriageOrder:
    """A decision as a person gave it: units and authorities by any name people use, questions to ask the citizen."""

    code: str
    action: TriageAction
    acting_officer: str
    reason: str = ""
    units: Sequence[str] = ()
    authorities: Sequence[str] = ()
    asks: Sequence[str] = ()
