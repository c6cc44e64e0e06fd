"""Zalo's window: until when the desk may write to a citizen, what that costs, and when to ask for a sign (U10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from desk.rules.calendar import local_time
from desk.rules.office import Block

# Zalo lets an Official Account write to a citizen for so long after the citizen's own last act, and for so long free.
WINDOW: Final = timedelta(days=7)
FREE_WINDOW: Final = timedelta(hours=48)
# What is asked so long before an end still leaves in time, though a run is missed or Zalo is slow.
_BEFORE_THE_END: Final = timedelta(hours=4)
# So long, awake, a citizen's turn to be asked lasts at least.
_TURN: Final = timedelta(hours=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """How long Zalo lets the desk write to a citizen: free of charge at first, then not at all."""

    free_until: datetime
    closes_at: datetime


class Reach(StrEnum):
    """Whether a message still reaches a citizen: free of charge, paid for, or not at all."""

    FREE = "free"
    PAID = "paid"
    SHUT = "shut"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a look at an open question's window came to.

    `asks_until`: its citizen is asked for a sign now, to be given before that instant. `again_at`: when to look again,
    None where only the citizen's own next act could change anything.
    """

    asks_until: datetime | None = None
    is_shut: bool = False
    again_at: datetime | None = None


def window(last_act_at: datetime) -> Window:
    """Return until when Zalo lets the desk write, after the citizen's own last act.

    Raises:
        ValueError: the moment carries no time zone.
    """
    local = local_time(last_act_at)
    return Window(free_until=local + FREE_WINDOW, closes_at=local + WINDOW)


def reach(opened: Window, now: datetime) -> Reach:
    """Return whether a message that leaves now reaches its citizen, and at what cost."""
    if now > opened.closes_at:
        return Reach.SHUT
    return Reach.FREE if now <= opened.free_until else Reach.PAID


def look(
    opened: Window, *, due_at: datetime | None, asked_at: datetime | None, now: datetime, waking_hours: Block
) -> Look:
    """Return whether the citizen of an open question is asked to keep the window open, and when to look again.

    Twice in a window at most, and never in the night: while writing is free, if the answer is due later (None: nobody
    knows when), and a last time before the window shuts. *asked_at* is when that was asked last.
    """
    if now > opened.closes_at:
        return Look(is_shut=True)
    ends = [opened.closes_at] if due_at and due_at <= opened.free_until else [opened.free_until, opened.closes_at]
    asks_until = None
    for end in ends:
        turn_begins, turn_ends = _turn(end, waking_hours)
        if now < turn_begins:
            return Look(asks_until=asks_until, again_at=turn_begins)
        if asks_until or now > turn_ends or (asked_at and asked_at >= turn_begins):
            continue
        if (awake_at := _next_waking(now, waking_hours)) == local_time(now):
            asks_until = end
        elif awake_at <= turn_ends:
            return Look(again_at=awake_at)
    return Look(asks_until=asks_until, again_at=opened.closes_at + timedelta(microseconds=1))


def _turn(end: datetime, waking_hours: Block) -> tuple[datetime, datetime]:
    """Return the last stretch before *end* that holds two waking hours: as late as may be, for a sign counts anew."""
    ends = end - _BEFORE_THE_END
    begins = ends - _TURN
    lasts_to = datetime.combine(begins.date(), waking_hours.end, begins.tzinfo)
    if begins.time() < waking_hours.start:
        lasts_to -= timedelta(days=1)
    return min(begins, lasts_to - _TURN), ends


def _next_waking(moment: datetime, waking_hours: Block) -> datetime:
    """Return the first instant from *moment* on at which a citizen may be woken by nobody."""
    local = local_time(moment)
    starts = datetime.combine(local.date(), waking_hours.start, local.tzinfo)
    if local < starts:
        return starts
    return local if local.time() < waking_hours.end else starts + timedelta(days=1)
