"""What was seen of the addresses the desk writes to: mail bounced, or whoever reads it is away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from desk.store.statements import statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """Mail to an address came back; `status` in the words of RFC 3463."""

    address: str
    status: str
    inbound_mail_id: int
    bounced_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Whoever reads an address is away until a day."""

    address: str
    absent_until: date
    inbound_mail_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressNotice:
    """What is known of an address."""

    address: str
    bounced_at: datetime | None
    absent_until: date | None


def find_notices(connection: Connection, addresses: Sequence[str]) -> dict[str, AddressNotice]:
    """Return what is known of addresses, in lower case; one of which nothing is known is left out."""
    values = {"addresses": [address.lower() for address in addresses]}
    rows = connection.execute(statement("address_notices/find_notices"), values).mappings()
    return {row["address"]: AddressNotice(**row) for row in rows}


def record_bounces(connection: Connection, bounces: Sequence[Bounce]) -> None:
    """Record that mail to addresses came back."""
    if not bounces:
        return
    values = {
        "addresses": [bounce.address.lower() for bounce in bounces],
        "statuses": [bounce.status for bounce in bounces],
        "inbound_mail_ids": [bounce.inbound_mail_id for bounce in bounces],
        "bounced_ats": [bounce.bounced_at for bounce in bounces],
    }
    connection.execute(statement("address_notices/record_bounces"), values)


def record_absences(connection: Connection, absences: Sequence[Absence]) -> None:
    """Record until when addresses are not read."""
    if not absences:
        return
    values = {
        "addresses": [absence.address.lower() for absence in absences],
        "absent_untils": [absence.absent_until for absence in absences],
        "inbound_mail_ids": [absence.inbound_mail_id for absence in absences],
    }
    connection.execute(statement("address_notices/record_absences"), values)


def forget_bounces(connection: Connection, heard_from: Sequence[tuple[str, datetime]]) -> None:
    """Take back what was recorded of addresses from which somebody has written since."""
    if not heard_from:
        return
    newest = {address.lower(): at for address, at in sorted(heard_from, key=lambda heard: heard[1])}
    values = {"addresses": list(newest), "received_ats": list(newest.values())}
    connection.execute(statement("address_notices/forget_bounces"), values)
