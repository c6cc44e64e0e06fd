"""The letter that puts an answer before an official, exactly as the citizen will get it (U2, U11, U15)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from desk.rules.calendar import long_date
from desk.rules.letters.commands import Command, buttons
from desk.rules.letters.phrases import moment_and_date
from desk.rules.office import Official
from desk.rules.outgoing import Letter


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownReply:
    """What a unit wrote, for comparison."""

    unit: str
    received_at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFile:
    """A file of an answer; its place in the list is the number by which it is dropped."""

    name: str
    page_count: int
    leaves_whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedAnswer:
    """A version of an answer as an official sees it.

    `messages` are the texts of the messages in order, as they leave but for their marks. `data` are the pieces of a
    dossier found in it, then `masked` is its text without them and `where_to_look` the text that gives none. `earlier`
    is what an official had written and this version does not hold. `pictures` names the pages the letter carries.
    """

    answer_id: int
    question_id: int
    case_code: str
    version: int
    question: str
    received_at: datetime
    due_on: date | None
    messages: Sequence[str]
    files: Sequence[ShownFile]
    replies: Sequence[ShownReply]
    remarks: Sequence[str]
    options: Sequence[Command]
    is_partial: bool = False
    data: Sequence[str] = ()
    masked: str = ""
    where_to_look: str = ""
    earlier: str = ""
    pictures: tuple[tuple[int, int], ...] = ()


def answer_proposal(
    answer: ProposedAnswer, to: Official, *, address: str, reply_token: str, unanswered_by: str = ""
) -> Letter:
    """Return the letter that asks an official to let an answer go, mend it or hold it back.

    *unanswered_by* names the official who was asked before and has not answered.
    """
    return Letter(
        template="answer-proposal",
        key=f"answer-proposal:{answer.answer_id}:{to.code}",
        stream=f"official:{to.code}",
        to=to.email,
        question_id=answer.question_id,
        reply_token=reply_token,
        pictures=answer.pictures,
        context={
            "official": to.name,
            "unanswered_by": unanswered_by,
            "case_code": answer.case_code,
            "version": answer.version,
            "is_partial": answer.is_partial,
            "question": answer.question,
            "received": moment_and_date(answer.received_at),
            "due": long_date(answer.due_on) if answer.due_on else "",
            "remarks": tuple(answer.remarks),
            "messages": tuple(answer.messages),
            "files": tuple(answer.files),
            "has_pictures": bool(answer.pictures),
            "replies": [
                {"unit": reply.unit, "received": moment_and_date(reply.received_at), "text": reply.text}
                for reply in answer.replies
            ],
            "data": tuple(answer.data),
            "masked": answer.masked,
            "where_to_look": answer.where_to_look,
            "earlier": answer.earlier,
            "buttons": buttons(tuple(answer.options), address=address, case_code=answer.case_code),
        },
    )
