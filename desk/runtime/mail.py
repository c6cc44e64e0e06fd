"""The mail gateways, wired to the settings."""

from __future__ import annotations

from desk.gateways.mail_in import ImapServer
from desk.gateways.mail_out import SmtpSender, SmtpServer
from desk.rules.mail_addresses import DeskAddress
from desk.runtime.settings import settings


def desk_address() -> DeskAddress:
    """Return the mailbox the desk writes from and reads."""
    return DeskAddress(settings().desk_address, settings().reply_address_style)


def smtp_sender() -> SmtpSender:
    """Return a sender of its own for each thread; its session opens with the first mail."""
    chosen = settings()
    return SmtpSender(
        SmtpServer(
            host=chosen.smtp_host,
            port=chosen.smtp_port,
            user=chosen.smtp_user,
            password=chosen.smtp_password.get_secret_value(),
            starttls=chosen.smtp_starttls,
        ),
        timeout=chosen.smtp_timeout_seconds,
    )


def imap_server() -> ImapServer:
    """Return where the desk's own mailbox is read."""
    chosen = settings()
    return ImapServer(
        host=chosen.imap_host,
        port=chosen.imap_port,
        user=chosen.imap_user,
        password=chosen.imap_password.get_secret_value(),
        ssl=chosen.imap_ssl,
    )
