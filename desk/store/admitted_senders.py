"""Senders that a duty officer has let in for a unit (U14)."""

from __future__ import annotations

from sqlalchemy import Connection

from desk.store.statements import statement


def find_admitted(connection: Connection) -> list[tuple[str, str]]:
    """Return all senders that were let in, with the unit or provincial office each writes for."""
    return [(row.address, row.unit_code) for row in connection.execute(statement("admitted_senders/find_admitted"))]


def admit(connection: Connection, *, address: str, unit_code: str, admitted_by: str, inbound_mail_id: int) -> None:
    """Let a sender in for a unit or a provincial office, because of a mail. Safe to repeat."""
    values = {
        "address": address,
        "unit_code": unit_code,
        "admitted_by": admitted_by,
        "inbound_mail_id": inbound_mail_id,
    }
    connection.execute(statement("admitted_senders/admit"), values)
