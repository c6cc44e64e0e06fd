"""The simulator on a port of its own: in a thread of this process, or as the program itself."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import uvicorn

from sandbox.zalo.account import OfficialAccount
from sandbox.zalo.app import zalo_app
from sandbox.zalo.connections import CuttableProtocol
from sandbox.zalo.knobs import Knobs


@dataclass(frozen=True)
class Simulator:
    """A simulator that is up, and its whole state for direct control."""

    base_url: str
    account: OfficialAccount

    @property
    def oauth_url(self) -> str:
        """Return what stands for https://oauth.zaloapp.com; the same server."""
        return self.base_url

    @property
    def control_url(self) -> str:
        """Return where the control API is."""
        return f"{self.base_url}/_control"


@contextmanager
def running(knobs: Knobs | None = None, *, host: str = "127.0.0.1", port: int = 0) -> Iterator[Simulator]:
    """Run a simulator in a thread for the length of a `with` block; port 0 takes a free one."""
    account = OfficialAccount(knobs)
    with listening(host, port) as sock:
        server = server_of(account)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]}, name="zalo-simulator", daemon=True)
        thread.start()
        try:
            yield Simulator(address_of(sock), account)
        finally:
            server.should_exit = True
            thread.join()


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that already listens, so that a first request may come before the server is up.

    Its protocol is named because asyncio turns Nagle's algorithm off for such sockets alone; with it on, each reply
    waits 40 ms for the client's delayed acknowledgement.
    """
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind((host, port))
    sock.listen(128)
    return sock


def address_of(sock: socket.socket) -> str:
    """Return the base URL of a listening socket."""
    host, port = sock.getsockname()[:2]
    return f"http://{host}:{port}"


def server_of(account: OfficialAccount) -> uvicorn.Server:
    """Return a quiet server over an account; told to stop, it waits at most a second for slow replies."""
    config = uvicorn.Config(
        zalo_app(account),
        http=CuttableProtocol,
        ws="none",
        lifespan="off",
        proxy_headers=False,
        server_header=False,
        access_log=False,
        log_level="error",
        timeout_graceful_shutdown=1,
    )
    return uvicorn.Server(config)
