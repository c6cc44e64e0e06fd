"""Who holds an article, and what is recorded when it goes no further now: seen, put off, or not to be seen."""

from __future__ import annotations

import socket
from datetime import datetime
from os import getpid
from typing import Final
from uuid import uuid4

from desk.gateways.failures import TemporaryFailure
from desk.rules.tally import Count, Tally
from desk.runtime.articles.trouble import KINDS, Trouble, late
from desk.runtime.contents.told import tell_not_published, tell_published
from desk.runtime.database import transaction
from desk.runtime.in_force import in_force
from desk.store import publications
from desk.store.events import Event, record_events
from desk.store.publications import LeaseLostError, Leaving
from desk.store.work_items import add_work_items, close_of_article

_FIRST_WAIT, _LONGEST_WAIT = 60.0, 3600.0
_TRIES_BEFORE_A_PERSON_LOOKS: Final = 6


def worker_name() -> str:
    """Return a name of this worker's own for one lease."""
    return f"{socket.gethostname()}:{getpid()}:{uuid4().hex[:8]}"


def succeed(leaving: Leaving, link: str, as_of: datetime) -> Tally:
    """Record that citizens see an article, in one transaction with what is told of it."""
    try:
        with transaction() as connection:
            publications.record_published(connection, leaving, link=link, shown_at=as_of)
            details = {"version": leaving.version, "publication_id": leaving.publication_id, "link": link}
            published = Event(kind="article_published", content_item_id=leaving.content_item_id, details=details)
            record_events(connection, [published], as_of=as_of)
            close_of_article(connection, leaving.content_item_id, KINDS, outcome="bài đã hiện trên Zalo")
            tell_published(connection, leaving.content_item_id, link, in_force(connection), as_of)
    except LeaseLostError:
        return Tally()
    return Tally({Count.PUBLISHED: 1})


def fail(leaving: Leaving, trouble: Trouble, as_of: datetime) -> Tally:
    """Record that an article will not be seen as things stand, and put it before a person."""
    try:
        with transaction() as connection:
            publications.record_failed(connection, leaving, outcome=trouble.outcome)
            add_work_items(connection, [trouble.work(leaving)])
            because, occasion = f"{trouble.reason} {trouble.remedy}", f"failed-{leaving.publication_id}"
            desk = in_force(connection)
            tell_not_published(connection, leaving.content_item_id, because, desk, as_of, occasion=occasion)
            details = {"version": leaving.version, "publication_id": leaving.publication_id, "why": trouble.kind}
            failed = Event(kind="article_not_published", content_item_id=leaving.content_item_id, details=details)
            record_events(connection, [failed], as_of=as_of)
    except LeaseLostError:
        return Tally()
    return Tally({Count.NOT_PUBLISHED: 1})


def put_off(leaving: Leaving, failure: TemporaryFailure) -> Tally:
    """Record that an article goes on later; where that goes on, a person looks."""
    wait = failure.retry_after or min(_FIRST_WAIT * 2 ** (leaving.attempts - 1), _LONGEST_WAIT)
    with transaction() as connection:
        publications.record_put_off(connection, leaving, wait_seconds=wait, outcome=failure.reason)
        if leaving.attempts >= _TRIES_BEFORE_A_PERSON_LOOKS:
            add_work_items(connection, [late(leaving, failure).work(leaving)])
    return Tally({Count.PUT_OFF: 1})


def give_back(leaving: Leaving) -> None:
    """Record that an article waits for Zalo, at no cost to it."""
    with transaction() as connection:
        publications.record_put_off(connection, leaving, wait_seconds=0, outcome="zalo down", counts=False)
