"""A mail server that takes everything and keeps nothing, in a process of its own: what is left is the sender's cost.

`python -m benchmarks.mail_sink` prints its port, then serves until it is told to end.
"""

from __future__ import annotations

import asyncio
import smtplib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

_HOST = "127.0.0.1"
_OK = b"250 2.0.0 OK\r\n"
_ANSWERS = {b"EHLO": b"250-sink\r\n250-8BITMIME\r\n250 SIZE 26214400\r\n", b"HELO": b"250 sink\r\n"}
_FINAL_DOT = b"\r\n.\r\n"


@contextmanager
def mail_sink() -> Iterator[int]:
    """Run a sink beside this process and yield its port."""
    command = [sys.executable, "-m", "benchmarks.mail_sink"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        port = int(process.stdout.readline())
        try:
            yield port
        finally:
            process.terminate()


def bare_session(port: int) -> smtplib.SMTP:
    """Return a session with the sink as the standard library opens it: what every figure of sending is measured by."""
    return smtplib.SMTP(_HOST, port, timeout=20)


class _Sink(asyncio.Protocol):
    """One connection."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._read = bytearray()
        self._is_content = False
        self._transport.write(b"220 sink ESMTP\r\n")

    def data_received(self, data: bytes) -> None:
        self._read += data
        while self._take():
            pass

    def _take(self) -> bool:
        """Answer the next command, or the end of a content; False where it is not whole yet."""
        end = self._read.find(_FINAL_DOT if self._is_content else b"\r\n")
        if end < 0:
            return False
        if self._is_content:
            self._is_content = False
            del self._read[: end + len(_FINAL_DOT)]
            self._transport.write(b"250 2.0.0 Ok: queued as 0123ABCD\r\n")
            return True
        verb = bytes(self._read[:4]).upper()
        del self._read[: end + 2]
        if verb == b"DATA":
            self._is_content = True
            self._transport.write(b"354 go on\r\n")
        elif verb == b"QUIT":
            self._transport.write(b"221 2.0.0 Bye\r\n")
            self._transport.close()
        else:
            self._transport.write(_ANSWERS.get(verb, _OK))
        return True


async def _serve() -> None:
    server = await asyncio.get_running_loop().create_server(_Sink, _HOST, 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve())
