"""Plain text whose lines were wrapped for the way (RFC 3676), put together again."""

from __future__ import annotations

import re

_DEPTH = re.compile(r"(>*)( ?)(.*)", re.DOTALL)
_SIGNATURE = "-- "


def unflowed(text: str, *, without_space: bool = False) -> str:
    """Return the paragraphs that were wrapped as single lines; *without_space* where the last space was added too."""
    lines: list[str] = []
    depth_before = -1
    goes_on = False
    for line in text.replace("\r\n", "\n").split("\n"):
        marks, content = _taken_apart(line)
        depth = len(marks)
        if goes_on and depth == depth_before and content != _SIGNATURE:
            lines[-1] += content
        else:
            lines.append(f"{marks} {content}" if marks else content)
        goes_on = content.endswith(" ") and content != _SIGNATURE
        if goes_on and without_space:
            lines[-1] = lines[-1][:-1]
        depth_before = depth
    return "\n".join(line if line.endswith(_SIGNATURE) else line.rstrip(" ") for line in lines)


def _taken_apart(line: str) -> tuple[str, str]:
    found = _DEPTH.fullmatch(line)
    assert found is not None  # noqa: S101 - it matches every line
    return found[1], found[3]
