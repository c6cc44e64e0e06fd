"""Take in the mail of the desk's mailbox: store it as it came, then read it batch by batch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from prefect import task
from prefect.cache_policies import NO_CACHE
from sqlalchemy import Connection

from desk.gateways.mail_in import Inbox, ListedMail, Watermark, open_inbox
from desk.rules.calendar import local_date
from desk.rules.tally import Count, Tally
from desk.runtime.collected.reading import read_mails
from desk.runtime.database import transaction
from desk.runtime.in_force import in_force
from desk.runtime.mail import desk_address, imap_server
from desk.runtime.settings import settings
from desk.store import deliveries, inbound_mails, mailboxes
from desk.store.inbound_mails import ArrivedMail
from tasks.retrying import STEP

_INBOX = "INBOX"


@task(name="Nhận thư đến", **STEP)
def fetch_mails() -> Tally:
    """Store what has come into the desk's mailbox; its own copies settle the outbox and are deleted (A8).

    Bytes and watermark commit together, batch by batch, before anybody reads a word. Safe to repeat. The watermark
    stays before a mail that was listed and not handed over, and before a copy that is not deleted yet: the next run
    lists both again, or learns that they have gone.

    Raises:
        GatewayDown: the mailbox cannot be read now; what was stored is stored.
    """
    tally, acts_from = Tally(), settings().acts_from
    if not settings().imap_host:
        return tally
    with transaction() as connection:
        read_to = mailboxes.get_cursor(connection, _INBOX)
    with open_inbox(imap_server()) as inbox:
        batches = inbox.list_mails(
            Watermark(*read_to) if read_to else None,
            desk_address(),
            since=local_date(acts_from) if acts_from else None,
        )
        lost: set[int] = set()
        for batch in batches:
            tally += _stored(inbox, batch, lost)
            if copies := [mail for mail in batch if mail.key]:
                inbox.remove(copies)
                with transaction() as connection:
                    _move_cursor(connection, inbox, batch, lost)
    return tally


@task(name="Đọc thư đến", cache_policy=NO_CACHE)
def read_batch(as_of: datetime) -> Tally:
    """Read a batch of stored mails and record what each one comes to. Safe to repeat: each is read once."""
    with transaction() as connection:
        return read_mails(connection, in_force(connection), as_of)


def _stored(inbox: Inbox, batch: Sequence[ListedMail], lost: set[int]) -> Tally:
    """Store a batch; what was not handed over adds to *lost*."""
    uid_validity = inbox.uid_validity
    others = [mail for mail in batch if not mail.key]
    with transaction() as connection:
        uids = [mail.uid for mail in others]
        known = inbound_mails.find_known(connection, _INBOX, uid_validity=uid_validity, uids=uids)
    wanted = [mail for mail in others if mail.uid not in known]
    fetched = inbox.fetch(wanted)
    lost |= {mail.uid for mail in wanted} - {mail.uid for mail in fetched}
    arrived = [
        ArrivedMail(uid=mail.uid, raw=mail.raw, is_cut=mail.is_cut, received_at=mail.received_at) for mail in fetched
    ]
    with transaction() as connection:
        seen = deliveries.record_copies(connection, [mail.key for mail in batch if mail.key])
        new = inbound_mails.add_mails(connection, arrived, _INBOX, uid_validity=uid_validity)
        _move_cursor(connection, inbox, batch, lost | {mail.uid for mail in batch if mail.key})
    return Tally({Count.COLLECTED: new, Count.SETTLED: seen})


def _move_cursor(connection: Connection, inbox: Inbox, batch: Sequence[ListedMail], unfinished: Iterable[int]) -> None:
    """Record that the folder is read up to the end of a batch, or up to what is not finished before it."""
    uid = min([batch[-1].uid + 1, *unfinished]) - 1
    mailboxes.move_cursor(connection, _INBOX, uid_validity=inbox.uid_validity, uid=uid)
