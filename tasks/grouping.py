"""Seal bursts into questions and tell their citizens that they were received."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from prefect import task
from prefect.cache_policies import NO_CACHE
from sqlalchemy import Connection

from desk.rules.acknowledging import Moment, media_of, spoken
from desk.rules.case_codes import case_code
from desk.rules.letters import OpenQuestion as Standing
from desk.rules.reading import OPENS_A_QUESTION, Purpose
from desk.rules.sensitivity import sensitive_class, urgent_class
from desk.rules.tally import Count, Tally
from desk.rules.taps import rating
from desk.rules.windows import window
from desk.rules.wording import cleaned
from desk.runtime.additions import overdue_asked, to_look_at
from desk.runtime.asked_back import take_up_again
from desk.runtime.asked_on import take_up_after_answer
from desk.runtime.database import transaction
from desk.runtime.decisions.asking import ask_officers
from desk.runtime.in_force import InForce, in_force
from desk.runtime.pulled_rows import perhaps_answered
from desk.runtime.rendering import rendered
from desk.runtime.setting_aside import Line, set_aside
from desk.runtime.settings import settings
from desk.runtime.sittings import Sealed, Sitting, find_sittings, read_sitting
from desk.store import bursts, citizens, events, messages, outbox, questions, windows


@task(name="Gộp tin nhắn thành câu hỏi", cache_policy=NO_CACHE)
def seal_batch(as_of: datetime) -> Tally:
    """Seal what a batch of citizens has finished saying, and queue the receipts. Safe to repeat: each is taken once."""
    with transaction() as connection:
        desk = in_force(connection)
        claimed = citizens.claim_citizens_to_seal(connection, as_of=as_of, limit=settings().batch_size)
        sittings = find_sittings(connection, claimed, desk, as_of)
        done = set_aside(connection, _LINE, sittings, lambda sitting: read_sitting(sitting, desk, as_of))
        sealed = [result for _, result in done]
        moment = Moment(as_of=as_of, calendar=desk.calendar, policy=desk.policy(as_of))
        _number(connection, sealed, as_of)
        _speak(connection, sealed, desk, moment)
        tally = _record(connection, sealed, desk, moment)
        return tally + Tally({Count.SET_ASIDE: len(sittings) - len(sealed)})


_LINE: Line[Sitting] = Line(
    name="sealing",
    identify=lambda sitting: sitting.citizen.user_id,
    park=lambda connection, rows: citizens.park_citizens(connection, [row.citizen.user_id for row in rows]),
)


def _number(connection: Connection, sealed: Sequence[Sealed], as_of: datetime) -> None:
    """Give each new question its running number and the code a citizen may dictate."""
    opening = [reading for one in sealed for reading in one.readings if reading.purpose in OPENS_A_QUESTION]
    for reading, number in zip(opening, questions.take_numbers(connection, len(opening)), strict=True):
        if reading.question is not None:
            reading.question.question_id = number
            reading.question.case_code = case_code(reading.asked_at.astimezone(as_of.tzinfo).year, number)


def _speak(connection: Connection, sealed: Sequence[Sealed], desk: InForce, moment: Moment) -> None:
    """Decide what is said to each citizen, within what one citizen may get in a day."""
    streams = [f"citizen:{one.sitting.citizen.user_id}" for one in sealed]
    had = outbox.count_of_day(connection, streams, on=moment.as_of.date())
    for one, stream in zip(sealed, streams, strict=True):
        citizen = one.sitting.citizen
        one.spoken = spoken(
            citizen.user_id,
            one.readings,
            moment,
            room=moment.policy.automatic_messages_a_day - had.get(stream, 0),
            prompted_at=citizen.prompted_at,
            privacy_told=citizen.privacy_told_at is not None,
            urgent_of=lambda text: urgent_class(text, desk.office.lexicon),
            standing=[_standing(row) for row in one.sitting.open_questions],
        )


def _standing(row: questions.OpenRow) -> Standing:
    return Standing(
        case_code=row.case_code,
        received_at=row.received_at,
        promised_on=row.promised_on,
        awaits_citizen=row.awaits_citizen,
        merged_codes=row.merged_codes,
    )


def _record(connection: Connection, sealed: Sequence[Sealed], desk: InForce, moment: Moment) -> Tally:
    """Write questions, follow-ups, purposes, receipts and events of a batch, a statement each."""
    opened = [question for one in sealed for question in _new_questions(one, desk, moment)]
    follow_ups = [follow_up for one in sealed for follow_up in _follow_ups(one, moment)]
    said = [message for one in sealed for message in one.spoken.messages]
    purposes = [purpose for one in sealed for purpose in _purposes(one)]
    questions.add_questions(connection, opened, sealed_at=moment.as_of)
    questions.add_follow_ups(connection, follow_ups)
    take_up_again(connection, [follow_up.question_id for follow_up in follow_ups], moment.as_of)
    asked_on = [(follow_up.question_id, follow_up.last_message_at) for follow_up in follow_ups]
    take_up_after_answer(connection, asked_on, desk, moment.as_of)
    windows.move_windows(connection, [one.sitting.citizen.user_id for one in sealed])
    bursts.record_purposes(connection, purposes)
    outbox.add_deliveries(connection, [rendered(message) for message in said], on=moment.as_of.date())
    _hold_what_staff_answered(connection, opened, desk, moment)
    asks = [ask for one in sealed for ask in (*to_look_at(one), *overdue_asked(one, moment))]
    ask_officers(connection, asks, desk, moment.as_of)
    citizens.record_sealing(connection, [_sealing_record(one, moment) for one in sealed])
    events.record_events(
        connection,
        [events.Event(kind="question_opened", question_id=question.question_id) for question in opened]
        + [events.Event(kind="followed_up", question_id=follow_up.question_id) for follow_up in follow_ups]
        + [event for one in sealed for event in _ratings(one)],
        as_of=moment.as_of,
    )
    small_talk_bursts = sum(
        reading.purpose not in OPENS_A_QUESTION and reading.purpose is not Purpose.FOLLOW_UP
        for one in sealed
        for reading in one.readings
    )
    return Tally(
        {
            Count.SEALED: len(opened),
            Count.FOLLOW_UPS: len(follow_ups),
            Count.SMALL_TALK: small_talk_bursts,
            Count.ACKNOWLEDGED: sum(question.acknowledged for question in opened),
        }
    )


def _hold_what_staff_answered(
    connection: Connection, opened: Sequence[questions.NewQuestion], desk: InForce, moment: Moment
) -> None:
    """Staff may have typed an answer before the burst was sealed: then the machine keeps silent (U9)."""
    since = {question.user_id: question.received_at for question in reversed(opened)}
    held = messages.hold_questions_answered_by_hand(connection, messages.find_typed_by_hand(connection, since))
    ask_officers(connection, [perhaps_answered(question) for question in held], desk, moment.as_of)


def _new_questions(one: Sealed, desk: InForce, moment: Moment) -> Iterator[questions.NewQuestion]:
    told = {message.question_id for message in one.spoken.messages}
    for reading in one.readings:
        if reading.purpose not in OPENS_A_QUESTION or reading.question is None:
            continue
        text = cleaned(reading.burst.text, moment.policy.text_max_characters)
        yield questions.NewQuestion(
            question_id=reading.question.question_id,
            case_code=reading.question.case_code,
            user_id=one.sitting.citizen.user_id,
            opened_as=reading.purpose.value,
            text=text,
            sensitive=sensitive_class(text, desk.office.lexicon),
            urgent=urgent_class(text, desk.office.lexicon),
            topics=reading.question.topics,
            received_at=reading.asked_at,
            last_message_at=reading.burst.ended_at,
            window_closes_at=window(
                max(filter(None, (one.sitting.citizen.last_act_at, reading.burst.ended_at)))
            ).closes_at,
            has_media=media_of(reading.burst) is not None,
            is_late=moment.is_late(reading.asked_at),
            acknowledged=reading.question.question_id in told,
        )


def _follow_ups(one: Sealed, moment: Moment) -> Iterator[questions.FollowUp]:
    for question_id, burst in one.added:
        yield questions.FollowUp(
            question_id=question_id,
            text=cleaned(burst.text, moment.policy.text_max_characters),
            last_message_at=burst.ended_at,
        )


def _ratings(one: Sealed) -> Iterator[events.Event]:
    """What citizens tapped under an answer is counted, nothing else."""
    own = {row.question_id for row in one.sitting.known}
    for message in (message for reading in one.readings for message in reading.burst.messages):
        if (rated := rating(message.text)) and rated[0] in own:
            yield events.Event(kind="answer_rated", question_id=rated[0], details={"is_satisfied": rated[1]})


def _purposes(one: Sealed) -> Iterator[tuple[str, str, int | None]]:
    for reading in one.readings:
        question_id = reading.question.question_id if reading.question else None
        for message in reading.burst.messages:
            yield message.message_id, reading.purpose.value, question_id
    for message, question_id in one.late:
        yield message.message_id, Purpose.LATE.value, question_id


def _sealing_record(one: Sealed, moment: Moment) -> citizens.SealingRecord:
    citizen = one.sitting.citizen
    ends = [burst.ended_at for burst in one.sealing.bursts]
    return citizens.SealingRecord(
        user_id=citizen.user_id,
        sealed_to=max(ends, default=None),
        look_again_at=one.sealing.look_again_at,
        prompted_at=moment.as_of if one.spoken.prompted else None,
        privacy_told_at=moment.as_of if one.spoken.privacy_told and citizen.privacy_told_at is None else None,
    )
