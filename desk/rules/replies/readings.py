"""What a reply says: an answer, or one of the many things that are none (U2)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desk.rules.commands import CommandCode, CommandLine, Commands


class ReplyReading(StrEnum):
    """What a unit's reply is. Only an answer moves the assignment; unsure is for the duty officer to read."""

    ANSWER = "answer"
    ACKNOWLEDGED = "acknowledged"
    PASSED_ON = "passed_on"
    INTERIM = "interim"
    QUESTION_BACK = "question_back"
    COMMAND = "command"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class ReplyRead:
    """How a reply reads: `text` is what it says without its command lines.

    `passed_to` is whom the unit gave it to. `alternatives` are the readings a duty officer chooses from when unsure.
    """

    reading: ReplyReading
    command: CommandLine | None
    text: str
    passed_to: str = ""
    answers_for_all: bool = False
    alternatives: tuple[ReplyReading, ...] = ()


def read_reply(text: str, commands: Commands, *, has_files: bool) -> ReplyRead:
    """Return how a unit's reply reads, quotes and signature gone; an empty one with a file is an answer (U15)."""
    found = commands.read(text)
    if not found.text.strip() and not found.commands:
        return ReplyRead(ReplyReading.ANSWER if has_files else ReplyReading.UNSURE, None, "")
    for_all = any(command.code is CommandCode.ANSWERS_FOR_ALL for command in found.commands)
    command = found.commands[0] if len(found.commands) == 1 else None
    reading = ReplyReading.COMMAND if command else ReplyReading.UNSURE
    return ReplyRead(reading, command, found.text, answers_for_all=for_all)
