"""What will soon need somebody's hand in office/, though nothing in it is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from desk.rules.calendar import WorkingCalendar
from desk.rules.office import Office, in_force
from desk.rules.units import Obstacle

# a due date may lie so far ahead: three months cover 5 working days over any Tết, and the time to ask
_LOOK_AHEAD = timedelta(days=92)
_ROSTER_DAYS = 3


@dataclass(frozen=True, slots=True)
class Notice:
    """What does not stop the desk, and what to do about it; printed for ops, so in Vietnamese."""

    file: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"office/{self.file}: lưu ý: {self.what}; nên: {self.remedy}"


def find_notices(office: Office, on: date) -> Iterator[Notice]:
    """Find units without letters, a roster that runs out, and a calendar that nobody has confirmed, as of a day."""
    for unit in in_force(office.units, on).values():
        if unit.is_desk or unit.by_place:
            continue
        if not unit.name_verified:
            what = f"{unit.code}: {Obstacle.UNVERIFIED}; câu hỏi của đơn vị này chờ cán bộ phân loại"
            yield Notice("units.yaml", what, "ghi tên đúng văn bản, bỏ name_verified: false")
        elif not unit.emails:
            what = f"{unit.code}: {Obstacle.NO_ADDRESS}; câu hỏi của đơn vị này chờ cán bộ phân loại"
            yield Notice("units.yaml", what, "ghi địa chỉ vào emails")
    for place in in_force(office.provincial_units, on).values():
        if not place.emails:
            yield Notice("provincial_units.yaml", f"{place.code}: {Obstacle.NO_ADDRESS}", "ghi địa chỉ vào emails")
    calendar = WorkingCalendar(office.days)
    last = max((duty.on for duty in office.roster), default=None)
    if last is None or last < calendar.add_working_days(on, _ROSTER_DAYS):
        until = f"chỉ đến {last:%d/%m/%Y}" if last else "đang trống"
        yield Notice("roster.csv", f"lịch trực {until}, sau đó thư đến Thư ký", "thêm lịch trực các ngày tới")
    for year in sorted({on.year, (on + _LOOK_AHEAD).year}):
        if calendar.unconfirmed(year):
            what = f"lịch nghỉ năm {year} mới theo dự tính, chưa có văn bản"
            yield Notice("calendar.csv", what, "thêm các ngày nghỉ, ngày làm bù theo thông báo chính thức")
