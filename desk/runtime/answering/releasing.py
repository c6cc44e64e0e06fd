"""Let an answer go: its messages are queued in the citizen's stream, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from desk.rules.answers.messages import messages_of
from desk.rules.states import QuestionState
from desk.runtime.answering.cases import Case, find_cases
from desk.runtime.answering.composing import Draft
from desk.runtime.answering.conditions import why_not
from desk.runtime.answering.proposing import record_versions
from desk.runtime.decisions.decision import Decision, DecisionRefusedError
from desk.runtime.in_force import InForce
from desk.runtime.rendering import rendered
from desk.runtime.windows import check_window
from desk.store import answers, events, outbox, questions
from desk.store.answers import Answer

# Nothing of what a unit wrote is in it: no unit's answer needs to be more than it is.
_OF_NO_UNIT: Final = "where_to_look"


@dataclass(frozen=True, slots=True)
class Word:
    """What an official wrote on the version in hand, with all that is needed to carry it out."""

    connection: Connection
    case: Case
    answer: Answer
    decision: Decision
    desk: InForce
    as_of: datetime

    @property
    def code(self) -> str:
        """The question's case code."""
        return self.case.question.case_code


def release(word: Word, *, choice: str | None = None) -> str:
    """Let the version in hand go, and say so; *choice* is what was chosen about the data of a dossier.

    Raises:
        DecisionRefusedError: it may not go so; says why and what to do.
    """
    answer = word.answer
    _check(word, answer.text, answer.attachment_ids, has_data=answer.needs_choice, choice=choice)
    reached = check_window(word.connection, word.case.question.question_id, word.as_of)
    answers.record_released(
        word.connection,
        answer.answer_id,
        choice=choice,
        released_by=word.decision.official.code,
        released_at=word.as_of,
        released_mail_id=word.decision.inbound_mail_id,
    )
    event = events.Event(
        kind="answer_released",
        question_id=word.case.question.question_id,
        actor=word.decision.official.code,
        details={"version": answer.version, "choice": choice, "window": reached.value},
    )
    events.record_events(word.connection, [event], as_of=word.as_of)
    queue_answer(word.connection, word.case, answer, word.as_of)
    return f"{word.code}: đã cho gửi câu trả lời (bản {answer.version})."


def release_instead(word: Word, changed: Draft, *, choice: str) -> str:
    """Let another text go than the one in hand; the letter has shown it. It is a version of its own.

    Raises:
        DecisionRefusedError: it may not go so; says why and what to do.
    """
    _check(word, changed.text, changed.attachment_ids, has_data=bool(changed.data), choice=choice)
    record_versions(word.connection, [changed], word.decision.official, word.as_of)
    (case,) = find_cases(word.connection, [word.case.question.question_id], word.desk, word.as_of)
    return release(replace(word, case=case, answer=case.latest or word.answer), choice=choice)


def queue_answer(connection: Connection, case: Case, answer: Answer, as_of: datetime) -> None:
    """Queue the messages of a version that was let go; receipts that still wait become pointless (A7)."""
    question = case.question
    outbox.cancel_receipts(connection, question.question_id)
    messages = messages_of(
        answer.text,
        case.files(answer.attachment_ids),
        answer_id=answer.answer_id,
        question_id=question.question_id,
        user_id=question.user_id,
    )
    outbox.add_deliveries(connection, [rendered(message) for message in messages], on=as_of.date())
    decided = questions.Decided(question_id=question.question_id, state=QuestionState.ANSWER_LEAVING)
    questions.record_decisions(connection, [decided])


def _check(word: Word, text: str, attachment_ids: Sequence[int], *, has_data: bool, choice: str | None) -> None:
    official, of_units = word.decision.official, choice != _OF_NO_UNIT
    if why := why_not(word.case, text, attachment_ids, official, has_data=has_data, of_units=of_units):
        raise DecisionRefusedError(f"{word.code}: {why}")
