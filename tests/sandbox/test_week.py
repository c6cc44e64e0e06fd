"""The week that newcomers see: believable, the same each time, and over."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

import pytest

from sandbox.week import Kind, write_week

HCM = ZoneInfo("Asia/Ho_Chi_Minh")
SUNDAY_NIGHT = datetime(2026, 11, 22, 23, 15, tzinfo=HCM)
WEEK = timedelta(days=7)


@pytest.mark.parametrize("number", [1, 20, 500])
@pytest.mark.parametrize("now", [SUNDAY_NIGHT, datetime(2026, 11, 26, 3, 0, tzinfo=HCM)])
def test_the_week_has_as_many_messages_as_asked_and_none_of_the_future(now: datetime, number: int) -> None:
    week = write_week(now - WEEK, now, number)

    assert len(week) == number
    assert all(now - WEEK <= message.at <= now for message in week)


def test_the_same_week_is_written_each_time() -> None:
    assert write_week(SUNDAY_NIGHT - WEEK, SUNDAY_NIGHT, 200) == write_week(SUNDAY_NIGHT - WEEK, SUNDAY_NIGHT, 200)
    assert write_week(SUNDAY_NIGHT - WEEK, SUNDAY_NIGHT, 200, seed=7) != write_week(
        SUNDAY_NIGHT - WEEK, SUNDAY_NIGHT, 200
    )


def test_most_people_write_in_office_hours_and_some_at_night_and_at_the_weekend() -> None:
    week = write_week(SUNDAY_NIGHT - WEEK, SUNDAY_NIGHT, 500)
    in_office_hours = sum(message.at.weekday() < 5 and 8 <= message.at.hour < 17 for message in week)

    assert 0.5 < in_office_hours / len(week) < 0.85
    assert any(message.at.weekday() >= 5 for message in week)
    assert any(message.at.hour >= 20 for message in week)


def test_people_send_several_lines_together_and_photos_and_voice_messages() -> None:
    week = write_week(SUNDAY_NIGHT - WEEK, SUNDAY_NIGHT, 500)
    by_person = groupby(sorted(week, key=lambda message: message.person.user_id), key=lambda message: message.person)
    lines = {person.user_id: len(list(messages)) for person, messages in by_person}

    assert max(lines.values()) >= 4
    assert {message.kind for message in week} >= {Kind.TEXT, Kind.PHOTO, Kind.VOICE}
    assert len(lines) > 150


def test_citizens_are_told_apart_by_their_ids() -> None:
    names: dict[str, str] = {}
    for message in write_week(SUNDAY_NIGHT - WEEK, SUNDAY_NIGHT, 2_000):
        assert names.setdefault(message.person.user_id, message.person.display_name) == message.person.display_name
        assert len(message.person.user_id) == 19
