"""A session with a mail server: opened, asked, and every answer that it gives or fails to give."""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from desk.gateways.failures import GatewayDown

NO_ANSWER = -1

_LINE_END = re.compile(r"[\r\n]")
_STATUS = re.compile(rb"[245]\.\d{1,3}\.\d{1,3}(?!\S)")


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpServer:
    """Where mail is handed over, and as whom."""

    host: str
    port: int = 25
    user: str = ""
    password: str = ""
    starttls: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server says to a command; printed, it names nobody."""

    code: int
    text: bytes

    @property
    def is_positive(self) -> bool:
        """Whether the server did what it was asked, or waits for the rest."""
        return 200 <= self.code < 400  # noqa: PLR2004 - SMTP's classes of reply

    @property
    def is_permanent(self) -> bool:
        """Whether asking again is no use."""
        return self.code >= 500  # noqa: PLR2004

    def __str__(self) -> str:
        # The text may name an address: the code and the enhanced status say enough.
        status = _STATUS.match(self.text)
        return f"{self.code} {status[0].decode()}" if status else f"{self.code}"


class SessionOverError(Exception):
    """The session cannot go on, and the mail was not taken in it."""


def open_session(server: SmtpServer, timeout: float) -> smtplib.SMTP:
    """Open a session with a server, protected and logged in as it wants it.

    Raises:
        GatewayDown: none can be had.
    """
    try:
        session = smtplib.SMTP(server.host, server.port, local_hostname=socket.gethostname(), timeout=timeout)
    except (smtplib.SMTPException, OSError) as error:
        raise _down(error) from None
    try:
        # The last bytes of a mail must not wait until those before them are confirmed.
        socket_of(session).setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        session.ehlo_or_helo_if_needed()
        if server.starttls:
            session.starttls(context=ssl.create_default_context())
            session.ehlo_or_helo_if_needed()
        if server.user:
            session.login(server.user, server.password)
    except (smtplib.SMTPException, OSError) as error:
        session.close()
        raise _down(error) from None
    return session


def _down(error: Exception) -> GatewayDown:
    code = f" {error.smtp_code}" if isinstance(error, smtplib.SMTPResponseException) else ""
    return GatewayDown(f"không mở được phiên với máy chủ thư: {type(error).__name__}{code}")


def socket_of(session: smtplib.SMTP) -> socket.socket:
    """Return the socket of a session.

    Raises:
        ConnectionError: the session is closed.
    """
    if session.sock is None:
        message = "the session is closed"
        raise ConnectionError(message)
    return session.sock


def asked_in_turn(session: smtplib.SMTP, *commands: str) -> list[Answer]:
    """Return the answers to commands: in one round trip, where the server takes them all at once (RFC 2920).

    Where it does not, the first that it refuses is the last it is asked.

    Raises:
        SessionOverError: there is no answer to one of them.
    """
    if "pipelining" in session.esmtp_features:
        try:
            session.send("".join(f"{_one_line(command)}\r\n" for command in commands))
        except (smtplib.SMTPException, OSError) as error:
            raise SessionOverError(type(error).__name__) from None
        return [asked(session.getreply) for _ in commands]
    answers: list[Answer] = []
    for command in commands:
        answers.append(asked(partial(session.docmd, command)))
        if not answers[-1].is_positive:
            break
    return answers


def _one_line(command: str) -> str:
    if _LINE_END.search(command):
        message = "an address with a line end in it would be a command of its own"
        raise ValueError(message)
    return command


def asked(ask: Callable[[], tuple[int, bytes]]) -> Answer:
    """Return the answer to a command before the content.

    Raises:
        SessionOverError: there is none; nothing was taken.
    """
    try:
        answer = Answer(*ask())
    except (smtplib.SMTPException, OSError) as error:
        raise SessionOverError(type(error).__name__) from None
    if answer.code in (NO_ANSWER, 421):
        message = f"máy chủ thư đóng phiên: {answer}"
        raise SessionOverError(message)
    return answer
