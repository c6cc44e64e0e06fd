"""Copies of the office's folder to be spoilt."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.offices import FOLDER

# stands in for the thousands of phrases, which take longer to read than all the rest
FEW_PHRASES = """\
huu:
  - {phrase: lương hưu, weight: 3, author: HA, added_on: 2026-11-01, status: active}
X_THUE:
  - {phrase: quyết toán thuế, weight: 3}
"""


@pytest.fixture
def edited(tmp_path: Path) -> Callable[[str, str, str], Path]:
    """Return a function that copies the office's folder once, with few phrases, and rewrites a passage of a file."""

    def edit(name: str, old: str, new: str) -> Path:
        if not (tmp_path / name).exists():
            shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
            (tmp_path / "phrases.yaml").write_text(FEW_PHRASES, encoding="utf-8")
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert old in text, f"{name} no longer says {old!r}"
        (tmp_path / name).write_text(text.replace(old, new, 1), encoding="utf-8")
        return tmp_path

    return edit
