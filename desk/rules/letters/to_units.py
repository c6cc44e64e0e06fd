"""Letters to units: the request of Điều 13 in the form of a phiếu chuyển, and what follows it (U7, U8, U16)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from desk.rules.calendar import local_date, long_date
from desk.rules.letters.calendar_files import entries
from desk.rules.letters.commands import buttons, unit_commands
from desk.rules.letters.phrases import clock_time, joined, moment_and_date, time_of_day
from desk.rules.letters.remembered import EarlierAnswer, quoted_in_part
from desk.rules.mail_addresses import DeskAddress
from desk.rules.outgoing import Letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """Who writes and when: the desk's addresses, and the duty officer named at the end of each letter."""

    address: DeskAddress
    written_at: datetime
    officer_name: str = ""
    officer_phone: str = ""
    reply_by: time = time(15, 0)

    @property
    def closing(self) -> dict[str, object]:
        """Whom to call, for the end of a letter."""
        return {"officer_name": self.officer_name, "officer_phone": self.officer_phone}


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """The unit a letter goes to, or the provincial office that stands for it. `name` follows "Kính gửi"."""

    code: str
    name: str
    email: str
    place_unit: str = ""
    calendar_file: bool = False

    @property
    def holder(self) -> str:
        """Who keeps letters apart: the unit's code, followed by its provincial office's where it is one by place."""
        return f"{self.code}:{self.place_unit}" if self.place_unit else self.code


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuestion:
    """A question as one unit is asked it.

    `text` is masked already (U20). `due_on` is the one date the letter shows, `because` its derivation. `other_units`
    are the names of those asked beside this one; `earlier` is the answer to a like question.
    """

    question_id: int
    assignment_id: int
    case_code: str
    text: str
    received_at: datetime
    due_on: date
    because: str
    reply_token: str | None
    time_is_short: bool = False
    other_units: tuple[str, ...] = ()
    earlier: EarlierAnswer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """What a citizen wrote later to a question a unit has; masked already."""

    received_at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedDate:
    """A question whose date at a unit has moved."""

    case_code: str
    before: date
    after: date


def letter_key(question_id: int, unit_code: str, version: int = 1) -> str:
    """Return the key of the letter that asks a unit; it opens the thread of that question with that unit."""
    return f"letter:{question_id}:{unit_code}:{version}"


def unit_letter(question: AskedQuestion, unit: Addressee, letterhead: Letterhead, *, version: int = 1) -> Letter:
    """Return the phiếu chuyển that asks a unit for its reply (Điều 13); *version* counts the times it is asked anew."""
    return Letter(
        template="unit-letter",
        key=letter_key(question.question_id, unit.code, version),
        stream=f"question:{question.question_id}:{unit.code}",
        to=unit.email,
        question_id=question.question_id,
        assignment_id=question.assignment_id,
        reply_token=question.reply_token,
        context={
            "unit": unit.name,
            "question": _shown(question, letterhead),
            **letterhead.closing,
            **_calendar([question], unit, letterhead),
        },
    )


def unit_table(
    questions: Sequence[AskedQuestion],
    unit: Addressee,
    letterhead: Letterhead,
    *,
    slot: str,
    reply_token: str | None,
) -> Letter:
    """Return one letter that asks a unit several questions, for units that want letters twice a day.

    Each question has its own code, date, text and buttons. A slot of a day gives one letter.
    """
    on = local_date(letterhead.written_at)
    return Letter(
        template="unit-table",
        key=f"unit-table:{unit.holder}:{on.isoformat()}:{slot}",
        stream=f"unit:{unit.holder}",
        to=unit.email,
        reply_token=reply_token,
        context={
            "unit": unit.name,
            "on": long_date(on),
            "questions": [_shown(question, letterhead) for question in questions],
            **letterhead.closing,
            **_calendar(questions, unit, letterhead),
        },
    )


def unit_addition(
    question: AskedQuestion,
    follow_ups: Sequence[FollowUp],
    unit: Addressee,
    letterhead: Letterhead,
    *,
    slot: str,
    thread: str,
) -> Letter:
    """Return what the citizen wrote later, one letter a half-day; *thread* is the key of the letter that asked.

    The date does not move: the limit runs from the first receipt.
    """
    on = local_date(letterhead.written_at)
    return Letter(
        template="unit-addition",
        key=f"addition:{question.question_id}:{unit.code}:{on.isoformat()}:{slot}",
        stream=f"question:{question.question_id}:{unit.code}",
        to=unit.email,
        question_id=question.question_id,
        assignment_id=question.assignment_id,
        reply_token=question.reply_token,
        thread=thread,
        context={
            "unit": unit.name,
            "question": _shown(question, letterhead),
            "follow_ups": [
                {"received": moment_and_date(follow_up.received_at), "text": follow_up.text} for follow_up in follow_ups
            ],
            **letterhead.closing,
        },
    )


def redating_digest(
    moved: Sequence[MovedDate], unit: Addressee, letterhead: Letterhead, *, reason: str, calendar_version: int
) -> Letter:
    """Return the one letter that tells a unit which dates a change of the working calendar has moved (A14)."""
    return Letter(
        template="redating-digest",
        key=f"redating:{unit.holder}:{calendar_version}",
        stream=f"unit:{unit.holder}",
        to=unit.email,
        context={
            "unit": unit.name,
            "reason": reason,
            "reply_by": clock_time(letterhead.reply_by),
            "moved": [
                {"case_code": line.case_code, "before": long_date(line.before), "after": long_date(line.after)}
                for line in moved
            ],
            **letterhead.closing,
        },
    )


def _shown(question: AskedQuestion, letterhead: Letterhead) -> dict[str, object]:
    commands = unit_commands(is_shared=bool(question.other_units))
    reply_address = letterhead.address.reply(question.reply_token)
    return {
        "case_code": question.case_code,
        "text": question.text,
        "received": moment_and_date(question.received_at),
        "received_on": long_date(local_date(question.received_at)),
        "due": time_of_day(question.due_on, letterhead.reply_by),
        "because": question.because,
        "time_is_short": question.time_is_short,
        "other_units": joined(question.other_units),
        "earlier": quoted_in_part(question.earlier),
        "buttons": buttons(commands, address=reply_address, case_code=question.case_code),
    }


def _calendar(questions: Sequence[AskedQuestion], unit: Addressee, letterhead: Letterhead) -> dict[str, object]:
    if not unit.calendar_file:
        return {}
    due_days = sorted({question.due_on for question in questions})
    return {
        "written_at": letterhead.written_at.astimezone(UTC),
        "calendar": entries(due_days, unit.code, letterhead.address, letterhead.reply_by),
    }
