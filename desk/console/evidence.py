"""`zalo-desk evidence CODE`: the paper about an article's removal, as a file that its owner alone may read."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from desk.console.stopped_desk import needs_the_desk
from desk.rules.content.codes import find_content_codes
from desk.runtime.database import transaction
from desk.store.takedowns import Evidence, find_evidence


@needs_the_desk()
def evidence(
    code: Annotated[str, typer.Argument(help="Mã bài ND-2026-0012")],
    file: Annotated[Path | None, typer.Argument(help="Tệp ghi hồ sơ; bỏ trống là go-bai-MÃ BÀI.pdf")] = None,
) -> None:
    """Write the paper about a removal, a PDF file, and print its SHA-256. A file that is there stays as it is."""
    paper = _paper(code)
    if paper is None:
        _fail(f"Không có hồ sơ gỡ bài mã {code}: kiểm tra lại mã; bài chưa gỡ xong thì chưa có hồ sơ.")
    target = file or Path(f"go-bai-{paper.code}.pdf")
    try:
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        _fail(f"Tệp {target} đã có: đề nghị chọn tên khác.")
    except OSError as error:
        _fail(f"Không ghi được tệp {target}: {error.strerror}.")
    with os.fdopen(handle, "wb") as stream:
        stream.write(paper.content)
    print(f"{target}: hồ sơ gỡ bài {paper.code}, SHA-256 {paper.sha256.hex()}")


def _paper(code: str) -> Evidence | None:
    codes = find_content_codes(code)
    if len(codes) != 1:
        return None
    with transaction() as connection:
        return find_evidence(connection, codes[0])


def _fail(message: str) -> NoReturn:
    print(message, file=sys.stderr)
    raise typer.Exit(1)
