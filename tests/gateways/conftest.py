"""A simulated Zalo for the module, as new for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sandbox.zalo import Simulator, running


@pytest.fixture(scope="module")
def _running_zalo() -> Iterator[Simulator]:
    with running() as up:
        yield up


@pytest.fixture
def zalo(_running_zalo: Simulator) -> Simulator:
    with _running_zalo.account.lock:
        _running_zalo.account.reset()
    return _running_zalo
