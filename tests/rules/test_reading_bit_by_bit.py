"""What a citizen's messages come to does not depend on how the pulls were cut, nor on when anybody looked (A23)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from desk.rules.grouping import WaitingMessage, seal
from desk.rules.office import Block, Policy
from desk.rules.reading import OPENS_A_QUESTION, OpenQuestion, Understanding, read_bursts
from desk.rules.small_talk import SmallTalk
from tests.dates import at

NINE = at("Mon 2026-11-23 09:00")
POLICY = Policy(valid_from=date(2024, 9, 16), hours=(Block(start=at("Mon 2026-11-23 08:00").time(), end=NINE.time()),))
TOPICS = ("thaisan", "huu", "the")
KINDS = {kind.value: kind for kind in SmallTalk}
UNDERSTANDING = Understanding(
    small_talk_of=lambda burst: KINDS.get(burst.text) or (None if burst.text else SmallTalk.MEDIA),
    gives_identity_only=str.isdigit,
    is_narrow=lambda text: "tố cáo" in text,
    topics_of=lambda text: tuple(topic for topic in TOPICS if topic in text),
    sure_topics_of=lambda text: () if "có lẽ" in text else tuple(topic for topic in TOPICS if topic in text),
)
SAID = st.sampled_from(
    [*TOPICS, "thaisan huu", "còn gì nữa", "có lẽ the", "7912345678", "tố cáo huu", "", "thanks", "greeting", "abuse"]
)
# seconds since the message before, what it says, and which earlier message it quotes: one of the desk's to a question
# that was there before, or the citizen's own
MESSAGES = st.lists(
    st.tuples(
        st.one_of(st.integers(0, 320), st.integers(1500, 2200), st.integers(3000, 90_000)),
        SAID,
        st.one_of(st.none(), st.none(), st.sampled_from(["q1", "q2", "q3", *(f"m{place}" for place in range(12))])),
    ),
    max_size=14,
)
BEFORE = {
    "q1": OpenQuestion(
        question_id=1,
        last_message_at=NINE - timedelta(days=3),
        topics=("huu",),
        answered_at=NINE - timedelta(hours=1),
        taken_up_until=NINE + timedelta(days=1),
    ),
    "q2": OpenQuestion(question_id=2, last_message_at=NINE - timedelta(hours=2), topics=("thaisan",)),
    "q3": OpenQuestion(
        question_id=3, last_message_at=NINE - timedelta(minutes=10), topics=("the",), awaits_citizen=True
    ),
}
Outcome = list[tuple[list[str], str, int | None]]


def sat(waiting: Sequence[WaitingMessage], known: Iterable[str], looks: Sequence[int], randomly: Random) -> Outcome:
    """Seal and read whenever somebody looks, each time from what is written down, and return what it all came to."""
    questions = {BEFORE[name].question_id: replace(BEFORE[name]) for name in known}
    belongs = {name: BEFORE[name].question_id for name in known}
    outcome: Outcome = []
    left, sealed_to, number = list(waiting), None, 10
    for look in [*sorted(looks), 10_000_000]:
        horizon = NINE + timedelta(seconds=look)
        randomly.shuffle(left)
        sealing = seal(left, horizon=horizon, sealed_to=sealed_to, policy=POLICY)
        assert not sealing.late
        written = {question_id: replace(question) for question_id, question in questions.items()}
        in_any_order = list(written.values())
        randomly.shuffle(in_any_order)
        quoted = {message_id: written[question_id] for message_id, question_id in belongs.items()}
        for reading in read_bursts(sealing.bursts, in_any_order, quoted, UNDERSTANDING, POLICY):
            question = reading.question
            if question and reading.purpose in OPENS_A_QUESTION:
                number += 1
                question.question_id = number
                written[number] = question
            ids = [message.message_id for message in reading.burst.messages]
            belongs |= dict.fromkeys(ids, question.question_id) if question else {}
            outcome.append((ids, reading.purpose.value, question.question_id if question else None))
        questions = written
        done = {message.message_id for burst in sealing.bursts for message in burst.messages}
        left = [message for message in left if message.message_id not in done]
        ends: list[datetime] = [burst.ended_at for burst in sealing.bursts]
        sealed_to = max(ends, default=sealed_to)
    assert not left
    return outcome


@given(
    said=MESSAGES,
    known=st.sets(st.sampled_from(["q1", "q2", "q3"])),
    looks=st.lists(st.integers(0, 200_000), max_size=12),
    randomly=st.randoms(use_true_random=False),
)
def test_every_order_overlap_and_cut_of_the_rows_comes_to_the_same_questions(
    said: list[tuple[int, str, str | None]], known: set[str], looks: list[int], randomly: Random
) -> None:
    waiting, sent_at = [], NINE
    for place, (later, text, quoted_id) in enumerate(said):
        sent_at += timedelta(seconds=later)
        kind = "text" if text else "photo"
        waiting.append(
            WaitingMessage(message_id=f"m{place}", sent_at=sent_at, kind=kind, text=text, quoted_id=quoted_id)
        )

    at_once = sat(waiting, known, [], randomly)

    assert sat(waiting, known, looks, randomly) == at_once
    often = [int((message.sent_at - NINE).total_seconds()) + 301 for message in waiting]
    assert sat(waiting, known, often, randomly) == at_once
    assert sorted(message_id for ids, _, _ in at_once for message_id in ids) == sorted(
        message.message_id for message in waiting
    )
