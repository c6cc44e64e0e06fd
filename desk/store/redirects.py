"""Redirects to other authorities on their way through the Ban Quản trị (Điều 13, U24)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from desk.store.statements import statement


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedRedirect:
    """A redirect that nobody was asked about yet; the first of `proposals` is what would be said."""

    work_item_id: int
    reason: str
    proposals: Sequence[Mapping[str, Any]]
    question_id: int
    case_code: str
    text: str
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRedirect:
    """A redirect at its place in a letter; `closed_by` and `outcome` where somebody has decided."""

    work_item_id: int
    proposals: Sequence[Mapping[str, Any]]
    closed_at: datetime | None
    closed_by: str | None
    outcome: str | None
    place: int
    question_id: int
    case_code: str


def claim_redirects(connection: Connection, *, limit: int) -> list[ProposedRedirect]:
    """Hold redirects that were put before nobody, oldest first."""
    rows = connection.execute(statement("work_items/claim_redirects"), {"limit": limit}).mappings()
    return [ProposedRedirect(**row) for row in rows]


def claim_redirects_of_letter(connection: Connection, letter: int) -> list[AskedRedirect]:
    """Hold what one letter asked about, in its order."""
    rows = connection.execute(statement("work_items/claim_redirects_of_letter"), {"letter": letter}).mappings()
    return [AskedRedirect(**row) for row in rows]
