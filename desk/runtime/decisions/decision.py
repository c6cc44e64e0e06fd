"""A decision as it came by mail, and how it can be refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, TypeAlias

from sqlalchemy import Connection

from desk.rules.commands import CommandLine
from desk.rules.office import Official
from desk.runtime.in_force import InForce

# A word may come after a holiday; what has been decided meanwhile is said to whoever writes late.
TOKEN_LIFE: Final = timedelta(days=60)


class Step(StrEnum):
    """What a letter asks an official for; kept with the token of its reply address."""

    ANSWER = "answer"
    DUTY_ANSWER = "duty-answer"
    WORK_ITEM = "work-item"
    DELAY = "delay"
    REDIRECT = "redirect"
    SORTING = "sorting"
    CONTENT_DRAFT = "content-draft"
    CONTENT_REVIEW = "content-review"
    CONTENT_DECISION = "content-decision"
    CONTENT_CONFORMITY = "content-conformity"
    CONTENT_PUBLISH = "content-publish"
    CONTENT_STOP = "content-stop"
    CONTENT_PUBLISHED = "content-published"
    CONTENT_TAKEDOWN = "content-takedown"
    CONTENT_BROADCAST = "content-broadcast"


CONTENT_STEPS: Final = tuple(step for step in Step if step.value.startswith("content-"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What an official wrote in reply to a letter: a command, or a text of its own (quotes and signature stripped).

    The sender is that official, authenticated; `version` is the letter's, and may be stale. A letter on several
    questions may be answered by several commands, `on_several`, each after the code of its own. `token_sha256` stands
    for the reply address it came by: with the mail, the evidence of who decided. `article` is the whole text of an
    article, where the mail is one.
    """

    step: Step
    official: Official
    command: CommandLine | None
    text: str
    inbound_mail_id: int
    received_at: datetime
    question_id: int | None = None
    work_item_id: int | None = None
    answer_id: int | None = None
    content_item_id: int | None = None
    token_sha256: bytes = b""
    version: int = 1
    on_several: tuple[CommandLine, ...] = ()
    article: str = ""


class DecisionRefusedError(ValueError):
    """A decision cannot be carried out; says why and what to write instead, in Vietnamese."""


# Returns in one Vietnamese sentence what was done; the receipt to the official says it.
Handler: TypeAlias = Callable[[Connection, Decision, InForce, datetime], str]
