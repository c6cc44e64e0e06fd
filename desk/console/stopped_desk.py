"""What a command says where the desk's database does not answer, or has never been set up."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import typer
from psycopg.errors import UndefinedTable
from sqlalchemy.exc import OperationalError, ProgrammingError

from desk.runtime.office import NoOfficeError
from desk.runtime.settings import settings


@contextmanager
def needs_the_desk() -> Iterator[None]:
    """Let a command ask the database; where nothing can be asked, end it with one sentence, the remedy, and code 1."""
    try:
        yield
    except (OperationalError, ProgrammingError) as error:
        if isinstance(error.orig, UndefinedTable):
            _end("Cơ sở dữ liệu của hệ thống chưa được khởi tạo")
        # what the server itself says has a state
        if not isinstance(error.orig, psycopg.OperationalError) or error.orig.sqlstate:
            raise
        _end("Không kết nối được cơ sở dữ liệu của hệ thống")
    except NoOfficeError:
        _end("Cơ sở dữ liệu của hệ thống chưa có dữ liệu của thư mục office")


def _end(what: str) -> None:
    remedy = (
        "kiểm tra DATABASE_URL và máy chủ PostgreSQL"
        if settings().database_url
        else "hệ thống đang dừng, hoặc DATA_DIR chỉ đến thư mục khác"
    )
    print(f"{what}: {remedy}; khởi động hệ thống bằng make run (zalo-desk run) rồi gọi lại lệnh này.", file=sys.stderr)
    raise typer.Exit(1) from None
