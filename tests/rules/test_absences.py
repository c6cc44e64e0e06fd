"""Until when somebody is away, out of the words of an out-of-office reply."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.incoming_mail import IncomingMail
from desk.rules.mail_kinds import absent_until

MONDAY = date(2026, 11, 23)


def away(text: str, on: date = MONDAY) -> date | None:
    return absent_until(IncomingMail(subject="Trả lời tự động: [ZL 26-004512-8] Phiếu chuyển", text=text), on)


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("Tôi nghỉ phép từ ngày 23/11 đến hết ngày 27/11/2026.", "2026-11-27"),
        ("Tôi vắng mặt đến hết thứ Sáu, ngày 27 tháng 11 năm 2026.", "2026-11-27"),
        ("Em đi công tác 23/11 - 27/11, việc gấp xin gọi 0912 000 000.", "2026-11-27"),
        ("Tôi nghỉ từ 23-27/11.", "2026-11-27"),
        ("Tôi đi công tác đến 17h00 ngày 27.11.2026.", "2026-11-27"),
        ("Tôi nghỉ đến 27/11 và trở lại làm việc ngày 30/11.", "2026-11-29"),
        ("Tôi sẽ có mặt tại cơ quan vào thứ Hai (30/11/2026).", "2026-11-29"),
        ("Nghỉ Tết dương lịch đến hết ngày 3/1.", "2027-01-03"),
        ("I am out of office until 27 November.", "2026-11-27"),
        ("I will be away through November 27th, 2026.", "2026-11-27"),
        ("I will be back on Monday, November 30.", "2026-11-29"),
        ("Out of office from 11/23 to 11/27.", "2026-11-27"),
        ("Đến 2026-12-01.", "2026-12-01"),
    ],
)
def test_the_last_day_away_is_read(text: str, until: str) -> None:
    assert away(text) == date.fromisoformat(until)


@pytest.mark.parametrize(
    "text",
    [
        "Tôi đang đi công tác, sẽ trả lời sau.",
        "Tôi nghỉ đến 20/9.",
        "Tôi nghỉ đến hết ngày 20/11/2026.",
        "Tôi nghỉ đến 30/11/2028.",
        "Tôi nghỉ đến hết ngày 31/02/2027.",
        "Liên hệ Phòng Chế độ, điện thoại 024.3934.0000.",
        "Vào 10:00, 23 thg 11, 2026, Hỏi đáp <hoidap@bhxh.example.vn> đã viết:\n> trả lời đến ngày 25/11/2026",
    ],
)
def test_no_day_is_made_up(text: str) -> None:
    assert away(text) is None


def test_a_day_without_a_year_is_the_nearest() -> None:
    assert away("Tôi nghỉ đến 20/9.", date(2026, 9, 16)) == date(2026, 9, 20)


PIECES = st.lists(st.sampled_from([*"0123456789/.- ", "đến ", "until ", "trở lại ", " tháng ", " Nov "]), max_size=40)


@given(text=PIECES.map("".join))
def test_nobody_is_away_in_the_past_or_for_over_a_year(text: str) -> None:
    until = away(text)

    assert until is None or MONDAY <= until <= MONDAY + timedelta(days=366)
