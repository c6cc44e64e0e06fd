"""`zalo-desk due`: the date promised to a citizen, with its derivation; needs the files of office/ and nothing else."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Annotated

import typer

from desk.rules.calendar import HCM, WorkingCalendar, local_date
from desk.rules.deadlines import Counting, DueDate, promised_date
from desk.rules.office import NotInForceError
from desk.runtime.office import read_files
from desk.runtime.office_files import OfficeError
from desk.runtime.settings import settings


class InputError(ValueError):
    """What was typed is no receipt the desk can date; the message says what is expected."""


def due(
    received: Annotated[
        str,
        typer.Argument(help='lúc nhận, giờ Việt Nam: "2026-11-22 09:00"; "-": đọc từng dòng "2026-11-22 09:00 2"'),
    ],
    units: Annotated[int, typer.Option(min=1, help="số đơn vị phải cho ý kiến")] = 1,
    counting: Annotated[Counting | None, typer.Option(help="cách tính ngày nhận; mặc định theo policy.yaml")] = None,
) -> None:
    """Print the day by whose end the citizen is promised the answer, then how it was counted."""
    date_of = _dates(counting)
    if received == "-":
        _print_each_line(date_of)
        return
    try:
        found = date_of(received, units)
    except InputError as error:
        raise typer.BadParameter(str(error)) from None
    print(found.on.isoformat())
    print(found.because)


def _print_each_line(date_of: Callable[[str, int], DueDate]) -> None:
    # One line out for one line in, errors too, so that the two can be laid side by side.
    is_clean = True
    for number, line in enumerate(typer.get_text_stream("stdin", errors="replace"), start=1):
        if not line.strip():
            continue
        received, _, units = line.strip().rpartition(" ")
        try:
            found = date_of(received, _unit_count(units))
        except InputError as error:
            is_clean = False
            print(f"LỖI\tdòng {number}: {error}")
        else:
            print(f"{found.on.isoformat()}\t{found.because}")
    if not is_clean:
        raise typer.Exit(1)


def _dates(counting: Counting | None) -> Callable[[str, int], DueDate]:
    try:
        office = read_files(settings().office_dir)
    except OfficeError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(1) from None
    calendar = WorkingCalendar(office.days)
    # A day before the regulation is dated by its first rules: old cases are what people check the count with.
    first_on = min(policy.valid_from for policy in office.policies)

    def date_of(received: str, units: int) -> DueDate:
        received_at = _moment(received)
        try:
            policy = office.policy(max(first_on, local_date(received_at)))
            if counting is not None:
                policy = replace(policy, counting=counting)
            return promised_date(received_at, units, calendar, policy)
        except (NotInForceError, OverflowError):
            message = "office/policy.yaml hoặc lịch làm việc không bao gồm ngày này"
            raise InputError(message) from None

    return date_of


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        message = "lúc nhận phải có dạng 2026-11-22 09:00"
        raise InputError(message) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=HCM)


def _unit_count(text: str) -> int:
    if text.isdecimal() and int(text) > 0:
        return int(text)
    message = "cuối dòng phải là số đơn vị, từ 1 trở lên: 2026-11-22 09:00 2"
    raise InputError(message)
