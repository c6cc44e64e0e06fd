from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeAlias

import pytest

from desk.rules.states import (
    ANSWER_MOVES,
    ASSIGNMENT_MOVES,
    ENDED,
    OUTBOX_MOVES,
    QUESTION_MOVES,
    AnswerState,
    AssignmentState,
    IllegalMoveError,
    OutboxState,
    QuestionState,
    check_move,
)

Moves: TypeAlias = Mapping[StrEnum, frozenset[StrEnum]]

TABLES: Mapping[str, tuple[type[StrEnum], Moves]] = {
    "question": (QuestionState, {before: frozenset(after) for before, after in QUESTION_MOVES.items()}),
    "assignment": (AssignmentState, {before: frozenset(after) for before, after in ASSIGNMENT_MOVES.items()}),
    "answer": (AnswerState, {before: frozenset(after) for before, after in ANSWER_MOVES.items()}),
    "outbox": (OutboxState, {before: frozenset(after) for before, after in OUTBOX_MOVES.items()}),
}


@pytest.mark.parametrize("name", TABLES)
def test_every_state_says_where_it_may_go_and_never_to_itself(name: str) -> None:
    states, moves = TABLES[name]

    assert set(moves) == set(states)
    assert not [state for state in states if state in moves[state]]


@pytest.mark.parametrize("name", TABLES)
def test_every_state_can_be_reached_from_the_first(name: str) -> None:
    states, moves = TABLES[name]
    first = next(iter(states))
    reached = {first}
    while new := {after for before in reached for after in moves[before]} - reached:
        reached |= new

    assert reached == set(states)


def test_a_question_can_always_be_ended_by_a_person_once_it_was_read() -> None:
    open_states = set(QuestionState) - ENDED - {QuestionState.SEALED}

    by_itself = ENDED - {QuestionState.MERGED}
    assert not [state for state in open_states if not QUESTION_MOVES[state] >= by_itself]


def test_a_question_that_has_ended_is_opened_again_only_before_a_person_and_a_merged_one_never() -> None:
    by_itself = ENDED - {QuestionState.MERGED}
    assert {QUESTION_MOVES[state] for state in by_itself} == {frozenset({QuestionState.IN_TRIAGE})}
    assert not QUESTION_MOVES[QuestionState.MERGED]


def test_staff_may_answer_any_open_question_by_hand() -> None:
    open_states = set(QuestionState) - ENDED - {QuestionState.ANSWERED_BY_HAND}

    assert not [state for state in open_states if QuestionState.ANSWERED_BY_HAND not in QUESTION_MOVES[state]]


def test_what_has_left_or_failed_or_was_cancelled_never_moves_again() -> None:
    over = {state for state, after in OUTBOX_MOVES.items() if not after}

    assert over == {OutboxState.SENT, OutboxState.FAILED, OutboxState.CANCELLED}


def test_nothing_is_called_off_once_it_may_have_left() -> None:
    assert [state for state, after in OUTBOX_MOVES.items() if OutboxState.CANCELLED in after] == [OutboxState.QUEUED]


def test_a_move_that_the_table_knows_is_let_through() -> None:
    check_move(QUESTION_MOVES, QuestionState.SEALED, QuestionState.ROUTED)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (QuestionState.SEALED, QuestionState.ANSWERED),
        (QuestionState.ROUTED, QuestionState.SEALED),
        (QuestionState.CLOSED, QuestionState.ROUTED),
    ],
)
def test_any_other_move_is_refused_and_names_both_states(before: QuestionState, after: QuestionState) -> None:
    with pytest.raises(IllegalMoveError, match=f"{before} → {after} is not a move"):
        check_move(QUESTION_MOVES, before, after)
