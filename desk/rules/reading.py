"""What a sealed burst is to the desk: a question, more to one that is open, or small talk (U12)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from desk.rules.grouping import Burst
from desk.rules.office import Policy
from desk.rules.small_talk import SmallTalk


class Purpose(StrEnum):
    """What a message was taken for; the values are those of message.purpose."""

    QUESTION = "question"
    FOLLOW_UP = "follow_up"
    LATE = "late"
    THANKS = "thanks"
    GREETING = "greeting"
    ASKS_HOW_FAR = "asks_how_far"
    ADVERTISEMENT = "advertisement"
    ABUSE = "abuse"
    MEDIA = "media"
    KEEP_OPEN = "keep_open"
    RATING = "rating"
    UNREADABLE = "unreadable"


OPENS_A_QUESTION = frozenset({Purpose.QUESTION, Purpose.MEDIA, Purpose.ABUSE})


@dataclass(slots=True, kw_only=True, eq=False)
class OpenQuestion:
    """A question of the citizen that is not closed, or was answered. `question_id` is 0 until a new one has its number.

    `awaits_citizen`: the citizen was asked back about it, and owes a reply. `answered_at`: when the answer came, None
    while it has not; until `taken_up_until` what is said next may still be about it.
    """

    question_id: int
    last_message_at: datetime
    topics: tuple[str, ...] = ()
    case_code: str = ""
    awaits_citizen: bool = False
    answered_at: datetime | None = None
    taken_up_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A burst, what it was taken for, and the question it opens or belongs to."""

    burst: Burst
    purpose: Purpose
    question: OpenQuestion | None


def read_bursts(
    bursts: Sequence[Burst],
    open_questions: Iterable[OpenQuestion],
    quoted: Mapping[str, OpenQuestion],
    *,
    small_talk_of: Callable[[Burst], SmallTalk | None],
    topics_of: Callable[[str], tuple[str, ...]],
    sure_topics_of: Callable[[str], tuple[str, ...]],
    policy: Policy,
) -> list[Reading]:
    """Return what each burst of a citizen is, oldest first; a question opened by one may be continued by the next.

    *quoted* maps the id of a message that may be quoted to the question it belongs to. A follow-up is, in this order:
    what quotes a message of a question; whatever is said while one waits for its citizen; what says nothing new to ask
    while one is open; what comes within `follow_up_minutes` and shares a topic with it, or has none; what comes in the
    days after an answer, unless it surely is about something else. It takes an answered question up again.
    """
    known = sorted(open_questions, key=lambda question: (question.last_message_at, question.question_id))
    still_open = [question for question in known if question.answered_at is None]
    readings: list[Reading] = []
    for burst in bursts:
        newest = still_open[-1] if still_open else None
        answered = _answered_last(known, newest, burst)
        small_talk = small_talk_of(burst)
        purpose = None if small_talk is None else Purpose(small_talk.value)
        question: OpenQuestion | None = answered or newest
        if purpose is None:
            quotes = (message.quoted_id for message in burst.messages)
            question = next((quoted[quote] for quote in quotes if quote is not None and quote in quoted), None)
            question = question or next((one for one in reversed(still_open) if one.awaits_citizen), None)
            within = newest is not None and burst.started_at - newest.last_message_at <= timedelta(
                minutes=policy.follow_up_minutes
            )
            last = answered or (newest if within else None)
            if question is None and last is not None:
                named = (sure_topics_of if last is answered else topics_of)(burst.text)
                question = last if not named or set(named) & set(last.topics) else None
            purpose = Purpose.QUESTION if question is None else Purpose.FOLLOW_UP
        elif purpose is Purpose.MEDIA and question is not None:
            purpose = Purpose.FOLLOW_UP
            question = next((one for one in reversed(still_open) if one.awaits_citizen), question)
        if purpose in OPENS_A_QUESTION:
            question = OpenQuestion(question_id=0, last_message_at=burst.ended_at, topics=topics_of(burst.text))
            still_open.append(question)
        elif purpose is Purpose.FOLLOW_UP and question is not None:
            question.last_message_at = max(question.last_message_at, burst.ended_at)
            question.awaits_citizen = False
            if question.answered_at is not None:
                question.answered_at = None
                still_open.append(question)
        readings.append(Reading(burst=burst, purpose=purpose, question=question))
    return readings


def _answered_last(known: Sequence[OpenQuestion], newest: OpenQuestion | None, burst: Burst) -> OpenQuestion | None:
    """Return the question whose answer was the last that was said before a burst, if that was not too long ago."""
    answers = [
        (one.answered_at, one)
        for one in known
        if one.answered_at and one.taken_up_until and one.answered_at <= burst.started_at < one.taken_up_until
    ]
    answered_at, answered = max(answers, key=lambda pair: pair[0], default=(None, None))
    return None if answered_at and newest and newest.last_message_at > answered_at else answered
