"""One statement a file, called in one place of the store, with the parameters that its header promises."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from desk.store.statements import statement

ROOT = Path(__file__).parents[2]
FILES = sorted(
    str(path.relative_to(ROOT / "sql").with_suffix(""))
    for path in (ROOT / "sql").glob("*/*.sql")
    if path.parent.name != "migrations"
)
TYPES = (
    "bigint",
    "boolean",
    "bytea",
    "date",
    "double precision",
    "int",
    "jsonb",
    "real",
    "text",
    "time",
    "timestamptz",
)
PARAMETERS = re.compile(rf"--   (?P<names>[a-z0-9_,() A-Z-]+?) +(?:{'|'.join(TYPES)})(?:\[\])?(?: |$)")
REMARK = re.compile(r"\([^)]*\)")


def header(name: str) -> list[str]:
    lines = (ROOT / "sql" / f"{name}.sql").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.startswith("--")]


def promised(name: str) -> set[str]:
    """Return the parameters named in a file's header: indented lines of names and a type."""
    found: set[str] = set()
    for line in header(name):
        if match := PARAMETERS.match(line):
            found |= {part.strip() for part in REMARK.sub("", match["names"]).split(",")}
    return found


def calls(path: Path) -> Iterator[str]:
    """Yield what each call of `statement` names; a part filled in at run time is a `*`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "statement":
            yield pattern(node.args[0])


def pattern(argument: ast.expr) -> str:
    match argument:
        case ast.Constant(value=str(name)):
            return name
        case ast.JoinedStr(values=parts):
            return "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in parts)
        case _:
            pytest.fail(f"statement({ast.unparse(argument)}): name the file here, or its topic")


CALLS = [name for path in sorted((ROOT / "desk" / "store").glob("*.py")) for name in calls(path)]


@pytest.mark.parametrize("name", FILES)
def test_a_statement_is_called_in_one_place(name: str) -> None:
    assert sum(fnmatchcase(name, called) for called in CALLS) == 1


def test_every_call_has_its_file() -> None:
    assert not [called for called in CALLS if not any(fnmatchcase(name, called) for name in FILES)]


def test_only_the_store_asks_the_database() -> None:
    others = [path for path in (ROOT / "desk").rglob("*.py") if path.parent.name != "store"]
    others += [*(ROOT / "flows").glob("*.py"), *(ROOT / "tasks").glob("*.py")]

    assert not [path.name for path in others if list(calls(path))]


@pytest.mark.parametrize("name", FILES)
def test_a_header_names_every_parameter_and_no_other(name: str) -> None:
    assert promised(name) == set(statement(name).compile().params)


@pytest.mark.parametrize("name", FILES)
def test_a_header_says_first_what_the_statement_is_for(name: str) -> None:
    assert re.match(r"-- [A-Z]", header(name)[0])


@pytest.mark.parametrize("name", FILES)
def test_nothing_in_a_comment_looks_like_a_parameter(name: str) -> None:
    text = (ROOT / "sql" / f"{name}.sql").read_text(encoding="utf-8")
    comments = [line.partition("--")[2] for line in text.splitlines() if "--" in line]

    assert not [comment for comment in comments if re.search(r":[a-z]", comment)]


def test_no_two_files_hold_the_same_statement() -> None:
    texts = Counter(" ".join(str(statement(name)).split()) for name in FILES)

    assert not [text for text, times in texts.items() if times > 1]
