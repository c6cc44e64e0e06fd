"""The desk's mailbox over IMAP: what has come, in batches, nothing marked as seen, because people read it too."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from imaplib import IMAP4
from typing import Final

from imap_tools import BaseMailBox, MailBox, MailBoxUnencrypted, MailMessageFlags
from imap_tools.errors import ImapToolsError

from desk.gateways.failures import GatewayDown
from desk.gateways.mail_in.own_copies import HEADERS_OF_COPIES, own_copy_key
from desk.rules.mail_addresses import DeskAddress

# Some servers show UIDs out of order: the last ones are listed again.
_LISTED_AGAIN: Final = 50
_AT_ONCE: Final = 200
_BYTES_AT_ONCE: Final = 50_000_000
# a larger mail is never held in memory: its headers stand for it
LARGEST_MAIL: Final = 30_000_000
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
_ARRIVED = re.compile(rb'\bINTERNALDATE "([^"]+)"')


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedMail:
    """A mail in the inbox, before its content is fetched. `key` is the outbox key where it is an own copy."""

    uid: int
    size: int
    received_at: datetime
    key: str = ""

    @property
    def is_too_large(self) -> bool:
        """Whether only its headers may be fetched."""
        return self.size > LARGEST_MAIL


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedMail:
    """A mail as it came, to the byte; `is_cut` where only its headers were fetched."""

    uid: int
    received_at: datetime
    raw: bytes
    is_cut: bool = False


class Inbox:
    """An open session with the desk's inbox. Every call raises GatewayDown where the server fails."""

    def __init__(self, session: BaseMailBox) -> None:
        self._session = session
        self.uid_validity: int = session.folder.status("INBOX", ["UIDVALIDITY"])["UIDVALIDITY"]

    def list_mails(
        self, after: Watermark | None, desk: DeskAddress, *, since: date | None = None
    ) -> Iterator[list[ListedMail]]:
        """Yield what lies after the watermark, and the last mails before it again, in batches that fit in memory.

        What came before the day *since* is left alone.
        """
        known = after.uid if after and after.uid_validity == self.uid_validity else 0
        batch: list[ListedMail] = []
        weight = 0
        for mail in self._listed(max(1, known - _LISTED_AGAIN + 1), desk, since):
            its_weight = 0 if mail.key or mail.is_too_large else mail.size
            if batch and (len(batch) >= _AT_ONCE or weight + its_weight > _BYTES_AT_ONCE):
                yield batch
                batch, weight = [], 0
            batch.append(mail)
            weight += its_weight
        if batch:
            yield batch

    def fetch(self, mails: Sequence[ListedMail]) -> list[FetchedMail]:
        """Return the mails as they came; one that has gone meanwhile is left out."""
        with _reached():
            return [*self._content(mails, is_cut=False), *self._content(mails, is_cut=True)]

    def remove(self, mails: Sequence[ListedMail]) -> None:
        """Delete mails for good; only these, though people may have marked others."""
        uids = [str(mail.uid) for mail in mails]
        if not uids:
            return
        with _reached():
            self._session.flag(uids, [MailMessageFlags.DELETED], value=True, chunks=_AT_ONCE)
            if "UIDPLUS" in self._session.client.capabilities:
                self._session.client.uid("EXPUNGE", ",".join(uids))

    def _listed(self, first: int, desk: DeskAddress, since: date | None) -> Iterator[ListedMail]:
        came = f" SINCE {since.day}-{_MONTHS[since.month - 1]}-{since.year}" if since else ""
        with _reached():
            found = sorted(int(uid) for uid in self._session.uids(f"UNDELETED UID {first}:*{came}", None))
        # "first:*" gives the newest mail even when all are older than first
        uids = [uid for uid in found if uid >= first]
        for place in range(0, len(uids), _AT_ONCE):
            with _reached():
                listed = list(self._headers(uids[place : place + _AT_ONCE], desk))
            yield from sorted(listed, key=lambda mail: mail.uid)

    def _headers(self, uids: Sequence[int], desk: DeskAddress) -> Iterator[ListedMail]:
        wanted = f"(UID RFC822.SIZE INTERNALDATE BODY.PEEK[HEADER.FIELDS ({' '.join(HEADERS_OF_COPIES)})])"
        for attributes, headers in self._fetched(uids, wanted):
            yield ListedMail(
                uid=_number(_UID, attributes),
                size=_number(_SIZE, attributes),
                received_at=_received_at(attributes),
                key=own_copy_key(headers, desk),
            )

    def _content(self, mails: Sequence[ListedMail], *, is_cut: bool) -> Iterator[FetchedMail]:
        wanted = {mail.uid: mail for mail in mails if mail.is_too_large is is_cut}
        if wanted:
            part = "(UID BODY.PEEK[HEADER])" if is_cut else "(UID BODY.PEEK[])"
            for attributes, raw in self._fetched(list(wanted), part):
                uid = _number(_UID, attributes)
                yield FetchedMail(uid=uid, received_at=wanted[uid].received_at, raw=raw, is_cut=is_cut)

    def _fetched(self, uids: Sequence[int], wanted: str) -> Iterator[tuple[bytes, bytes]]:
        """Yield of each mail its attributes and its literal, which stands in the middle of them."""
        status, answers = self._session.client.uid("FETCH", ",".join(map(str, uids)), wanted)
        if status != "OK":
            raise IMAP4.error(status)
        ends = [*answers[1:], b""]
        follows_literal = False
        for answer, end in zip(answers, ends, strict=True):
            if isinstance(answer, tuple):
                yield answer[0] + (b" " + end if isinstance(end, bytes) else b""), answer[1]
            elif isinstance(answer, bytes) and not follows_literal and b"BODY[" in answer:
                yield answer, b""
            follows_literal = isinstance(answer, tuple)


@contextmanager
def open_inbox(server: ImapServer, *, timeout: float = 20.0) -> Iterator[Inbox]:
    """Open a session with the desk's inbox.

    Raises:
        GatewayDown: the mailbox cannot be opened now.
    """
    with _reached():
        session = _session(server, timeout)
        session.login(server.user, server.password)
    try:
        with _reached():
            inbox = Inbox(session)
        yield inbox
    finally:
        with _left_in_peace():
            session.logout()


@contextmanager
def _reached() -> Iterator[None]:
    try:
        yield
    except (ImapToolsError, IMAP4.error, OSError) as error:
        # imaplib's texts may repeat what was sent, a password among it.
        message = f"không mở được hộp thư của hệ thống: {type(error).__name__}"
        raise GatewayDown(message) from None


@contextmanager
def _left_in_peace() -> Iterator[None]:
    """Let a session end that the server has ended already."""
    try:
        yield
    except (ImapToolsError, IMAP4.error, OSError):
        return


def _session(server: ImapServer, timeout: float) -> BaseMailBox:
    if server.ssl:
        return MailBox(server.host, server.port, timeout=timeout, ssl_context=ssl.create_default_context())
    return MailBoxUnencrypted(server.host, server.port, timeout=timeout)


def _number(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    if found is None:
        message = "FETCH"
        raise IMAP4.error(message)
    return int(found[1])


def _received_at(attributes: bytes) -> datetime:
    found = _ARRIVED.search(attributes)
    if found is None:
        message = "INTERNALDATE"
        raise IMAP4.error(message)
    return parsedate_to_datetime(found[1].decode("ascii", "replace"))
