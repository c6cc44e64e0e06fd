"""Two cursors over what citizens wrote, so that nothing is lost wherever a pull is cut off (A2).

A *sweep* reads the newest rows over all citizens, only to learn who moved; a *walk* reads one citizen's conversation.
Both go from the newest row down until they are well past what is known, and move their cursor only once they are: a
pull that dies half way leaves the cursor where it was, and what it has stored already is met again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from desk.rules.incoming import PulledRow

# rows may turn up so late; each pull reads again as much
OVERLAP: Final = timedelta(minutes=10)
# an end of the list before anything known is believed only where the known may have gone out of the list
_LIST_HOLDS: Final = timedelta(days=2)
# where so many rows at the end of a page are past the cursor, a walk is: one alone may be a late row out of order
_IN_ORDER: Final = 3
# so often a conversation that lacks what it should hold is read again later; then Zalo does not hold it any more
_TRIES: Final = 3


@dataclass(frozen=True, slots=True)
class Sighting:
    """One row that shows who moved."""

    user_id: str
    message_id: str
    sent_at: datetime


@dataclass(slots=True)
class Sweep:
    """One reading of the newest rows, from *began_at* down past *high_water*, the newest row of the sweep before."""

    began_at: datetime
    high_water: datetime | None
    offset: int = 0
    is_over: bool = False
    _newest: datetime | None = None
    _met_known: bool = False
    _moved: dict[str, Sighting] = field(default_factory=dict)
    _perhaps: list[Sighting] = field(default_factory=list)

    def read(self, rows: Sequence[PulledRow], *, page: int, is_last: bool) -> None:
        """Take in one page, newest rows first."""
        for row in rows:
            sighting = Sighting(row.user_id, row.message_id, row.sent_at)
            if self._newest is None or row.sent_at > self._newest:
                self._newest = row.sent_at
            if self.high_water is None or row.sent_at > self.high_water:
                self._moved.setdefault(row.user_id, sighting)
            else:
                self._met_known = True
                self._perhaps.append(sighting)
        self.offset += page
        self.is_over = is_last or _passed(rows, self.high_water)

    @property
    def moved(self) -> list[Sighting]:
        """The newest row of each citizen who wrote or was written to since the sweep before."""
        return list(self._moved.values())

    @property
    def perhaps(self) -> list[Sighting]:
        """Rows that the sweep before may have seen: those the store lacks came late, or their walk is still due."""
        return self._perhaps

    @property
    def next_high_water(self) -> datetime | None:
        """Where the next sweep may stop; None as long as there was no row at all.

        It stays where it is after a list that ended before anything known: a page may have come back empty.
        """
        newest = self._newest and min(self._newest, self.began_at)
        if self.high_water is None or newest is None:
            return newest or self.high_water
        whole = self._met_known or self.began_at - self.high_water > _LIST_HOLDS
        return max(newest, self.high_water) if whole else self.high_water


@dataclass(slots=True)
class Walk:
    """One reading of a citizen's conversation, from *began_at* down past *complete_to*, where all is stored.

    `seen_id` is the row that made the walk due; `version` tells whether more was seen meanwhile.
    """

    user_id: str
    began_at: datetime
    complete_to: datetime | None
    seen_id: str | None
    attempts: int
    version: datetime
    offset: int = 0
    is_over: bool = False
    newest: datetime | None = None
    _oldest: datetime | None = None
    _met_seen: bool = False

    def read(self, rows: Sequence[PulledRow], *, page: int, is_last: bool) -> None:
        """Take in one page, newest rows first; that rows are known already does not end the walk."""
        for row in rows:
            self._met_seen = self._met_seen or row.message_id == self.seen_id
            if self.newest is None or row.sent_at > self.newest:
                self.newest = row.sent_at
            if self._oldest is None or row.sent_at < self._oldest:
                self._oldest = row.sent_at
        self.offset += page
        self.is_over = is_last or _passed(rows[-_IN_ORDER:], self.complete_to)

    @property
    def is_complete(self) -> bool:
        """Whether a walk that is over met what it must meet: the row that made it due, and what is stored already."""
        if self.attempts >= _TRIES:
            return True
        reaches_back = self.complete_to is None or (self._oldest is not None and self._oldest <= self.complete_to)
        return reaches_back and (self.seen_id is None or self._met_seen)

    @property
    def next_complete_to(self) -> datetime | None:
        """Up to where all is stored once the walk's rows are."""
        newest = self.newest and min(self.newest, self.began_at)
        return max((moment for moment in (newest, self.complete_to) if moment is not None), default=None)


def _passed(rows: Sequence[PulledRow], cursor: datetime | None) -> bool:
    return bool(rows) and cursor is not None and all(row.sent_at <= cursor - OVERLAP for row in rows)
