"""What a sealed burst is to the desk: a question, more to one that is open, or small talk (U12)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
_UNNUMBERED = float("inf")


@dataclass(slots=True, kw_only=True, eq=False)
class OpenQuestion:
    """A question of the citizen that is not closed, or was answered. `question_id` is 0 until a new one has its number.

    `awaits_citizen`: the citizen was asked back about it, and owes a reply. `answered_at`: when the answer came, None
    while it has not; until `taken_up_until` what is said next may still be about it. `is_narrow`: few may read it (U6).
    """

    question_id: int
    last_message_at: datetime
    topics: tuple[str, ...] = ()
    case_code: str = ""
    awaits_citizen: bool = False
    answered_at: datetime | None = None
    taken_up_until: datetime | None = None
    is_narrow: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A burst, what it was taken for, and the question it opens or belongs to.

    `asked_at`: when the first of its messages that is no small talk was sent, from which the days are counted.
    """

    burst: Burst
    purpose: Purpose
    question: OpenQuestion | None
    asked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """How texts are understood: what asks nothing, what only says who somebody is, what few may read, what it is about.

    `sure_topics_of` leaves out topics that only may be meant.
    """

    small_talk_of: Callable[[Burst], SmallTalk | None]
    gives_identity_only: Callable[[str], bool]
    is_narrow: Callable[[str], bool]
    topics_of: Callable[[str], tuple[str, ...]]
    sure_topics_of: Callable[[str], tuple[str, ...]]


def read_bursts(
    bursts: Sequence[Burst],
    open_questions: Iterable[OpenQuestion],
    quoted: Mapping[str, OpenQuestion],
    understanding: Understanding,
    policy: Policy,
) -> list[Reading]:
    """Return what each burst of a citizen is, oldest first; a question opened by one may be continued by the next.

    *quoted* maps the id of a message that may be quoted to the question it belongs to. A follow-up is, in this order:
    what quotes a message of a question; whatever is said while one waits for its citizen; what says nothing new to ask
    while one is open, be it a photo or the number of an insurance book; what comes within `follow_up_minutes` and
    shares a topic with it, or has none; what comes in the days after an answer, unless it surely is about something
    else. It takes an answered question up again. What few may read never joins what more people read (U6).

    The bursts of several calls in a row, each with what the one before has left, are read as those of one call.
    """
    conversation = _Conversation(list(open_questions), dict(quoted), understanding, policy)
    return [conversation.read(burst) for burst in bursts]


@dataclass(slots=True)
class _Conversation:
    """What a citizen has asked so far, and the question that each quotable message belongs to."""

    questions: list[OpenQuestion]
    quotable: dict[str, OpenQuestion]
    understanding: Understanding
    policy: Policy

    def read(self, burst: Burst) -> Reading:
        """Return what a burst is; what is said next is read after it."""
        small_talk = self.understanding.small_talk_of(burst)
        purpose = Purpose.QUESTION if small_talk is None else Purpose(small_talk.value)
        question = self._continued(burst) if small_talk is None else self._last_spoken_of(burst)
        if question is not None and purpose in {Purpose.QUESTION, Purpose.MEDIA}:
            purpose = Purpose.FOLLOW_UP
            question = question if small_talk is None else _newest(self._open(awaiting=True)) or question
        if purpose in OPENS_A_QUESTION:
            question = OpenQuestion(
                question_id=0,
                last_message_at=burst.ended_at,
                topics=self.understanding.topics_of(burst.text),
                is_narrow=self.understanding.is_narrow(burst.text),
            )
            self.questions.append(question)
        elif purpose is Purpose.FOLLOW_UP and question is not None:
            question.last_message_at = max(question.last_message_at, burst.ended_at)
            question.awaits_citizen = False
            question.answered_at = None
        if question is not None:
            self.quotable |= dict.fromkeys((message.message_id for message in burst.messages), question)
        return Reading(burst=burst, purpose=purpose, question=question, asked_at=self._asked_at(burst))

    def _asked_at(self, burst: Burst) -> datetime:
        talk_of = self.understanding.small_talk_of
        says_something = {None, SmallTalk.MEDIA}
        asked = (message.sent_at for message in burst.messages if talk_of(Burst((message,))) in says_something)
        return next(asked, burst.started_at)

    def _continued(self, burst: Burst) -> OpenQuestion | None:
        """Return the question that a burst which is no small talk says more to."""
        is_narrow = self.understanding.is_narrow(burst.text)
        quoted = (self.quotable.get(message.quoted_id) for message in burst.messages if message.quoted_id)
        certain = next((one for one in quoted if one and one.is_narrow >= is_narrow), None) or _newest(
            self._open(awaiting=True, narrow=is_narrow)
        )
        if certain:
            return certain
        answered, newest = self._answered_last(burst), _newest(self._open())
        last = answered or newest
        if last is None or last.is_narrow < is_narrow:
            return None
        if self.understanding.gives_identity_only(burst.text):
            return last
        if not answered and burst.started_at - last.last_message_at > timedelta(minutes=self.policy.follow_up_minutes):
            return None
        named_by = self.understanding.sure_topics_of if answered else self.understanding.topics_of
        named = named_by(burst.text)
        return last if not named or set(named) & set(last.topics) else None

    def _last_spoken_of(self, burst: Burst) -> OpenQuestion | None:
        return self._answered_last(burst) or _newest(self._open())

    def _open(self, *, awaiting: bool = False, narrow: bool = False) -> Iterator[OpenQuestion]:
        """Yield the questions that are not answered, or of them those that wait for their citizen, or few may read."""
        return (
            one
            for one in self.questions
            if one.answered_at is None and one.awaits_citizen >= awaiting and one.is_narrow >= narrow
        )

    def _answered_last(self, burst: Burst) -> OpenQuestion | None:
        """Return the question whose answer was the last that was said before a burst, if that was not too long ago."""
        answers = [
            (one.answered_at, one)
            for one in self.questions
            if one.answered_at and one.taken_up_until and one.answered_at <= burst.started_at < one.taken_up_until
        ]
        answered_at, answered = max(answers, key=lambda pair: pair[0], default=(None, None))
        newest = _newest(self._open())
        return None if answered_at and newest and newest.last_message_at > answered_at else answered


def _newest(questions: Iterable[OpenQuestion]) -> OpenQuestion | None:
    """Return the question that was written to last; of two, the one opened later: it may have no number yet."""
    opened = list(questions)[::-1]
    return max(opened, key=lambda one: (one.last_message_at, one.question_id or _UNNUMBERED), default=None)
