"""Mail over SMTP, one envelope at a time, so that every failure says whether the mail may have left (A8)."""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from desk.gateways.failures import GatewayDown, OutcomeUnknown, PermanentFailure, TemporaryFailure

MAILS_A_SESSION = 50

_GO_AHEAD = 354
_TOO_BIG = 552
# The server ends the session, or takes no more in this one: a new session, the same mail.
_SESSION_IS_OVER = frozenset({421, 452})
_NO_ANSWER = -1

_QUEUE_ID = re.compile(r"queued as ([\w.-]+)|InternalId=(\d+)", re.IGNORECASE)
_STATUS = re.compile(rb"[245]\.\d{1,3}\.\d{1,3}(?!\S)")
_LINE_START_DOT = re.compile(rb"(?m)^\.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpServer:
    """Where mail is handed over, and as whom."""

    host: str
    port: int = 25
    user: str = ""
    password: str = ""
    starttls: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MailReceipt:
    """What the server said when it took a mail. Without the own copy its word is all the proof there will be."""

    reply: str
    queue_id: str
    copy_refused: bool


@dataclass(frozen=True, slots=True)
class _Answer:
    code: int
    text: bytes

    @property
    def is_positive(self) -> bool:
        return 200 <= self.code < 400  # noqa: PLR2004 - SMTP's classes of reply

    @property
    def is_permanent(self) -> bool:
        return self.code >= 500  # noqa: PLR2004

    def __str__(self) -> str:
        # The text may name an address: the code and the enhanced status say enough.
        status = _STATUS.match(self.text)
        return f"{self.code} {status[0].decode()}" if status else f"{self.code}"


class _SessionOverError(Exception):
    """The session cannot go on, and the mail was not taken in it."""


class SmtpSender:
    """Hands mails to one server in sessions of at most fifty, opened when first needed; not to be shared by threads."""

    def __init__(self, server: SmtpServer, *, timeout: float = 20.0, mails_a_session: int = MAILS_A_SESSION) -> None:
        self._server = server
        self._timeout = timeout
        self._mails_a_session = mails_a_session
        self._session: smtplib.SMTP | None = None
        self._mails = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the session, politely where the server still listens."""
        session, self._session = self._session, None
        if session is None:
            return
        try:
            session.quit()
        except (smtplib.SMTPException, OSError):
            session.close()

    def send(self, envelope_from: str, recipient: str, own_copy: str, body: bytes) -> MailReceipt:
        """Hand over one mail for its recipient and for the desk's own copy, and return what the server said.

        Raises:
            PermanentFailure: the server refuses this recipient or this mail for good; `code` is that of its reply.
            TemporaryFailure: the mail was not taken and may be later.
            OutcomeUnknown: the connection broke, or nothing was said, after the final dot.
            GatewayDown: no session can be had, or the server refuses the desk itself.
        """
        try:
            return self._hand_over(envelope_from, recipient, own_copy, body)
        except _SessionOverError:
            self.close()
        try:
            return self._hand_over(envelope_from, recipient, own_copy, body)
        except _SessionOverError as error:
            self.close()
            raise TemporaryFailure(str(error)) from None

    def _hand_over(self, envelope_from: str, recipient: str, own_copy: str, body: bytes) -> MailReceipt:
        if self._session is not None and self._mails >= self._mails_a_session:
            self.close()
        if self._session is None:
            self._session, self._mails = _open(self._server, self._timeout), 0
        session = self._session
        self._mails += 1
        content = _LINE_START_DOT.sub(b"..", body if body.endswith(b"\r\n") else body + b"\r\n")
        copy_refused = self._announce(session, envelope_from, recipient, own_copy, len(content))
        self._write(session, content)
        answer = self._verdict(session)
        text = answer.text.decode(errors="replace")
        queue_id = _QUEUE_ID.search(text)
        return MailReceipt(
            reply=f"{answer.code} {text}",
            queue_id=(queue_id[1] or queue_id[2]) if queue_id else "",
            copy_refused=copy_refused,
        )

    def _announce(self, session: smtplib.SMTP, envelope_from: str, recipient: str, own_copy: str, size: int) -> bool:
        """Go as far as the server's leave to write the content; return whether it refused the own copy."""
        most = int(session.esmtp_features.get("size") or 0)
        if most and size > most:
            message = f"thư {size} byte, máy chủ thư chỉ nhận đến {most} byte"
            raise PermanentFailure(message, code=str(_TOO_BIG))
        taken = _asked(lambda: session.mail(envelope_from, [f"SIZE={size}"] if most else []))
        if taken.is_permanent and taken.code != _TOO_BIG:
            self.close()
            message = f"máy chủ thư từ chối địa chỉ gửi của hệ thống: {taken}"
            raise GatewayDown(message)
        self._check(taken, "thư")
        self._check(_asked(lambda: session.rcpt(recipient)), "người nhận")
        copy = _asked(lambda: session.rcpt(own_copy))
        self._check(_asked(lambda: session.docmd("DATA")), "nội dung thư")
        return not copy.is_positive

    def _write(self, session: smtplib.SMTP, content: bytes) -> None:
        """Write the content and the final dot: while one byte of it is unwritten, the server cannot take the mail."""
        rest = memoryview(content + b".\r\n")
        try:
            while rest:
                rest = rest[_socket(session).send(rest) :]
        except OSError:
            self._drop()
            message = "mất kết nối với máy chủ thư khi chưa truyền xong nội dung"
            raise TemporaryFailure(message) from None

    def _verdict(self, session: smtplib.SMTP) -> _Answer:
        """Return what the server says to the final dot; if it says nothing, nobody knows."""
        try:
            answer = _Answer(*session.getreply())
        except (smtplib.SMTPException, OSError):
            answer = _Answer(_NO_ANSWER, b"")
        if answer.code == _NO_ANSWER:
            self._drop()
            message = "mất kết nối với máy chủ thư sau khi truyền xong nội dung"
            raise OutcomeUnknown(message)
        self._check(answer, "nội dung thư")
        return answer

    def _check(self, answer: _Answer, what: str) -> None:
        if answer.is_positive:
            return
        message = f"máy chủ thư từ chối {what}: {answer}"
        if answer.code in _SESSION_IS_OVER:
            raise _SessionOverError(message)
        self._reset()
        if answer.is_permanent:
            raise PermanentFailure(message, code=str(answer.code))
        raise TemporaryFailure(message)

    def _reset(self) -> None:
        """Leave the session fit for the next mail."""
        try:
            if self._session is not None and self._session.rset()[0] == 250:  # noqa: PLR2004
                return
        except (smtplib.SMTPException, OSError):
            pass
        self._drop()

    def _drop(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.close()


def _open(server: SmtpServer, timeout: float) -> smtplib.SMTP:
    try:
        session = smtplib.SMTP(server.host, server.port, local_hostname=socket.gethostname(), timeout=timeout)
    except (smtplib.SMTPException, OSError) as error:
        raise _down(error) from None
    try:
        # The last bytes of a mail must not wait until those before them are confirmed.
        _socket(session).setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
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


def _socket(session: smtplib.SMTP) -> socket.socket:
    if session.sock is None:
        message = "the session is closed"
        raise ConnectionError(message)
    return session.sock


def _asked(ask: Callable[[], tuple[int, bytes]]) -> _Answer:
    """Return the answer to a command before the content; without one the session is over, and nothing was taken."""
    try:
        answer = _Answer(*ask())
    except (smtplib.SMTPException, OSError) as error:
        raise _SessionOverError(type(error).__name__) from None
    if answer.code in (_NO_ANSWER, 421):
        message = f"máy chủ thư đóng phiên: {answer}"
        raise _SessionOverError(message)
    return answer
