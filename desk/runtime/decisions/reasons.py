"""Why an official decided so, as far as his mail says."""

from __future__ import annotations

from typing import Final

from desk.rules.commands import CommandCode, CommandLine
from desk.runtime.in_force import InForce

# what is written to a citizen is kept as a message, not as a reason
_TEXTS: Final = frozenset({CommandCode.ASK_CITIZEN, CommandCode.ANSWER_WITH})


def reason_of(line: CommandLine, desk: InForce) -> str:
    """Return a command as an official wrote it: "viết CHUYỂN ĐƠN VỊ: TST"."""
    words = next(each.words[0] for each in desk.office.commands if each.code == line.code)
    argument = "" if line.code in _TEXTS else line.argument
    return f"viết {words}: {argument}" if argument else f"viết {words}"
