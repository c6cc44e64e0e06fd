"""How somebody deals with a question: drawn once for unit and question, the same however often it is asked."""

from __future__ import annotations

from enum import StrEnum
from random import Random


class Manner(StrEnum):
    """What a unit does with a question."""

    PROMPT = "prompt"
    LATE = "late"
    NEVER = "never"
    OUT_OF_OFFICE = "out_of_office"
    RECEIVED_FIRST = "received_first"
    PASSES_ON = "passes_on"
    REPLIES_TO_ALL = "replies_to_all"
    SENDS_A_SCAN = "sends_a_scan"
    NOT_OURS = "not_ours"
    ASKS_FOR_TIME = "asks_for_time"
    NAMES_ANOTHER_UNIT = "names_another_unit"
    FROM_HOME = "from_home"


_OF_A_HUNDRED = {
    Manner.PROMPT: 34,
    Manner.LATE: 12,
    Manner.NEVER: 12,
    Manner.RECEIVED_FIRST: 9,
    Manner.PASSES_ON: 8,
    Manner.SENDS_A_SCAN: 8,
    Manner.REPLIES_TO_ALL: 4,
    Manner.OUT_OF_OFFICE: 3,
    Manner.NOT_OURS: 3,
    Manner.ASKS_FOR_TIME: 2,
    Manner.FROM_HOME: 3,
    Manner.NAMES_ANOTHER_UNIT: 2,
}
# only what is asked on the first morning of a week can climb the whole ladder of reminders before its end: most of it
# is left unanswered, so that the ladder is seen
_FIRST_UNANSWERED = 0.6
_FIRST_NUMBERS = frozenset(f"-{number:06}-" for number in range(1, 11))
# hours of work from the letter to the answer: within a day and a half, but for those who are late
_SOON, _SOON_ENOUGH = 0.4, 10.0
_LATE, _VERY_LATE = 25.0, 34.0


def manner_of(seed: int, unit: str, code: str) -> Manner:
    """Return how a unit deals with a question."""
    dice = drawn(seed, "manner", unit, code)
    if code[5:13] in _FIRST_NUMBERS and dice.random() < _FIRST_UNANSWERED:
        return Manner.NEVER
    return dice.choices(list(_OF_A_HUNDRED), list(_OF_A_HUNDRED.values()))[0]


def hours_taken(manner: Manner, draw: Random) -> float:
    """Return how many hours of work lie between the letter and the answer."""
    if manner is Manner.LATE:
        return draw.uniform(_LATE, _VERY_LATE)
    return draw.uniform(_SOON, _SOON_ENOUGH)


def drawn(seed: int, *about: str) -> Random:
    """Return the dice for one matter."""
    return Random(f"{seed}:{':'.join(about)}")
