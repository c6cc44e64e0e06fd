"""What answers are made of: questions, the replies that answer them with their files, and which units still owe one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from desk.rules.attachments import AttachmentForm
from desk.rules.replies.senders import Standing
from desk.rules.states import QuestionState
from desk.store.statements import pairs, statement


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuestion:
    """A question as its answer needs it. `asker` is the name the citizen goes by on Zalo."""

    question_id: int
    case_code: str
    user_id: str
    asker: str
    state: QuestionState
    text: str
    sensitive: str | None
    received_at: datetime
    due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyInForce:
    """A reply that was read as an answer, of a unit that is still asked."""

    reply_id: int
    question_id: int
    assignment_id: int
    unit_code: str
    place_unit: str | None
    text: str
    received_at: datetime
    standing: Standing
    from_address: str
    answers_for_all: bool
    letter_number: str | None
    letter_on: date | None
    letter_confirmed: bool
    inbound_mail_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file that came with a mail; sizes in bytes, `page_sizes` those of its pages as a citizen gets them."""

    attachment_id: int
    inbound_mail_id: int
    name: str
    form: AttachmentForm
    is_signed: bool
    size: int
    text: str | None
    refused: str | None
    page_sizes: tuple[int, ...]


def find_questions(connection: Connection, question_ids: Sequence[int]) -> list[AskedQuestion]:
    """Return questions as their answers need them, the earliest date first."""
    rows = connection.execute(
        statement("answer_sources/find_questions"), {"question_ids": list(question_ids)}
    ).mappings()
    return [AskedQuestion(**{**row, "state": QuestionState(row["state"])}) for row in rows]


def find_replies(connection: Connection, question_ids: Sequence[int]) -> dict[int, list[ReplyInForce]]:
    """Return the replies that answer these questions, by question, oldest first."""
    found: dict[int, list[ReplyInForce]] = defaultdict(list)
    for row in connection.execute(
        statement("answer_sources/find_replies"), {"question_ids": list(question_ids)}
    ).mappings():
        reply = ReplyInForce(**{**row, "standing": Standing(row["standing"])})
        found[reply.question_id].append(reply)
    return found


def find_files(connection: Connection, inbound_mail_ids: Sequence[int]) -> dict[int, list[File]]:
    """Return the files that came with mails, by mail, in their order."""
    found: dict[int, list[File]] = defaultdict(list)
    values = {"inbound_mail_ids": list(inbound_mail_ids)}
    for row in connection.execute(statement("answer_sources/find_files"), values).mappings():
        file = File(**{**row, "form": AttachmentForm(row["form"]), "page_sizes": tuple(row["page_sizes"])})
        found[file.inbound_mail_id].append(file)
    return found


def find_missing(connection: Connection, question_ids: Sequence[int]) -> dict[int, list[tuple[str, str | None]]]:
    """Return which units still owe a reply, by question: (unit, provincial office where it is by place)."""
    found: dict[int, list[tuple[str, str | None]]] = defaultdict(list)
    for row in connection.execute(statement("answer_sources/find_missing"), {"question_ids": list(question_ids)}):
        found[row.question_id] += pairs([row.unit])
    return found


def confirm_letters(connection: Connection, reply_ids: Sequence[int], *, confirmed_by: str) -> None:
    """Record that number and date of the letters that these replies are have been confirmed by an official."""
    values = {"reply_ids": list(reply_ids), "confirmed_by": confirmed_by}
    connection.execute(statement("answer_sources/confirm_letters"), values)


def take_back_replies(connection: Connection, reply_ids: Sequence[int], *, next_step_at: datetime | None) -> int:
    """Record that these replies answer nothing; returns at how many units an answer is awaited again."""
    values = {"reply_ids": list(reply_ids), "next_step_at": next_step_at}
    return len(connection.execute(statement("answer_sources/take_back_replies"), values).all())
