"""The days that the sandbox lives through: enough of them, whatever the day it is tried on."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from desk.console.run.week import beginning, moments_of_week
from desk.rules.calendar import HCM, WorkingCalendar
from tests.offices import the_office

CALENDAR = WorkingCalendar(the_office().days)
ENDS = [
    datetime(2026, 11, 16, hour, 10, tzinfo=HCM) + timedelta(days=number)
    for number in range(14)
    for hour in (7, 14, 23)
]


@pytest.mark.parametrize("now", ENDS, ids=lambda now: f"{now:%a %d %H:%M}")
def test_a_letter_of_the_first_morning_is_escalated_to_the_board_before_the_week_ends(now: datetime) -> None:
    first = beginning(now, CALENDAR)
    moments = moments_of_week(first, now, CALENDAR)
    mornings = [moment for moment in moments[:-1] if moment.time() == time(11, 40)]

    routed = mornings[0].date()
    due = CALENDAR.add_working_days(routed, 3)
    assert CALENDAR.add_working_days(due, 2) <= mornings[-1].date()
    assert first <= now - timedelta(days=7)
    assert all(first < moment <= now for moment in moments)
    assert len(moments) <= 13, "each moment costs a run of every flow"
