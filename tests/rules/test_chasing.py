from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.chasing import Awaited, Ladder, Step
from desk.rules.office import CalendarDay, DayKind, Recipient
from desk.rules.states import QuestionState
from tests.dates import OFFICIAL, POLICY_A, at, calendar_with, day

LADDER = Ladder.of(POLICY_A, OFFICIAL)
UNIT = (Recipient.UNIT,)
HEAD = (Recipient.UNIT, Recipient.HEAD)
BOARD = (Recipient.UNIT, Recipient.HEAD, Recipient.BOARD)
THURSDAY = day("Thu 2026-11-26")


def an_awaited(
    *,
    lettered: str = "Fri 2026-11-20 09:30",
    due: str = "Thu 2026-11-26",
    told: str | None = None,
    silent: str | None = None,
    taken: tuple[str, int] | None = None,
    warned: str | None = None,
    state: QuestionState = QuestionState.ROUTED,
) -> Awaited:
    return Awaited(
        lettered_at=at(lettered),
        unit_due_on=day(due),
        told_on=day(told or due),
        question_state=state,
        silent_until=at(silent) if silent else None,
        taken=(day(taken[0]), taken[1]) if taken else None,
        warned_for=day(warned) if warned else None,
    )


@pytest.mark.parametrize(
    ("as_of", "days", "to"),
    [
        ("Wed 2026-11-25 08:00", -1, UNIT),
        ("Thu 2026-11-26 08:00", 0, UNIT),
        ("Thu 2026-11-26 16:30", 0, UNIT),
        ("Fri 2026-11-27 08:00", 1, HEAD),
        ("Mon 2026-11-30 08:00", 2, BOARD),
        ("Tue 2026-12-01 08:00", 3, BOARD),
        ("Fri 2026-12-04 13:30", 6, BOARD),
    ],
)
def test_each_working_day_has_its_rung(as_of: str, days: int, to: tuple[Recipient, ...]) -> None:
    before = an_awaited(taken=("Thu 2026-11-26", days - 1) if days > -1 else None)

    assert LADDER.look(before, at(as_of)).step == Step(due_on=THURSDAY, days=days, to=to)


@pytest.mark.parametrize("as_of", ["Fri 2026-11-20 10:00", "Mon 2026-11-23 08:00", "Tue 2026-11-24 09:00"])
def test_nothing_is_said_before_the_first_rung(as_of: str) -> None:
    look = LADDER.look(an_awaited(), at(as_of))

    assert look.step is None
    assert look.next_step_at == at("Wed 2026-11-25 08:00")


@pytest.mark.parametrize(
    ("taken", "as_of", "next_at"),
    [
        (-1, "Wed 2026-11-25 08:30", "Thu 2026-11-26 08:00"),
        (0, "Thu 2026-11-26 08:30", "Fri 2026-11-27 08:00"),
        (1, "Fri 2026-11-27 08:30", "Mon 2026-11-30 08:00"),
        (2, "Mon 2026-11-30 08:30", "Tue 2026-12-01 08:00"),
        (9, "Wed 2026-12-09 08:30", "Thu 2026-12-10 08:00"),
    ],
)
def test_a_step_is_taken_once_and_the_next_one_waits_for_its_morning(taken: int, as_of: str, next_at: str) -> None:
    look = LADDER.look(an_awaited(taken=("Thu 2026-11-26", taken)), at(as_of))

    assert look.step is None
    assert look.next_step_at == at(next_at)


def test_after_an_outage_the_highest_step_stands_for_those_it_missed() -> None:
    look = LADDER.look(an_awaited(taken=("Thu 2026-11-26", -1)), at("Tue 2026-12-01 09:00"))

    assert look.step == Step(due_on=THURSDAY, days=3, to=BOARD, passed_over=(0, 1, 2))


def test_a_unit_has_its_letter_for_a_whole_working_day_before_it_is_reminded() -> None:
    hurried = an_awaited(lettered="Wed 2026-11-25 09:30")

    assert LADDER.look(hurried, at("Thu 2026-11-26 16:00")).step is None
    assert LADDER.look(hurried, at("Thu 2026-11-26 16:00")).next_step_at == at("Fri 2026-11-27 08:00")
    assert LADDER.look(hurried, at("Fri 2026-11-27 08:00")).step == Step(
        due_on=THURSDAY, days=1, to=HEAD, passed_over=(-1, 0)
    )


def test_a_letter_that_left_before_the_office_opened_counts_that_day_as_whole() -> None:
    early = an_awaited(lettered="Wed 2026-11-25 07:40")

    assert LADDER.look(early, at("Thu 2026-11-26 08:00")).step == Step(
        due_on=THURSDAY, days=0, to=UNIT, passed_over=(-1,)
    )


