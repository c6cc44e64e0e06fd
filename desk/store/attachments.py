"""The files that came by mail: what they are, and their pages as a citizen gets them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection

from desk.rules.attachments import AttachmentForm, Inspected
from desk.rules.incoming_mail import Leaf
from desk.rules.replies.readings import ReplyReading
from desk.store.statements import statement


@dataclass(frozen=True, slots=True, kw_only=True)
class FileToInspect:
    """A file that this worker alone looks into; `attempts` counts this one.

    `was_seen`: an earlier mail of the same sender held it.
    """

    attachment_id: int
    inbound_mail_id: int
    position: int
    declared_type: str
    is_inline: bool
    content: bytes = field(repr=False)
    attempts: int
    was_seen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file of a mail; `found` is None until somebody has looked into it."""

    attachment_id: int
    name: str
    found: Inspected | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RepliedTo:
    """A question that a mail replied to, at the unit that was asked; `told_on` is the date its letter shows."""

    reply_id: int
    question_id: int
    assignment_id: int
    reading: ReplyReading
    text: str
    from_address: str
    case_code: str
    unit_code: str
    place_unit: str | None
    version: int
    told_on: date


@dataclass(frozen=True, slots=True)
class StoredFile:
    """What is to be sent: the bytes, and the hash by which Zalo's copy of them is found."""

    name: str
    sha256: bytes
    content: bytes = field(repr=False)


def add_attachments(connection: Connection, of_mails: Mapping[int, Sequence[Leaf]]) -> None:
    """Keep the leaves of mails that are not their text, once, by the mail's number."""
    pairs = [(mail_id, leaf) for mail_id, leaves in of_mails.items() for leaf in leaves]
    if not pairs:
        return
    leaves = [leaf for _, leaf in pairs]
    values = {
        "inbound_mail_ids": [mail_id for mail_id, _ in pairs],
        "positions": [leaf.position for leaf in leaves],
        "names": [leaf.name.replace("\0", "") for leaf in leaves],
        "declared_types": [leaf.declared_type.replace("\0", "") for leaf in leaves],
        "are_inline": [leaf.is_inline for leaf in leaves],
        "contents": [leaf.content for leaf in leaves],
    }
    connection.execute(statement("attachments/add_attachments"), values)


def claim_attachments(connection: Connection, *, limit: int, lease_seconds: float) -> list[FileToInspect]:
    """Take files to look into, those due longest first; until the lease is over they are nobody else's."""
    values = {"limit": limit, "lease_seconds": lease_seconds}
    rows = connection.execute(statement("attachments/claim_attachments"), values).mappings()
    return [FileToInspect(**{**row, "content": bytes(row["content"] or b"")}) for row in rows]


def record_inspected(connection: Connection, attachment_id: int, found: Inspected, pages: Sequence[bytes] = ()) -> bool:
    """Record what a file is, with its pages; what was recorded first stays. Returns whether it was this."""
    values = {
        "attachment_id": attachment_id,
        "form": found.form.value,
        "is_signed": found.is_signed,
        "text": found.text,
        "refused": found.refused,
    }
    if connection.execute(statement("attachments/record_inspected"), values).first() is None:
        return False
    if pages:
        drawn = {"attachment_id": attachment_id, "contents": list(pages)}
        connection.execute(statement("attachments/add_pages"), drawn)
    return True


def find_of_mail(connection: Connection, inbound_mail_id: int) -> list[Attachment]:
    """Return the files of a mail, in its order."""
    rows = connection.execute(statement("attachments/find_of_mail"), {"inbound_mail_id": inbound_mail_id})
    return [
        Attachment(
            attachment_id=row.attachment_id,
            name=row.name,
            found=Inspected(form=AttachmentForm(row.form), is_signed=row.is_signed, text=row.text, refused=row.refused)
            if row.form
            else None,
        )
        for row in rows
    ]


def find_replies_of_mail(connection: Connection, inbound_mail_id: int) -> list[RepliedTo]:
    """Return what a mail replied to, of what still waits for an answer."""
    values = {"inbound_mail_id": inbound_mail_id}
    rows = connection.execute(statement("attachments/find_replies_of_mail"), values).mappings()
    return [RepliedTo(**{**row, "reading": ReplyReading(row["reading"])}) for row in rows]


def get_content(connection: Connection, attachment_id: int) -> StoredFile | None:
    """Return a file as it came, byte for byte; None once its time is over."""
    row = connection.execute(statement("attachments/get_content"), {"attachment_id": attachment_id}).first()
    return StoredFile(row.name, bytes(row.sha256), bytes(row.content)) if row and row.content is not None else None


def get_page(connection: Connection, attachment_id: int, number: int) -> StoredFile | None:
    """Return a page as a citizen gets it; None once its time is over."""
    values = {"attachment_id": attachment_id, "number": number}
    row = connection.execute(statement("attachments/get_page"), values).first()
    if row is None or row.content is None:
        return None
    return StoredFile(f"trang-{number}.jpg", bytes(row.sha256), bytes(row.content))
