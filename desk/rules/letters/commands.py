"""The commands a unit may answer with, as buttons and as words to type (U3, U14, U24)."""

from __future__ import annotations

from dataclasses import dataclass

from desk.rules.mailto import mailto


@dataclass(frozen=True, slots=True)
class Command:
    """Words that stand alone on a line, or before an argument; `argument` says what to write after the colon."""

    words: str
    argument: str = ""

    @property
    def typed(self) -> str:
        """What is written in a mail: the words, with a colon where something must follow."""
        return f"{self.words}:" if self.argument else self.words


@dataclass(frozen=True, slots=True)
class CommandButton:
    """A command with the link that writes it."""

    command: Command
    url: str


RECEIVED = Command("TIẾP NHẬN")
NOT_OURS = Command("KHÔNG THUỘC ĐƠN VỊ", "tên đơn vị có thẩm quyền")
OUTSIDE_SECTOR = Command("NGOÀI NGÀNH", "tên cơ quan có thẩm quyền")
ADD_UNIT = Command("BỔ SUNG ĐƠN VỊ", "tên đơn vị cần phối hợp")
MORE_TIME = Command("XIN GIA HẠN", "ngày đề nghị, lý do")
ANSWERS_FOR_ALL = Command("TRẢ LỜI CHUNG")

UNIT_COMMANDS = (RECEIVED, NOT_OURS, OUTSIDE_SECTOR, ADD_UNIT, MORE_TIME)


def unit_commands(*, is_shared: bool) -> tuple[Command, ...]:
    """Return what a unit may answer with; one of several units may also answer for all of them."""
    return (*UNIT_COMMANDS, ANSWERS_FOR_ALL) if is_shared else UNIT_COMMANDS


def buttons(commands: tuple[Command, ...], *, address: str, case_code: str) -> tuple[CommandButton, ...]:
    """Return the commands on one question, each with the link that writes it to the letter's own reply address."""
    return tuple(
        CommandButton(
            command,
            mailto(
                address,
                subject=f"[{case_code}] {command.words}",
                body=f"{command.typed} " if command.argument else command.typed,
            ),
        )
        for command in commands
    )
