"""The SMTP side: takes every mail for every address, but for the faults that are switched on."""

from __future__ import annotations

import asyncio
import ssl
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from sandbox.mail.clocks import Clock
from sandbox.mail.faults import ControlFile, Faults, HangUp
from sandbox.mail.imap import PASSWORD
from sandbox.mail.maildirs import Maildirs
from sandbox.mail.reports import authentication_results, not_delivered

TAKEN = "250 2.0.0 OK"
CONTROL_FILE = "faults.json"


class SmtpConnection(SMTP):
    """One connection, with the faults that lie deeper than a reply. With TLS, it takes mail only after a login."""

    def __init__(self, desk_mail: Receiver, faults: Faults, tls: ssl.SSLContext | None) -> None:
        super().__init__(
            desk_mail,
            loop=asyncio.get_running_loop(),
            hostname="sandbox",
            ident="ESMTP",
            data_size_limit=faults.largest or None,
            timeout=60,
            tls_context=tls,
            require_starttls=tls is not None,
            auth_required=tls is not None,
            auth_require_tls=tls is not None,
            authenticator=_log_in,
        )
        self._faults = faults

    async def push(self, status: Any) -> None:  # noqa: ANN401 - as in aiosmtpd
        """Send a reply; after 421 the server hangs up, as it says."""
        await super().push(status)
        if str(status).startswith("421"):
            _transport(self).close()

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - as in aiosmtpd
        """Take the content, or do what the faults say instead."""
        if answer := self._faults.answer("DATA"):
            await self.push(answer)
        elif self._faults.hang_up(HangUp.BEFORE_THE_DOT):
            await self.push("354 go on")
            await self._reader.readline()
            _transport(self).abort()
        else:
            await super().smtp_DATA(arg)


class Receiver:
    """Answers to the commands of a connection (the hooks of aiosmtpd)."""

    def __init__(self, maildirs: Maildirs, faults: Faults, *, authserv_id: str) -> None:
        self._maildirs = maildirs
        self._faults = faults
        self._authserv_id = authserv_id
        self._control = ControlFile(maildirs.folder / CONTROL_FILE, faults)
        self._clock = Clock(maildirs.folder)
        self._taken = 0

    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Answer EHLO: with PIPELINING, as the servers of offices do."""
        del server, envelope
        session.host_name = hostname
        return responses if self._faults.one_at_a_time else [*responses[:-1], "250-PIPELINING", responses[-1]]

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Answer MAIL FROM."""
        del server, session
        self._control.look()
        await asyncio.sleep(self._faults.seconds)
        if answer := self._faults.answer("MAIL"):
            return answer
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return TAKEN

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Answer RCPT TO."""
        del server, session
        if answer := self._faults.answer("RCPT"):
            return answer
        if address in self._faults.refused:
            return f"550 5.1.1 <{address}>: Recipient address rejected: User unknown"
        if address in self._faults.deferred:
            return f"450 4.2.1 <{address}>: Recipient address rejected: try again later"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return TAKEN

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Answer the final dot, and deliver."""
        if answer := self._faults.answer("DOT"):
            return answer
        hang_up = self._faults.hang_up(HangUp.AFTER_THE_DOT, HangUp.AFTER_KEEPING_IT)
        if hang_up is not HangUp.AFTER_THE_DOT:
            self._deliver(envelope.mail_from or "", envelope.rcpt_tos, envelope.original_content or b"", session)
        if hang_up:
            _transport(server).abort()
        self._taken += 1
        return f"250 2.0.0 Ok: queued as {self._taken:08X}"

    def _deliver(self, envelope_from: str, recipients: list[str], content: bytes, session: Session) -> None:
        now = self._clock.now()
        if self._authserv_id:
            content = authentication_results(self._authserv_id, content, session.auth_data or "").encode() + content
        for recipient in recipients:
            if recipient not in self._faults.bounced:
                self._maildirs.deliver(envelope_from, recipient, content, at=now)
            elif envelope_from:
                self._maildirs.deliver("", envelope_from, not_delivered(content, envelope_from, recipient, now), at=now)


def _log_in(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: LoginPassword) -> AuthResult:
    is_known = given.password.decode() == PASSWORD
    return AuthResult(success=is_known, handled=False, auth_data=given.login.decode() if is_known else None)


def _transport(server: SMTP) -> asyncio.WriteTransport:
    assert isinstance(server.transport, asyncio.WriteTransport)  # noqa: S101 - a connection that talks has one
    return server.transport
