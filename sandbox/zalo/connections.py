"""Open connections, so that a fault can cut one in the middle of a call."""

from __future__ import annotations

import asyncio

from starlette.types import Receive, Scope
from uvicorn.protocols.http.h11_impl import H11Protocol

_open: dict[object, asyncio.BaseTransport] = {}


class CuttableProtocol(H11Protocol):
    """HTTP/1.1 as uvicorn speaks it, which remembers its transport by the addresses of both ends."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
        """Remember the connection."""
        super().connection_made(transport)
        _open[self.client, self.server] = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        _open.pop((self.client, self.server), None)
        super().connection_lost(exc)


async def drop_connection(scope: Scope, receive: Receive) -> None:
    """Cut the connection of a request without a byte of reply."""
    transport = _open[scope["client"], scope["server"]]
    if isinstance(transport, asyncio.Transport):
        transport.abort()
    while (await receive())["type"] != "http.disconnect":
        pass
