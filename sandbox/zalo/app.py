"""The ASGI application: every path of Zalo, the control API, and the files behind media addresses."""

from __future__ import annotations

import asyncio
import mimetypes

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.types import Receive, Scope, Send

from sandbox.zalo.account import OfficialAccount
from sandbox.zalo.answers import answer
from sandbox.zalo.calls import read_call
from sandbox.zalo.connections import drop_connection
from sandbox.zalo.control import control_routes
from sandbox.zalo.faults import FaultKind


def zalo_app(account: OfficialAccount) -> Starlette:
    """Return the simulator over an account as an ASGI application."""
    return Starlette(
        routes=[
            Mount("/_control", routes=control_routes(account)),
            Route("/_media/{name:path}", _Media(account)),
            Route("/{path:path}", _Zalo(account)),
        ]
    )


class _Zalo:
    """All hosts of Zalo in one."""

    def __init__(self, account: OfficialAccount) -> None:
        self._account = account

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        call = await read_call(Request(scope, receive))
        with self._account.lock:
            response = answer(self._account, call)
        await asyncio.sleep(sum(fault.order.seconds for fault in call.faults if fault.kind is FaultKind.SLOW_REPLY))
        if call.is_dropped:
            await drop_connection(scope, receive)
        else:
            await response(scope, receive, send)


class _Media:
    """Files of citizens put there by the tester, and what the account uploaded."""

    def __init__(self, account: OfficialAccount) -> None:
        self._account = account

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._found(scope["path_params"]["name"])(scope, receive, send)

    def _found(self, name: str) -> Response:
        if name in self._account.media:
            content_type, content = self._account.media[name]
            return Response(content, media_type=content_type)
        stored = self._account.uploads.by_id.get(name)
        if stored is None:
            return PlainTextResponse("Not Found", status_code=404)
        return Response(stored.content, media_type=mimetypes.guess_type(stored.filename)[0])
