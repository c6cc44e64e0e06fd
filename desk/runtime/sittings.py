"""Citizens' waiting messages beside all they may belong to, and what each of them is taken for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from sqlalchemy import Connection

from desk.rules.acknowledging import Spoken
from desk.rules.calendar import HCM, local_date
from desk.rules.grouping import Burst, Sealing, WaitingMessage, seal
from desk.rules.reading import OpenQuestion, Purpose, Reading, Understanding, read_bursts
from desk.rules.sensitivity import sensitive_class, urgent_class
from desk.rules.small_talk import SmallTalk, gives_identity_only, small_talk
from desk.runtime.in_force import InForce
from desk.store import bursts, citizens, questions


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """One citizen's waiting messages and everything they may belong to."""

    citizen: citizens.CitizenToSeal
    waiting: Sequence[WaitingMessage]
    known: Sequence[questions.OpenRow]
    quoted: Mapping[str, int]
    beside: Mapping[str, int]

    @property
    def open_questions(self) -> list[questions.OpenRow]:
        """Those that are not answered."""
        return [row for row in self.known if row.answered_at is None]


# Whoever quotes an answer that is no older asks on about it.
_QUOTED_UNTIL = timedelta(days=31)
_SILENCE = Spoken(messages=(), prompted=False, privacy_told=False)


@dataclass(slots=True, kw_only=True)
class Sealed:
    """What one citizen's sitting came to."""

    sitting: Sitting
    sealing: Sealing
    late: Sequence[tuple[WaitingMessage, int]]
    readings: Sequence[Reading]
    spoken: Spoken = field(default=_SILENCE)

    @property
    def added(self) -> list[tuple[int, Burst]]:
        """What was said to each question that was open already."""
        said = [
            (reading.question.question_id, reading.burst)
            for reading in self.readings
            if reading.purpose is Purpose.FOLLOW_UP and reading.question is not None
        ]
        return [*said, *((question_id, Burst((message,))) for message, question_id in self.late)]


def find_sittings(
    connection: Connection, claimed: Sequence[citizens.CitizenToSeal], desk: InForce, as_of: datetime
) -> list[Sitting]:
    """Return what the citizens of this batch have said, and everything it may belong to."""
    user_ids = [citizen.user_id for citizen in claimed]
    waiting = bursts.find_waiting(connection, user_ids)
    known = questions.find_open_of_citizens(connection, user_ids, answered_since=as_of - _QUOTED_UNTIL)
    quotes = {message.quoted_id for messages in waiting.values() for message in messages if message.quoted_id}
    quoted = bursts.find_questions_of_messages(connection, sorted(quotes))
    late = [
        (message.message_id, citizen.user_id, message.sent_at)
        for citizen in claimed
        for message in waiting[citizen.user_id]
        if citizen.sealed_to and message.sent_at <= citizen.sealed_to
    ]
    beside = bursts.find_questions_beside(connection, late, quiet_seconds=desk.policy(as_of).quiet_seconds)
    return [
        Sitting(
            citizen=citizen,
            waiting=waiting[citizen.user_id],
            known=known[citizen.user_id],
            quoted=quoted,
            beside=beside,
        )
        for citizen in claimed
    ]


def read_sitting(sitting: Sitting, desk: InForce, as_of: datetime) -> Sealed:
    """Decide what a citizen's messages are.

    A late one joins the open question beside whose messages it was said; one that asks nothing, that few may read, or
    that was said beside none, is read as what came in time is.
    """
    policy, citizen, lexicon = desk.policy(as_of), sitting.citizen, desk.office.lexicon
    sure = policy.auto_route_confidence

    def is_narrow(text: str) -> bool:
        return bool(sensitive_class(text, lexicon) or urgent_class(text, lexicon))

    sealing = seal(sitting.waiting, horizon=citizen.horizon, sealed_to=citizen.sealed_to, policy=policy)
    late = [
        (message, sitting.beside[message.message_id])
        for message in sealing.late
        if message.message_id in sitting.beside
        and small_talk([message], lexicon) in {None, SmallTalk.MEDIA}
        and not is_narrow(message.text)
    ]
    joined = {message.message_id for message, _ in late}
    alone = seal(
        [message for message in sealing.late if message.message_id not in joined],
        horizon=citizen.horizon,
        sealed_to=None,
        policy=policy,
    )
    known = {
        row.question_id: OpenQuestion(
            question_id=row.question_id,
            last_message_at=row.last_message_at,
            topics=row.topics,
            awaits_citizen=row.awaits_citizen,
            answered_at=row.answered_at,
            taken_up_until=row.answered_at and _taken_up_until(row.answered_at, desk),
            is_narrow=bool(row.sensitive or row.urgent),
        )
        for row in sitting.known
    }
    readings = read_bursts(
        [*alone.bursts, *sealing.bursts],
        known.values(),
        {message_id: known[of] for message_id, of in sitting.quoted.items() if of in known},
        Understanding(
            small_talk_of=lambda burst: small_talk(burst.messages, lexicon),
            gives_identity_only=lambda text: gives_identity_only(text, lexicon),
            is_narrow=is_narrow,
            topics_of=lambda text: desk.classify(text).topics,
            sure_topics_of=lambda text: desk.classify(text).topics if desk.classify(text).confidence >= sure else (),
        ),
        policy,
    )
    return Sealed(sitting=sitting, sealing=sealing, late=late, readings=readings)


def _taken_up_until(answered_at: datetime, desk: InForce) -> datetime:
    last_on = desk.calendar.add_working_days(local_date(answered_at), desk.policy(answered_at).follow_up_days)
    return datetime.combine(last_on, time.max, HCM)
