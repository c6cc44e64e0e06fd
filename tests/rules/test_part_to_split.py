"""Which part of a question is split off, and what is left of its text."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.office import Block, Policy
from desk.rules.splitting import SaidMessage, part_to_split, without_part
from tests.dates import at

NINE = at("Mon 2026-11-23 09:00")
POLICY = Policy(valid_from=date(2024, 9, 16), hours=(Block(start=at("Mon 2026-11-23 08:00").time(), end=NINE.time()),))


def message(number: int, minutes: float, *, was_added: bool = True) -> SaidMessage:
    return SaidMessage(
        message_id=f"m{number}",
        sent_at=NINE + timedelta(minutes=minutes),
        kind="text",
        text=f"câu {number}",
        was_added=was_added,
        passed_on=False,
    )


# asked in two lines; added to at 9:20 in two lines, at 9:40, and at 9:20 of the next day
SAID = [
    message(1, 0, was_added=False),
    message(2, 1, was_added=False),
    message(3, 20),
    message(4, 22),
    message(5, 40),
    message(6, 1460),
]


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        pytest.param("", ["m6"], id="what was added last"),
        pytest.param("3", ["m3", "m4"], id="a message and what followed it in its burst"),
        pytest.param("tin số 4", ["m4"], id="the second of a burst, alone"),
        pytest.param("2", ["m2"], id="the first burst too may hold two questions"),
        pytest.param("9:40", ["m5"], id="by its time"),
        pytest.param("9 giờ 22", ["m4"], id="by its time in words"),
        pytest.param("09h20", ["m6"], id="a time that two days have is the later day's"),
        pytest.param("1", [], id="the first message is the question"),
        pytest.param("9:00", [], id="the first message by its time"),
        pytest.param("7", [], id="there are no seven"),
        pytest.param("0", [], id="numbers begin with one"),
        pytest.param("10:10", [], id="nothing was said then"),
        pytest.param("phần sau", [], id="neither a time nor a number"),
    ],
)
def test_the_part_is_what_was_added_last_or_begins_with_the_message_that_is_named(
    named: str, expected: list[str]
) -> None:
    assert [each.message_id for each in part_to_split(SAID, named, POLICY)] == expected


def test_of_a_question_to_which_nothing_was_added_there_is_nothing_to_split() -> None:
    assert part_to_split(SAID[:1], "", POLICY) == []
    assert part_to_split(SAID[:2], "", POLICY) == []


def test_a_text_loses_the_last_lines_that_say_the_part_and_nothing_else() -> None:
    assert without_part("mất sổ\nlương hưu\nvà\nlương hưu", "lương hưu") == "mất sổ\nlương hưu\nvà"
    assert without_part("mất sổ\ncòn lương hưu", "lương hưu") == "mất sổ\ncòn lương hưu"
    assert without_part("mất sổ", "chưa từng thêm vào") == "mất sổ"
    assert without_part("mất sổ", "") == "mất sổ"


LINES = st.lists(st.sampled_from(["mất sổ", "lương hưu", "thai sản", "a", "aa"]), min_size=1, max_size=4)


@given(before=LINES, part=LINES)
def test_what_was_added_is_taken_away_again(before: list[str], part: list[str]) -> None:
    assert without_part("\n".join([*before, *part]), "\n".join(part)) == "\n".join(before)
