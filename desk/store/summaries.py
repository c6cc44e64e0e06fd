"""The desk in figures, for the summary of a run: each from one statement over what is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from desk.store.statements import statement


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionCount:
    """How many questions stand in one state."""

    questions: int
    acknowledged: int
    sensitive: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitAsked:
    """One unit, how much it was asked, and the first and last date its letters showed."""

    unit_code: str
    name: str
    questions: int
    first_due_on: date
    last_due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How far the questions came that were given to units; one counts at every station that it passed."""

    routed: int
    replied: int
    proposed: int
    accepted: int
    answered: int
    answered_in_time: int
    reminded: int
    chased: int
    escalated: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """One recipient, the mails of the fullest day, and all mails."""

    recipient: str
    most_in_a_day: int
    mails: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleWord:
    """An article, and one word said on it; `step` is None where nobody has said any. `took`: from order to removal."""

    code: str
    state: str
    version: int
    title: str
    step: str | None
    verdict: str | None
    role: str | None
    decided_at: datetime | None
    reason: str | None
    name: str | None
    took: timedelta | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLetter:
    """A letter that left."""

    recipient: str
    subject: str
    text: str


def count_messages(connection: Connection) -> dict[str, int]:
    """Return how many messages of citizens were taken for what; "waiting" are those not sealed yet."""
    return {row.purpose: row.messages for row in connection.execute(statement("summaries/count_messages"))}


def count_lost_messages(connection: Connection) -> int:
    """Return how many messages have no purpose and will get none: there should be none."""
    return int(connection.execute(statement("summaries/count_lost_messages")).scalar_one())


def count_questions(connection: Connection) -> dict[str, QuestionCount]:
    """Return the questions by state."""
    rows = connection.execute(statement("summaries/count_questions"))
    return {
        row.state: QuestionCount(questions=row.questions, acknowledged=row.acknowledged, sensitive=row.sensitive)
        for row in rows
    }


def count_told_questions(connection: Connection) -> int:
    """Return how many questions messages belong to."""
    return int(connection.execute(statement("summaries/count_told_questions")).scalar_one())


def count_ways(connection: Connection) -> Ways:
    """Return how far the questions came that were given to units."""
    return Ways(**connection.execute(statement("summaries/count_ways")).mappings().one())


def count_inbound_mails(connection: Connection) -> dict[str, int]:
    """Return what came into the desk's mailbox by kind, "unread" among them, but for copies of its own letters."""
    return {row.kind: row.mails for row in connection.execute(statement("summaries/count_inbound_mails"))}


def count_replies(connection: Connection) -> dict[str, int]:
    """Return units' replies by how they were read, the commonest first."""
    return {row.reading: row.replies for row in connection.execute(statement("summaries/count_replies"))}


def count_answers(connection: Connection) -> dict[str, int]:
    """Return the versions of answers by state."""
    return {row.state: row.answers for row in connection.execute(statement("summaries/count_answers"))}


def count_copies(connection: Connection) -> int:
    """Return of how many letters the desk's own copy came back."""
    return int(connection.execute(statement("summaries/count_copies")).scalar_one())


def find_sent_answers(connection: Connection) -> list[str]:
    """Return the message ids at Zalo of all that answers consist of."""
    return list(connection.execute(statement("summaries/find_sent_answers")).scalars())


def find_units_asked(connection: Connection) -> list[UnitAsked]:
    """Return the units that were asked, the most asked first."""
    return [UnitAsked(**row) for row in connection.execute(statement("summaries/find_units_asked")).mappings()]


def find_article_words(connection: Connection) -> list[ArticleWord]:
    """Return the articles in the order of their codes, each with what was decided on it, in order."""
    return [ArticleWord(**row) for row in connection.execute(statement("summaries/find_article_words")).mappings()]


def count_deliveries(connection: Connection) -> dict[tuple[str, str], int]:
    """Return how many deliveries stand where, by channel and state."""
    rows = connection.execute(statement("summaries/count_deliveries"))
    return {(row.channel, row.state): row.deliveries for row in rows}


def count_failed_told(connection: Connection) -> int:
    """Return how many deliveries failed for good and were put before a person."""
    return int(connection.execute(statement("summaries/count_failed_told")).scalar_one())


def count_kinds(connection: Connection) -> Mapping[tuple[str, str], int]:
    """Return what was sent by channel and template, the commonest first."""
    return {(row.channel, row.kind): row.deliveries for row in connection.execute(statement("summaries/count_kinds"))}


def find_busiest_mailboxes(connection: Connection, *, limit: int) -> list[Mailbox]:
    """Return the recipients whose fullest day had the most mails."""
    rows = connection.execute(statement("summaries/find_busiest_mailboxes"), {"limit": limit}).mappings()
    return [Mailbox(**row) for row in rows]


def count_work_items(connection: Connection) -> dict[str, int]:
    """Return what waits for a person, by kind, the commonest first."""
    return {row.kind: row.items for row in connection.execute(statement("summaries/count_work_items"))}


def find_letter(connection: Connection) -> ShownLetter | None:
    """Return the newest letter to a unit that left."""
    row = connection.execute(statement("summaries/find_letter")).mappings().one_or_none()
    return ShownLetter(**row) if row else None