def test_while_a_reply_waits_at_our_side_the_chase_is_silent_and_its_days_do_not_count() -> None:
    silent = an_awaited(silent="Fri 2026-11-27 14:00", taken=("Thu 2026-11-26", 0))

    during = LADDER.look(silent, at("Fri 2026-11-27 08:00"))
    assert (during.step, during.next_step_at) == (None, at("Fri 2026-11-27 14:00"))
    afterwards = LADDER.look(silent, at("Fri 2026-11-27 14:30"))
    assert (afterwards.step, afterwards.due_on) == (None, day("Mon 2026-11-30"))
    overdue = LADDER.look(silent, at("Tue 2026-12-01 08:00")).step
    assert overdue is not None
    assert (overdue.days, overdue.to) == (1, HEAD)


@pytest.mark.parametrize(
    "state",
    [
        QuestionState.ANSWERED_BY_HAND,
        QuestionState.AWAITING_CITIZEN,
        QuestionState.ANSWER_LEAVING,
        QuestionState.CLOSED,
    ],
)
def test_a_question_that_waits_for_somebody_else_is_not_chased(state: QuestionState) -> None:
    look = LADDER.look(an_awaited(state=state), at("Fri 2026-11-27 08:00"))

    assert look.step is None
    assert look.next_step_at == at("Mon 2026-11-30 08:00")


def test_a_date_that_moves_later_asks_its_steps_anew() -> None:
    moved = an_awaited(due="Mon 2026-11-30", taken=("Thu 2026-11-26", 0))

    assert LADDER.look(moved, at("Fri 2026-11-27 08:00")).step == Step(due_on=day("Mon 2026-11-30"), days=-1, to=UNIT)


def test_more_time_agreed_is_the_date_that_counts() -> None:
    longer = an_awaited(told="Wed 2026-12-02", taken=("Thu 2026-11-26", 0))

    assert LADDER.look(longer, at("Mon 2026-11-30 08:00")).step is None
    assert LADDER.look(longer, at("Tue 2026-12-01 08:00")).step == Step(due_on=day("Wed 2026-12-02"), days=-1, to=UNIT)


def test_an_overdue_notice_is_taken_back_when_the_date_has_moved_past_today() -> None:
    moved = an_awaited(due="Tue 2026-12-01", taken=("Thu 2026-11-26", 1), warned="Thu 2026-11-26")

    assert LADDER.look(moved, at("Mon 2026-11-30 08:00")).takes_back
    assert not LADDER.look(moved, at("Wed 2026-12-02 08:00")).takes_back
    assert not LADDER.look(
        an_awaited(taken=("Thu 2026-11-26", 1), warned="Thu 2026-11-26"), at("Mon 2026-11-30 08:00")
    ).takes_back


def test_a_new_day_off_gives_the_unit_one_more_day() -> None:
    storm = CalendarDay(day=day("Fri 2026-11-27"), kind=DayKind.OFF, reason="bão", source="")
    ladder = Ladder.of(POLICY_A, calendar_with(storm))

    look = ladder.look(an_awaited(taken=("Thu 2026-11-26", 0)), at("Mon 2026-11-30 08:00"))

    assert look.step is not None
    assert look.step.days == 1


def test_an_office_without_a_ladder_reminds_nobody() -> None:
    look = Ladder(reminders=(), calendar=OFFICIAL, hours=POLICY_A.hours).look(an_awaited(), at("Fri 2026-11-27 08:00"))

    assert (look.step, look.next_step_at) == (None, None)


@given(st.integers(min_value=0, max_value=60), st.lists(st.integers(min_value=0, max_value=40), max_size=30))
def test_whatever_days_the_desk_was_down_no_step_is_taken_twice_or_out_of_order(start: int, gaps: list[int]) -> None:
    moment = at("Fri 2026-11-20 10:00")
    taken: list[int] = []
    for gap in [start, *gaps]:
        moment = moment + timedelta(hours=gap)
        if not OFFICIAL.is_working_time(moment, POLICY_A.hours):
            continue
        newest = ("Thu 2026-11-26", taken[-1]) if taken else None
        look = LADDER.look(an_awaited(taken=newest), moment)
        assert look.next_step_at is not None
        assert look.next_step_at > moment
        if look.step is not None:
            assert set(look.step.passed_over).isdisjoint(taken)
            taken += [*look.step.passed_over, look.step.days]
    assert taken == list(range(-1, taken[-1] + 1 if taken else -1))
