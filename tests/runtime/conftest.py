"""Copies of the office's folder to be spoilt."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.offices import copy_office


@pytest.fixture
def edited(tmp_path: Path) -> Callable[[str, str, str], Path]:
    """Return a function that copies the office's folder once, with few phrases, and rewrites a passage of a file."""

    def edit(name: str, old: str, new: str) -> Path:
        if not (tmp_path / name).exists():
            copy_office(tmp_path)
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert old in text, f"{name} no longer says {old!r}"
        (tmp_path / name).write_text(text.replace(old, new, 1), encoding="utf-8")
        return tmp_path

    return edit
