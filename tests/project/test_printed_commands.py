"""Every command that the desk tells people to type is one that its console takes."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from desk.console.app import app

ROOT = Path(__file__).parents[2]
SOURCES = [path for folder in ("desk", "flows", "tasks") for path in sorted((ROOT / folder).rglob("*.py"))]
TEMPLATES = sorted((ROOT / "templates").rglob("*.j2"))
# a command, then its options, its values (quoted, or set in) and any plain word; what else follows is a sentence
COMMAND = re.compile(r'zalo-desk ([a-z][a-z-]*)((?: (?:--[a-z-]+|"[^"]*"|X\b|[a-z]+(?![^\W_]|-)))*)')
WORD = re.compile(r'"([^"]*)"|(\S+)')


def texts(path: Path) -> Iterator[str]:
    """Yield the texts of a source file as they would be printed, the same value wherever one is set in."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documents = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and isinstance(node.body[0], ast.Expr)
        and ast.get_docstring(node)
    }
    inside = {id(value) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for value in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(value.value) if isinstance(value, ast.Constant) else "X" for value in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and not {id(node)} & (documents | inside):
            yield node.value


def printed() -> list[tuple[str, str, str]]:
    said = [(path, text) for path in SOURCES for text in texts(path)]
    said += [(path, path.read_text(encoding="utf-8")) for path in TEMPLATES]
    return [
        (str(path.relative_to(ROOT)), match[1], match[2]) for path, text in said for match in COMMAND.finditer(text)
    ]


@pytest.mark.parametrize(("path", "name", "given"), printed(), ids=lambda part: part.strip())
def test_what_people_are_told_to_type_is_taken_by_the_console(path: str, name: str, given: str) -> None:
    console = cast("TyperGroup", get_command(app))
    command = console.get_command(console.make_context("zalo-desk", [], resilient_parsing=True), name)
    assert command is not None, path
    words = [quoted or plain for quoted, plain in WORD.findall(given) if plain != "--help"]

    left = command.make_context(name, words).args

    assert not left, path
