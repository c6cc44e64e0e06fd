"""How an article comes to be on Zalo exactly once: what is next, from what is known of it (laws 5 and 6, A6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any, Final

# An article may show late in the list: absent counts after two whole walks of it alone, the second so much later.
LOOKS_NEEDED: Final = 2
SECOND_LOOK_AFTER: Final = timedelta(minutes=3)
# clocks differ: the list is walked back so much further than the attempt
CLOCKS_APART: Final = timedelta(minutes=10)
MOST_CREATES: Final = 2


class Step(Enum):
    """What is done next for an article on its way."""

    CREATE = auto()  # hidden
    LOOK = auto()  # made or not? the list says
    VERIFY = auto()
    COMPARE = auto()
    SHOW = auto()
    CONFIRM = auto()  # shown, and still as decided?
    GIVE_UP = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What is known of an article on its way; each change is on record before the next call goes out."""

    create_began_at: datetime | None = None
    creates: int = 0
    looks: int = 0
    create_token: str | None = None
    article_id: str | None = None
    compared_at: datetime | None = None
    show_began_at: datetime | None = None
    show_token: str | None = None

    @property
    def listed_since(self) -> datetime | None:
        """From when on the article is in the list, if it was made at all."""
        return self.create_began_at - CLOCKS_APART if self.create_began_at else None

    def creating(self, now: datetime) -> Progress:
        """Return that a call to make it goes out."""
        return replace(self, create_began_at=now, creates=self.creates + 1, looks=0, create_token=None)

    def not_created(self) -> Progress:
        """Return that this call certainly made nothing."""
        if self.creates <= 1:
            return Progress()
        return replace(self, creates=self.creates - 1, looks=LOOKS_NEEDED)

    def looked(self, now: datetime) -> Progress:
        """Return that a whole walk of the list did not find it; a second one too soon after the call does not count."""
        return replace(self, looks=self.looks + 1) if not self.looks or self.wait_to_look(now) <= 0 else self

    def wait_to_look(self, now: datetime) -> float:
        """Return in how many seconds the next walk of the list would count."""
        if self.create_began_at is None:
            return 0.0
        return (self.create_began_at + SECOND_LOOK_AFTER - now).total_seconds()

    def found(self, article_id: str) -> Progress:
        """Return that it is there, under this id."""
        return replace(self, article_id=article_id)

    def hidden_again(self) -> Progress:
        """Return that it is not shown, whatever was asked: asking again does no harm."""
        return replace(self, show_began_at=None, show_token=None)


def next_step(progress: Progress) -> Step:
    """Return what is done next; nothing is made a second time before two looks did not find it, nor a third time."""
    if progress.article_id is None:
        return _towards_an_article(progress)
    if progress.compared_at is None:
        return Step.COMPARE
    return Step.CONFIRM if progress.show_began_at else Step.SHOW


def is_shown(detail: Mapping[str, Any]) -> bool:
    """Return whether citizens see an article."""
    return detail.get("status") == "show"


def _towards_an_article(progress: Progress) -> Step:
    if progress.create_token:
        return Step.VERIFY
    if progress.creates and progress.looks < LOOKS_NEEDED:
        return Step.LOOK
    return Step.CREATE if progress.creates < MOST_CREATES else Step.GIVE_UP
