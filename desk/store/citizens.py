"""Citizens: claimed for sealing, one at a time by whoever holds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from desk.store.statements import statement


@dataclass(frozen=True, slots=True, kw_only=True)
class CitizenToSeal:
    """A citizen whose conversation is completely pulled up to `horizon`."""

    user_id: str
    sealed_to: datetime | None
    prompted_at: datetime | None
    privacy_told_at: datetime | None
    last_act_at: datetime | None
    horizon: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SealingRecord:
    """How far a citizen is sealed now and what was said; None leaves a value as it is, but `look_again_at` is set."""

    user_id: str
    sealed_to: datetime | None
    look_again_at: datetime | None
    prompted_at: datetime | None = None
    privacy_told_at: datetime | None = None


def claim_citizens_to_seal(connection: Connection, *, as_of: datetime, limit: int) -> list[CitizenToSeal]:
    """Hold the citizens whose messages may be sealed; those another worker holds are passed over."""
    rows = connection.execute(statement("citizens/claim_citizens_to_seal"), {"as_of": as_of, "limit": limit})
    return [CitizenToSeal(**row) for row in rows.mappings()]


def record_sealing(connection: Connection, records: Sequence[SealingRecord]) -> None:
    """Write how far each citizen is sealed."""
    if not records:
        return
    values = {
        "user_ids": [record.user_id for record in records],
        "sealed_tos": [record.sealed_to for record in records],
        "look_agains": [record.look_again_at for record in records],
        "prompted_ats": [record.prompted_at for record in records],
        "privacy_told_ats": [record.privacy_told_at for record in records],
    }
    connection.execute(statement("citizens/record_sealing"), values)


def park_citizens(connection: Connection, user_ids: Sequence[str]) -> None:
    """Take citizens out of the sealing sweep until somebody has looked."""
    connection.execute(statement("citizens/park_citizens"), {"user_ids": list(user_ids)})


def return_parked(connection: Connection, user_id: str) -> None:
    """Take a citizen into the sealing sweep again."""
    connection.execute(statement("citizens/return_parked"), {"user_id": user_id})
