"""`zalo-desk check-office`: every mistake in office/ with its line and remedy, then what will soon need a hand."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desk.console.stopped_desk import needs_the_desk
from desk.rules.office import Office
from desk.runtime import clock
from desk.runtime.database import transaction
from desk.runtime.in_force import in_force
from desk.runtime.office import read_files
from desk.runtime.office_files import OfficeError
from desk.runtime.office_notices import find_notices
from desk.runtime.settings import settings
from desk.runtime.trying_phrases import find_flips


@needs_the_desk()
def check_office(
    folder: Annotated[Path | None, typer.Argument(help="thư mục dữ liệu; mặc định theo OFFICE_DIR")] = None,
    *,
    phrases: Annotated[
        bool, typer.Option("--phrases", help="Câu hỏi cũ nào sẽ đổi kết quả phân loại nếu nạp dữ liệu này")
    ] = False,
) -> None:
    """Print one line a mistake, then one a notice; end with code 1 where there are mistakes."""
    chosen = folder or settings().office_dir
    try:
        office = read_files(chosen)
        if phrases:
            _tell_flips(office, chosen)
    except OfficeError as error:
        print(error)
        print(f"{len(error.mistakes)} lỗi, chưa nạp dữ liệu nào.")
        raise typer.Exit(1) from None
    notices = list(find_notices(office, clock.now().date()))
    for notice in notices:
        print(notice)
    counts = f"{len(office.units)} đơn vị, {len(office.topics)} chủ đề, {len(office.lexicon.phrases)} cụm từ"
    print(f"Dữ liệu hợp lệ: {counts}; {len(notices)} lưu ý.")


def _tell_flips(office: Office, folder: Path) -> None:
    """Print what would be classified otherwise than by the office in force; no text is shown."""
    with transaction() as connection:
        found = find_flips(connection, in_force(connection), office, folder)
    for flip in found:
        print(f"{flip.case_id}: {flip.was} thành {flip.is_now}{_BETTER[flip.to_better]}")
    print(f"{len(found)} câu đổi kết quả phân loại.")


_BETTER = {True: ", đúng hơn", False: ", sai đi", None: ""}
