"""The commands of the desk by mail: a line that holds nothing else, or ends in a colon with its argument (U3, A12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from desk.rules.case_codes import find_case_codes
from desk.rules.office import CommandWords
from desk.rules.wording import folded


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
    """A command as somebody wrote it: `argument` is what followed the colon, or the numbers of files.

    `case_code` is the code before the command ("ZL 26-004512-7: TIẾP NHẬN"); empty where there was none.
    """

    code: CommandCode
    argument: str = ""
    case_code: str = ""


@dataclass(frozen=True, slots=True)
class CommandReading:
    """What a text orders, and `text`: what stands around the command lines."""

    commands: tuple[CommandLine, ...]
    text: str


class Commands:
    """Reads commands by the words of office/commands.yaml."""

    def __init__(self, words: Sequence[CommandWords]) -> None:
        self._codes = {folded(phrase): CommandCode(each.code) for each in words for phrase in each.words}

    def read(self, text: str) -> CommandReading:
        """Return the commands at the head of a text; a longer sentence that begins like one is text."""
        line, _, rest = text.strip().partition("\n")
        head, _, argument = line.partition(":")
        code = self._codes.get(folded(head).strip(" .!"))
        if code is None:
            return CommandReading((), text)
        return CommandReading((CommandLine(code, argument.strip(), "".join(find_case_codes(head))),), rest.strip())
