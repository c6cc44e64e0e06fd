"""What an answer is made of, as it stands: the question, its units' replies with their files, the newest version."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from desk.rules.answers.composing import AnswerFile, AnswerPart, UnitLetter, UnitReply, laid_side_by_side
from desk.rules.states import QuestionState
from desk.runtime.assigning import name_of, unit_of
from desk.runtime.in_force import InForce
from desk.store import answer_sources, answers
from desk.store.answer_sources import AskedQuestion
from desk.store.answers import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A question that is being answered. `missing` names the units that still owe a reply."""

    question: AskedQuestion
    replies: tuple[UnitReply, ...]
    missing: tuple[str, ...]
    latest: Answer | None

    @property
    def is_due(self) -> bool:
        """Whether an answer is to be made: there are replies, and nothing in hand that was made of all of them."""
        known = self.latest.reply_ids if self.latest and self.question.state is QuestionState.ANSWER_PROPOSED else ()
        return any(reply.reply_id not in known for reply in self.replies)

    @property
    def next_version(self) -> int:
        """The number of the next version."""
        return self.latest.version + 1 if self.latest else 1

    @property
    def sendable(self) -> frozenset[int]:
        """The files of which a citizen could be sent the pages."""
        return frozenset(file.attachment_id for reply in self.replies for file in reply.files if file.is_sendable)

    def parts(self, without: Collection[int] = ()) -> tuple[AnswerPart, ...]:
        """Return what each unit says, without the files that an official dropped."""
        return tuple(
            replace(part, files=tuple(file for file in part.files if file.attachment_id not in without))
            for part in laid_side_by_side(self.replies)
        )

    def files(self, attachment_ids: Sequence[int]) -> tuple[AnswerFile, ...]:
        """Return files of the replies by their numbers, in that order."""
        known = {file.attachment_id: file for reply in self.replies for file in reply.files}
        return tuple(known[attachment_id] for attachment_id in attachment_ids if attachment_id in known)

    def dropped(self) -> frozenset[int]:
        """Return the files that an official dropped from the newest version: those of its replies that it lacks."""
        if self.latest is None:
            return frozenset()
        of_latest = {
            file.attachment_id
            for reply in self.replies
            if reply.reply_id in self.latest.reply_ids
            for file in reply.files
        }
        return self.sendable & of_latest - set(self.latest.attachment_ids)


def find_cases(connection: Connection, question_ids: Sequence[int], desk: InForce, as_of: datetime) -> list[Case]:
    """Return what the answers to questions that this transaction holds are made of, the earliest date first."""
    replies = answer_sources.find_replies(connection, question_ids)
    mails = {reply.inbound_mail_id for of_question in replies.values() for reply in of_question}
    files = answer_sources.find_files(connection, sorted(mails))
    missing = answer_sources.find_missing(connection, question_ids)
    latest = answers.find_latest(connection, question_ids)
    return [
        _case(
            question,
            [
                _reply(reply, files.get(reply.inbound_mail_id, ()), desk, as_of)
                for reply in replies[question.question_id]
            ],
            [name_of(*unit_of(desk.office, code, place, as_of)) for code, place in missing[question.question_id]],
            latest.get(question.question_id),
        )
        for question in answer_sources.find_questions(connection, question_ids)
    ]


def _case(question: AskedQuestion, replies: Sequence[UnitReply], missing: Sequence[str], latest: Answer | None) -> Case:
    one_for_all = any(reply.answers_for_all for reply in replies)
    return Case(question=question, replies=tuple(replies), missing=() if one_for_all else tuple(missing), latest=latest)


def _reply(
    row: answer_sources.ReplyInForce, files: Sequence[answer_sources.File], desk: InForce, as_of: datetime
) -> UnitReply:
    unit, place = unit_of(desk.office, row.unit_code, row.place_unit, as_of)
    return UnitReply(
        reply_id=row.reply_id,
        assignment_id=row.assignment_id,
        unit_code=row.unit_code,
        unit=name_of(unit, place),
        text=row.text,
        received_at=row.received_at,
        standing=row.standing,
        from_head=bool(unit.head_email) and row.from_address.casefold() == (unit.head_email or "").casefold(),
        needs=unit.answer_needs,
        letter=UnitLetter(row.letter_number, row.letter_on, row.letter_confirmed) if row.letter_number else None,
        files=tuple(
            AnswerFile(
                attachment_id=file.attachment_id,
                name=file.name,
                form=file.form,
                is_signed=file.is_signed,
                size=file.size,
                page_sizes=file.page_sizes,
                text=file.text,
                refused=file.refused,
            )
            for file in files
        ),
        answers_for_all=row.answers_for_all,
    )
