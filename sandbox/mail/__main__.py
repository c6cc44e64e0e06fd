"""`python -m sandbox.mail`: the mail server by itself, until it is stopped."""

from __future__ import annotations

import argparse
import signal
from pathlib import Path

from sandbox.mail.server import PASSWORD, MailServer


def main() -> None:
    """Serve until SIGINT or SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.mail", description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path(".data/mail"), help="where the Maildirs lie")
    parser.add_argument("--smtp-port", type=int, default=2525)
    parser.add_argument("--imap-port", type=int, default=1143)
    parser.add_argument("--mailbox", action="append", default=[], help="an address to have a mailbox from the start")
    parser.add_argument(
        "--authserv-id", default="", help="say of each mail, in this name, whether its author logged in"
    )
    given = parser.parse_args()
    signals = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    with MailServer(
        given.folder,
        smtp_port=given.smtp_port,
        imap_port=given.imap_port,
        mailboxes=given.mailbox,
        authserv_id=given.authserv_id,
    ) as mail:
        print(
            f"mail: SMTP 127.0.0.1:{mail.smtp_port}, IMAP 127.0.0.1:{mail.imap_port} "
            f"(login: the address, password: {PASSWORD}), Maildirs in {given.folder}",
            flush=True,
        )
        signal.sigwait(signals)


main()
