"""Zalo's window: free, paid for, shut; and when a citizen is asked for a sign, in the two turns of each window."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.calendar import HCM
from desk.rules.office import Block
from desk.rules.windows import Look, Reach, look, reach, window
from tests.dates import at

AWAKE = Block(start=time(8), end=time(20))
TET = window(at("Thu 2026-02-12 10:00"))
DUE_AFTER_TET = at("Tue 2026-02-24 17:00")


def looked(now: datetime, *, due_at: datetime | None = DUE_AFTER_TET, asked_at: datetime | None = None) -> Look:
    return look(TET, due_at=due_at, asked_at=asked_at, now=now, waking_hours=AWAKE)


def test_the_window_is_free_for_two_days_and_shuts_after_seven() -> None:
    opened = window(at("Fri 2027-01-29 21:10"))

    assert opened.free_until == at("Sun 2027-01-31 21:10")
    assert opened.closes_at == at("Fri 2027-02-05 21:10")
    assert reach(opened, at("Sun 2027-01-31 21:10")) is Reach.FREE
    assert reach(opened, at("Sun 2027-01-31 21:11")) is Reach.PAID
    assert reach(opened, at("Fri 2027-02-05 21:11")) is Reach.SHUT


def test_a_moment_without_time_zone_opens_no_window() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        window(datetime(2026, 11, 22, 9))  # noqa: DTZ001 - that is the point


@pytest.mark.parametrize(
    ("now", "asks_until", "again_at"),
    [
        pytest.param("Thu 2026-02-12 10:10", None, "Fri 2026-02-13 18:00", id="just routed: too early for a sign"),
        pytest.param(
            "Fri 2026-02-13 18:00", "Sat 2026-02-14 10:00", "Thu 2026-02-19 04:00", id="the evening before it costs"
        ),
        pytest.param("Fri 2026-02-13 20:00", None, "Wed 2026-02-18 18:00", id="missed: nobody is woken"),
        pytest.param("Sun 2026-02-15 09:00", None, "Wed 2026-02-18 18:00", id="between the turns"),
        pytest.param(
            "Wed 2026-02-18 19:00", "Thu 2026-02-19 10:00", "Thu 2026-02-19 10:00", id="the evening before it shuts"
        ),
        pytest.param("Thu 2026-02-19 09:30", None, "Thu 2026-02-19 10:00", id="too late to be asked"),
    ],
)
def test_a_question_of_a_tet_week_has_its_two_turns(now: str, asks_until: str | None, again_at: str) -> None:
    seen = looked(at(now))

    assert seen.asks_until == (asks_until and at(asks_until))
    assert seen.again_at is not None
    assert not seen.is_shut
    assert abs(seen.again_at - at(again_at)) <= timedelta(hours=11)


def test_a_shut_window_is_not_looked_at_again_before_the_citizen_acts() -> None:
    assert looked(at("Thu 2026-02-19 10:01")) == Look(is_shut=True)


def test_who_is_answered_while_it_is_free_is_not_asked_before_the_window_shuts() -> None:
    soon = at("Sat 2026-02-14 09:00")

    assert looked(at("Fri 2026-02-13 19:00"), due_at=soon).asks_until is None
    assert looked(at("Wed 2026-02-18 19:00"), due_at=soon).asks_until == TET.closes_at
    assert looked(at("Fri 2026-02-13 19:00"), due_at=None).asks_until == TET.free_until


def test_nobody_is_asked_twice_in_a_turn() -> None:
    assert looked(at("Fri 2026-02-13 18:10"), asked_at=at("Fri 2026-02-13 18:05")).asks_until is None


@given(
    acts_at=st.integers(0, 7 * 24 * 60 - 1),
    pace=st.integers(5, 50),
    due_in=st.none() | st.integers(0, 12 * 24),
    awake=st.sampled_from([(8, 20), (7, 21), (9, 17)]),
)
def test_whenever_a_citizen_acts_two_notes_at_most_leave_awake_in_time_and_a_day_apart(
    acts_at: int, pace: int, due_in: int | None, awake: tuple[int, int]
) -> None:
    act = datetime(2026, 11, 23, tzinfo=HCM) + timedelta(minutes=acts_at)
    opened, block = window(act), Block(start=time(awake[0]), end=time(awake[1]))
    due_at = None if due_in is None else act + timedelta(hours=due_in)
    now, asked_at, asked = act, None, list[tuple[datetime, datetime]]()
    again: datetime | None = act + timedelta(days=1)
    while again is not None:
        now += timedelta(minutes=pace)
        if now < again:
            continue
        seen = look(opened, due_at=due_at, asked_at=asked_at, now=now, waking_hours=block)
        again = seen.again_at
        if seen.asks_until:
            asked_at = now
            asked.append((now, seen.asks_until))

    assert len(asked) <= 2
    for moment, until in asked:
        assert block.start <= moment.time() < block.end
        assert moment + timedelta(hours=4) <= until <= opened.closes_at
    assert all(second - first >= timedelta(days=1) for (first, _), (second, _) in pairwise(asked))
    answered_free = due_at is not None and due_at <= opened.free_until
    assert [until for _, until in asked] == [opened.free_until, opened.closes_at][answered_free:]
    assert seen.is_shut
