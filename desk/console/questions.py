"""What `zalo-desk show` prints of a question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from textwrap import shorten
from typing import Final

from desk.console.lines import Row, delivery, event, moment_of, section, work
from desk.console.words import AT_UNIT
from desk.rules.calendar import long_date
from desk.rules.lateness import Attribution, AtUnit, Course, attribution
from desk.rules.letters import state_name
from desk.rules.letters.phrases import joined
from desk.rules.masking import masked
from desk.rules.states import QuestionState
from desk.runtime import clock
from desk.runtime.in_force import in_force
from desk.store.histories import History

_PREVIEW: Final = 80


def question_lines(history: History) -> Iterator[str]:
    """Yield what is remembered of a question. Numbers of persons are masked."""
    question, used = history.question, _attributed(history)
    yield f"{question['case_code']}: {state_name(QuestionState(question['state']))}"
    if question["merged_into"]:
        yield f"  Gộp vào câu hỏi {question['merged_into']}: nội dung, đơn vị và thời hạn theo câu hỏi đó"
    if question["merged_codes"]:
        yield f"  Gồm cả câu hỏi {joined(question['merged_codes'])}"
    told = "đã" if question["acknowledged"] else "không"
    yield f"  Tiếp nhận {moment_of(question['received_at'])}; {told} báo tiếp nhận"
    due: date | None = question["promised_on"] or question["due_by_rule_on"]
    if due:
        yield f"  Hạn trả lời: hết {long_date(due)}"
        yield f"    {question['promised_because']}"
    if question["agreed_on"]:
        yield f"  Đã hẹn lại công dân: hết {long_date(question['agreed_on'])}"
    yield f"  Zalo cho phép nhắn đến {moment_of(question['window_closes_at'])}"
    is_narrow = bool(question["sensitive"] or question["urgent"])
    if is_narrow:
        yield "  Nội dung hạn chế: chỉ cán bộ trực và Thư ký được xem."
    else:
        yield "  Nội dung:"
        yield from (f"    {line}" for line in masked(question["text"]).splitlines())
    if len(history.messages) > 1:
        yield from section("Tin nhắn", list(_messages(history.messages, is_narrow=is_narrow)))
    yield from section(
        "Đơn vị",
        [f"{row['name']}: {AT_UNIT[row['state']]}, hạn {long_date(row['told_on'])}" for row in history.assignments],
    )
    yield from section("Nhắc hạn, đôn đốc", [_step(row) for row in history.steps])
    yield from section("Thời gian đã dùng", list(_used(used, question["agreed_on"])))
    yield from section("Thư và tin", [delivery(row) for row in history.deliveries])
    yield from section(
        "Việc của cán bộ",
        [work({**row, "why": row["reason"]}) for row in history.work_items],
    )
    yield from section("Lịch sử", [event(row) for row in history.events])


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


def _messages(said: Sequence[Row], *, is_narrow: bool) -> Iterator[str]:
    """Yield each message with the number and the time by which it is split off (TÁCH: …)."""
    for number, message in enumerate(said, 1):
        text = "" if is_narrow else shorten(masked(message["text"]), _PREVIEW, placeholder="…")
        yield f"{number}. {moment_of(message['sent_at'])} {text}".rstrip()


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
