"""One Zalo for the tests of this folder, as new for each of them, its clock stopped on a Sunday morning."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests

from sandbox.zalo import Simulator, running
from tests.sandbox.zalo_client import SUNDAY, TIMEOUT, Zalo


@pytest.fixture(scope="session")
def zalo_server() -> Iterator[Simulator]:
    with running() as simulator:
        yield simulator


@pytest.fixture
def zalo(zalo_server: Simulator) -> Iterator[Zalo]:
    requests.post(f"{zalo_server.control_url}/reset", timeout=TIMEOUT)
    with requests.Session() as session:
        client = Zalo(zalo_server, session, {})
        client.stop_clock(SUNDAY)
        client.credentials = client.control("POST", "/tokens")
        client.use(client.credentials["access_token"])
        yield client
