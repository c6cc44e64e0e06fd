"""Bursts: what a citizen sends in one go is one question, however it was pulled."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.grouping import Sealing, WaitingMessage, seal
from desk.rules.office import Block, Policy

HCM = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=HCM)
POLICY = Policy(valid_from=date(2024, 9, 16), hours=(Block(start=time(8), end=time(17)),))
FAR = MONDAY + timedelta(days=1)


def said(*seconds: float) -> list[WaitingMessage]:
    return [
        WaitingMessage(message_id=f"m{place}", sent_at=MONDAY + timedelta(seconds=at), kind="text", text=f"câu {place}")
        for place, at in enumerate(seconds)
    ]


def ids(sealing: Sealing) -> list[list[str]]:
    return [[message.message_id for message in burst.messages] for burst in sealing.bursts]


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        pytest.param((0, 10, 20), [["m0", "m1", "m2"]], id="lines typed one after the other are one question"),
        pytest.param((0, 240, 480), [["m0", "m1", "m2"]], id="one line every four minutes is still one question"),
        pytest.param((0, 301), [["m0"], ["m1"]], id="after more than 300 s of quiet another begins"),
        pytest.param((0, 300), [["m0", "m1"]], id="300 s sharp still joins"),
        pytest.param(
            (0, 290, 580, 870, 1160, 1205), [["m0", "m1", "m2", "m3", "m4"], ["m5"]], id="capped at 20 minutes"
        ),
        pytest.param(tuple(range(21)), [[f"m{n}" for n in range(20)], ["m20"]], id="capped at 20 messages"),
        pytest.param((), [], id="nothing"),
    ],
)
def test_bursts_end_at_quiet_or_at_the_cap(seconds: tuple[float, ...], expected: list[list[str]]) -> None:
    assert ids(seal(said(*seconds), horizon=FAR, sealed_to=None, policy=POLICY)) == expected


def test_a_citizen_who_may_still_be_typing_is_not_sealed_and_is_looked_at_again_in_time() -> None:
    sealing = seal(said(0, 100), horizon=MONDAY + timedelta(seconds=399), sealed_to=None, policy=POLICY)

    assert ids(sealing) == []
    assert sealing.look_again_at == MONDAY + timedelta(seconds=400)


def test_what_is_newer_than_all_that_is_known_waits() -> None:
    sealing = seal(said(0, 1000), horizon=MONDAY + timedelta(seconds=900), sealed_to=None, policy=POLICY)

    assert ids(sealing) == [["m0"]]
    assert sealing.look_again_at == MONDAY + timedelta(seconds=1300)


def test_a_late_arrival_never_regroups_what_was_sealed() -> None:
    sealing = seal(said(0, 60), horizon=FAR, sealed_to=MONDAY + timedelta(seconds=30), policy=POLICY)

    assert [message.message_id for message in sealing.late] == ["m0"]
    assert ids(sealing) == [["m1"]]


@given(st.lists(st.integers(0, 7200), max_size=40), st.randoms(use_true_random=False), st.lists(st.integers(0, 9000)))
def test_grouping_is_the_same_for_every_order_overlap_and_cut_of_the_pulls(
    seconds: list[int], randomly: Random, looks: list[int]
) -> None:
    """Looked at ever so often, with the rows in any order, the bursts are those of one look at the end."""
    messages = said(*sorted(seconds))
    at_once = ids(seal(messages, horizon=FAR, sealed_to=None, policy=POLICY))
    shuffled = list(messages)
    randomly.shuffle(shuffled)
    bit_by_bit: list[list[str]] = []
    waiting = shuffled
    sealed_to: datetime | None = None
    for look in [*sorted(looks), 86_400]:
        horizon = MONDAY + timedelta(seconds=look)
        arrived = [message for message in waiting if message.sent_at <= horizon]
        sealing = seal(arrived, horizon=horizon, sealed_to=sealed_to, policy=POLICY)
        assert not sealing.late or sealed_to is not None
        bit_by_bit += ids(sealing)
        done = {message.message_id for burst in sealing.bursts for message in burst.messages}
        done |= {message.message_id for message in sealing.late}
        waiting = [message for message in waiting if message.message_id not in done]
        sealed_to = max(
            [sealed_to, *(burst.ended_at for burst in sealing.bursts)], key=lambda at: at or MONDAY, default=None
        )

    assert bit_by_bit == at_once
