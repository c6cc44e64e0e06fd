"""Articles on their way off Zalo: leases on machine time, and the paper that stays of each (Điều 11)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection

from desk.store.article_texts import StoredText
from desk.store.publications import LeaseLostError
from desk.store.statements import statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered(StoredText):
    """An article that this worker alone takes off Zalo until its lease ends; `sha256` is that of its text."""

    takedown_id: int
    content_item_id: int
    approval_id: int
    code: str
    version: int
    sha256: bytes
    article_id: str
    link: str
    create_began_at: datetime
    shown_at: datetime
    urgent: bool
    ordered_at: datetime
    attempts: int
    worker: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The paper about a removal, a PDF file; `sha256` is that of its bytes."""

    code: str
    content: bytes = field(repr=False)
    sha256: bytes


def add_takedown(
    connection: Connection,
    *,
    publication_id: int,
    content_item_id: int,
    approval_id: int,
    urgent: bool,
    ordered_at: datetime,
) -> int:
    """Have an article taken off Zalo, under a deputy head's word; returns the order's number.

    Raises:
        DBAPIError: SQLSTATE ZD001, there is no such word.
    """
    values = {
        "publication_id": publication_id,
        "content_item_id": content_item_id,
        "approval_id": approval_id,
        "urgent": urgent,
        "ordered_at": ordered_at,
    }
    return int(connection.execute(statement("takedowns/add_takedown"), values).scalar_one())


def count_ordered(connection: Connection) -> int:
    """Return how many articles are to be taken off Zalo."""
    return int(connection.execute(statement("takedowns/count_ordered")).scalar_one())


def claim_takedown(connection: Connection, *, worker: str, lease_seconds: int) -> Ordered | None:
    """Lease the next article to be taken off Zalo, urgent ones first; None where there is none."""
    values = {"worker": worker, "lease_seconds": lease_seconds}
    row = connection.execute(statement("takedowns/claim_takedown"), values).mappings().one_or_none()
    return Ordered(**row) if row else None


def record_put_off(
    connection: Connection, ordered: Ordered, *, wait_seconds: float, outcome: str, counts: bool = True
) -> None:
    """Record that an article is taken off later; *counts* False gives the attempt back."""
    values = {
        "takedown_id": ordered.takedown_id,
        "worker": ordered.worker,
        "wait_seconds": wait_seconds,
        "outcome": outcome,
        "counts": counts,
    }
    connection.execute(statement("takedowns/record_put_off"), values)


def park(connection: Connection, orders: Sequence[Ordered]) -> None:
    """Keep orders as they are until a person has looked."""
    connection.execute(statement("takedowns/park"), {"takedown_ids": [ordered.takedown_id for ordered in orders]})


def return_parked(connection: Connection, content_item_id: int) -> None:
    """Let what was set aside of an article go on."""
    connection.execute(statement("takedowns/return_parked"), {"content_item_id": content_item_id})


def record_done(connection: Connection, ordered: Ordered, *, hidden_at: datetime, evidence: bytes) -> None:
    """Record that citizens see an article no longer, with the paper about it.

    Raises:
        LeaseLostError: another worker has taken over.
    """
    values = {
        "takedown_id": ordered.takedown_id,
        "worker": ordered.worker,
        "hidden_at": hidden_at,
        "evidence": evidence,
        "evidence_sha256": sha256(evidence).digest(),
    }
    if connection.scalar(statement("takedowns/record_done"), values) is None:
        raise LeaseLostError


def get_evidence(connection: Connection, takedown_id: int) -> Evidence:
    """Return the paper about a removal that is done."""
    row = connection.execute(statement("takedowns/get_evidence"), {"takedown_id": takedown_id}).mappings().one()
    return Evidence(**row)


def find_evidence(connection: Connection, code: str) -> Evidence | None:
    """Return the paper about an article's removal; None where it was not taken down."""
    row = connection.execute(statement("takedowns/find_evidence"), {"code": code}).mappings().one_or_none()
    return Evidence(**row) if row else None
