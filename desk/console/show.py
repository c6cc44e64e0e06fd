"""`zalo-desk show CODE`: everything that is remembered of a question."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated

import typer

from desk.rules.calendar import local_time, long_date
from desk.rules.case_codes import find_case_codes
from desk.rules.letters import state_name
from desk.rules.masking import masked
from desk.rules.states import QuestionState
from desk.runtime.database import transaction
from desk.store.histories import History, get_history


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
    print("\n".join(_lines(history)))


def _lines(history: History) -> Iterator[str]:
    question = history.question
    yield f"{question['case_code']}: {state_name(QuestionState(question['state']))}"
    told = "đã" if question["acknowledged"] else "không"
    yield f"  Tiếp nhận {_moment(question['received_at'])}; {told} báo tiếp nhận"
    due: date | None = question["promised_on"] or question["due_by_rule_on"]
    if due:
        yield f"  Hạn trả lời: hết {long_date(due)}"
        yield f"    {question['promised_because']}"
    yield f"  Zalo cho phép nhắn đến {_moment(question['window_closes_at'])}"
    if question["sensitive"] or question["urgent"]:
        yield "  Nội dung hạn chế: chỉ cán bộ trực và Thư ký được xem."
    else:
        yield "  Nội dung:"
        yield from (f"    {line}" for line in masked(question["text"]).splitlines())
    yield from _section(
        "Đơn vị", [f"{row['name']}: {row['state']}, hạn {long_date(row['told_on'])}" for row in history.assignments]
    )
    yield from _section(
        "Thư và tin",
        [
            f"{row['outbox_id']:>6} {row['channel']:4} {row['kind']}: {row['state']}"
            + (f" lúc {_moment(row['sent_at'])}" if row["sent_at"] else f" ({row['outcome'] or 'đang chờ'})")
            for row in history.deliveries
        ],
    )
    yield from _section(
        "Việc của cán bộ",
        [
            f"{row['kind']} ({row['owner']}): {row['reason']} "
            + (f"[{row['closed_by']}: {row['outcome']}]" if row["closed_at"] else "[đang chờ]")
            for row in history.work_items
        ],
    )
    yield from _section(
        "Lịch sử",
        [
            f"{_moment(row['recorded_at'])} {row['kind']} ({row['actor']}) {row['details'] or ''} "
            f"lượt chạy {row['flow_run_id'] or '-'}"
            for row in history.events
        ],
    )


def _section(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"  {title}:"
        yield from (f"    {line}" for line in lines)


def _moment(moment: datetime) -> str:
    return f"{local_time(moment):%H:%M %d/%m/%Y}"
