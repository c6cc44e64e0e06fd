"""Files that citizens attached: to be fetched, here, or refused with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from desk.store.statements import statement


@dataclass(frozen=True, slots=True, kw_only=True)
class FileToFetch:
    """A file that this worker alone fetches; `attempts` counts this one."""

    message_id: str
    url: str = field(repr=False)
    attempts: int


def add_media(connection: Connection, urls: Sequence[tuple[str, str]]) -> None:
    """Note files to fetch: (message id, address)."""
    if urls:
        values = {"message_ids": [message_id for message_id, _ in urls], "urls": [url for _, url in urls]}
        connection.execute(statement("media/add_media"), values)


def claim_media(connection: Connection, *, limit: int, lease_seconds: float) -> list[FileToFetch]:
    """Take files to fetch, those due longest first; until the lease is over they are nobody else's."""
    rows = connection.execute(statement("media/claim_media"), {"limit": limit, "lease_seconds": lease_seconds})
    return [FileToFetch(**row) for row in rows.mappings()]


def record_fetched(connection: Connection, message_id: str, *, content_type: str, content: bytes) -> None:
    """Keep a file."""
    values = {"message_id": message_id, "content_type": content_type, "content": content}
    connection.execute(statement("media/record_fetched"), values)


def record_refused(connection: Connection, message_id: str, *, refused: str) -> None:
    """Record why a file will not be had."""
    connection.execute(statement("media/record_refused"), {"message_id": message_id, "refused": refused})


def put_off_media(connection: Connection, message_id: str, *, refused: str) -> None:
    """Record why a file was not to be had now; it is tried later."""
    connection.execute(statement("media/put_off_media"), {"message_id": message_id, "refused": refused})
