"""The messages of a week that ends now: questions in one line or several, and all that comes beside them."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from importlib import resources
from itertools import count as running_number
from itertools import cycle
from random import Random

from sandbox.week import talk
from sandbox.week.citizens import Person, invent
from sandbox.week.hours import some_time

_QUESTIONS_SHARE = 0.8
# how many visits open with a greeting, add a detail, close with thanks; each makes the burst a line longer
_OPENED, _DETAILED, _CLOSED = 0.3, 0.22, 0.3
_GRAVE_EACH = 90
_LONGEST_VISIT = timedelta(minutes=4)
_HOURS_TO_PATIENCE = 26


class Kind(StrEnum):
    """What a row of a conversation is, in Zalo's words."""

    TEXT = "text"
    PHOTO = "photo"
    VOICE = "voice"
    STICKER = "sticker"


@dataclass(frozen=True, slots=True)
class Written:
    """One message of a citizen."""

    person: Person
    at: datetime
    text: str
    kind: Kind = Kind.TEXT


def write_week(first: datetime, last: datetime, number: int, seed: int = 1624) -> list[Written]:
    """Return so many messages between two instants, oldest first; the same for the same instants and seed."""
    author = _Author(Random(seed), first, last)
    written: list[Written] = []
    while len(written) < number * _QUESTIONS_SHARE:
        written += author.ask()
    while len(written) < number:
        written += author.say_something_else()
    # the last visit may have brought some lines too many
    return sorted(written[:number], key=lambda message: (message.at, message.person.user_id))


class _Author:
    """Draws one visit after the other, and remembers who asked what, for those who come back."""

    def __init__(self, draw: Random, first: datetime, last: datetime) -> None:
        self._draw = draw
        self._first, self._last = first, last
        self._numbers = running_number(1)
        self._questions = cycle(draw.sample(_texts(), len(_texts())))
        self._grave = cycle(talk.GRAVE)
        self._asked: list[tuple[Person, datetime]] = []
        self._visits = 0

    def ask(self) -> list[Written]:
        """Return a visit with a question: one line, or a burst of up to four."""
        self._visits += 1
        grave = self._visits % _GRAVE_EACH == _GRAVE_EACH // 2
        text = next(self._grave if grave else self._questions)
        lines = [text]
        if self._draw.random() < _OPENED:
            lines.insert(0, self._draw.choice(talk.OPENINGS))
        if self._draw.random() < _DETAILED:
            lines.append(self._draw.choice(talk.DETAILS))
        if self._draw.random() < _CLOSED:
            lines.append(self._draw.choice(talk.CLOSINGS))
        person, at = self._new(), some_time(self._draw, self._first, self._last - _LONGEST_VISIT)
        self._asked.append((person, at))
        return [Written(person, moment, line) for moment, line in zip(self._typing(at), lines, strict=False)]

    def say_something_else(self) -> list[Written]:
        """Return a visit without a question of its own."""
        visits: Sequence[tuple[int, Callable[[], list[Written]]]] = (
            (20, self._add_something),
            (16, self._ask_how_far),
            (18, self._thank),
            (14, lambda: self._say(self._new(), self._draw.choice(talk.GREETINGS))),
            (16, lambda: self._say(self._new(), self._draw.choice(talk.CAPTIONS), Kind.PHOTO)),
            (8, lambda: self._say(self._new(), "", Kind.VOICE)),
            (3, lambda: self._say(self._new(), "", Kind.STICKER)),
            (3, lambda: self._say(self._new(), self._draw.choice(talk.ADVERTISEMENTS))),
            (2, lambda: self._say(self._new(), self._draw.choice(talk.ABUSE))),
        )
        weights = [weight for weight, _ in visits]
        return self._draw.choices([visit for _, visit in visits], weights)[0]()

    def _add_something(self) -> list[Written]:
        person, asked_at = self._draw.choice(self._asked)
        at = asked_at + timedelta(minutes=self._draw.uniform(6, 25))
        return [Written(person, at, self._draw.choice(talk.ADDITIONS))] if at < self._last else []

    def _ask_how_far(self) -> list[Written]:
        return self._come_back(talk.ASK_HOW_FAR, _HOURS_TO_PATIENCE)

    def _thank(self) -> list[Written]:
        return self._come_back(talk.THANKS, 3)

    def _come_back(self, texts: Sequence[str], hours: float) -> list[Written]:
        person, asked_at = self._draw.choice(self._asked)
        earliest = asked_at + timedelta(hours=hours)
        if earliest > self._last - timedelta(hours=1):
            return []
        return [Written(person, some_time(self._draw, earliest, self._last), self._draw.choice(texts))]

    def _say(self, person: Person, text: str, kind: Kind = Kind.TEXT) -> list[Written]:
        return [Written(person, some_time(self._draw, self._first, self._last), text, kind)]

    def _new(self) -> Person:
        return invent(self._draw, next(self._numbers))

    def _typing(self, at: datetime) -> Iterator[datetime]:
        while True:
            yield at
            at += timedelta(milliseconds=self._draw.randint(4_000, 55_000))


def _texts() -> list[str]:
    table = resources.files("sandbox.messages").joinpath("questions.csv").read_text(encoding="utf-8")
    return [row["text"] for row in csv.DictReader(table.splitlines())]
