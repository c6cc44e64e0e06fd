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
    DUTY = "duty"
    ANSWER = "answer"
    RESUME = "resume"
    REOPEN = "reopen"
    SEND = "send"
    MERGE = "merge"
    SPLIT = "split"


@dataclass(frozen=True, slots=True, kw_only=True)
class TriageOrder:
    """A decision as a person gave it: units and authorities by any name people use, questions to ask the citizen.

    `topics`: of the proposal that was chosen; `text`: the answer to the citizen that an official wrote himself.
    `other_code`: the question that it is merged into; `part`: the time or the number of the message from which on it is
    split, empty for what was added last. `mail_id`: of the mail that orders it; an answer is let go by mail alone.
    """

    code: str
    action: TriageAction
    acting_officer: str
    reason: str = ""
    units: Sequence[str] = ()
    authorities: Sequence[str] = ()
    asks: Sequence[str] = ()
    topics: Sequence[str] = ()
    text: str = ""
    other_code: str = ""
    part: str = ""
    mail_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenProposal:
    """A proposal of the letter to the officer on duty, chosen by its number, from 1 on."""

    code: str
    number: int
    acting_officer: str
    reason: str = ""
