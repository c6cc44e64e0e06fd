"""Both sides together, in a thread of their own."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Iterable
from concurrent.futures import Future
from contextlib import AsyncExitStack
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Self

from sandbox.mail import imap
from sandbox.mail.faults import Faults
from sandbox.mail.imap import PASSWORD
from sandbox.mail.maildirs import Maildirs
from sandbox.mail.smtp import Receiver, SmtpConnection

__all__ = ["PASSWORD", "MailServer"]


class MailServer:
    """A mail server on loopback that delivers everything into the Maildirs of a folder. A port of 0 is any free one.

    `faults` may be changed while it runs, or faults.json written into the folder. `sessions` counts SMTP connections.
    With `tls` it asks what the servers of offices ask: STARTTLS and a login before a mail, IMAP over TLS alone. With
    `authserv_id` it says of each mail whether its author had logged in. What it delivers arrives when its clock says.
    """

    def __init__(
        self,
        folder: Path,
        *,
        smtp_port: int = 0,
        imap_port: int = 0,
        mailboxes: Iterable[str] = (),
        tls: ssl.SSLContext | None = None,
        authserv_id: str = "",
    ) -> None:
        self.maildirs = Maildirs(folder, imap.hashed_password())
        self.faults = Faults()
        self.sessions = 0
        self.smtp_port = smtp_port or _free_port()
        self.imap_port = imap_port or _free_port()
        self._tls = tls
        self._authserv_id = authserv_id
        self._started: Future[asyncio.AbstractEventLoop] = Future()
        self._stopping = asyncio.Event()
        self._thread = Thread(target=self._run, name="sandbox-mail", daemon=True)
        for address in mailboxes:
            self.maildirs.add(address)

    def __enter__(self) -> Self:
        self._thread.start()
        self._started.result(timeout=30)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._started.result().call_soon_threadsafe(self._stopping.set)
        self._thread.join(timeout=30)

    def reset(self) -> None:
        """Take all faults and mails away; what runs, runs on."""
        self.faults.replace(Faults())
        self.maildirs.empty()
        self.sessions = 0

    def mails(self, address: str) -> list[bytes]:
        """Return the mails delivered to an address, oldest first."""
        return self.maildirs.mails(address)

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except Exception as error:
            if self._started.done():
                raise
            self._started.set_exception(error)

    async def _serve(self) -> None:
        receiver = Receiver(self.maildirs, self.faults, authserv_id=self._authserv_id)
        loop = asyncio.get_running_loop()
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(
                await loop.create_server(lambda: self._connection(receiver), "127.0.0.1", self.smtp_port)
            )
            await imap.serve(self.maildirs.folder, self.imap_port, self._tls, stack)
            self._started.set_result(loop)
            await self._stopping.wait()

    def _connection(self, receiver: Receiver) -> SmtpConnection:
        self.sessions += 1
        return SmtpConnection(receiver, self.faults, self._tls)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
