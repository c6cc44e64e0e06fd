"""Everything that is remembered of one article, for a person who looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from desk.store.statements import statement

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentHistory:
    """An article with all that belongs to it, each oldest first; columns as in sql/content_histories/."""

    item: Row
    versions: list[Row]
    words: list[Row]
    publications: list[Row]
    takedowns: list[Row]
    broadcasts: list[Row]
    letters: list[Row]
    work: list[Row]
    events: list[Row]


def get_content_history(connection: Connection, code: str) -> ContentHistory | None:
    """Return all that is remembered of an article; None where there is no such code."""
    item = connection.execute(statement("content_histories/get_item"), {"code": code}).mappings().one_or_none()
    if item is None:
        return None

    def found(what: str) -> list[Row]:
        values = {"content_item_id": item["content_item_id"]}
        rows = connection.execute(statement(f"content_histories/find_{what}"), values).mappings()
        return [dict(row) for row in rows]

    return ContentHistory(
        item=dict(item),
        versions=found("versions"),
        words=found("words"),
        publications=found("publications"),
        takedowns=found("takedowns"),
        broadcasts=found("broadcasts"),
        letters=found("letters"),
        work=found("work"),
        events=found("events"),
    )
