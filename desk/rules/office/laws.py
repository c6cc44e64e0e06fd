"""Laws that answers cite, and since when they are others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """A change of a law that stays in force; `by` is the number of what changed it."""

    on: date
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """A law by its number; `valid_to` is its last day, `replaced_by` the number of what stands in its place.

    `aliases` are shorter names. No `valid_from`: in force from before anybody wrote it down here.
    """

    number: str
    name: str
    aliases: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    replaced_by: str = ""
    amended: tuple[Amendment, ...] = ()
