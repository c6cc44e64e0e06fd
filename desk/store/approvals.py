"""What officials said of articles, one row a word; the database refuses what the regulation forbids (Điều 11)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping

from desk.rules.content.approvals import ApprovalStep, Verdict
from desk.rules.office import Role
from desk.store.content_law import ContentRefusedError, refusals
from desk.store.statements import statement


class ApprovalRefusedError(ContentRefusedError):
    """An official may not say this word on this article, now; `reason_code` names the rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """A word of an official on a version.

    `role` is the one he says it in, `decider` and `decider_role` whom the Secretary submits to. The mail and the reply
    address it came by are the evidence of who said it.
    """

    content_item_id: int
    version: int
    sha256: bytes
    step: ApprovalStep
    verdict: Verdict
    official_code: str
    role: Role
    decided_at: datetime
    inbound_mail_id: int | None = None
    token_sha256: bytes | None = None
    decider: str | None = None
    decider_role: Role | None = None
    publish_at: datetime | None = None
    urgent: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredApproval(Approval):
    """A word that was taken. `act` is the paper by which a deputy decided, `login` that of the portal."""

    approval_id: int
    act: str | None
    login: str | None


def add_approval(connection: Connection, approval: Approval) -> int:
    """Record a word and return its number; the item moves to where the word leads.

    Raises:
        ApprovalRefusedError: the regulation forbids it; the caller's savepoint must be rolled back.
    """
    with refusals(ApprovalRefusedError):
        approval_id: int = connection.execute(statement("approvals/add_approval"), asdict(approval)).scalar_one()
    return approval_id


def find_approvals(connection: Connection, item_id: int) -> list[StoredApproval]:
    """Return every word on an article, oldest first."""
    rows = connection.execute(statement("approvals/find_approvals"), {"content_item_id": item_id}).mappings()
    return [_stored(row) for row in rows]


def get_newest(connection: Connection, item_id: int, step: ApprovalStep) -> StoredApproval:
    """Return the newest word of a step on an article.

    Raises:
        sqlalchemy.exc.NoResultFound: nobody said any.
    """
    values = {"content_item_id": item_id, "step": step}
    return _stored(connection.execute(statement("approvals/get_newest"), values).mappings().one())


def is_publishable(connection: Connection, item_id: int) -> bool:
    """Return whether the words that a publication of the newest text needs are complete, the editor's the last."""
    found: bool = connection.execute(statement("approvals/is_publishable"), {"content_item_id": item_id}).scalar_one()
    return found


def _stored(row: RowMapping) -> StoredApproval:
    typed = {
        "step": ApprovalStep(row["step"]),
        "verdict": Verdict(row["verdict"]),
        "role": Role(row["role"]),
        "decider_role": Role(row["decider_role"]) if row["decider_role"] else None,
    }
    return StoredApproval(**{**row, **typed})
