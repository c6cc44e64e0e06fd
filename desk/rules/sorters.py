"""Who is asked to sort a question, and when: the officer on duty, the stand-in, the Secretary (U6, U16, U18).

A question goes out at a slot of the day; what is sensitive or urgent at once, and to the narrow list alone: the officer
in charge and the Secretary. The hours of the ladder run from the first letter, whoever is on duty meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from desk.rules.office import Official, Policy, Role

# who was written to an hour ago is not reminded
_REMINDED_AFTER: Final = timedelta(hours=1)


class Why(StrEnum):
    """Why an official is written to about a question."""

    NEW = "new"
    REMINDED = "reminded"
    HANDED_OVER = "handed_over"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorter:
    """An official who was asked to sort a question: when first, when last, in how many letters."""

    official_code: str
    asked_at: datetime
    told_at: datetime
    letters: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A question put before an official in the *letter*-th letter to him; *before* has the code of who had it."""

    to: Official
    why: Why
    letter: int = 1
    before: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """The moment of asking: who is on duty and who comes after him, whether the office is open and a slot begins.

    `open_since` tells for how many hours the office has been open since a moment.
    """

    ladder: Sequence[Official]
    policy: Policy
    is_open: bool
    at_slot: bool
    open_since: Callable[[datetime], timedelta]

    @property
    def chief(self) -> Official:
        """The Secretary; whoever is on duty where there is none."""
        return next((official for official in self.ladder if Role.SECRETARY in official.roles), self.ladder[0])

    @property
    def narrow_list(self) -> Sequence[Official]:
        """The officer in charge and the Secretary, who alone read what is sensitive (U6)."""
        return [official for official in self.ladder if official is self.ladder[0] or Role.SECRETARY in official.roles]


def askings(sorters: Sequence[Sorter], now: Now, *, is_narrow: bool) -> Iterator[Asking]:
    """Yield who is written to about a question now, given who was before."""
    if not sorters:
        if is_narrow:
            yield from (Asking(to=official, why=Why.NEW) for official in now.narrow_list)
        elif now.at_slot:
            yield Asking(to=now.ladder[0], why=Why.NEW)
        return
    if not now.is_open:
        return
    passed_on = _passed_on(sorters, now, is_narrow=is_narrow)
    if passed_on:
        yield passed_on
    if now.at_slot:
        taken_over = _handed_over(sorters, now, passed_on)
        if taken_over:
            yield taken_over
        bearer = _bearer(sorters, now, is_narrow=is_narrow)
        with_chief = bearer.official_code == now.chief.code
        if not passed_on and (with_chief or not taken_over) and now.open_since(bearer.told_at) >= _REMINDED_AFTER:
            yield _reminded(bearer, sorters, now)


def _passed_on(sorters: Sequence[Sorter], now: Now, *, is_narrow: bool) -> Asking | None:
    """Return who is asked because others have kept silent; None while there is time, or the Secretary has it."""
    chief = now.chief
    if _has_it(chief, sorters, is_narrow=is_narrow):
        return None
    waited = now.open_since(min(sorter.asked_at for sorter in sorters))
    last = _last(sorters, but=chief)
    stand_in_after = timedelta(hours=now.policy.stand_in_after_hours)
    if is_narrow:
        # the Secretary has read it already: what is new is that he is expected to decide
        is_due, to = waited >= stand_in_after, chief
    elif waited >= timedelta(hours=now.policy.secretary_after_hours):
        is_due, to = True, chief
    else:
        asked = {sorter.official_code for sorter in sorters}
        is_due = now.open_since(last.asked_at) >= stand_in_after
        to = next((official for official in now.ladder if official.code not in asked), chief)
    if not is_due:
        return None
    return Asking(to=to, why=Why.SILENCE, letter=_letters_to(to, sorters) + 1, before=last.official_code)


def _handed_over(sorters: Sequence[Sorter], now: Now, passed_on: Asking | None) -> Asking | None:
    """Return the officer who came on duty since, and has not had the question."""
    officer = now.ladder[0]
    if _letters_to(officer, sorters) or (passed_on and passed_on.to.code == officer.code):
        return None
    return Asking(to=officer, why=Why.HANDED_OVER, before=_last(sorters, but=now.chief).official_code)


def _reminded(bearer: Sorter, sorters: Sequence[Sorter], now: Now) -> Asking:
    """Return the reminder of whoever has a question; of the officer on duty, should that one be out of the ladder."""
    to = next((official for official in now.ladder if official.code == bearer.official_code), now.ladder[0])
    return Asking(to=to, why=Why.REMINDED, letter=_letters_to(to, sorters) + 1)


def _bearer(sorters: Sequence[Sorter], now: Now, *, is_narrow: bool) -> Sorter:
    """Return of whom a word is awaited: the Secretary once it has come to that, else who was asked last."""
    if _has_it(now.chief, sorters, is_narrow=is_narrow):
        return next(sorter for sorter in sorters if sorter.official_code == now.chief.code)
    return _last(sorters, but=now.chief)


def _has_it(chief: Official, sorters: Sequence[Sorter], *, is_narrow: bool) -> bool:
    """Return whether the Secretary is the one who must decide: of a narrow matter his first letter only informs him."""
    alone = all(sorter.official_code == chief.code for sorter in sorters)
    return alone or _letters_to(chief, sorters) > int(is_narrow)


def _last(sorters: Sequence[Sorter], *, but: Official) -> Sorter:
    others = [sorter for sorter in sorters if sorter.official_code != but.code] or sorters
    return max(others, key=lambda sorter: sorter.asked_at)


def _letters_to(official: Official, sorters: Sequence[Sorter]) -> int:
    return next((sorter.letters for sorter in sorters if sorter.official_code == official.code), 0)
