"""What a burst is taken for: a question, more to one, or small talk."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desk.rules.grouping import Burst, WaitingMessage
from desk.rules.office import Block, Policy
from desk.rules.reading import OpenQuestion, Purpose, Reading, read_bursts
from desk.rules.small_talk import SmallTalk
from tests.dates import at

NINE = at("Mon 2026-11-23 09:00")
POLICY = Policy(valid_from=date(2024, 9, 16), hours=(Block(start=at("Mon 2026-11-23 08:00").time(), end=NINE.time()),))


def burst(text: str, minutes: float = 0, kind: str = "text", quoted: str | None = None) -> Burst:
    sent_at = NINE + timedelta(minutes=minutes)
    return Burst((WaitingMessage(message_id=f"m{minutes}", sent_at=sent_at, kind=kind, text=text, quoted_id=quoted),))


def read(
    *bursts: Burst, still_open: tuple[OpenQuestion, ...] = (), quoted: dict[str, OpenQuestion] | None = None
) -> list[Reading]:
    """Read bursts whose text names their kind of small talk, or their topics: "thai sản" is a topic of its own."""
    kinds = {kind.value: kind for kind in SmallTalk}
    return read_bursts(
        bursts,
        still_open,
        quoted or {},
        small_talk_of=lambda said: kinds.get(said.text),
        topics_of=lambda text: tuple(word for word in ("thaisan", "huu") if word in text),
        policy=POLICY,
    )


def purposes(readings: list[Reading]) -> list[Purpose]:
    return [reading.purpose for reading in readings]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        pytest.param(("thaisan", 0), ("thaisan nữa", 20), Purpose.FOLLOW_UP, id="same topic within half an hour"),
        pytest.param(
            ("thaisan", 0), ("em quên nói", 20), Purpose.FOLLOW_UP, id="no topic of its own, within half an hour"
        ),
        pytest.param(("thaisan", 0), ("huu", 20), Purpose.QUESTION, id="another topic is another question"),
        pytest.param(("thaisan", 0), ("thaisan nữa", 31), Purpose.QUESTION, id="after half an hour it is another"),
    ],
)
def test_follow_up_or_new_question(first: tuple[str, float], second: tuple[str, float], expected: Purpose) -> None:
    readings = read(burst(*first), burst(*second))

    assert purposes(readings) == [Purpose.QUESTION, expected]
    assert (readings[1].question is readings[0].question) is (expected is Purpose.FOLLOW_UP)


def test_a_reply_that_quotes_a_message_of_an_open_question_belongs_to_it_however_late() -> None:
    old = OpenQuestion(question_id=7, last_message_at=NINE - timedelta(days=2), topics=("huu",))
    newer = OpenQuestion(question_id=8, last_message_at=NINE - timedelta(hours=5), topics=("thaisan",))

    (reading,) = read(burst("thaisan thế còn", quoted="q"), still_open=(old, newer), quoted={"q": old})

    assert (reading.purpose, reading.question) == (Purpose.FOLLOW_UP, old)


def test_thanks_go_to_the_newest_open_question_and_a_photo_alone_opens_one_only_where_none_is_open() -> None:
    newest = OpenQuestion(question_id=8, last_message_at=NINE - timedelta(hours=5))

    thanks, photo = read(burst("thanks"), burst("media", 1, kind="photo"), still_open=(newest,))
    assert (thanks.purpose, thanks.question) == (Purpose.THANKS, newest)
    assert (photo.purpose, photo.question) == (Purpose.FOLLOW_UP, newest)

    (alone,) = read(burst("media", kind="voice"))
    assert alone.purpose is Purpose.MEDIA
    assert alone.question is not None


def test_abuse_opens_a_question_for_a_person_and_small_talk_none() -> None:
    readings = read(burst("abuse"), burst("greeting", 60), burst("advertisement", 120), burst("keep_open", 180))

    assert purposes(readings) == [Purpose.ABUSE, Purpose.GREETING, Purpose.ADVERTISEMENT, Purpose.KEEP_OPEN]
    assert [reading.question for reading in readings[1:]] == [readings[0].question] * 3
