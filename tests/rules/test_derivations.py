from __future__ import annotations

import pytest

from desk.rules.deadlines import promised_date, reply_days
from desk.rules.office import Policy
from tests.dates import EVE_OF_TET, POLICY_A, POLICY_B, at, calendar_with, day


@pytest.mark.parametrize(
    ("received", "units", "policy", "sentence"),
    [
        (
            "Sun 2026-11-22 09:00",
            1,
            POLICY_A,
            (
                "Nhận Chủ nhật 22/11/2026; ngày 1: thứ Hai 23/11; 24/11 nghỉ Ngày Văn hóa Việt Nam; "
                "ngày 2: thứ Tư 25/11; ngày 3: thứ Năm 26/11; hạn: hết thứ Năm 26/11/2026 (3 ngày làm việc, 01 đơn vị)."
            ),
        ),
        (
            "Thu 2026-02-12 10:00",
            1,
            POLICY_A,
            (
                "Nhận thứ Năm 12/02/2026; ngày 1: thứ Sáu 13/02; 14-15/02 nghỉ cuối tuần; "
                "16-20/02 nghỉ Tết Nguyên đán; 21-22/02 nghỉ cuối tuần; ngày 2: thứ Hai 23/02; ngày 3: thứ Ba 24/02; "
                "hạn: hết thứ Ba 24/02/2026 (3 ngày làm việc, 01 đơn vị)."
            ),
        ),
        (
            "Thu 2026-08-20 10:00",
            2,
            POLICY_A,
            (
                "Nhận thứ Năm 20/08/2026; ngày 1: thứ Sáu 21/08; "
                "ngày 2: thứ Bảy 22/08 (làm bù cho thứ Hai 31/08/2026); 23/08 nghỉ Chủ nhật; "
                "ngày 3: thứ Hai 24/08; ngày 4: thứ Ba 25/08; "
                "hạn: hết thứ Ba 25/08/2026 (4 ngày làm việc, 02 đơn vị)."
            ),
        ),
        (
            "Fri 2026-08-28 10:00",
            3,
            POLICY_A,
            (
                "Nhận thứ Sáu 28/08/2026; 29-30/08 nghỉ cuối tuần; 31/08 nghỉ hoán đổi với thứ Bảy 22/08/2026; "
                "01-02/09 nghỉ Quốc khánh; ngày 1: thứ Năm 03/09; ngày 2: thứ Sáu 04/09; 05-06/09 nghỉ cuối tuần; "
                "ngày 3: thứ Hai 07/09; ngày 4: thứ Ba 08/09; ngày 5: thứ Tư 09/09; "
                "hạn: hết thứ Tư 09/09/2026 (5 ngày làm việc, 03 đơn vị)."
            ),
        ),
        (
            "Sat 2026-11-21 09:00",
            1,
            POLICY_B,
            (
                "Nhận thứ Bảy 21/11/2026, ngoài giờ hành chính, tính là nhận thứ Hai 23/11/2026; "
                "24/11 nghỉ Ngày Văn hóa Việt Nam; ngày 1: thứ Tư 25/11; ngày 2: thứ Năm 26/11; ngày 3: thứ Sáu 27/11; "
                "hạn: hết thứ Sáu 27/11/2026 (3 ngày làm việc, 01 đơn vị)."
            ),
        ),
        (
            "Thu 2026-10-29 09:00",
            1,
            POLICY_A,
            (
                "Nhận thứ Năm 29/10/2026; ngày 1: thứ Sáu 30/10; 31/10-01/11 nghỉ cuối tuần; ngày 2: thứ Hai 02/11; "
                "ngày 3: thứ Ba 03/11; hạn: hết thứ Ba 03/11/2026 (3 ngày làm việc, 01 đơn vị)."
            ),
        ),
        (
            "Wed 2027-12-29 10:00",
            1,
            POLICY_A,
            (
                "Nhận thứ Tư 29/12/2027; ngày 1: thứ Năm 30/12; ngày 2: thứ Sáu 31/12; 01/01 nghỉ Tết Dương lịch; "
                "02/01 nghỉ Chủ nhật; 03/01 nghỉ bù Tết Dương lịch; ngày 3: thứ Ba 04/01; "
                "hạn: hết thứ Ba 04/01/2028 (3 ngày làm việc, 01 đơn vị). "
                "Lịch nghỉ năm 2028 chưa được đối chiếu với văn bản chính thức."
            ),
        ),
    ],
)
def test_an_official_can_check_each_date_by_its_derivation(
    received: str, units: int, policy: Policy, sentence: str
) -> None:
    calendar = calendar_with(version=7)

    due = promised_date(at(received), units, calendar, policy)

    assert due.because == sentence
    assert due.days == reply_days(units, policy)
    assert due.calendar_version == 7


def test_a_half_day_counts_whole_and_says_so() -> None:
    due = promised_date(at("Thu 2026-02-12 10:00"), 1, calendar_with(EVE_OF_TET), POLICY_A)

    assert due.on == day("Tue 2026-02-24")
    assert "ngày 1: thứ Sáu 13/02 (nghỉ chiều trước Tết); 14-15/02 nghỉ cuối tuần" in due.because
