"""The IMAP side: pymap over the same Maildirs. Login is the address, the password is the same for all."""

from __future__ import annotations

from argparse import Namespace
from contextlib import AsyncExitStack
from pathlib import Path

from pymap.backend.maildir import Config, Login, MaildirBackend
from pymap.imap import IMAPService

PASSWORD = "sandbox"  # noqa: S105 - of a server on loopback that holds invented mail


async def serve(folder: Path, port: int, stack: AsyncExitStack) -> None:
    """Serve the Maildirs of a folder over IMAP on loopback, without TLS, until the stack is closed."""
    config = _config(folder, port)
    config.apply_context()
    await IMAPService(MaildirBackend(Login(config), config), config).start(stack)


def hashed_password(folder: Path) -> str:
    """Return the password the way pymap wants it in its shadow file."""
    return str(_config(folder, 0).hash_context.hash(PASSWORD))


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
        )
    )
