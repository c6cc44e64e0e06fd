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
from desk.rules.outgoing import Letter
from desk.runtime.decisions.decision import TOKEN_LIFE, Step
from desk.runtime.in_force import InForce
from desk.runtime.mail import desk_address
from desk.store import mail_tokens

_OTHER_WORDS: Final = (CommandCode.ANSWERED, CommandCode.GIVE_TO)


@dataclass(frozen=True, slots=True)
class ForDuty:
    """A question for the duty officer, with its date, the derivation of that and its topics' names."""

    question: HeldQuestion
    due_on: date
    because: str
    topic: str


def duty_letters(connection: Connection, given: Sequence[ForDuty], desk: InForce, as_of: datetime) -> list[Letter]:
    """Return the letters that ask the officer on duty for answers, each with a reply address of its own."""
    officer, address = desk.duty_officer(as_of), desk_address()
    tokens = mail_tokens.add_tokens(
        connection,
        [
            mail_tokens.TokenFor(
                step=Step.DUTY_ANSWER.value,
                expires_on=as_of.date() + TOKEN_LIFE,
                question_id=one.question.question_id,
                official_code=officer.code,
            )
            for one in given
        ],
    )
    words = {each.code: Command(each.words[0], each.argument) for each in desk.office.commands}
    return [
        duty_question(
            one.question,
            officer,
            due_on=one.due_on,
            because=one.because,
            topic=one.topic,
            options=[words[code] for code in _OTHER_WORDS],
            address=address.reply(token),
            reply_token=token,
        )
        for one, token in zip(given, tokens, strict=True)
    ]
