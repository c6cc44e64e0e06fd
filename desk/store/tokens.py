"""The tokens of the Official Account: append only, renewed by one worker at a time (A13)."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Connection

from desk.store.statements import statement


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPair:
    """A pair of tokens as the store holds it; `seconds_left` of the access token's life may be negative."""

    oa_token_id: int
    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    seconds_left: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Refresh:
    """A refresh that this worker alone carries out."""

    token_refresh_id: int
    of_token_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """The newest consent of a person."""

    oa_token_id: int
    days: int


def find_current_pair(connection: Connection) -> StoredPair | None:
    """Return the pair in use, None before there was any."""
    row = connection.execute(statement("tokens/find_current_pair")).mappings().one_or_none()
    return StoredPair(**row) if row else None


def add_pair(
    connection: Connection,
    *,
    access_token: str,
    refresh_token: str,
    lives_seconds: float,
    source: str,
    token_refresh_id: int | None = None,
) -> bool:
    """Append a pair; returns False for one that is there already."""
    values = {
        "access_token": access_token,
        "refresh_token": refresh_token,
        "lives_seconds": lives_seconds,
        "source": source,
        "token_refresh_id": token_refresh_id,
    }
    return connection.execute(statement("tokens/add_pair"), values).one_or_none() is not None


def begin_refresh(connection: Connection, of_token_id: int, *, lease_seconds: float) -> Refresh | None:
    """Take the one refresh that may go on at a time; None where somebody else has it."""
    values = {"of_token_id": of_token_id, "lease_seconds": lease_seconds}
    row = connection.execute(statement("tokens/begin_refresh"), values).mappings().one_or_none()
    return Refresh(**row) if row else None


def take_over_refresh(connection: Connection, *, lease_seconds: float) -> Refresh | None:
    """Take over a refresh whose process is gone; None where its lease still runs, or none goes on."""
    values = {"lease_seconds": lease_seconds}
    row = connection.execute(statement("tokens/take_over_refresh"), values).mappings().one_or_none()
    return Refresh(**row) if row else None


def end_refresh(connection: Connection, token_refresh_id: int, *, outcome: str) -> None:
    """Record how a refresh ended; of one that has ended nothing changes."""
    values = {"token_refresh_id": token_refresh_id, "outcome": outcome}
    connection.execute(statement("tokens/end_refresh"), values)


def was_refused_lately(connection: Connection, of_token_id: int) -> bool:
    """Return whether Zalo refused to refresh a pair within the last hour."""
    return bool(connection.scalar(statement("tokens/was_refused_lately"), {"of_token_id": of_token_id}))


def find_consent(connection: Connection) -> Consent | None:
    """Return the newest consent of a person, None before there was any."""
    row = connection.execute(statement("tokens/find_consent")).mappings().one_or_none()
    return Consent(**row) if row else None
