"""What the documents say is so: their code runs, their commands exist, their paths lead somewhere."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from docs.states.pages import find_stale

ROOT = Path(__file__).parents[2]
DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
CODE = re.compile(r"^ *```(\w+)\n(.*?)^ *```", flags=re.MULTILINE | re.DOTALL)
FOLDERS = "benchmarks|desk|docs|flows|office|sandbox|sql|tasks|templates|tests"
PATH = re.compile(rf"`((?:{FOLDERS})/[\w./-]*|[\w-]+\.(?:md|yaml|toml|lock)|Makefile)`")
CODE_FILES = {".py", ".sql", ".j2"}
LINK = re.compile(r"\]\(([^)#\s:]+)\)")

Block = tuple[str, str]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def blocks(language: str) -> list[Block]:
    return [
        (f"{name_of(path)}:{number}", content)
        for path in DOCUMENTS
        for number, (tag, content) in enumerate(CODE.findall(path.read_text(encoding="utf-8")), start=1)
        if tag == language
    ]


def printed(program: str, *arguments: str) -> str:
    """Return what one of the project's programs prints."""
    command = [str(Path(sys.executable).parent / program), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT).stdout


def named(pattern: str) -> set[str]:
    return {word for path in DOCUMENTS for word in re.findall(pattern, path.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_links_and_paths_lead_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    prose = CODE.sub("", text)
    lost = [link for link in LINK.findall(prose) if not (path.parent / link).exists()]
    lost += [file for file in PATH.findall(prose) if not (ROOT / file).exists()]

    assert not lost


def test_the_console_has_every_command_that_is_named_and_no_other() -> None:
    commands = set(re.findall(r"^  ([a-z][a-z-]+)  ", printed("zalo-desk", "--help"), flags=re.MULTILINE))

    assert named(r"`zalo-desk ([a-z-]+)") == commands


def test_make_has_every_target_that_is_named() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))

    assert named(r"`?make ([a-z-]+)(?:`| ONCE=1|\n)") <= targets


def test_the_architecture_names_every_deployment() -> None:
    file = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))
    architecture = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")

    assert not [one["name"] for one in file["deployments"] if f"`{one['name']}`" not in architecture]


def cited(pattern: str) -> set[str]:
    """Return what the pattern finds in the code, in its comments above all."""
    code = [path for folder in FOLDERS.split("|") for path in (ROOT / folder).rglob("*") if path.suffix in CODE_FILES]
    return {found for path in code for found in re.findall(pattern, path.read_text(encoding="utf-8"))}


def test_every_mark_in_the_code_has_its_reason() -> None:
    reasons = re.findall(r"^\| ([AU]\d+) \|", (ROOT / "docs" / "reasons.md").read_text(encoding="utf-8"), re.MULTILINE)

    assert cited(r"\b[AU][1-9]\d?\b") <= set(reasons)


def test_every_law_that_is_cited_is_written_down() -> None:
    laws = re.findall(r"^(\d+)\. \*\*", (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8"), re.MULTILINE)

    assert cited(r"\blaws? (\d+)") <= set(laws)


@pytest.mark.parametrize(("where", "code"), blocks("python"), ids=lambda part: part if ".md:" in part else "")
def test_python_in_documents_runs(where: str, code: str) -> None:
    exec(compile(code, where, "exec"), {})  # noqa: S102 - our own documents


@pytest.mark.parametrize(("where", "code"), blocks("sh"), ids=lambda part: part if ".md:" in part else "")
def test_shell_in_documents_is_shell(where: str, code: str) -> None:
    checked = subprocess.run(["/bin/bash", "-n"], input=code, text=True, capture_output=True, check=False)

    assert checked.returncode == 0, f"{where}: {checked.stderr}"


@pytest.mark.parametrize(("where", "session"), blocks("console"), ids=lambda part: part if ".md:" in part else "")
def test_a_console_session_shows_what_the_command_prints(where: str, session: str) -> None:
    command, _, output = session.removeprefix("$ ").partition("\n")
    program, *arguments = shlex.split(command)

    assert printed(program, *arguments) == output, where


def test_the_diagrams_of_states_are_fresh() -> None:
    assert not find_stale(), "run python -m docs.states"
