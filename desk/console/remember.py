"""`zalo-desk remember CODE`: an answer that later questions may be answered with, or no longer."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from desk.console.stopped_desk import needs_the_desk
from desk.rules.calendar import local_date
from desk.rules.case_codes import find_case_codes
from desk.rules.office import in_force as of_day
from desk.runtime import clock
from desk.runtime.database import transaction
from desk.runtime.decisions.decision import DecisionRefusedError
from desk.runtime.in_force import in_force
from desk.runtime.memory import remember as keep
from desk.runtime.memory import retire as give_up


@needs_the_desk()
def remember(
    code: Annotated[str, typer.Argument(help="Mã câu hỏi đã trả lời")],
    *,
    by: Annotated[str, typer.Option(help="Mã cán bộ quyết định (khai báo, chưa xác thực)")],
    retire: Annotated[bool, typer.Option("--retire", help="Bỏ mẫu, không trích trong thư nữa")] = False,
) -> None:
    """Keep the answer to a question for like ones, or take it out of use."""
    case_code = next(iter(find_case_codes(code)), code)
    try:
        with transaction() as connection:
            desk, as_of = in_force(connection), clock.now()
            official = of_day(desk.office.officials, local_date(as_of)).get(by)
            if official is None:
                print(f"Không có cán bộ mã {by} đang công tác: xem officials.yaml.", file=sys.stderr)
                raise typer.Exit(2)
            kept = (
                give_up(connection, case_code, official, as_of)
                if retire
                else keep(connection, case_code, official, desk, as_of)
            )
            print(kept)
    except DecisionRefusedError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(1) from None
