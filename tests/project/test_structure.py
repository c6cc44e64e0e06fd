"""What keeps the repository readable and the same on every machine."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MOST_LINES = 300
MOST_LINES_OF_TESTS = 400
MACHINE = re.compile(r"(?<![\w.])/(?:home|root|Users|work|workspace)/\w|\.\./shared")
ADDRESS = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
FORBIDDEN = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "manager",
    "managers",
    "service",
    "services",
    "misc",
    "base",
}


def tracked(*suffixes: str) -> list[Path]:
    """Return the files of the repository, those about to be added among them."""
    listed = subprocess.run(
        ["/usr/bin/git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    return [ROOT / name for name in listed if name.endswith(suffixes) and (ROOT / name).exists()]


def test_no_file_of_code_is_too_long_to_read() -> None:
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in tracked(".py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines()))
        > (MOST_LINES_OF_TESTS if path.is_relative_to(ROOT / "tests") else MOST_LINES)
    }

    assert not long


def test_no_file_is_named_for_nothing() -> None:
    assert not [path for path in tracked(".py", ".sql") if set(path.stem.split("_")) & FORBIDDEN]


def test_nothing_knows_the_machine_it_was_written_on() -> None:
    here = Path(__file__)
    known = [
        path.relative_to(ROOT).as_posix()
        for path in tracked(".py", ".sql", ".yaml", ".csv", ".md", ".toml", ".lock", ".j2", "Makefile", "run")
        if path != here and MACHINE.search(path.read_text(encoding="utf-8"))
    ]

    assert not known


def test_the_lock_holds_hashes_and_no_place_to_get_packages_from() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    packages = re.findall(r"^[a-z0-9][\w.-]*==.*(?:\n    .*)*", lock, flags=re.MULTILINE)

    assert packages
    assert not [package for package in packages if "--hash=sha256:" not in package]
    assert "://" not in lock
    assert "--index" not in lock
    assert "--find-links" not in lock


@pytest.mark.parametrize("path", tracked(".yaml", ".csv", ".json", ".jsonl"), ids=lambda path: path.name)
def test_invented_people_have_invented_addresses(path: Path) -> None:
    domains = set(ADDRESS.findall(path.read_text(encoding="utf-8")))

    assert not [domain for domain in domains if not re.search(r"(^|\.)example\.(vn|com)$", domain)]
