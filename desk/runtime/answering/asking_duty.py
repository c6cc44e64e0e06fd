"""Give the officer on duty the questions that need no unit (Điều 13, U5): a letter each, whose reply is the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection

from desk.rules.commands import CommandCode
from desk.rules.letters import HeldQuestion, duty_question
from desk.rules.letters.commands import Command
from desk.rules.office import Official
from desk.rules.proposals import topic_names
from desk.runtime.decisions.decision import TOKEN_LIFE, Step
from desk.runtime.in_force import InForce
from desk.runtime.mail import desk_address
from desk.runtime.memory import record_shown, remembered_for
from desk.runtime.rendering import rendered
from desk.store import mail_tokens, outbox, questions, work_items

_OTHER_WORDS: Final = (CommandCode.ANSWERED, CommandCode.GIVE_TO)


@dataclass(frozen=True, slots=True)
class ForDuty:
    """A question for the duty officer and the work it is, with its date, the derivation of that, its topics' names."""

    work_item_id: int
    question: HeldQuestion
    due_on: date
    because: str
    topic: str


def ask_duty(connection: Connection, given: Sequence[ForDuty], desk: InForce, as_of: datetime) -> None:
    """Ask the officer on duty for answers, each in a letter with a reply address of its own."""
    _send(connection, given, desk.duty_officer(as_of), desk, as_of)


def ask_duty_again(
    connection: Connection, work: work_items.Unanswered, to: Official, desk: InForce, as_of: datetime, *, last: str
) -> None:
    """Put a question that *last* has not answered before the next official; who was asked before is not asked twice."""
    given = [
        ForDuty(
            work_item_id=work.work_item_id,
            question=HeldQuestion(
                question_id=question.question_id,
                case_code=question.case_code,
                text=question.text,
                received_at=question.received_at,
            ),
            due_on=question.due_on,
            because=question.because,
            topic=topic_names(desk.office, question.topics),
        )
        for question in questions.find_with_duty(connection, [work.question_id] if work.question_id else [])
    ]
    _send(connection, given, to, desk, as_of, unanswered_by=last)


def _send(
    connection: Connection,
    given: Sequence[ForDuty],
    to: Official,
    desk: InForce,
    as_of: datetime,
    *,
    unanswered_by: str = "",
) -> None:
    if not given:
        return
    address = desk_address()
    tokens = mail_tokens.add_tokens(
        connection,
        [
            mail_tokens.TokenFor(
                step=Step.DUTY_ANSWER.value,
                expires_on=as_of.date() + TOKEN_LIFE,
                question_id=one.question.question_id,
                official_code=to.code,
            )
            for one in given
        ],
    )
    earlier = remembered_for(connection, [one.question.question_id for one in given], desk, as_of)
    words = {each.code: Command(each.words[0], each.argument) for each in desk.office.commands}
    letters = [
        duty_question(
            one.question,
            to,
            work_item_id=one.work_item_id,
            due_on=one.due_on,
            because=one.because,
            topic=one.topic,
            options=[words[code] for code in _OTHER_WORDS],
            address=address.reply(token),
            reply_token=token,
            unanswered_by=unanswered_by,
            earlier=earlier.get(one.question.question_id),
        )
        for one, token in zip(given, tokens, strict=True)
    ]
    outbox.add_deliveries(connection, [rendered(letter) for letter in letters], on=as_of.date())
    record_shown(connection, earlier)
    # what the letter shows is the question's, and stays with it
    asked = [work_items.Asked(work_item_id=one.work_item_id, asked={}, asked_of=to.code) for one in given]
    work_items.record_asked(connection, asked, as_of=as_of)
