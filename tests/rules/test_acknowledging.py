"""What the machine says at once to a citizen, and when it keeps silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from desk.rules.acknowledging import Moment, Spoken, spoken
from desk.rules.grouping import Burst, WaitingMessage
from desk.rules.letters import OpenQuestion as Standing
from desk.rules.reading import OpenQuestion, Purpose, Reading
from tests.dates import OFFICIAL, POLICY_A, at

OPEN = at("Mon 2026-11-23 09:00")
SHUT = at("Sun 2026-11-22 09:00")


def reading(purpose: Purpose, text: str = "hỏi", sent_at: datetime = OPEN, kind: str = "text") -> Reading:
    message = WaitingMessage(message_id="m1", sent_at=sent_at, kind=kind, text=text)
    question = OpenQuestion(question_id=4512, last_message_at=sent_at, case_code="ZL 26-004512-8")
    return Reading(burst=Burst((message,)), purpose=purpose, question=question, asked_at=message.sent_at)


def say(
    *readings: Reading,
    as_of: datetime = OPEN,
    room: int = 3,
    prompted_at: datetime | None = None,
    privacy_told: bool = True,
    urgent: str | None = None,
    standing: tuple[Standing, ...] = (),
) -> Spoken:
    return spoken(
        "u1",
        readings,
        Moment(as_of=as_of, calendar=OFFICIAL, policy=POLICY_A),
        room=room,
        prompted_at=prompted_at,
        privacy_told=privacy_told,
        urgent_of=lambda _: urgent,
        standing=standing,
    )


def templates(said: Spoken) -> list[str]:
    return [message.template for message in said.messages]


@pytest.mark.parametrize(
    "silent",
    [Purpose.THANKS, Purpose.ADVERTISEMENT, Purpose.ABUSE, Purpose.KEEP_OPEN, Purpose.FOLLOW_UP, Purpose.UNREADABLE],
)
def test_some_things_are_met_with_silence(silent: Purpose) -> None:
    assert say(reading(silent)).messages == ()


def test_a_question_is_acknowledged_with_the_privacy_notice_the_first_time_only() -> None:
    first = say(reading(Purpose.QUESTION), privacy_told=False)
    assert templates(first) == ["acknowledgement"]
    assert first.messages[0].context["with_privacy_notice"] is True
    assert say(reading(Purpose.QUESTION)).messages[0].context["with_privacy_notice"] is False


def test_outside_office_hours_the_receipt_says_when_the_office_opens() -> None:
    (message,) = say(reading(Purpose.QUESTION), as_of=SHUT).messages

    assert message.context["is_closed"] is True
    assert "thứ Hai, 23/11/2026" in str(message.context["opens"])


def test_somebody_in_danger_gets_the_safety_text_outside_office_hours_and_a_plain_receipt_within() -> None:
    assert templates(say(reading(Purpose.QUESTION), as_of=SHUT, urgent="cap_cuu")) == ["urgent-safety"]
    assert templates(say(reading(Purpose.QUESTION), as_of=OPEN, urgent="cap_cuu")) == ["acknowledgement"]


def test_who_sends_a_password_is_warned() -> None:
    assert templates(say(reading(Purpose.QUESTION, text="mật khẩu của em là Abc12345"))) == [
        "acknowledgement",
        "secret-warning",
    ]


def test_a_voice_message_is_received_as_one() -> None:
    (message,) = say(reading(Purpose.MEDIA, text="", kind="voice")).messages

    assert (message.template, message.context["media"]) == ("media-received", "tin nhắn thoại")


def test_what_was_found_three_working_days_late_is_not_acknowledged() -> None:
    assert say(reading(Purpose.QUESTION, sent_at=OPEN - timedelta(days=5))).messages == ()


def test_nobody_gets_more_than_the_days_messages() -> None:
    assert say(reading(Purpose.QUESTION), room=0).messages == ()


def test_a_greeting_is_prompted_once_in_half_an_hour() -> None:
    assert templates(say(reading(Purpose.GREETING), reading(Purpose.GREETING))) == ["greeting-prompt"]
    assert say(reading(Purpose.GREETING), prompted_at=OPEN - timedelta(minutes=29)).messages == ()
    assert templates(say(reading(Purpose.GREETING), prompted_at=OPEN - timedelta(minutes=30))) == ["greeting-prompt"]


def test_how_far_is_answered_with_what_stands_open_and_else_with_a_prompt() -> None:
    standing = Standing(case_code="ZL 26-004512-8", received_at=OPEN, promised_on=OPEN.date())

    assert templates(say(reading(Purpose.ASKS_HOW_FAR), standing=(standing,))) == ["status-reply"]
    assert templates(say(reading(Purpose.ASKS_HOW_FAR))) == ["greeting-prompt"]


def test_a_stricter_policy_finds_messages_late_sooner() -> None:
    moment = Moment(as_of=OPEN, calendar=OFFICIAL, policy=replace(POLICY_A, late_after_working_days=0))

    assert moment.is_late(OPEN - timedelta(days=3))
    assert not moment.is_late(OPEN - timedelta(hours=1))
