"""The office's files where a command asks nothing of their phrases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.runtime.settings import settings
from tests.offices import copy_office


@pytest.fixture(scope="session")
def folder_of_few_phrases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    copy_office(folder)
    return folder


@pytest.fixture
def few_phrases(folder_of_few_phrases: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the command read the office with few phrases."""
    monkeypatch.setenv("OFFICE_DIR", str(folder_of_few_phrases))
    settings.cache_clear()
    yield
    settings.cache_clear()
