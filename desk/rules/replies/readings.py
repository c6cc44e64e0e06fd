"""What a reply says: an answer, or one of the many things that are none (U2)."""

from __future__ import annotations

from enum import StrEnum


class ReplyReading(StrEnum):
    """What a unit's reply is. Only an answer moves the assignment; unsure is for the duty officer to read."""

    ANSWER = "answer"
    ACKNOWLEDGED = "acknowledged"
    PASSED_ON = "passed_on"
    INTERIM = "interim"
    QUESTION_BACK = "question_back"
    COMMAND = "command"
    UNSURE = "unsure"
