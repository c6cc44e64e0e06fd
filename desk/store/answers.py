"""Answers: their versions, who let them go, and what became of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from desk.rules.states import AnswerState
from desk.store.statements import statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A version of an answer; `text` and the files of `attachment_ids`, in order, are what the citizen gets."""

    answer_id: int
    question_id: int
    version: int
    state: AnswerState
    text: str
    written_by: str
    reply_ids: tuple[int, ...]
    attachment_ids: tuple[int, ...]
    missing_units: tuple[str, ...]
    remarks: tuple[str, ...]
    needs_choice: bool
    proposed_to: str | None
    proposed_at: datetime
    released_by: str | None
    released_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAnswer:
    """The next version of an answer. `written_by` is the code of an official, or the desk."""

    question_id: int
    version: int
    text: str
    written_by: str
    reply_ids: Sequence[int]
    attachment_ids: Sequence[int]
    missing_units: Sequence[str]
    remarks: Sequence[str]
    needs_choice: bool
    proposed_to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftAnswer:
    """An answer of which nothing is on its way any more; `sent_at` is when the last of it left.

    `is_partial`: a unit that was asked is not in it, and is still waited for.
    """

    answer_id: int
    question_id: int
    case_code: str
    user_id: str
    last_act_at: datetime | None
    version: int
    has_failed: bool
    is_partial: bool
    sent_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """An answer that an official has kept silent on; `times_asked` counts those who were asked.

    `is_narrow`: the officer in charge and the Secretary alone read it (U6).
    """

    question_id: int
    answer_id: int
    proposed_to: str
    asked_at: datetime
    times_asked: int
    is_narrow: bool


def claim_to_compose(connection: Connection, *, partial_on: date | None, limit: int) -> list[int]:
    """Hold the questions that are to be answered; those due on *partial_on* or before though units are missing."""
    values = {"partial_on": partial_on, "limit": limit}
    return list(connection.scalars(statement("answers/claim_to_compose"), values))


def claim_question(connection: Connection, question_id: int) -> None:
    """Hold one question for the decision on its answer."""
    connection.execute(statement("answers/claim_question"), {"question_id": question_id})


def find_latest(connection: Connection, question_ids: Sequence[int]) -> dict[int, Answer]:
    """Return the newest version of each question's answer, by question."""
    rows = connection.execute(statement("answers/find_latest"), {"question_ids": list(question_ids)}).mappings()
    lists = ("reply_ids", "attachment_ids", "missing_units", "remarks")
    return {
        row["question_id"]: Answer(
            **{**row, "state": AnswerState(row["state"]), **{name: tuple(row[name]) for name in lists}}
        )
        for row in rows
    }


def add_answers(connection: Connection, answers: Sequence[NewAnswer], *, as_of: datetime) -> dict[int, int]:
    """Put the next versions of answers before officials in the place of what was proposed; returns ids by question."""
    if not answers:
        return {}
    question_ids = [answer.question_id for answer in answers]
    supersede(connection, question_ids, outcome="có bản mới")
    contents = [
        {
            "text": answer.text,
            "written_by": answer.written_by,
            "reply_ids": list(answer.reply_ids),
            "attachment_ids": list(answer.attachment_ids),
            "missing_units": list(answer.missing_units),
            "remarks": list(answer.remarks),
            "needs_choice": answer.needs_choice,
            "proposed_to": answer.proposed_to,
        }
        for answer in answers
    ]
    values = {
        "question_ids": question_ids,
        "versions": [answer.version for answer in answers],
        "contents": json.dumps(contents, ensure_ascii=False),
        "as_of": as_of,
    }
    return {row.question_id: row.answer_id for row in connection.execute(statement("answers/add_answers"), values)}


def supersede(connection: Connection, question_ids: Sequence[int], *, outcome: str) -> None:
    """Take from officials what was proposed for these questions."""
    connection.execute(statement("answers/supersede"), {"question_ids": list(question_ids), "outcome": outcome})


def claim_unanswered(connection: Connection, *, asked_before: datetime, limit: int) -> list[Unanswered]:
    """Hold the answers that officials have kept silent on since an instant or longer, oldest first."""
    values = {"asked_before": asked_before, "limit": limit}
    return [Unanswered(**row) for row in connection.execute(statement("answers/claim_unanswered"), values).mappings()]


def record_proposed_again(connection: Connection, answer_id: int, *, proposed_to: str, as_of: datetime) -> None:
    """Record that one answer was put before the next official."""
    values = {"answer_id": answer_id, "proposed_to": proposed_to, "as_of": as_of}
    connection.execute(statement("answers/record_proposed_again"), values)


def record_released(
    connection: Connection,
    answer_id: int,
    *,
    choice: str | None,
    released_by: str,
    released_at: datetime,
    released_mail_id: int,
) -> None:
    """Record who let an answer go, by which mail, and what was chosen about the data of a dossier."""
    values = {
        "answer_id": answer_id,
        "choice": choice,
        "released_by": released_by,
        "released_at": released_at,
        "released_mail_id": released_mail_id,
    }
    connection.execute(statement("answers/record_released"), values)


def claim_to_settle(connection: Connection, *, limit: int) -> list[LeftAnswer]:
    """Hold the answers of which nothing is on its way any more, or a part was refused."""
    rows = connection.execute(statement("answers/claim_to_settle"), {"limit": limit}).mappings()
    return [LeftAnswer(**row) for row in rows]


def claim_undelivered(connection: Connection, *, limit: int) -> list[int]:
    """Hold the questions whose answers did not arrive and whose citizens have opened Zalo's window since."""
    return list(connection.scalars(statement("answers/claim_undelivered"), {"limit": limit}))


def record_delivered(connection: Connection, delivered: Sequence[tuple[LeftAnswer, datetime]]) -> None:
    """Record which answers have reached their citizens and when: their questions are answered, no unit owes a reply.

    Behind a partial answer a question waits on for its other units, with the dates it has.
    """
    values = {
        "answer_ids": [answer.answer_id for answer, _ in delivered],
        "delivered_ats": [delivered_at for _, delivered_at in delivered],
        "are_partial": [answer.is_partial for answer, _ in delivered],
    }
    connection.execute(statement("answers/record_delivered"), values)


def record_failed(connection: Connection, answer_ids: Sequence[int]) -> None:
    """Record which answers did not reach their citizens as a whole; the rest of them is not sent any more."""
    connection.execute(statement("answers/record_failed"), {"answer_ids": list(answer_ids)})


def withdraw(connection: Connection, question_id: int) -> None:
    """Take back the answer in hand of a question that a person has decided otherwise on; what has left has left."""
    connection.execute(statement("answers/withdraw"), {"question_id": question_id})
