"""How far the desk's own mailbox was read."""

from __future__ import annotations

from sqlalchemy import Connection

from desk.store.statements import statement


def get_cursor(connection: Connection, folder: str) -> tuple[int, int] | None:
    """Return (UIDVALIDITY, last UID read) of a folder; None before it was ever read."""
    row = connection.execute(statement("mailboxes/get_cursor"), {"folder": folder}).one_or_none()
    return None if row is None else (row.uid_validity, row.uid)


def move_cursor(connection: Connection, folder: str, *, uid_validity: int, uid: int) -> None:
    """Record how far a folder was read, in the transaction that keeps what was read."""
    values = {"folder": folder, "uid_validity": uid_validity, "uid": uid}
    connection.execute(statement("mailboxes/move_cursor"), values)
