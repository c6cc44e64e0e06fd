"""A poisoned row never stops the line (law 7): the only place that catches Exception."""

from __future__ import annotations

import logging
import secrets
import traceback
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DataError, IntegrityError, InternalError, NotSupportedError, OperationalError

from desk.gateways.failures import Failure
from desk.store.work_items import WorkItem, add_work_items

Row = TypeVar("Row")
Result = TypeVar("Result")

_log = logging.getLogger(__name__)
_ROW_IS_AT_FAULT = (DataError, IntegrityError, InternalError, NotSupportedError)


@dataclass(frozen=True, slots=True)
class Line(Generic[Row]):
    """What a batch is made of: its name in work items, how a row is named, and how it is parked out of the sweep."""

    name: str
    identify: Callable[[Row], str]
    park: Callable[[Connection, Sequence[Row]], None]
    question_of: Callable[[Row], int | None] = lambda _: None
    article_of: Callable[[Row], int | None] = lambda _: None


def set_aside(
    connection: Connection, line: Line[Row], rows: Sequence[Row], rule: Callable[[Row], Result]
) -> list[tuple[Row, Result]]:
    """Apply a rule row by row; a row it raises for becomes a work item and is parked, the rest goes on."""
    done: list[tuple[Row, Result]] = []
    for row in rows:
        try:
            done.append((row, rule(row)))
        except Exception as error:  # noqa: BLE001 - law 7: whatever a rule raises is about this row
            _put_aside(connection, line, row, error)
    return done


def set_aside_alone(
    transaction: Callable[[], AbstractContextManager[Connection]],
    line: Line[Row],
    row: Row,
    rule: Callable[[Row], Result],
) -> Result | None:
    """Apply a rule that calls a gateway, in transactions of its own, to one row; None where the row was set aside.

    Raises:
        Failure: the gateway's, which is no fault of the row.
    """
    try:
        return rule(row)
    except (Failure, OperationalError):
        raise
    except Exception as error:  # noqa: BLE001 - law 7: whatever else a rule raises is about this row
        with transaction() as connection:
            _put_aside(connection, line, row, error)
        return None


def write_halving(
    connection: Connection, line: Line[Row], rows: Sequence[Row], write: Callable[[Sequence[Row]], None]
) -> list[Row]:
    """Write rows in one statement; where the database refuses it, halve until the row at fault is found and set aside.

    Returns the rows that were written.
    """
    if not rows:
        return []
    try:
        with connection.begin_nested():
            write(rows)
    except _ROW_IS_AT_FAULT as error:
        if len(rows) == 1:
            _put_aside(connection, line, rows[0], error)
            return []
        middle = len(rows) // 2
        first = write_halving(connection, line, rows[:middle], write)
        return [*first, *write_halving(connection, line, rows[middle:], write)]
    return list(rows)


def _put_aside(connection: Connection, line: Line[Row], row: Row, error: Exception) -> None:
    """Park a row and open its work item. Frames and the error's type are kept, not its text: it may quote a citizen."""
    traceback_id = secrets.token_hex(4)
    name = line.identify(row)
    frames = "".join(traceback.format_list(traceback.extract_tb(error.__traceback__)))
    _log.warning("set aside: %s %s, %s, traceback %s", line.name, name, type(error).__name__, traceback_id)
    line.park(connection, [row])
    item = WorkItem(
        key=f"bug:{line.name}:{name}:{traceback_id}",
        kind="bug",
        reason=f"Lỗi phần mềm khi xử lý {name} ({type(error).__name__}, mã lỗi {traceback_id}); đã để riêng.",
        owner="ops",
        remedy=(
            "Báo nhóm phát triển kèm mã lỗi; sau khi sửa, kết thúc việc này bằng biểu mẫu resolve-work-item "
            "(Đã xử lý xong, Đã khắc phục sự cố) để đưa trở lại hàng chờ."
        ),
        proposals=[{"line": line.name, "row": name}],
        question_id=line.question_of(row),
        content_item_id=line.article_of(row),
        traceback_id=traceback_id,
        traceback=f"{frames}{type(error).__qualname__}",
    )
    add_work_items(connection, [item])
