"""What must hold between working days, hours, policy and roster before any of office/ is taken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from desk.rules.calendar import WorkingCalendar
from desk.rules.deadlines import Counting
from desk.rules.office import Block, DayKind, Duty, Office, Session, in_force
from desk.runtime.office_files import Finding, Place

ONE_DAY = timedelta(days=1)


def find_bad_days(office: Office) -> Iterator[Finding]:
    """Find days written twice, and hours that do not go with the day or with each other."""
    seen: set[date] = set()
    for number, row in enumerate(office.days):
        if row.day in seen:
            yield Finding("calendar.csv", (number,), f"ngày {row.day:%d/%m/%Y} được ghi hai lần", "giữ một dòng")
        seen.add(row.day)
        if (row.kind is DayKind.HALF) != bool(row.blocks):
            what = f"ngày {row.day:%d/%m/%Y}: cột blocks không hợp với '{row.kind}'"
            yield Finding("calendar.csv", (number,), what, "chỉ ghi giờ làm việc cho ngày half, và ngày half phải có")
        yield from _bad_blocks("calendar.csv", (number,), row.blocks)


def _bad_blocks(file: str, place: Place, blocks: Sequence[Block]) -> Iterator[Finding]:
    hours = [moment for block in blocks for moment in (block.start, block.end)]
    if any(earlier >= later for earlier, later in pairwise(hours)):
        what = "các khoảng giờ làm việc trùng nhau hoặc không theo thứ tự"
        yield Finding(file, place, what, 'viết từ sớm đến muộn, ví dụ "08:00-12:00", "13:00-17:00"')


def find_bad_policies(office: Office) -> Iterator[Finding]:
    """Find days that no period of the policy covers, and choices that are none."""
    file = "policy.yaml"
    numbered = sorted(enumerate(office.policies), key=lambda pair: pair[1].valid_from)
    for (_, earlier), (number, later) in pairwise(numbered):
        if earlier.valid_to is not None and later.valid_from > earlier.valid_to + ONE_DAY:
            what = (
                f"từ {earlier.valid_to + ONE_DAY:%d/%m/%Y} đến {later.valid_from - ONE_DAY:%d/%m/%Y} chưa có quy định"
            )
            yield Finding(file, (number, "valid_from"), what, "nối hai giai đoạn liền nhau")
    if not numbered:
        yield Finding(file, (), "chưa có giai đoạn nào", "thêm một giai đoạn với valid_from và hours")
    elif numbered[-1][1].valid_to is not None:
        number = numbered[-1][0]
        yield Finding(
            file, (number, "valid_to"), "hết giai đoạn này thì chưa có quy định", "bỏ valid_to, hoặc thêm giai đoạn"
        )
    for number, policy in enumerate(office.policies):
        if policy.code != "policy":
            yield Finding(file, (number, "code"), f"không dùng mã '{policy.code}'", "xóa mục code")
        if not policy.hours:
            yield Finding(file, (number, "hours"), "chưa có giờ làm việc", 'viết ["08:00-12:00", "13:00-17:00"]')
        yield from _bad_blocks(file, (number, "hours"), policy.hours)
        if policy.counting not in list(Counting):
            yield Finding(file, (number, "counting"), f"không có cách tính '{policy.counting}'", "chọn: A, B")
        for limit, days in (("reply_days", min(policy.reply_days)), ("duty_reply_days", policy.duty_reply_days)):
            yield from _too_short(file, (number, limit), days)


def _too_short(file: str, place: Place, days: int) -> Iterator[Finding]:
    if days < 1:
        yield Finding(file, place, "thời hạn dưới 1 ngày làm việc", "viết ít nhất 1")


def find_bad_duties(office: Office) -> Iterator[Finding]:
    """Find duties on days off, of nobody, of somebody who has left, or given twice."""
    calendar = WorkingCalendar(office.days)
    taken: set[tuple[date, Session]] = set()
    for number, duty in enumerate(office.roster):
        day = f"{duty.on:%d/%m/%Y}"
        if not calendar.is_working_day(duty.on):
            yield Finding("roster.csv", (number,), f"{day} là ngày nghỉ", "xóa dòng, hoặc sửa calendar.csv")
        if not taken.isdisjoint(sessions := _sessions(duty)):
            yield Finding("roster.csv", (number,), f"{day} đã có người trực buổi này", "giữ một dòng")
        taken |= sessions
        if duty.official == duty.stand_in:
            yield Finding("roster.csv", (number,), f"{day}: người trực tự thay mình", "ghi người khác ở cột stand_in")
        present = in_force(office.officials, duty.on)
        for code in (duty.official, duty.stand_in):
            if code not in present:
                what = f"'{code}' không có trong officials.yaml ngày {day}"
                yield Finding("roster.csv", (number,), what, "sửa mã người trực, hoặc thêm vào officials.yaml")


def _sessions(duty: Duty) -> set[tuple[date, Session]]:
    halves = {Session.MORNING, Session.AFTERNOON} if duty.session is Session.ALL_DAY else {duty.session}
    return {(duty.on, half) for half in halves}


def find_bad_laws(office: Office) -> Iterator[Finding]:
    """Find laws written twice, ended before they began, or replaced by what is not listed or while in force."""
    file, known = "laws.yaml", {law.number for law in office.laws}
    seen: set[str] = set()
    for number, law in enumerate(office.laws):
        if law.number in seen:
            yield Finding(file, (number, "number"), f"văn bản số {law.number} được viết hai lần", "giữ một dòng")
        seen.add(law.number)
        if law.valid_from and law.valid_to and law.valid_to < law.valid_from:
            what = f"'{law.number}' hết hiệu lực trước ngày có hiệu lực"
            yield Finding(file, (number, "valid_to"), what, "valid_to phải từ valid_from trở đi")
        if law.replaced_by and law.valid_to is None:
            what = f"'{law.number}' đã có văn bản thay thế mà chưa ghi ngày hết hiệu lực"
            yield Finding(file, (number, "replaced_by"), what, "ghi valid_to, là ngày cuối còn hiệu lực")
        if law.replaced_by and law.replaced_by not in known:
            what = f"văn bản thay thế '{law.replaced_by}' không có trong laws.yaml"
            yield Finding(file, (number, "replaced_by"), what, "sửa số, hoặc thêm văn bản đó")
