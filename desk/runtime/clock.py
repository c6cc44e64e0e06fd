"""The only place that reads the clock for legal time; machine time is the database's clock_timestamp() (law 1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desk.rules.calendar import HCM


class ClockError(ValueError):
    """A run was asked for an instant that it must not act on."""


@dataclass(frozen=True, slots=True)
class LegalTime:
    """The instant a run acts on. `dry` is a run over a day gone by: it computes and reports, and writes nothing."""

    as_of: datetime
    dry: bool = False


def now() -> datetime:
    """Return the present instant in Asia/Ho_Chi_Minh."""
    return datetime.now(HCM)


def passed(as_of: datetime, *, since: datetime) -> datetime:
    """Return the instant that acting on *as_of* has come to, begun at the real instant *since*."""
    return as_of + (now() - since)


def legal_time(as_of: datetime | None, *, catch_up: bool, dry_before: datetime) -> LegalTime:
    """Return the instant a run acts on: now, or *as_of* when a day is replayed.

    A naive *as_of* is on the wall clock of Asia/Ho_Chi_Minh. Before *dry_before* (one working day ago) a run is dry
    unless *catch_up* says that it should act.

    Raises:
        ClockError: *as_of* lies in the future.
    """
    present = now()
    if as_of is None:
        return LegalTime(present)
    moment = as_of.replace(tzinfo=HCM) if as_of.tzinfo is None else as_of.astimezone(HCM)
    if moment > present:
        message = f"as_of {moment:%d/%m/%Y %H:%M} lies in the future: leave it empty, or give an instant gone by"
        raise ClockError(message)
    return LegalTime(moment, dry=moment < dry_before and not catch_up)
