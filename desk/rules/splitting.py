"""Which of a question's messages become a question of their own, and what is left of its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from desk.rules.calendar import local_time
from desk.rules.grouping import WaitingMessage, seal
from desk.rules.office import Policy

_TIME: Final = re.compile(r"(\d{1,2}) ?(?:giờ|gio|h|g|:|\.) ?(\d{1,2})?(?: ?(?:phút|phut|p))?", re.IGNORECASE)
_NUMBER: Final = re.compile(r"(?:tin )?(?:số |thứ )?(\d{1,3})", re.IGNORECASE)
_END_OF_TIME: Final = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidMessage(WaitingMessage):
    """A message of a question.

    `was_added`: it joined a question that was open already; `passed_on`: the units that have the question know it.
    """

    was_added: bool
    passed_on: bool


def part_to_split(said: Sequence[SaidMessage], named: str, policy: Policy) -> list[SaidMessage]:
    """Return the messages to split off: what was added last, or the message *named* and what followed it in its burst.

    *said* are all messages of the question, oldest first; *named* is the time of one ("9:15", "9 giờ 15") or its number
    among them, empty for what was added last. Nothing where nothing was added, where none is named so, and for the
    first, which is the question itself.
    """
    first = _called(said, named.strip()) if named.strip() else None
    if named.strip() and (first is None or first is said[0]):
        return []
    beside = [message for message in said if message.was_added is (first is None or first.was_added)]
    bursts = seal(beside, horizon=_END_OF_TIME, sealed_to=None, policy=policy).bursts
    burst = next((each for each in reversed(bursts) if first is None or first in each.messages), None)
    ids = [message.message_id for message in burst.messages] if burst else []
    split = ids[ids.index(first.message_id) if first else 0 :]
    return [message for message in said if message.message_id in split]


def without_part(text: str, part: str) -> str:
    """Return a text without the last lines of it that say *part*; all of it where none do."""
    before, found, after = f"\n{text}\n".rpartition(f"\n{part}\n")
    return "\n".join(filter(None, (before.strip("\n"), after.strip("\n")))) if found and part else text


def _called(said: Sequence[SaidMessage], named: str) -> SaidMessage | None:
    """Return the message of a number, or the first of a minute, on the last day that has one."""
    if number := _NUMBER.fullmatch(named):
        place = int(number[1])
        return said[place - 1] if 1 <= place <= len(said) else None
    at = _TIME.fullmatch(named)
    minute = (int(at[1]), int(at[2] or 0)) if at else None
    times = [(local_time(message.sent_at), message) for message in said]
    same = [(time.date(), message) for time, message in times if (time.hour, time.minute) == minute]
    return next((message for day, message in same if day == same[-1][0]), None)
