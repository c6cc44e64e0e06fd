"""What the machine says to a citizen whose messages were just sealed (U12): receipts, prompts, where things stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.rules.calendar import WorkingCalendar
from desk.rules.grouping import Burst
from desk.rules.letters import (
    CitizenQuestion,
    OpenQuestion,
    acknowledgement,
    greeting_prompt,
    media_received,
    secret_warning,
    status_reply,
    urgent_safety,
)
from desk.rules.masking import holds_secret
from desk.rules.office import Policy
from desk.rules.outgoing import CitizenMessage
from desk.rules.reading import Purpose, Reading

# Zalo's types of message that a person must listen to or look at
MEDIA_KINDS = {"voice": "voice", "photo": "image", "video": "video", "file": "file", "location": "location"}
# Classes of urgent that are about money, not about a life.
MONEY = frozenset({"lo_otp", "mat_tien"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When the machine speaks, and by which calendar and policy."""

    as_of: datetime
    calendar: WorkingCalendar
    policy: Policy

    @property
    def is_office_hours(self) -> bool:
        """Whether the office is open."""
        return self.calendar.is_working_time(self.as_of, self.policy.hours)

    def is_late(self, received_at: datetime) -> bool:
        """Return whether a message was found so late that it goes to a person unacknowledged (U1)."""
        days = self.calendar.working_days_between(received_at.astimezone(self.as_of.tzinfo).date(), self.as_of.date())
        return days > self.policy.late_after_working_days


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What is said to one citizen, and whether a prompt or the privacy notice is among it."""

    messages: tuple[CitizenMessage, ...]
    prompted: bool
    privacy_told: bool


def media_of(burst: Burst) -> str | None:
    """Return what a person must look at in a burst: voice before pictures; None if there is only text."""
    kinds = [MEDIA_KINDS[message.kind] for message in burst.messages if message.kind in MEDIA_KINDS]
    return "voice" if "voice" in kinds else kinds[0] if kinds else None


def spoken(
    user_id: str,
    readings: Iterable[Reading],
    moment: Moment,
    *,
    room: int,
    prompted_at: datetime | None,
    privacy_told: bool,
    urgent_of: Callable[[str], str | None],
    standing: Sequence[OpenQuestion],
) -> Spoken:
    """Return what is said to a citizen, at most *room* messages (so many a day), receipts before all else.

    *standing* are the citizen's open questions, for "how far is it". Abuse, advertisements, thanks and what comes late
    are met with silence: a person looks, or nobody need.
    """
    said: list[CitizenMessage] = []
    may_prompt = _may_prompt(prompted_at, moment)
    prompted = False
    for reading in readings:
        last = reading.burst.messages[-1].message_id
        match reading.purpose:
            case Purpose.QUESTION | Purpose.MEDIA:
                question = citizen_question(user_id, reading)
                if moment.is_late(question.received_at) or len(said) >= room:
                    continue
                urgent = urgent_of(reading.burst.text)
                said.append(_receipt(reading, question, urgent, moment, with_notice=not privacy_told))
                privacy_told = True
                said += [secret_warning(question)] if holds_secret(reading.burst.text) else []
            case Purpose.ASKS_HOW_FAR if standing:
                said.append(
                    status_reply(user_id, standing, message_id=last, as_of=moment.as_of, calendar=moment.calendar)
                )
            case Purpose.GREETING | Purpose.ASKS_HOW_FAR if may_prompt and not prompted:
                said.append(greeting_prompt(user_id, message_id=last, policy=moment.policy))
                prompted = True
            case _:
                continue
    return Spoken(messages=tuple(said[:room]), prompted=prompted, privacy_told=privacy_told)


def citizen_question(user_id: str, reading: Reading) -> CitizenQuestion:
    """Return the question that a burst has opened, as its citizen may be told of it.

    Raises:
        ValueError: the burst opened none.
    """
    if reading.question is None:
        message = f"{reading.purpose.value} opens no question"
        raise ValueError(message)
    return CitizenQuestion(
        question_id=reading.question.question_id,
        case_code=reading.question.case_code,
        user_id=user_id,
        received_at=reading.asked_at,
    )


def _receipt(
    reading: Reading, question: CitizenQuestion, urgent: str | None, moment: Moment, *, with_notice: bool
) -> CitizenMessage:
    if urgent and not moment.is_office_hours:
        return urgent_safety(
            question,
            money_lost=urgent in MONEY,
            as_of=moment.as_of,
            calendar=moment.calendar,
            policy=moment.policy,
        )
    if reading.purpose is Purpose.MEDIA:
        return media_received(question, kind=media_of(reading.burst) or "", with_privacy_notice=with_notice)
    return acknowledgement(
        question,
        as_of=moment.as_of,
        calendar=moment.calendar,
        policy=moment.policy,
        with_privacy_notice=with_notice,
    )


def _may_prompt(prompted_at: datetime | None, moment: Moment) -> bool:
    wait = timedelta(minutes=moment.policy.greeting_prompt_minutes)
    return prompted_at is None or moment.as_of - prompted_at >= wait
