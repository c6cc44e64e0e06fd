"""The rows of conversations, kept sorted so that a page costs the same whatever lies behind it."""

from __future__ import annotations

import hashlib
from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sandbox.zalo.clock import vietnam_time
from sandbox.zalo.refusals import Json

BY_OA = 0
BY_USER = 1


@dataclass(slots=True)
class Row:
    """One message of a conversation, as it shows in pulls once the clock has reached `time`."""

    time: int
    number: int
    src: int
    user_id: str
    message_id: str
    type: str
    message: str | None
    media: Json
    """Whichever of url, thumb, description, links and location the row carries."""


def message_id(number: int) -> str:
    """Return an id of 20 hex digits, the same for the same number."""
    return hashlib.blake2b(str(number).encode(), digest_size=10).hexdigest()


def sent_time(at_ms: int) -> str:
    """Return how a row words its time: Vietnamese local time, "00:31:50 04/10/2025"."""
    return vietnam_time(at_ms).strftime("%H:%M:%S %d/%m/%Y")


def _order(row: Row) -> tuple[int, int]:
    return (row.time, row.number)


class Timeline:
    """Rows in order of time, then of arrival."""

    def __init__(self) -> None:
        self._rows: list[Row] = []

    def add(self, row: Row) -> None:
        """Put a row in its place."""
        insort(self._rows, row, key=_order)

    def extend(self, rows: Iterable[Row]) -> None:
        """Put many rows in their places at once."""
        self._rows.extend(rows)
        self._rows.sort(key=_order)

    def visible(self, now_ms: int) -> int:
        """Return how many rows the clock has reached."""
        return bisect_right(self._rows, now_ms, key=lambda row: row.time)

    def page(self, now_ms: int, offset: int, count: int) -> list[Row]:
        """Return a page of the rows the clock has reached, newest first."""
        end = max(self.visible(now_ms) - offset, 0)
        return self._rows[max(end - count, 0) : end][::-1]

    def newest_first(self, now_ms: int) -> Iterator[Row]:
        """Yield the rows the clock has reached, newest first."""
        return (self._rows[place] for place in range(self.visible(now_ms) - 1, -1, -1))
