"""What Zalo would refuse of the texts of articles, their pictures fetched as Zalo will."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from desk.store.statements import statement


def find_unchecked(connection: Connection, *, limit: int) -> list[tuple[int, int]]:
    """Return articles, by number and version, whose newest text nobody has looked at."""
    rows = connection.execute(statement("content_checks/find_unchecked"), {"limit": limit})
    return [(row.content_item_id, row.version) for row in rows]


def add_check(connection: Connection, item_id: int, version: int, flaws: Sequence[str]) -> bool:
    """Record what was found; False where somebody else was quicker."""
    values = {"content_item_id": item_id, "version": version, "flaws": list(flaws)}
    return connection.scalar(statement("content_checks/add_check"), values) is not None


def find_flaws(connection: Connection, item_id: int, version: int) -> list[str]:
    """Return what was found; nothing where nobody has looked."""
    values = {"content_item_id": item_id, "version": version}
    return list(connection.scalars(statement("content_checks/find_flaws"), values))
