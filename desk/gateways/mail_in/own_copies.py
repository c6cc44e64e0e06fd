"""The desk's own copies of its letters, found again in its mailbox: the evidence that a letter left (A8)."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from imaplib import IMAP4

from imap_tools import BaseMailBox, MailBox, MailBoxUnencrypted, MailMessageFlags
from imap_tools.errors import ImapToolsError

from desk.gateways.failures import GatewayDown
from desk.rules.mail_addresses import KEY_HEADER

# Some servers show UIDs out of order: the last ones are read again.
_READ_AGAIN = 50
_AT_ONCE = 200
_KEY = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImapServer:
    """Where the desk's mailbox is read, and as whom."""

    host: str
    port: int = 993
    user: str
    password: str
    ssl: bool = True


@dataclass(frozen=True, slots=True)
class Watermark:
    """How far a folder was read; under another UIDVALIDITY its UIDs mean nothing."""

    uid_validity: int
    uid: int


@dataclass(frozen=True, slots=True)
class OwnCopy:
    """A letter that came back: its outbox key, and the UID of the copy."""

    key: str
    uid: int


@dataclass(frozen=True, slots=True)
class OwnCopies:
    """What one reading found, and where the next one goes on."""

    copies: tuple[OwnCopy, ...]
    watermark: Watermark


def find_own_copies(server: ImapServer, after: Watermark | None = None, *, timeout: float = 20.0) -> OwnCopies:
    """Return the own copies in the inbox that came after the watermark, and some before it: safe to repeat.

    Only headers are fetched, and nothing is marked as seen: people read this mailbox too.

    Raises:
        GatewayDown: the mailbox cannot be read now.
    """
    with _inbox(server, timeout) as inbox:
        return _read(inbox, after)


def remove_own_copies(server: ImapServer, found: OwnCopies, *, timeout: float = 20.0) -> None:
    """Delete copies that were recorded: each holds a live reply address, and nobody need read it.

    Raises:
        GatewayDown: the mailbox cannot be changed now; the copies are found again next time.
    """
    uids = [str(copy.uid) for copy in found.copies]
    with _inbox(server, timeout) as inbox:
        if not uids or _uid_validity(inbox) != found.watermark.uid_validity:
            return
        inbox.flag(uids, [MailMessageFlags.DELETED], value=True, chunks=_AT_ONCE)
        # Only these: a plain EXPUNGE would also take what people have marked and not yet let go.
        if "UIDPLUS" in inbox.client.capabilities:
            for first in range(0, len(uids), _AT_ONCE):
                inbox.client.uid("EXPUNGE", ",".join(uids[first : first + _AT_ONCE]))


@contextmanager
def _inbox(server: ImapServer, timeout: float) -> Iterator[BaseMailBox]:
    try:
        with _opened(server, timeout).login(server.user, server.password) as inbox:
            yield inbox
    except (ImapToolsError, IMAP4.error, OSError) as error:
        # imaplib's texts may repeat what was sent, a password among it.
        message = f"không mở được hộp thư của hệ thống: {type(error).__name__}"
        raise GatewayDown(message) from None


def _opened(server: ImapServer, timeout: float) -> BaseMailBox:
    if server.ssl:
        return MailBox(server.host, server.port, timeout=timeout, ssl_context=ssl.create_default_context())
    return MailBoxUnencrypted(server.host, server.port, timeout=timeout)


def _uid_validity(inbox: BaseMailBox) -> int:
    return inbox.folder.status("INBOX", ["UIDVALIDITY"])["UIDVALIDITY"]


def _read(inbox: BaseMailBox, after: Watermark | None) -> OwnCopies:
    uid_validity = _uid_validity(inbox)
    known = after.uid if after and after.uid_validity == uid_validity else 0
    first, last = max(1, known - _READ_AGAIN + 1), known
    copies = []
    wanted = f"UNDELETED UID {first}:*"
    for mail in inbox.fetch(wanted, charset=None, mark_seen=False, headers_only=True, bulk=_AT_ONCE):
        uid = int(mail.uid or 0)
        last = max(last, uid)
        # "first:*" gives the newest mail even when all are older than first.
        key = str(mail.obj.get(KEY_HEADER, "")).strip()
        if uid >= first and _KEY.fullmatch(key):
            copies.append(OwnCopy(key, uid))
    return OwnCopies(tuple(copies), Watermark(uid_validity, last))
