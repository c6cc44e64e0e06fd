"""What a burst is taken for: a question, more to one, or small talk."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.grouping import Burst, WaitingMessage
from desk.rules.office import Block, Policy
from desk.rules.reading import OPENS_A_QUESTION, OpenQuestion, Purpose, Reading, Understanding, read_bursts
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

    def named(text: str) -> tuple[str, ...]:
        return tuple(word for word in ("thaisan", "huu") if word in text)

    return read_bursts(
        bursts,
        still_open,
        quoted or {},
        Understanding(
            small_talk_of=lambda said: kinds.get(said.text),
            gives_identity_only=lambda text: text.isdigit(),
            is_narrow=lambda text: "tố cáo" in text,
            topics_of=named,
            sure_topics_of=lambda text: () if "có lẽ" in text else named(text),
        ),
        POLICY,
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


@pytest.mark.parametrize(
    ("texts", "asked_after"),
    [
        pytest.param(("greeting", "thaisan", "huu"), 1, id="after a greeting"),
        pytest.param(("thanks", "greeting", "media", "huu"), 2, id="a photo says something"),
        pytest.param(("thaisan", "greeting"), 0, id="at once"),
        pytest.param(("abuse",), 0, id="never"),
    ],
)
def test_the_days_are_counted_from_the_first_message_that_says_something(
    texts: tuple[str, ...], asked_after: int
) -> None:
    said = tuple(message for minute, text in enumerate(texts) for message in burst(text, minute).messages)

    (reading,) = read(Burst(said))

    assert reading.asked_at == NINE + timedelta(minutes=asked_after)


def test_abuse_opens_a_question_for_a_person_and_small_talk_none() -> None:
    readings = read(burst("abuse"), burst("greeting", 60), burst("advertisement", 120), burst("keep_open", 180))

    assert purposes(readings) == [Purpose.ABUSE, Purpose.GREETING, Purpose.ADVERTISEMENT, Purpose.KEEP_OPEN]
    assert [reading.question for reading in readings[1:]] == [readings[0].question] * 3


def answered(
    question_id: int = 7, *, at: datetime = NINE - timedelta(hours=2), topics: tuple[str, ...] = ("huu",)
) -> OpenQuestion:
    return OpenQuestion(
        question_id=question_id,
        last_message_at=at - timedelta(days=3),
        topics=topics,
        answered_at=at,
        taken_up_until=at + timedelta(days=3),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("thế còn giấy kia thì sao", Purpose.FOLLOW_UP, id="nothing new is named"),
        pytest.param("huu thì tính từ tháng nào", Purpose.FOLLOW_UP, id="the same topic"),
        pytest.param("thaisan được mấy tháng", Purpose.QUESTION, id="another topic"),
        pytest.param("có lẽ thaisan", Purpose.FOLLOW_UP, id="perhaps another topic: a person looks"),
    ],
)
def test_what_is_said_after_an_answer_is_about_it_unless_it_names_another_topic(text: str, expected: Purpose) -> None:
    question = answered()

    (reading,) = read(burst(text), still_open=(question,))

    assert reading.purpose is expected
    assert (reading.question is question) is (expected is Purpose.FOLLOW_UP)


def test_days_after_an_answer_only_a_quote_takes_it_up_again() -> None:
    question = answered(at=NINE - timedelta(days=4))

    (new,) = read(burst("thế còn giấy kia thì sao"), still_open=(question,))
    assert new.purpose is Purpose.QUESTION
    (quoting,) = read(burst("chỗ này tôi chưa rõ", quoted="a"), still_open=(question,), quoted={"a": question})
    assert (quoting.purpose, quoting.question) == (Purpose.FOLLOW_UP, question)


def test_thanks_for_an_answer_are_kept_with_it_and_take_nothing_up_again() -> None:
    question = answered()

    thanks, tap, more = read(burst("thanks"), burst("rating", 1), burst("còn gì nữa không", 30), still_open=(question,))

    assert (thanks.purpose, thanks.question) == (Purpose.THANKS, question)
    assert tap.purpose is Purpose.RATING
    assert (more.purpose, more.question) == (Purpose.FOLLOW_UP, question)


def test_what_is_asked_anew_after_an_answer_is_not_mistaken_for_more_about_it() -> None:
    asked_later = OpenQuestion(question_id=8, last_message_at=NINE - timedelta(hours=1), topics=("thaisan",))

    (reading,) = read(burst("còn gì nữa không"), still_open=(answered(), asked_later))

    assert reading.purpose is Purpose.QUESTION


def test_a_number_alone_goes_to_the_last_open_question_however_late_and_opens_one_where_none_is() -> None:
    older = OpenQuestion(question_id=7, last_message_at=NINE - timedelta(days=2), topics=("huu",))
    newer = OpenQuestion(question_id=8, last_message_at=NINE - timedelta(hours=5), topics=("thaisan",))

    (number,) = read(burst("7912345678"), still_open=(newer, older))
    assert (number.purpose, number.question) == (Purpose.FOLLOW_UP, newer)
    (alone,) = read(burst("7912345678"))
    assert alone.purpose is Purpose.QUESTION


@pytest.mark.parametrize("how", ["quoted", "awaited", "soon after"])
def test_what_few_may_read_never_joins_what_more_people_read(how: str) -> None:
    ordinary = OpenQuestion(
        question_id=7,
        last_message_at=NINE - timedelta(minutes=5),
        topics=("huu",),
        awaits_citizen=how == "awaited",
    )
    said = burst("tố cáo cán bộ", quoted="q" if how == "quoted" else None)

    first, more = read(said, burst("tố cáo thêm", 10), still_open=(ordinary,), quoted={"q": ordinary})

    assert first.purpose is Purpose.QUESTION
    assert (more.purpose, more.question) == (Purpose.FOLLOW_UP, first.question)


SAID = st.sampled_from(["thaisan", "huu", "còn gì nữa", *SmallTalk])


@given(
    said=st.lists(st.tuples(SAID, st.integers(1, 3000), st.sampled_from([None, "a", "o"])), max_size=8),
    known=st.sets(st.sampled_from(["a", "o"])),
)
def test_no_message_is_lost_whatever_is_said_around_an_answer(
    said: list[tuple[str, int, str | None]], known: set[str]
) -> None:
    both = {"a": answered(), "o": OpenQuestion(question_id=8, last_message_at=NINE, topics=("thaisan",))}
    quoted = {key: one for key, one in both.items() if key in known}
    bursts, minutes = [], 0
    for text, later, quote in said:
        minutes += later
        bursts.append(burst(str(text), minutes, quoted=quote))

    readings = read(*bursts, still_open=tuple(quoted.values()), quoted=quoted)

    assert [reading.burst for reading in readings] == bursts
    for reading in readings:
        is_about_something = reading.purpose in {*OPENS_A_QUESTION, Purpose.FOLLOW_UP}
        assert reading.question is not None or not is_about_something
        if reading.burst.text in {"thaisan", "huu", "còn gì nữa"}:
            assert is_about_something
