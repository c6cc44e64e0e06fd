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
    UNREADABLE = "unreadable"


OPENS_A_QUESTION = frozenset({Purpose.QUESTION, Purpose.MEDIA, Purpose.ABUSE})


@dataclass(slots=True, kw_only=True, eq=False)
class OpenQuestion:
    """A question of the citizen that is not closed. `question_id` is 0 until a new one gets its number.

    `awaits_citizen`: the citizen was asked back about it, and owes a reply.
    """

    question_id: int
    last_message_at: datetime
    topics: tuple[str, ...] = ()
    case_code: str = ""
    awaits_citizen: bool = False


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
    policy: Policy,
) -> list[Reading]:
    """Return what each burst of a citizen is, oldest first; a question opened by one may be continued by the next.

    *quoted* maps the id of a message that may be quoted to the question it belongs to. A follow-up is, in this order:
    what quotes a message of an open question; whatever is said while one waits for its citizen; what says nothing new
    to ask while one is open; what comes within `follow_up_minutes` and shares a topic with it, or has none.
    """
    still_open = sorted(open_questions, key=lambda question: (question.last_message_at, question.question_id))
    readings: list[Reading] = []
    for burst in bursts:
        newest = still_open[-1] if still_open else None
        small_talk = small_talk_of(burst)
        purpose = None if small_talk is None else Purpose(small_talk.value)
        question: OpenQuestion | None = newest
        topics: tuple[str, ...] = ()
        if purpose is None:
            quotes = (message.quoted_id for message in burst.messages)
            question = next((quoted[quote] for quote in quotes if quote is not None and quote in quoted), None)
            question = question or next((one for one in reversed(still_open) if one.awaits_citizen), None)
            within = newest is not None and burst.started_at - newest.last_message_at <= timedelta(
                minutes=policy.follow_up_minutes
            )
            if question is None and newest is not None and within:
                topics = topics_of(burst.text)
                question = newest if not topics or set(topics) & set(newest.topics) else None
            purpose = Purpose.QUESTION if question is None else Purpose.FOLLOW_UP
        elif purpose is Purpose.MEDIA and newest is not None:
            purpose = Purpose.FOLLOW_UP
            question = next((one for one in reversed(still_open) if one.awaits_citizen), newest)
        if purpose in OPENS_A_QUESTION:
            topics = topics or topics_of(burst.text)
            question = OpenQuestion(question_id=0, last_message_at=burst.ended_at, topics=topics)
            still_open.append(question)
        elif purpose is Purpose.FOLLOW_UP and question is not None:
            question.last_message_at = max(question.last_message_at, burst.ended_at)
            question.awaits_citizen = False
        readings.append(Reading(burst=burst, purpose=purpose, question=question))
    return readings
