"""What a mail server can do to a sender, switched on in process or through a control file."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import StrEnum
from pathlib import Path

from pydantic import TypeAdapter


class HangUp(StrEnum):
    """When the server drops the connection of a mail: in the middle, or when it has it all, and kept it or not."""

    BEFORE_THE_DOT = "before_the_dot"
    AFTER_THE_DOT = "after_the_dot"
    AFTER_KEEPING_IT = "after_keeping_it"


@dataclass(slots=True)
class Faults:
    """Faults in force. Answers and hang-ups are used up one a mail, in order; the others last until changed.

    `answers` maps MAIL, RCPT, DATA or DOT (the end of the content) to replies given instead of the usual one.
    `one_at_a_time`: new sessions are told of no PIPELINING. Mail to `bounced` is taken, and returned by a notice.
    """

    refused: set[str] = field(default_factory=set)
    deferred: set[str] = field(default_factory=set)
    bounced: set[str] = field(default_factory=set)
    answers: dict[str, list[str]] = field(default_factory=dict)
    hang_ups: list[HangUp] = field(default_factory=list)
    one_at_a_time: bool = False
    seconds: float = 0.0
    largest: int = 0

    def answer(self, command: str) -> str | None:
        """Return the next reply to a command that differs from the usual one, if there is one."""
        waiting = self.answers.get(command)
        return waiting.pop(0) if waiting else None

    def hang_up(self, *moments: HangUp) -> HangUp | None:
        """Return the next hang-up, if it is one of those moments."""
        return self.hang_ups.pop(0) if self.hang_ups and self.hang_ups[0] in moments else None

    def replace(self, given: Faults) -> None:
        """Put other faults in force, and none of these."""
        for each in fields(self):
            setattr(self, each.name, getattr(given, each.name))


_FROM_JSON = TypeAdapter(Faults)


class ControlFile:
    """A JSON file with the fields of Faults, read again whenever it was written; absent, there are no faults."""

    def __init__(self, path: Path, faults: Faults) -> None:
        self._path = path
        self._faults = faults
        self._seen: int | None = None

    def look(self) -> None:
        """Put the file's faults in force where it has changed."""
        written = self._path.stat().st_mtime_ns if self._path.exists() else None
        if written != self._seen:
            self._seen = written
            self._faults.replace(_FROM_JSON.validate_json(self._path.read_bytes()) if written else Faults())
