"""The list of work that waits for an official: codes, never texts, one letter a half-day (U16, U18)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from desk.rules.calendar import long_date
from desk.rules.letters.phrases import moment_and_date
from desk.rules.office import Official
from desk.rules.outgoing import Letter

_MOST_LINES: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingWork:
    """One matter that waits for a person; of a sensitive question the code is all that is said, `matter` being empty.

    `case_code` is empty where it is not known which question it is about.
    """

    case_code: str
    matter: str = ""
    since: datetime
    due_on: date | None = None


def waiting_work_key(to: Official, *, on: date, slot: time) -> str:
    """Return the key of the list: one an official and slot, whatever runs twice."""
    return f"waiting-work:{to.code}:{on.isoformat()}:{slot:%H%M}"


def waiting_work(work: Sequence[WaitingWork], to: Official, *, on: date, slot: time) -> Letter:
    """Return the letter that lists what waits for an official, longest first, fifty lines at most."""
    oldest = sorted(work, key=lambda one: one.since)
    return Letter(
        template="waiting-work",
        key=waiting_work_key(to, on=on, slot=slot),
        stream=f"official:{to.code}",
        to=to.email,
        context={
            "official": to.name,
            "total": len(oldest),
            "lines": [
                {
                    "case_code": one.case_code or "(thư chưa rõ câu hỏi)",
                    "matter": one.matter,
                    "since": moment_and_date(one.since),
                    "due": long_date(one.due_on) if one.due_on else "",
                }
                for one in oldest[:_MOST_LINES]
            ],
            "left_out": max(0, len(oldest) - _MOST_LINES),
        },
    )
