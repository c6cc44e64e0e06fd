"""Every mail of the desk's mailbox, stored as it came before anybody reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, RowMapping

from desk.rules.incoming_mail import MailKind
from desk.store.statements import statement


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivedMail:
    """A mail as it lies in a folder, to the byte; `is_cut`: its headers alone."""

    uid: int
    raw: bytes
    is_cut: bool
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMail:
    """A mail of the store. `kind` is None until it is read."""

    inbound_mail_id: int
    raw: bytes
    is_cut: bool
    received_at: datetime
    kind: MailKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadMail:
    """What a mail turned out to be; `held_because` is Vietnamese, for the one who decides."""

    inbound_mail_id: int
    kind: MailKind
    from_address: str
    held_because: str | None = None


def find_known(connection: Connection, folder: str, *, uid_validity: int, uids: Sequence[int]) -> set[int]:
    """Return those of the UIDs whose mails are stored."""
    values = {"folder": folder, "uid_validity": uid_validity, "uids": list(uids)}
    return set(connection.scalars(statement("inbound_mails/find_known"), values))


def add_mails(connection: Connection, mails: Sequence[ArrivedMail], folder: str, *, uid_validity: int) -> int:
    """Store mails; one that was stored under another place is passed over. Returns how many are new."""
    if not mails:
        return 0
    by_content = {sha256(mail.raw).digest(): mail for mail in mails}
    values = {
        "folder": folder,
        "uid_validity": uid_validity,
        "uids": [mail.uid for mail in by_content.values()],
        "sha256s": list(by_content),
        "raws": [mail.raw for mail in by_content.values()],
        "is_cuts": [mail.is_cut for mail in by_content.values()],
        "received_ats": [mail.received_at for mail in by_content.values()],
    }
    return sum(row.is_new for row in connection.execute(statement("inbound_mails/add_mails"), values))


def claim_mails_to_read(connection: Connection, *, limit: int, most_bytes: int) -> list[StoredMail]:
    """Hold mails that nobody has read, as many as weigh so much together."""
    values = {"limit": limit, "bytes": most_bytes}
    return [
        StoredMail(**_whole(row))
        for row in connection.execute(statement("inbound_mails/claim_mails_to_read"), values).mappings()
    ]


def record_read(connection: Connection, mails: Sequence[ReadMail], *, as_of: datetime) -> None:
    """Record what mails are."""
    values = {
        "inbound_mail_ids": [mail.inbound_mail_id for mail in mails],
        "kinds": [mail.kind.value for mail in mails],
        "from_addresses": [mail.from_address for mail in mails],
        "held_becauses": [mail.held_because for mail in mails],
        "as_of": as_of,
    }
    connection.execute(statement("inbound_mails/record_read"), values)


def record_left_out(connection: Connection, inbound_mail_id: int, *, because: str) -> None:
    """Record why a person left a held mail out."""
    values = {"inbound_mail_id": inbound_mail_id, "because": because}
    connection.execute(statement("inbound_mails/record_left_out"), values)


def park_mails(connection: Connection, inbound_mail_ids: Sequence[int]) -> None:
    """Take mails out of the sweep."""
    connection.execute(statement("inbound_mails/park_mails"), {"inbound_mail_ids": list(inbound_mail_ids)})


def return_parked(connection: Connection, inbound_mail_id: int) -> None:
    """Take a mail into the sweep again."""
    connection.execute(statement("inbound_mails/return_parked"), {"inbound_mail_id": inbound_mail_id})


def get_mail(connection: Connection, inbound_mail_id: int) -> StoredMail:
    """Return one mail, held for this transaction.

    Raises:
        sqlalchemy.exc.NoResultFound: there is none of that number.
    """
    values = {"inbound_mail_id": inbound_mail_id}
    row = connection.execute(statement("inbound_mails/get_mail"), values).mappings().one()
    return StoredMail(**{**_whole(row), "kind": row["kind"] and MailKind(row["kind"])})


def _whole(row: RowMapping) -> dict[str, Any]:
    """Return a row with its bytes; retention may have taken them."""
    return {**row, "raw": bytes(row["raw"] or b"")}
