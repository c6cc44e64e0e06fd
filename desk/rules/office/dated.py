"""Rows that are in force from one day to another."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar


class Period(Protocol):
    """What is in force from one day to another, both included; no last day means until further notice."""

    @property
    def valid_from(self) -> date:
        """The first day."""

    @property
    def valid_to(self) -> date | None:
        """The last day."""


class Dated(Period, Protocol):
    """What has a key, too."""

    @property
    def code(self) -> str:
        """The key; several periods may share it."""


DatedRow = TypeVar("DatedRow", bound=Dated)


class NotInForceError(LookupError):
    """Nothing of that code is in force on that day."""


def is_in_force(row: Period, on: date) -> bool:
    """Return whether a day lies in the row's period."""
    return row.valid_from <= on and (row.valid_to is None or on <= row.valid_to)


def in_force(rows: Iterable[DatedRow], on: date) -> dict[str, DatedRow]:
    """Return the rows in force on a day, by code."""
    return {row.code: row for row in rows if is_in_force(row, on)}
