"""What the office has decided for a period: hours, limits, the ladder of reminders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum


class DayKind(StrEnum):
    """What a dated row says of a day: off, worked although it is a weekend, or worked in part."""

    OFF = "off"
    WORK = "work"
    HALF = "half"


class Recipient(StrEnum):
    """Whom a rung of the reminder ladder writes to."""

    UNIT = "unit"
    HEAD = "head"
    BOARD = "board"


class TakedownWay(StrEnum):
    """How an article is taken off Zalo: kept there unseen, or gone for good."""

    HIDE = "hide"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Hours worked without a break, on the wall clock of Asia/Ho_Chi_Minh; `end` itself is outside."""

    start: time
    end: time


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """A day that differs from the week's pattern, with the act that says so; `blocks` only for a half-day."""

    day: date
    kind: DayKind
    reason: str
    source: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One step of the ladder of reminders: so many working days after the unit's date, before it where negative.

    `daily`: repeated each working day from then on.
    """

    days: int
    to: tuple[Recipient, ...]
    daily: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What the office has decided for a period; where the regulation is silent, the default is the cautious choice."""

    code: str = "policy"
    valid_from: date
    valid_to: date | None = None
    # Điều 13: working days for a reply that needs 1, 2, and 3 or more units
    reply_days: tuple[int, int, int] = (3, 4, 5)
    counting: str = "A"
    duty_reply_days: int = 1
    hours: tuple[Block, ...]
    unit_reply_by: time = time(15, 0)
    board_report_at: tuple[time, ...] = (time(11, 0), time(16, 0))
    # when officials are asked about what was held: questions to sort, redirects to release
    triage_at: tuple[time, ...] = (time(8, 15), time(10, 30), time(13, 45), time(15, 30))
    reminders: tuple[Rung, ...] = (
        Rung(days=-1, to=(Recipient.UNIT,)),
        Rung(days=0, to=(Recipient.UNIT,)),
        Rung(days=1, to=(Recipient.UNIT, Recipient.HEAD)),
        Rung(days=2, to=(Recipient.UNIT, Recipient.HEAD, Recipient.BOARD), daily=True),
    )
    # on the due day, and the day before where an answer is in danger, the duty officer hears at this time
    duty_told_at: time = time(15, 0)
    # what waits for the duty officer goes to the stand-in, then to the Secretary, after so many working hours
    stand_in_after_hours: int = 2
    secretary_after_hours: int = 4
    # whoever owes a word on an article is reminded each time so many working hours are over
    approval_reminder_hours: int = 4
    # who was asked back and keeps silent is reminded, then the question is closed, after so many working days
    ask_back_reminder_days: int = 2
    ask_back_closed_days: int = 5
    # the only reasons a citizen is given for a delay: none names or blames a unit (U19)
    delay_reasons: tuple[str, ...] = ("do nội dung cần được xem xét, đối chiếu thêm",)
    # an answer is proposed when its date comes though a unit has not replied
    partial_answers: bool = True
    # when citizens are asked to keep Zalo's window open
    waking_hours: Block = Block(start=time(8), end=time(20))
    satisfaction_question: bool = False
    # the ZBS template, approved by Zalo, that asks a citizen whose window is shut to write again; paid, empty for none
    zbs_template: str = ""
    # a burst is sealed when the citizen has been quiet for so long, or at the cap
    quiet_seconds: int = 300
    burst_cap_seconds: int = 1200
    burst_cap_messages: int = 20
    follow_up_minutes: int = 30
    # what is written so many working days after an answer may still be about it
    follow_up_days: int = 3
    # found so many working days after they were written, messages go to a person without an acknowledgement
    late_after_working_days: int = 2
    greeting_prompt_minutes: int = 30
    automatic_messages_a_day: int = 3
    auto_route: bool = False
    # a real office routes nothing alone before so many decisions of people are on record
    auto_route_after: int = 100
    auto_route_confidence: float = 0.5
    takedown: TakedownWay = TakedownWay.HIDE
    # Zalo lets nobody get more than four in a month
    broadcasts_a_month: int = 4
    duty_contact: str = ""
    hotline: str = "1900 9068"
    retention_days: int = 1825
    media_max_bytes: int = 10_000_000
    text_max_characters: int = 10_000
