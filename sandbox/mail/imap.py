"""The IMAP side: pymap over the same Maildirs. Login is the address, the password is the same for all."""

from __future__ import annotations

import asyncio
import ssl
from argparse import Namespace
from contextlib import AsyncExitStack
from pathlib import Path

from proxyprotocol.reader import ProxyProtocolReader
from pymap.backend.maildir import Config, Login
from pymap.imap import IMAPServer
from pysasl.hashing import BuiltinHash

PASSWORD = "sandbox"  # noqa: S105 - of a server on loopback that holds invented mail
# it stands in the source, so nothing is won by making each login slow to guess
_HASH = BuiltinHash(rounds=1)


async def serve(folder: Path, port: int, tls: ssl.SSLContext | None, stack: AsyncExitStack) -> None:
    """Serve the Maildirs of a folder over IMAP on loopback until the stack is closed; with TLS, from the first byte."""
    config = _config(folder, port)
    config.apply_context()
    # pymap's own service knows TLS only after a STARTTLS
    connected = ProxyProtocolReader(config.proxy_protocol).get_callback(IMAPServer(Login(config), config))
    await stack.enter_async_context(await asyncio.start_server(connected, "127.0.0.1", port, ssl=tls))


def hashed_password() -> str:
    """Return the password the way pymap wants it in its shadow file."""
    return str(_HASH.hash(PASSWORD))


def _config(folder: Path, port: int) -> Config:
    return Config.from_args(
        Namespace(
            host="127.0.0.1",
            port=port,
            tls=False,
            cert=None,
            key=None,
            debug=False,
            proxy_protocol=None,
            passlib_cfg=None,
            inherited_sockets=None,
            base_dir=str(folder),
            layout="++",
            colon=None,
            concurrency=2,
        ),
        hash_context=_HASH,
    )
