from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desk.rules.content.publishing import Progress, Step, next_step
from tests.dates import at

NOW = at("Mon 2026-11-23 08:00")
LATER = NOW + timedelta(minutes=4)
LOST = Progress().creating(NOW)
REPEATED = LOST.looked(NOW).looked(LATER).creating(LATER)
MADE = Progress(create_began_at=NOW, creates=1, create_token="t")
THERE = MADE.found("a")
COMPARED = replace(THERE, compared_at=NOW)
SHOWING = replace(COMPARED, show_began_at=NOW)


@pytest.mark.parametrize(
    ("progress", "step"),
    [
        (Progress(), Step.CREATE),
        (LOST, Step.LOOK),
        (LOST.looked(NOW), Step.LOOK),
        (LOST.looked(NOW).looked(NOW), Step.LOOK),
        (LOST.looked(NOW).looked(LATER), Step.CREATE),
        (REPEATED, Step.LOOK),
        (REPEATED.looked(LATER).looked(LATER + timedelta(minutes=4)), Step.GIVE_UP),
        (MADE, Step.VERIFY),
        (THERE, Step.COMPARE),
        (LOST.found("a"), Step.COMPARE),
        (COMPARED, Step.SHOW),
        (SHOWING, Step.CONFIRM),
        (replace(SHOWING, show_token="t"), Step.CONFIRM),
        (SHOWING.hidden_again(), Step.SHOW),
    ],
)
def test_what_is_next_follows_from_what_is_known(progress: Progress, step: Step) -> None:
    assert next_step(progress) is step


@pytest.mark.parametrize("before", [Progress(), LOST.looked(NOW).looked(LATER)])
def test_a_call_that_certainly_made_nothing_costs_no_attempt(before: Progress) -> None:
    after = before.creating(LATER).not_created()

    assert next_step(after) is Step.CREATE
    assert after.creates == before.creates


def test_a_second_look_waits_three_minutes_from_the_call() -> None:
    assert LOST.looked(NOW).wait_to_look(NOW + timedelta(minutes=1)) == 120
    assert LOST.listed_since == NOW - timedelta(minutes=10)
