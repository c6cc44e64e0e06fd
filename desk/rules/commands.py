"""The commands of the desk by mail: a line that holds nothing else, or ends in a colon with its argument (U3, A12)."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from desk.rules.case_codes import find_case_codes
from desk.rules.command_codes import AGREEMENTS, UNIT_COMMANDS, CommandCode
from desk.rules.office import CommandWords
from desk.rules.replies.courtesies import is_closing, is_greeting, without_courtesies
from desk.rules.wording import folded
from desk.rules.written_dates import dates_written

__all__ = ["UNIT_COMMANDS", "CommandCode", "CommandLine", "CommandReading", "Commands", "extension_asked"]


# what follows a colon and is longer than this is a text under a heading
_LONGEST_ARGUMENT = 500
_AROUND = " \t\u00a0*_#+>•·-–—\"'“”‘’«»()[]{}"
_AT_THE_END = f"{_AROUND}.!;,/…"
_LEADING_CODE = re.compile(
    r"\W*(?:(?:mã|ma)(?: câu hỏi| cau hoi)?\W*)?((?:ZL[\s.:#-]{0,4})?\d{2}[\s.-]{0,4}\d{6,9}[\s.-]{0,4}\d)(?!\d)\W*",
    re.IGNORECASE,
)
_ITEM_NUMBER = re.compile(r"^\s*\d{1,2}[.)]\s+(?=\D)")
_WORD = re.compile(r"[^\W_]+")
# a proposal chosen by its number, and nothing else in the line
_FIGURE = re.compile(r"[1-9]")
_COLON = re.compile(r"\s*[:：]\s*|\s+[-–—]\s+")
# what may follow without a colon, because it can be nothing else: numbers, a day, a case code
_PLAIN_ARGUMENT = re.compile(
    r"(?:(?:số|so|tệp|tep|thứ|thu)\s+)?\d{1,2}(?:(?:\s*[,;&+]\s*|\s+(?:và|va)\s+|\s+)\d{1,2})*"
    r"|(?:(?:đến|den|tới|toi|hết|het|ngày|ngay)\s+)*\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?"
    r"|ZL[\s.:#-]{0,4}\d{2}[\s.-]{0,4}\d{6,9}[\s.-]{0,4}\d",
    re.IGNORECASE,
)
_DATE_WORDS = re.compile(
    r"\W*\b(?:(?:xin|den|toi|cho|sang|truoc|cham nhat|het|vao|ngay|thu (?:hai|ba|tu|nam|sau|bay|[2-7]))\b\W*)+$"
)
_REASON_WORDS = re.compile(r"\W*(?:(?:voi )?l[iy] do(?: la)?|do|vi|de)\b\W*|")


@dataclass(frozen=True, slots=True)
class CommandLine:
    """A command as somebody wrote it: `argument` is what followed the colon, or the numbers of files ("1, 3").

    `case_code` is the code before the command ("ZL 26-004512-7: TIẾP NHẬN"); empty where there was none.
    """

    code: CommandCode
    argument: str = ""
    case_code: str = ""


@dataclass(frozen=True, slots=True)
class CommandReading:
    """What a text orders, and `text`: what it says beside that, thanks aside; all of it where it orders nothing.

    Of two different commands on one thing none may act. `qualified` are agreements that something else stands beside:
    they never act either, and are named only so that one line alone can be asked for.
    """

    commands: tuple[CommandLine, ...]
    text: str
    qualified: tuple[CommandLine, ...] = ()


class _Phrase(NamedTuple):
    words: str
    bare: str
    code: CommandCode
    takes_argument: bool


class _Found(NamedTuple):
    command: CommandLine
    awaits_argument: bool
    beside: str


class Commands:
    """Reads commands by the words of office/commands.yaml."""

    def __init__(self, words: Sequence[CommandWords]) -> None:
        """Take the words people write for each command."""
        phrases = (
            _Phrase(spoken := _spoken(phrase), folded(spoken), CommandCode(each.code), _takes_argument(each))
            for each in words
            for phrase in each.words
        )
        self._phrases: dict[str, list[_Phrase]] = defaultdict(list)
        for phrase in sorted(phrases, key=lambda phrase: -len(phrase.bare)):
            self._phrases[_WORD.findall(phrase.bare)[0]].append(phrase)

    def read(self, text: str, *, takes_answers: bool = False) -> CommandReading:
        """Return the commands at the head of a text, greetings aside.

        A command is the whole line, or words, a colon and an argument (which may stand on the next line); a longer
        sentence that begins so is text. Several commands stand on lines that follow each other. Only where the letter
        *takes_answers* is "TRẢ LỜI:" a command, whose argument goes on to the next line that begins with a case code;
        elsewhere it is the heading of an answer.
        """
        lines = unicodedata.normalize("NFC", text).split("\n")
        commands: list[CommandLine] = []
        place = said = 0
        case_code = beside = ""
        while place < len(lines) and not beside:
            line = lines[place]
            place += 1
            code, line = _without_code(line)
            case_code = code or case_code
            found = self._find(line, case_code, takes_answers=takes_answers)
            if found is None:
                if not line.strip() or is_greeting(line):
                    continue
                break
            command, beside = found.command, found.beside
            if command.code is CommandCode.ANSWER_WITH:
                below, place = self._text_below(lines, place)
                command = replace(command, argument=f"{command.argument}\n{below}".strip())
            elif found.awaits_argument:
                argument, place = self._argument_below(lines, place)
                command = replace(command, argument=argument)
            if commands and command.code is commands[-1].code is CommandCode.DROP_FILE:
                # file by file it is still one order
                command = replace(command, argument=f"{commands.pop().argument}, {command.argument}")
            commands.append(command)
            said = place
        if not commands:
            return CommandReading((), text)
        rest = "\n".join([beside, *lines[said:]]).strip()
        if not without_courtesies(rest):
            return CommandReading(tuple(dict.fromkeys(commands)), "")
        if any(command.code in AGREEMENTS for command in commands):
            return CommandReading((), text, tuple(commands))
        return CommandReading(tuple(dict.fromkeys(commands)), rest)

    def _find(self, line: str, case_code: str, *, takes_answers: bool = False) -> _Found | None:
        """Return the command that a line is, longest words first."""
        spoken = _spoken(line)
        if _FIGURE.fullmatch(spoken):
            return _Found(CommandLine(CommandCode.CHOOSE, spoken, case_code), awaits_argument=False, beside="")
        bare = folded(spoken)
        first = _WORD.match(bare)
        for phrase in self._phrases.get(first[0], ()) if first else ():
            if phrase.code is CommandCode.ANSWER_WITH and not takes_answers:
                continue
            if not bare.startswith(phrase.bare) or not _agree(spoken[: len(phrase.words)], phrase):
                continue
            rest = spoken[len(phrase.words) :]
            if not rest:
                return _Found(CommandLine(phrase.code, "", case_code), awaits_argument=False, beside="")
            argument = _argument_in(line, phrase)
            if argument is not None:
                is_own = phrase.takes_argument
                command = CommandLine(phrase.code, argument if is_own else "", case_code)
                return _Found(command, awaits_argument=is_own and not argument, beside="" if is_own else argument)
        return None

    def _argument_below(self, lines: Sequence[str], place: int) -> tuple[str, int]:
        """Return the argument on the next line that says something, and where to read on; none: read on as before."""
        for below in range(place, len(lines)):
            line = lines[below].strip(_AROUND)
            if not line:
                continue
            is_other = _without_code(line)[0] or self._find(line, "") or is_closing(line) or is_greeting(line)
            return ("", place) if is_other or len(line) > _LONGEST_ARGUMENT else (line, below + 1)
        return "", place

    def _text_below(self, lines: Sequence[str], place: int) -> tuple[str, int]:
        """Return the lines down to the next that is about another question, and where to read on.

        A code that a mail program wrapped to the start of a line is part of the text: after it stands no colon.
        """
        for below in range(place, len(lines)):
            code, rest = _without_code(lines[below])
            before = lines[below].removesuffix(rest)
            if code and (not rest.strip() or ":" in before or self._find(rest, code, takes_answers=True)):
                return "\n".join(lines[place:below]), below
        return "\n".join(lines[place:]), len(lines)


def extension_asked(argument: str, on: date) -> tuple[date | None, str]:
    """Return until when a unit asks for more time, and why: "30/11/2026 cần xác minh hồ sơ".

    A day without a year is the next one from *on*; it may lie in the past where the year was written.
    """
    until = next(dates_written(argument, on), None)
    before = argument[: until.start] if until else ""
    after = (argument[until.end :] if until else argument).lstrip(f"{_AT_THE_END}:")
    if opening := _DATE_WORDS.search(folded(before)):
        before = before[: opening.start()]
    if opening := _REASON_WORDS.match(folded(after)):
        after = after[opening.end() :]
    reason = f"{before.strip(_AT_THE_END)} {after.strip(_AT_THE_END)}"
    return until and until.day, " ".join(reason.split())


def _takes_argument(words: CommandWords) -> bool:
    # letters show it bare: the number of a proposal is needed only where there are several
    return bool(words.argument) or words.code == CommandCode.ADMIT_SENDER


def _spoken(line: str) -> str:
    """Return a line as it is compared: lower case, single spaces, nothing around it."""
    inside = _ITEM_NUMBER.sub("", line, count=1).strip(_AT_THE_END)
    return " ".join(unicodedata.normalize("NFC", inside).lower().split())


def _without_code(line: str) -> tuple[str, str]:
    """Return the case code that begins a line, if any, and the line after it."""
    match = _LEADING_CODE.match(line)
    if match is None or not (codes := find_case_codes(match[1])):
        return "", line
    return codes[0], line[match.end() :]


def _argument_in(line: str, phrase: _Phrase) -> str | None:
    """Return what follows the words of a command in its line; nothing if that makes the line a sentence."""
    inside = " ".join(_ITEM_NUMBER.sub("", line, count=1).lstrip(_AT_THE_END).split())
    rest = inside[len(phrase.words) :].lstrip('*_"”’»)]}')
    separator = _COLON.match(rest)
    if separator:
        argument = rest[separator.end() :]
        if phrase.code is CommandCode.ANSWER_WITH:
            return argument
        argument = argument.strip(_AROUND)
        return argument if len(argument) <= _LONGEST_ARGUMENT else None
    if phrase.takes_argument and rest[:1] == " " and _PLAIN_ARGUMENT.fullmatch(plain := rest.strip(_AT_THE_END)):
        return plain
    return None


def _agree(typed: str, phrase: _Phrase) -> bool:
    """Return whether the accents that were typed are the words' own; those left out do not matter.

    Of a single syllable all or none must be left out: "đang" is not "ĐĂNG".
    """
    words = phrase.words
    if " " not in words:
        return typed in (words, phrase.bare)
    return all(
        letter == own or letter == folded(own) or _marks(letter) <= _marks(own)
        for letter, own in zip(typed, words, strict=False)
    )


def _marks(letter: str) -> frozenset[str]:
    return frozenset(unicodedata.normalize("NFD", letter)[1:])
