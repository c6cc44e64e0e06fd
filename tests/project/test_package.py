"""What is installed is whole: code without its statements, templates and data would fail on the first run."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DATA = {
    "sql": ("*.sql",),
    "templates": ("*.j2",),
    "office": ("*.yaml", "*.csv"),
    "sandbox": ("*.csv", "*.jsonl", "*.yaml"),
}


@pytest.mark.long
def test_the_wheel_holds_all_code_and_data(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    packed = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        path.relative_to(ROOT).as_posix()
        for folder in ("flows", "tasks", "desk", *DATA)
        for pattern in ("*.py", *DATA.get(folder, ()))
        for path in (ROOT / folder).rglob(pattern)
    }

    assert wanted <= packed
    assert not [name for name in packed if name.startswith(("tests/", "docs/", "benchmarks/", ".data"))]
