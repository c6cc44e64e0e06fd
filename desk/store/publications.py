"""Articles on their way to Zalo: leases on machine time, each step on record before the next call (laws 5 and 6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime

from sqlalchemy import Connection

from desk.rules.content.publishing import Progress
from desk.rules.states import PublicationState
from desk.store.article_texts import StoredText
from desk.store.statements import statement

_STEPS = tuple(field.name for field in fields(Progress))


class LeaseLostError(Exception):
    """Another worker goes on with this article: whatever is known of it here is not to be acted on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving(StoredText):
    """An article that this worker alone may bring to Zalo until its lease ends.

    `is_new` until its first lease; `now` is the database's.
    """

    publication_id: int
    content_item_id: int
    code: str
    version: int
    progress: Progress
    attempts: int
    is_new: bool
    worker: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """An article that citizens see, or saw until it was taken down."""

    publication_id: int
    article_id: str
    link: str
    shown_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """An article that was made, or may have been; `article_id` is None while that is not known."""

    content_item_id: int
    code: str
    state: PublicationState
    article_id: str | None
    create_began_at: datetime


def add_publication(
    connection: Connection, *, content_item_id: int, version: int, approval_id: int, publish_at: datetime
) -> int:
    """Have an article go out at an hour, under the editor's word; returns its number.

    Raises:
        DBAPIError: SQLSTATE ZD001, its words are not complete.
    """
    values = {
        "content_item_id": content_item_id,
        "version": version,
        "approval_id": approval_id,
        "publish_at": publish_at,
    }
    return int(connection.execute(statement("publications/add_publication"), values).scalar_one())


def claim_publication(connection: Connection, *, as_of: datetime, worker: str, lease_seconds: int) -> Leaving | None:
    """Lease the next article that is due at *as_of*; None where there is none."""
    values = {"as_of": as_of, "worker": worker, "lease_seconds": lease_seconds}
    row = connection.execute(statement("publications/claim_publication"), values).mappings().one_or_none()
    if row is None:
        return None
    return Leaving(
        progress=Progress(**{name: row[name] for name in _STEPS}),
        **{name: value for name, value in row.items() if name not in _STEPS},
    )


def record_progress(connection: Connection, leaving: Leaving, progress: Progress, *, lease_seconds: int) -> Leaving:
    """Record how far an article has come; the lease begins anew.

    Raises:
        LeaseLostError: another worker has taken over.
    """
    values = {
        "publication_id": leaving.publication_id,
        "worker": leaving.worker,
        "lease_seconds": lease_seconds,
        **asdict(progress),
    }
    now = connection.scalar(statement("publications/record_progress"), values)
    if now is None:
        raise LeaseLostError
    return replace(leaving, progress=progress, attempts=1, now=now)


def record_put_off(
    connection: Connection, leaving: Leaving, *, wait_seconds: float, outcome: str, counts: bool = True
) -> None:
    """Record that an article goes on later; *counts* False gives the attempt back."""
    values = {
        "publication_id": leaving.publication_id,
        "worker": leaving.worker,
        "wait_seconds": wait_seconds,
        "outcome": outcome,
        "counts": counts,
    }
    connection.execute(statement("publications/record_put_off"), values)


def park(connection: Connection, leavings: Sequence[Leaving]) -> None:
    """Keep articles where they are until a person has looked."""
    values = {"publication_ids": [leaving.publication_id for leaving in leavings]}
    connection.execute(statement("publications/park"), values)


def return_parked(connection: Connection, content_item_id: int) -> None:
    """Let what was set aside of an article go on."""
    connection.execute(statement("publications/return_parked"), {"content_item_id": content_item_id})


def record_published(connection: Connection, leaving: Leaving, *, link: str, shown_at: datetime) -> None:
    """Record that citizens see an article since an instant of legal time.

    Raises:
        LeaseLostError: another worker has taken over.
    """
    values = {"publication_id": leaving.publication_id, "worker": leaving.worker, "link": link, "shown_at": shown_at}
    if connection.scalar(statement("publications/record_published"), values) is None:
        raise LeaseLostError


def record_failed(connection: Connection, leaving: Leaving, *, outcome: str) -> None:
    """Record that an article will not be seen as things stand.

    Raises:
        LeaseLostError: another worker has taken over.
    """
    values = {"publication_id": leaving.publication_id, "worker": leaving.worker, "outcome": outcome}
    if connection.scalar(statement("publications/record_failed"), values) is None:
        raise LeaseLostError


def get_published(connection: Connection, content_item_id: int) -> Published:
    """Return the article of an item that was published."""
    values = {"content_item_id": content_item_id}
    return Published(**connection.execute(statement("publications/get_published"), values).mappings().one())


def find_begun(connection: Connection, *, days: int) -> list[Begun]:
    """Return the articles that were made, or may have been, in the last days."""
    rows = connection.execute(statement("publications/find_begun"), {"days": days}).mappings()
    return [Begun(**{**row, "state": PublicationState(row["state"])}) for row in rows]


def count_due(connection: Connection, *, as_of: datetime) -> int:
    """Return how many articles are to go to Zalo at an instant."""
    return connection.scalar(statement("publications/count_due"), {"as_of": as_of}) or 0
