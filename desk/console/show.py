"""`zalo-desk show CODE`: everything that is remembered of a question."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, Final

import typer

from desk.console.words import AT_UNIT, EVENTS, KINDS, LEAVING, OWNERS, READINGS, WORK
from desk.rules.calendar import local_time, long_date
from desk.rules.case_codes import find_case_codes
from desk.rules.lateness import Attribution, AtUnit, Course, attribution
from desk.rules.letters import state_name
from desk.rules.masking import masked
from desk.rules.states import QuestionState
from desk.runtime import clock
from desk.runtime.database import transaction
from desk.runtime.in_force import in_force
from desk.store.histories import History, Row, get_history

_DETAILS: Final = {"version": "bản", "inbound_mail_id": "thư đến số", "work_item_id": "việc số", "outcome": "kết quả:"}


def show(code: Annotated[str, typer.Argument(help="Mã câu hỏi, ví dụ ZL 26-004512-8")]) -> None:
    """Print a question's state, dates, units, letters, open work and history. Numbers of persons are masked."""
    codes = find_case_codes(code)
    history = None
    if len(codes) == 1:
        with transaction() as connection:
            history = get_history(connection, codes[0])
    if history is None:
        print(f"Không có câu hỏi mã {code}: kiểm tra lại mã, chữ số cuối là số kiểm tra.", file=sys.stderr)
        raise typer.Exit(1)
    print("\n".join(_lines(history, _attributed(history))))


def _attributed(history: History) -> Attribution:
    """Return who has used which days of the question."""
    question, desk, now = history.question, in_force(), clock.now()
    released = next((answer for answer in reversed(history.answers) if answer["released_at"]), None)
    proposed = released or next(iter(history.answers), None)
    course = Course(
        received_at=question["received_at"],
        due_on=question["promised_on"] or question["due_by_rule_on"],
        agreed_on=question["agreed_on"],
        routed_at=question["routed_at"],
        units=tuple(
            AtUnit(
                name=row["name"],
                unit_due_on=row["unit_due_on"],
                lettered_at=row["lettered_at"],
                replied_at=row["replied_at"],
            )
            for row in history.assignments
            if row["state"] != "withdrawn"
        ),
        proposed_at=proposed["proposed_at"] if proposed else None,
        released_at=released["released_at"] if released else None,
        answered_at=question["answered_at"] or question["closed_at"],
    )
    return attribution(course, desk.calendar, desk.policy(now).hours, now)


def _lines(history: History, used: Attribution) -> Iterator[str]:
    question = history.question
    yield f"{question['case_code']}: {state_name(QuestionState(question['state']))}"
    told = "đã" if question["acknowledged"] else "không"
    yield f"  Tiếp nhận {_moment(question['received_at'])}; {told} báo tiếp nhận"
    due: date | None = question["promised_on"] or question["due_by_rule_on"]
    if due:
        yield f"  Hạn trả lời: hết {long_date(due)}"
        yield f"    {question['promised_because']}"
    if question["agreed_on"]:
        yield f"  Đã hẹn lại công dân: hết {long_date(question['agreed_on'])}"
    yield f"  Zalo cho phép nhắn đến {_moment(question['window_closes_at'])}"
    if question["sensitive"] or question["urgent"]:
        yield "  Nội dung hạn chế: chỉ cán bộ trực và Thư ký được xem."
    else:
        yield "  Nội dung:"
        yield from (f"    {line}" for line in masked(question["text"]).splitlines())
    yield from _section(
        "Đơn vị",
        [f"{row['name']}: {AT_UNIT[row['state']]}, hạn {long_date(row['told_on'])}" for row in history.assignments],
    )
    yield from _section("Nhắc hạn, đôn đốc", [_step(row) for row in history.steps])
    yield from _section("Thời gian đã dùng", list(_used(used, question["agreed_on"])))
    yield from _section("Thư và tin", [_delivery(row) for row in history.deliveries])
    yield from _section(
        "Việc của cán bộ",
        [
            f"{WORK.get(row['kind'], row['kind'])} ({OWNERS.get(row['owner'], row['owner'])}): {row['reason']} "
            + (f"[{row['closed_by']}: {row['outcome']}]" if row["closed_at"] else "[đang chờ]")
            for row in history.work_items
        ],
    )
    yield from _section("Lịch sử", [_event(row) for row in history.events])


def _event(row: Row) -> str:
    details = row["details"]
    known = [f"{what} {details[name]}" for name, what in _DETAILS.items() if name in details]
    if reading := details.get("reading"):
        known.append(READINGS[reading])
    by = "hệ thống" if row["actor"] == "desk" else row["actor"]
    more = f": {', '.join(known)}" if known else ""
    return f"{_moment(row['recorded_at'])} {EVENTS[row['kind']]} ({by}){more}, lượt chạy {row['flow_run_id'] or '-'}"


def _delivery(row: Row) -> str:
    kind = KINDS.get((row["channel"], row["kind"]), row["kind"])
    how = f" lúc {_moment(row['sent_at'])}" if row["sent_at"] else f" ({row['outcome']})" if row["outcome"] else ""
    return f"{row['outbox_id']:>6} {row['channel']:4} {kind}: {LEAVING[row['state']]}{how}"


def _step(row: Row) -> str:
    when = (
        f"{abs(row['step'])} ngày làm việc {'sau' if row['step'] > 0 else 'trước'} hạn"
        if row["step"]
        else "ngày đến hạn"
    )
    board = ", báo Ban Quản trị" if row["told_board"] else ""
    taken_back = f", thu hồi {row['taken_back_on']:%d/%m/%Y}" if row["taken_back_on"] else ""
    return f"{row['taken_on']:%d/%m/%Y} {row['name']}: {when} {row['due_on']:%d/%m/%Y}{board}{taken_back}"


def _used(used: Attribution, agreed_on: date | None) -> Iterator[str]:
    for share in used.shares:
        days = ", ".join(f"{day:%d/%m}" for day in share.days)
        late = f", chậm {share.late_days} ngày" if share.late_days else ""
        yield f"{share.unit or 'điều phối'}, {share.stage.value}: {len(share.days)} ngày làm việc ({days}){late}"
    if used.late_days:
        yield f"Chậm so với thời hạn theo quy chế {used.late_days} ngày: {', '.join(used.because_of) or 'điều phối'}"
    if agreed_on and used.late_as_told_days:
        yield f"Chậm so với ngày đã hẹn lại công dân {used.late_as_told_days} ngày"
    elif agreed_on and used.late_days:
        yield f"Không chậm so với ngày đã hẹn lại công dân: hết {long_date(agreed_on)}"


def _section(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"  {title}:"
        yield from (f"    {line}" for line in lines)


def _moment(moment: datetime) -> str:
    return f"{local_time(moment):%H:%M %d/%m/%Y}"
