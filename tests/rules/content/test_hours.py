from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from desk.rules.calendar import HCM
from desk.rules.content.hours import TIME_TO_STOP, PublishHourError, publish_hour

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=HCM)  # a Monday


@pytest.mark.parametrize(
    ("argument", "expected"),
    [
        ("", NOW + timedelta(minutes=10)),
        ("08:00 25/11/2026", datetime(2026, 11, 25, 8, tzinfo=HCM)),
        ("25/11 lúc 8h30", datetime(2026, 11, 25, 8, 30, tzinfo=HCM)),
        ("8 giờ ngày 25 tháng 11 năm 2026", datetime(2026, 11, 25, 8, tzinfo=HCM)),
        ("14g", datetime(2026, 11, 23, 14, tzinfo=HCM)),
        ("09:35", NOW + timedelta(minutes=10)),
    ],
)
def test_an_article_appears_at_the_hour_asked_for_and_never_before_it_can_be_stopped(
    argument: str, expected: datetime
) -> None:
    assert publish_hour(argument, NOW, NOW) == expected


@pytest.mark.parametrize("lain_minutes", [-60, 1, 60, 600])
@pytest.mark.parametrize("argument", ["", "09:35", "09:45", "14:00 23/11/2026"])
def test_a_mail_that_lay_unread_is_carried_out_late_and_can_be_stopped_as_long_as_any(
    argument: str, lain_minutes: int
) -> None:
    read_at = NOW + timedelta(minutes=lain_minutes)

    publish_at = publish_hour(argument, NOW, read_at)

    assert publish_at >= max(NOW, read_at) + TIME_TO_STOP
    assert publish_at >= publish_hour(argument, NOW, NOW)


@pytest.mark.parametrize(
    ("argument", "said"),
    [
        ("25/11/2026", "Chưa rõ giờ đăng"),
        ("sáng mai", "Chưa rõ giờ đăng"),
        ("8:00 hoặc 9:00 25/11", "Chưa rõ giờ đăng"),
        ("25:00 25/11/2026", "Không có 25 giờ 00"),
        ("08:00", "đã qua"),
        ("08:00 20/11/2026", "đã qua"),
        ("08:00 25/11/2027", "còn quá xa"),
    ],
)
def test_an_hour_that_cannot_be_kept_is_asked_back(argument: str, said: str) -> None:
    with pytest.raises(PublishHourError, match=said):
        publish_hour(argument, NOW, NOW)
