"""Mail over SMTP, one envelope at a time, so that every failure says whether the mail may have left (A8)."""

from __future__ import annotations

import re
import smtplib
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from desk.gateways.failures import GatewayDown, OutcomeUnknown, PermanentFailure, TemporaryFailure
from desk.gateways.mail_out.sessions import (
    NO_ANSWER,
    Answer,
    SessionOverError,
    SmtpServer,
    asked,
    asked_in_turn,
    open_session,
    socket_of,
)

MAILS_A_SESSION = 50

_TOO_BIG = 552
# The server ends the session, or takes no more in this one: a new session, the same mail.
_SESSION_IS_OVER = frozenset({421, 452})

_QUEUE_ID = re.compile(r"queued as ([\w.-]+)|InternalId=(\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailReceipt:
    """What the server said when it took a mail. Without the own copy its word is all the proof there will be."""

    reply: str
    queue_id: str
    copy_refused: bool


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
        except SessionOverError:
            self.close()
        try:
            return self._hand_over(envelope_from, recipient, own_copy, body)
        except SessionOverError as error:
            self.close()
            raise TemporaryFailure(str(error)) from None

    def _hand_over(self, envelope_from: str, recipient: str, own_copy: str, body: bytes) -> MailReceipt:
        if self._session is not None and self._mails >= self._mails_a_session:
            self.close()
        if self._session is None:
            self._session, self._mails = open_session(self._server, self._timeout), 0
        session = self._session
        self._mails += 1
        content = _dots_doubled(body if body.endswith(b"\r\n") else body + b"\r\n")
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
        taken, *addressed = asked_in_turn(
            session,
            f"MAIL FROM:<{envelope_from}>" + (f" SIZE={size}" if most else ""),
            f"RCPT TO:<{recipient}>",
            f"RCPT TO:<{own_copy}>",
        )
        if taken.is_permanent and taken.code != _TOO_BIG:
            self.close()
            message = f"máy chủ thư từ chối địa chỉ gửi của hệ thống: {taken}"
            raise GatewayDown(message)
        self._check(taken, "thư")
        self._check(addressed[0], "người nhận")
        self._check(asked(lambda: session.docmd("DATA")), "nội dung thư")
        return not addressed[1].is_positive

    def _write(self, session: smtplib.SMTP, content: bytes) -> None:
        """Write the content and the final dot: while one byte of it is unwritten, the server cannot take the mail."""
        rest = memoryview(content + b".\r\n")
        try:
            while rest:
                rest = rest[socket_of(session).send(rest) :]
        except OSError:
            self._drop()
            message = "mất kết nối với máy chủ thư khi chưa truyền xong nội dung"
            raise TemporaryFailure(message) from None

    def _verdict(self, session: smtplib.SMTP) -> Answer:
        """Return what the server says to the final dot; if it says nothing, nobody knows."""
        try:
            answer = Answer(*session.getreply())
        except (smtplib.SMTPException, OSError):
            answer = Answer(NO_ANSWER, b"")
        if answer.code == NO_ANSWER:
            self._drop()
            message = "mất kết nối với máy chủ thư sau khi truyền xong nội dung"
            raise OutcomeUnknown(message)
        self._check(answer, "nội dung thư")
        return answer

    def _check(self, answer: Answer, what: str) -> None:
        if answer.is_positive:
            return
        message = f"máy chủ thư từ chối {what}: {answer}"
        if answer.code in _SESSION_IS_OVER:
            raise SessionOverError(message)
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


def _dots_doubled(content: bytes) -> bytes:
    """Return a content of which no line can be taken for the final dot (RFC 5321, 4.5.2)."""
    # a regular expression for it takes as long as all the rest of a mail
    return (b"." if content.startswith(b".") else b"") + content.replace(b"\n.", b"\n..")
