"""Statements from sql/<topic>/<function>.sql, read once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import resources

from sqlalchemy import TextClause, text


def pairs(units: Iterable[str]) -> tuple[tuple[str, str | None], ...]:
    """Return (unit, provincial office where it is by place) of what statements spell "unit" or "unit:office"."""
    return tuple((code, place or None) for code, _, place in (unit.partition(":") for unit in units))


@cache
def statement(name: str) -> TextClause:
    """Return the statement kept at sql/<name>.sql, its comments left out (they may hold colons).

    Raises:
        FileNotFoundError: there is no such file.
    """
    lines = resources.files("sql").joinpath(f"{name}.sql").read_text(encoding="utf-8").splitlines()
    return text("\n".join(line for line in lines if not line.lstrip().startswith("--")))
