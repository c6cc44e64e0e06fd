"""Statements from sql/<topic>/<function>.sql, read once."""

from __future__ import annotations

from functools import cache
from importlib import resources

from sqlalchemy import TextClause, text


@cache
def statement(name: str) -> TextClause:
    """Return the statement kept at sql/<name>.sql, its comments left out (they may hold colons).

    Raises:
        FileNotFoundError: there is no such file.
    """
    lines = resources.files("sql").joinpath(f"{name}.sql").read_text(encoding="utf-8").splitlines()
    return text("\n".join(line for line in lines if not line.lstrip().startswith("--")))
