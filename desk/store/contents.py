"""Articles and their texts; states are moved by the database alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping

from desk.rules.content.articles import Article, article_of_row, blocks_json
from desk.rules.content.codes import content_code
from desk.rules.states import ContentState
from desk.store.content_law import ContentRefusedError, refusals
from desk.store.statements import statement

_OF_ARTICLE = ("title", "shown_author", "description", "cover_url", "blocks")


class VersionRefusedError(ContentRefusedError):
    """A text may not be written by this official, or not now; `reason_code` names the rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentInHand:
    """An article with its newest text, and the hash under which that is decided on.

    `agreed_version` is the text that was agreed on condition of changes, while they are made; `decider` whom the
    Secretary submitted to; `waits_for` who was asked for a word, `times_asked` times since the item last moved.
    """

    content_item_id: int
    code: str
    state: ContentState
    version: int
    agreed_version: int | None
    author: str
    editor: str
    decider: str | None
    waits_for: str | None
    asked_at: datetime | None
    times_asked: int
    opened_at: datetime
    sha256: bytes
    article: Article


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredVersion:
    """A text of an article; `amends` is the version whose changes it makes."""

    version: int
    sha256: bytes
    amends: int | None
    written_by: str
    inbound_mail_id: int | None
    written_at: datetime
    article: Article


def add_item(connection: Connection, *, author: str, editor: str, opened_at: datetime, year: int) -> tuple[int, str]:
    """Open an article and return its number and code, the next of its year."""
    number: int = connection.execute(statement("contents/take_number"), {"year": year}).scalar_one()
    code = content_code(year, number)
    values = {"code": code, "author": author, "editor": editor, "opened_at": opened_at}
    return connection.execute(statement("contents/add_item"), values).scalar_one(), code


def add_version(
    connection: Connection,
    item_id: int,
    article: Article,
    *,
    written_by: str,
    inbound_mail_id: int | None,
    written_at: datetime,
) -> int:
    """Keep the next text of an article and return its version; what was said of the one before it is void.

    Raises:
        VersionRefusedError: he may not write it, or the article is out; the caller's savepoint must be rolled back.
    """
    values = {
        "content_item_id": item_id,
        "title": article.title,
        "author": article.author,
        "description": article.description,
        "cover_url": article.cover_url,
        "blocks": json.dumps(blocks_json(article), ensure_ascii=False),
        "written_by": written_by,
        "inbound_mail_id": inbound_mail_id,
        "written_at": written_at,
    }
    with refusals(VersionRefusedError):
        version: int = connection.execute(statement("contents/add_version"), values).scalar_one()
    return version


def claim_item(
    connection: Connection, *, content_item_id: int | None = None, code: str | None = None
) -> ContentInHand | None:
    """Hold an article for a decision or an edit; None where there is none of that number or code."""
    values = {"content_item_id": content_item_id, "code": code}
    held = connection.scalars(statement("contents/hold_item"), values).all()
    return next(iter(_items(connection, held)), None)


def claim_waiting(connection: Connection, *, asked_before: datetime, limit: int) -> list[ContentInHand]:
    """Hold articles on which somebody was asked before an instant and has not said his word; oldest first."""
    values = {"asked_before": asked_before, "limit": limit}
    return _items(connection, connection.scalars(statement("contents/hold_waiting"), values).all())


def get_item(connection: Connection, item_id: int) -> ContentInHand:
    """Return an article as it stands."""
    (item,) = _items(connection, [item_id])
    return item


def get_version(connection: Connection, item_id: int, version: int) -> StoredVersion:
    """Return one text of an article.

    Raises:
        sqlalchemy.exc.NoResultFound: there is no such version.
    """
    values = {"content_item_id": item_id, "version": version}
    row = connection.execute(statement("contents/get_version"), values).mappings().one()
    return StoredVersion(**_without_article(row), article=_article(row))


def record_asked(connection: Connection, item_id: int, official_code: str, as_of: datetime) -> None:
    """Record that somebody was asked for a word on an article."""
    values = {"content_item_id": item_id, "official_code": official_code, "as_of": as_of}
    connection.execute(statement("contents/record_asked"), values)


def end_waiting(connection: Connection, item_ids: Sequence[int]) -> None:
    """Take articles out of the reminders."""
    connection.execute(statement("contents/end_waiting"), {"content_item_ids": list(item_ids)})


def record_editor(connection: Connection, item_id: int, editor: str) -> None:
    """Record that another editor takes an article over."""
    connection.execute(statement("contents/record_editor"), {"content_item_id": item_id, "editor": editor})


def find_writers(connection: Connection, item_id: int) -> frozenset[str]:
    """Return who wrote of an article, its author among them: none of them judges it."""
    return frozenset(connection.scalars(statement("contents/find_writers"), {"content_item_id": item_id}))


def find_took_part(connection: Connection, item_id: int) -> list[str]:
    """Return who took part in an article, the author and the editor first."""
    return list(connection.scalars(statement("contents/find_took_part"), {"content_item_id": item_id}))


def _items(connection: Connection, item_ids: Sequence[int]) -> list[ContentInHand]:
    rows = connection.execute(statement("contents/find_items"), {"content_item_ids": list(item_ids)}).mappings()
    return [
        ContentInHand(**_without_article(row) | {"state": ContentState(row["state"])}, article=_article(row))
        for row in rows
    ]


def _article(row: RowMapping) -> Article:
    return article_of_row(
        title=row["title"],
        author=row["shown_author"],
        description=row["description"],
        cover_url=row["cover_url"],
        blocks=row["blocks"],
    )


def _without_article(row: RowMapping) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in _OF_ARTICLE}
