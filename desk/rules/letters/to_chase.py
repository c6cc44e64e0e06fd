"""Digests of the chase: to a unit, to its head with the unit in copy, and to the Ban Quản trị (U25)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from desk.rules.calendar import local_date, long_date
from desk.rules.letters.commands import buttons, unit_commands
from desk.rules.letters.phrases import clock_time, moment_and_date, time_of_day
from desk.rules.letters.to_units import Addressee, Letterhead
from desk.rules.mailto import mailto
from desk.rules.office import Recipient
from desk.rules.outgoing import Letter, Sheet

MOST_LINES: Final = 50
_COLUMNS: Final = ("Mã câu hỏi", "Công dân gửi ngày", "Đơn vị nhận lúc", "Thời hạn", "Ghi chú")
_BOARD_COLUMNS: Final = ("Mã câu hỏi", "Đơn vị", "Công dân gửi ngày", "Đơn vị nhận", "Thời hạn")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChasedQuestion:
    """A question a unit is reminded of. `due_on` is the one date it is shown; `passed_to` who deals with it there.

    `is_shared`: other units were asked beside it.
    """

    question_id: int
    assignment_id: int
    case_code: str
    received_at: datetime
    lettered_at: datetime
    due_on: date
    passed_to: str = ""
    is_shared: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """A question whose overdue notice is no longer true, because its date has moved."""

    case_code: str
    before: date
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueAtUnit:
    """A question as the Ban Quản trị hears of it: at which unit it is overdue; at none, it is late at the desk."""

    case_code: str
    unit: str
    received_at: datetime
    lettered_at: datetime | None
    due_on: date


def chase_key(letter: str, of: str, on: date, slot: time, to: Recipient = Recipient.UNIT) -> str:
    """Return the key of a letter of the chase: one a unit, addressee and slot, whatever runs twice.

    *of* is the unit's code, followed by its provincial office's where it is one by place.
    """
    return f"{letter}:{of}:{on.isoformat()}:{slot:%H%M}:{to.value}"


def chase_digest(
    questions: Sequence[ChasedQuestion],
    unit: Addressee,
    letterhead: Letterhead,
    *,
    of: str,
    slot: time,
    reply_token: str | None,
    taken_back: Sequence[TakenBack] = (),
    thanks: Sequence[str] = (),
    thread: str = "",
) -> Letter:
    """Return the one letter of a slot that reminds a unit of its dates, oldest first.

    It also takes back overdue notices that are no longer true, and thanks for answers that reached their citizens;
    *thanks* are their codes. With one question the token is that question's own, and *thread* the key of the letter
    that asked; with several the token is the table's.
    """
    return Letter(
        template="chase-digest",
        key=chase_key("chase-digest", of, local_date(letterhead.written_at), slot),
        stream=f"unit:{of}",
        to=unit.email,
        reply_token=reply_token,
        thread=thread,
        sheet=_sheet(questions, letterhead),
        context={
            **_listed(questions, unit, letterhead, reply_token),
            "taken_back": [
                {"case_code": line.case_code, "before": long_date(line.before), "due": long_date(line.due_on)}
                for line in taken_back
            ],
            "thanks": tuple(thanks),
        },
    )


def chase_escalation(
    questions: Sequence[ChasedQuestion],
    unit: Addressee,
    letterhead: Letterhead,
    *,
    of: str,
    slot: time,
    head: str | None,
    to: Recipient,
    answer_by: date,
    reply_token: str | None,
) -> Letter:
    """Return the letter about overdue questions, to a unit's head or, the same, to the unit in copy.

    *head* is the head's address, None where the unit alone can be written to.
    """
    return Letter(
        template="chase-escalation",
        key=chase_key("chase-escalation", of, local_date(letterhead.written_at), slot, to),
        stream=f"{to.value}:{of}",
        to=head if head and to is Recipient.HEAD else unit.email,
        reply_token=reply_token,
        sheet=_sheet(questions, letterhead),
        context={
            **_listed(questions, unit, letterhead, reply_token),
            "to_head": head is not None,
            "answer_by": time_of_day(answer_by, letterhead.reply_by),
        },
    )


def chase_board(
    overdue: Sequence[OverdueAtUnit], late_here: Sequence[OverdueAtUnit], to: str, *, on: date, slot: time
) -> Letter:
    """Return what the Ban Quản trị hears of overdue questions, one letter a slot over all units.

    *late_here*: the citizen's date is over and no unit's is; the days were used in coordination.
    """
    units = Counter(line.unit for line in overdue)
    lines = sorted([*overdue, *late_here], key=lambda line: (line.due_on, line.case_code))
    rows = tuple((line.case_code, line.unit or "điều phối", *_dates(line)) for line in lines)
    return Letter(
        template="chase-board",
        key=f"chase-board:{on.isoformat()}:{slot:%H%M}",
        stream="board",
        to=to,
        sheet=_board_sheet(rows, on),
        context={
            "on": long_date(on),
            "total": len(overdue),
            "units": sorted(units.items(), key=lambda item: (-item[1], item[0])),
            "late_here": len(late_here),
            "lines": [
                dict(zip(("case_code", "unit", "received", "lettered", "due"), row, strict=True)) for row in rows
            ][:MOST_LINES],
            "left_out": max(0, len(rows) - MOST_LINES),
        },
    )


def _dates(line: OverdueAtUnit) -> tuple[str, str, str]:
    lettered = moment_and_date(line.lettered_at) if line.lettered_at else "chưa chuyển"
    return long_date(local_date(line.received_at)), lettered, f"hết ngày {long_date(line.due_on)}"


def _listed(
    questions: Sequence[ChasedQuestion], unit: Addressee, letterhead: Letterhead, reply_token: str | None
) -> dict[str, object]:
    address = letterhead.address.reply(reply_token)
    only = questions[0].case_code if len(questions) == 1 else ""
    commands = unit_commands(is_shared=any(question.is_shared for question in questions))
    return {
        "unit": unit.name,
        "total": len(questions),
        "only": only,
        "earliest_due": long_date(min(question.due_on for question in questions)) if questions else "",
        "reply_by": clock_time(letterhead.reply_by),
        "lines": [{**_line(question), "url": _reply_to(question, address)} for question in questions[:MOST_LINES]],
        "left_out": max(0, len(questions) - MOST_LINES),
        "buttons": buttons(commands, address=address, case_code=only) if only else (),
        **letterhead.closing,
    }


def _line(question: ChasedQuestion) -> dict[str, str]:
    return {
        "case_code": question.case_code,
        "received": long_date(local_date(question.received_at)),
        "lettered": moment_and_date(question.lettered_at),
        "due": f"hết ngày {long_date(question.due_on)}",
        "note": f"Quý đơn vị đã chuyển {question.passed_to} xử lý" if question.passed_to else "",
    }


def _reply_to(question: ChasedQuestion, address: str) -> str:
    return mailto(address, subject=f"[{question.case_code}] Trả lời", body=f"{question.case_code}: ")


def _sheet(questions: Sequence[ChasedQuestion], letterhead: Letterhead) -> Sheet | None:
    if len(questions) <= MOST_LINES:
        return None
    rows = tuple(tuple(_line(question).values()) for question in questions)
    on = local_date(letterhead.written_at)
    return Sheet(name=f"cau-hoi-cho-tra-loi-{on:%Y%m%d}", title="Câu hỏi chờ trả lời", columns=_COLUMNS, rows=rows)


def _board_sheet(rows: tuple[tuple[str, ...], ...], on: date) -> Sheet | None:
    if len(rows) <= MOST_LINES:
        return None
    return Sheet(name=f"don-doc-{on:%Y%m%d}", title="Câu hỏi quá hạn", columns=_BOARD_COLUMNS, rows=rows)
