"""A mail server that asks what the servers of offices ask, and a machine that trusts it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.mail import MailServer
from tests.certificates import tls_server


@pytest.fixture(scope="session")
def _protected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[MailServer, Path]]:
    tls, certificate = tls_server(tmp_path_factory.mktemp("tls"))
    with MailServer(tmp_path_factory.mktemp("mail"), mailboxes=["hoidap@bhxh.example.vn"], tls=tls) as server:
        yield server, certificate


@pytest.fixture
def protected(_protected: tuple[MailServer, Path]) -> MailServer:
    """Return a server that takes mail only after STARTTLS and a login, and shows mailboxes only over TLS."""
    _protected[0].reset()
    return _protected[0]


@pytest.fixture
def _trusted(_protected: tuple[MailServer, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process trust the server as an office's machine trusts its authority."""
    monkeypatch.setenv("SSL_CERT_FILE", str(_protected[1]))
