"""The commands of the desk by mail: a line that holds nothing else, or ends in a colon with its argument (U3, A12)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class CommandCode(StrEnum):
    """What a line can order; the words for it are in office/commands.yaml."""

    # of units
    RECEIVED = "received"
    NOT_OURS = "not_ours"
    OUTSIDE_SECTOR = "outside_sector"
    ADD_UNIT = "add_unit"
    MORE_TIME = "more_time"
    ANSWERS_FOR_ALL = "answers_for_all"
    NOT_COMPETENT = "not_competent"
    # of officials
    SEND = "send"
    SEND_GENERAL = "send_general"
    SEND_MASKED = "send_masked"
    SEND_WHERE_TO_LOOK = "send_where_to_look"
    DROP_FILE = "drop_file"
    AGREE = "agree"
    DISAGREE = "disagree"
    IS_ANSWER = "is_answer"
    IS_NO_ANSWER = "is_no_answer"
    TAKE_IN = "take_in"
    ADMIT_SENDER = "admit_sender"
    LEAVE_OUT = "leave_out"
    APOLOGISE = "apologise"
    WAIT = "wait"
    ANSWERED = "answered"
    NOT_DONE = "not_done"


@dataclass(frozen=True, slots=True)
class CommandLine:
    """A command as somebody wrote it: `argument` is what followed the colon, or the number of a file."""

    code: CommandCode
    argument: str = ""
