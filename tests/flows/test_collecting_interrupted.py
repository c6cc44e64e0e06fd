"""A mailbox that breaks off in the middle: what was not handed over, or not deleted, comes up again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from socket import create_connection, create_server, socket
from threading import Thread

import pytest

from desk.gateways.failures import GatewayDown
from desk.rules.tally import Count
from desk.runtime.settings import settings
from tasks.collecting import fetch_mails
from tests.flows.conftest import Rows
from tests.mailroom import DESK, Mailroom

# what a client's words become on their way to the server; None ends the connection
Change = Callable[[bytes], bytes | None]


def pump(source: socket, target: socket, change: Change) -> None:
    with suppress(OSError):
        while (words := source.recv(65536)) and (changed := change(words)) is not None:
            target.sendall(changed)
    for end in (source, target):
        with suppress(OSError):
            end.shutdown(2)


@contextmanager
def in_between(port: int, change: Change) -> Iterator[int]:
    """Yield a port that leads to another; what clients say is changed on its way."""
    with create_server(("127.0.0.1", 0)) as listening:

        def accept() -> None:
            with suppress(OSError):
                while True:
                    client, _ = listening.accept()
                    server = create_connection(("127.0.0.1", port))
                    Thread(target=pump, args=(client, server, change), daemon=True).start()
                    Thread(target=pump, args=(server, client, lambda words: words), daemon=True).start()

        Thread(target=accept, daemon=True).start()
        yield listening.getsockname()[1]
        listening.shutdown(2)


@pytest.fixture
def fetched_through(mailroom: Mailroom, monkeypatch: pytest.MonkeyPatch) -> Callable[[Change], int]:
    """Return a function that takes in the mailbox over a bad connection, and returns how many mails were new."""

    def fetched(change: Change) -> int:
        with in_between(mailroom.server.imap_port, change) as port, monkeypatch.context() as bad:
            bad.setenv("IMAP_PORT", str(port))
            settings.cache_clear()
            try:
                return fetch_mails.fn()[Count.COLLECTED]
            finally:
                settings.cache_clear()

    return fetched


def deliver(mailroom: Mailroom, count: int, *, key: str = "") -> None:
    """Let mails come in; with a key, they are the desk's own copies of a letter."""
    header = f"X-Zalo-Desk: {key}" if key else "From: thu@bhxh.example.vn"
    for number in range(count):
        mail = f"{header}\r\nSubject: {number} of {count}\r\n\r\n{number}\r\n"
        mailroom.server.maildirs.deliver("thu@bhxh.example.vn", DESK, mail.encode())


def test_a_mail_that_the_server_keeps_back_is_listed_until_it_comes(
    mailroom: Mailroom, rows: Rows, fetched_through: Callable[[Change], int]
) -> None:
    deliver(mailroom, 70)

    def without_the_third(words: bytes) -> bytes:
        return re.sub(rb"(FETCH \d+,\d+),\d+", rb"\1", words) if b"BODY.PEEK[])" in words else words

    assert fetched_through(without_the_third) == 69
    deliver(mailroom, 1)

    assert fetch_mails.fn()[Count.COLLECTED] == 2

    assert rows("SELECT count(*) AS n FROM inbound_mail") == [{"n": 71}]
    assert rows("SELECT uid FROM mailbox_cursor") == rows("SELECT max(uid) AS uid FROM inbound_mail")
    assert not fetch_mails.fn()


def test_copies_whose_deletion_failed_are_deleted_later_however_much_mail_came_behind(
    mailroom: Mailroom, rows: Rows, fetched_through: Callable[[Change], int]
) -> None:
    deliver(mailroom, 1, key="letter:1")
    deliver(mailroom, 70)

    with pytest.raises(GatewayDown):
        fetched_through(lambda words: None if b" STORE " in words else words)
    assert rows("SELECT count(*) AS n FROM inbound_mail") == [{"n": 70}]

    assert not fetch_mails.fn()

    assert len(mailroom.server.mails(DESK)) == 70
    assert rows("SELECT uid FROM mailbox_cursor") == rows("SELECT max(uid) AS uid FROM inbound_mail")
