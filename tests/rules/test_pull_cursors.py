from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desk.rules.incoming import PulledRow
from desk.rules.pulling import Sweep, Walk

START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
PAGE = 10


def a_row(minute: float, name: str = "") -> PulledRow:
    at = START + timedelta(minutes=minute)
    return PulledRow(name or f"m{minute}", "anna", True, at, "text", "hỏi", None, None, "", "{}")  # noqa: FBT003


def newest_first(*minutes: float) -> list[PulledRow]:
    return [a_row(minute) for minute in sorted(minutes, reverse=True)]


def a_walk(*, complete_to: float | None = None, seen_id: str | None = None, attempts: int = 0) -> Walk:
    known = None if complete_to is None else START + timedelta(minutes=complete_to)
    return Walk("anna", START + timedelta(hours=9), known, seen_id, attempts, START)


def a_sweep(*, high_water: float | None, hours_later: float = 1) -> Sweep:
    known = None if high_water is None else START + timedelta(minutes=high_water)
    return Sweep(START + timedelta(hours=hours_later), known)


def test_a_first_walk_goes_to_the_end() -> None:
    walk = a_walk()

    walk.read(newest_first(*range(10, 20)), page=PAGE, is_last=False)
    assert (walk.is_over, walk.offset) == (False, 10)
    walk.read(newest_first(1), page=PAGE, is_last=True)

    assert (walk.is_over, walk.is_complete) == (True, True)
    assert walk.next_complete_to == a_row(19).sent_at


def test_a_walk_ends_ten_minutes_past_what_is_stored_and_not_where_it_meets_it() -> None:
    walk = a_walk(complete_to=30)

    walk.read(newest_first(*range(25, 35)), page=PAGE, is_last=False)
    assert (walk.is_over, walk.offset) == (False, 10)
    walk.read(newest_first(*range(15, 25)), page=PAGE, is_last=False)

    assert (walk.is_over, walk.is_complete) == (True, True)


def test_a_walk_that_ends_before_what_is_stored_is_not_complete_until_it_was_tried_three_times() -> None:
    for attempts, complete in ((0, False), (2, False), (3, True)):
        walk = a_walk(complete_to=30, attempts=attempts)
        walk.read(newest_first(31, 32), page=PAGE, is_last=True)
        assert walk.is_complete is complete


def test_a_walk_that_misses_the_row_it_was_for_is_not_complete() -> None:
    walk = a_walk(seen_id="m33")

    walk.read(newest_first(31, 32), page=PAGE, is_last=True)

    assert not walk.is_complete


def test_a_row_from_the_future_does_not_carry_the_cursor_away() -> None:
    walk, sweep = a_walk(), a_sweep(high_water=0)
    far = newest_first(60 * 24 * 365)

    walk.read(far, page=PAGE, is_last=True)
    sweep.read([*far, a_row(0)], page=PAGE, is_last=True)

    assert walk.next_complete_to == walk.began_at
    assert sweep.next_high_water == sweep.began_at


def test_a_sweep_tells_new_rows_from_those_that_may_be_known() -> None:
    sweep = a_sweep(high_water=30)

    sweep.read(newest_first(*range(24, 34)), page=PAGE, is_last=False)
    sweep.read(newest_first(*range(14, 24)), page=PAGE, is_last=False)
    assert (sweep.is_over, sweep.offset) == (False, 20)
    sweep.read(newest_first(*range(4, 14)), page=PAGE, is_last=False)

    assert (sweep.is_over, sweep.offset) == (True, 30)
    assert [sighting.message_id for sighting in sweep.moved] == ["m33"]
    assert len(sweep.perhaps) == 27
    assert sweep.next_high_water == a_row(33).sent_at


def test_a_list_that_ends_before_anything_known_is_believed_only_after_two_days() -> None:
    for hours_later, moves in ((1, False), (49, True)):
        sweep = a_sweep(high_water=30, hours_later=hours_later)
        sweep.read(newest_first(40), page=PAGE, is_last=True)
        assert (sweep.next_high_water == a_row(40).sent_at) is moves


def test_a_sweep_over_nothing_leaves_the_cursor_where_it_is() -> None:
    for high_water in (None, 30):
        sweep = a_sweep(high_water=high_water)
        sweep.read([], page=PAGE, is_last=True)
        assert sweep.next_high_water == (None if high_water is None else a_row(high_water).sent_at)


@dataclass
class Conversation:
    """What Zalo holds, what the desk has stored of it, and up to where the desk believes it is complete."""

    rows: list[PulledRow] = field(default_factory=list)
    stored: set[str] = field(default_factory=set)
    complete_to: datetime | None = None
    written: int = 0

    def writes(self, minutes_late: float = 0) -> None:
        self.written += 1
        self.rows.append(a_row(3 * self.written - minutes_late, f"n{self.written}"))

    def page(self, offset: int) -> list[PulledRow]:
        rows = sorted(self.rows, key=lambda row: row.sent_at, reverse=True)
        return rows[offset : offset + PAGE]

    def pull(self, *, dies_after: int, arrivals: list[int]) -> None:
        walk = Walk("anna", START + timedelta(days=9), self.complete_to, None, 0, START)
        for number in range(dies_after):
            rows = self.page(walk.offset)
            walk.read(rows, page=PAGE, is_last=len(rows) < PAGE)
            self.stored |= {row.message_id for row in rows}
            if walk.is_over:
                self.complete_to = walk.next_complete_to
                return
            for _ in range(arrivals[number % len(arrivals)] if arrivals else 0):
                self.writes()


PULLS = st.tuples(st.integers(0, 25), st.integers(0, 5), st.lists(st.integers(0, 2), max_size=3), st.floats(0, 9))


@given(st.lists(PULLS, max_size=6))
def test_nothing_is_lost_wherever_pulls_die_and_whenever_rows_arrive(
    pulls: list[tuple[int, int, list[int], float]],
) -> None:
    conversation = Conversation()
    for writes, dies_after, arrivals, minutes_late in pulls:
        for _ in range(writes):
            conversation.writes()
        conversation.pull(dies_after=dies_after, arrivals=arrivals)
        conversation.writes(minutes_late)

    conversation.pull(dies_after=10_000, arrivals=[])

    assert conversation.stored == {row.message_id for row in conversation.rows}
