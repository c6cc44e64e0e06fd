"""The office as loaded, one row a version; nothing of it is ever changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from desk.store.statements import statement


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeVersion:
    """Which version of the office is kept, and which version of the working calendar it holds."""

    version: int
    calendar_version: int
    sha256: str
    calendar_sha256: str


def take_turn(connection: Connection) -> None:
    """Wait until no other process loads the office; the turn is given back when the transaction ends."""
    connection.execute(statement("offices/take_turn"))


def get_newest(connection: Connection) -> OfficeVersion | None:
    """Return the version that counts, or None before the first load."""
    row = connection.execute(statement("offices/get_newest")).mappings().one_or_none()
    return OfficeVersion(**row) if row else None


def get_content(connection: Connection, version: int) -> str:
    """Return the office of a version, as JSON.

    Raises:
        sqlalchemy.exc.NoResultFound: there is no such version.
    """
    content: str = connection.execute(statement("offices/get_content"), {"version": version}).scalar_one()
    return content


def add_version(
    connection: Connection, *, calendar_version: int, sha256: str, calendar_sha256: str, content: str
) -> int:
    """Keep an office, given as JSON, and return the number of its version."""
    given = {
        "calendar_version": calendar_version,
        "sha256": sha256,
        "calendar_sha256": calendar_sha256,
        "content": content,
    }
    version: int = connection.execute(statement("offices/add_version"), given).scalar_one()
    return version


def record_units(connection: Connection, names: Mapping[str, str]) -> None:
    """Write down units by code with their newest name. Safe to repeat."""
    connection.execute(statement("offices/record_units"), {"codes": list(names), "names": list(names.values())})
