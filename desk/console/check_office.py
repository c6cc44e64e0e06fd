"""`zalo-desk check-office`: every mistake in office/ with its line and remedy, then what will soon need a hand."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desk.runtime import clock
from desk.runtime.office import read_files
from desk.runtime.office_files import OfficeError
from desk.runtime.office_notices import find_notices
from desk.runtime.settings import settings


def check_office(
    folder: Annotated[Path | None, typer.Argument(help="thư mục dữ liệu; mặc định theo OFFICE_DIR")] = None,
) -> None:
    """Print one line a mistake, then one a notice; end with code 1 where there are mistakes."""
    try:
        office = read_files(folder or settings().office_dir)
    except OfficeError as error:
        print(error)
        print(f"{len(error.mistakes)} lỗi, chưa nạp dữ liệu nào.")
        raise typer.Exit(1) from None
    notices = list(find_notices(office, clock.now().date()))
    for notice in notices:
        print(notice)
    counts = f"{len(office.units)} đơn vị, {len(office.topics)} chủ đề, {len(office.lexicon.phrases)} cụm từ"
    print(f"Dữ liệu hợp lệ: {counts}; {len(notices)} lưu ý.")
