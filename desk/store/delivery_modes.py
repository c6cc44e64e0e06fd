"""Whether letters and messages leave: switching on is an act (law 14)."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import Connection

from desk.store.statements import statement


class DeliveryMode(StrEnum):
    """Nothing leaves; only to named people; to everybody."""

    HOLD = "hold"
    PILOT = "pilot"
    LIVE = "live"


def current_mode(connection: Connection) -> DeliveryMode:
    """Return the mode in force; before anybody has switched anything, nothing leaves."""
    return DeliveryMode(connection.scalar(statement("delivery_modes/current_mode")) or DeliveryMode.HOLD)


def set_mode(connection: Connection, mode: DeliveryMode, *, acting_officer: str, reason: str) -> None:
    """Switch delivery, with who did it (declared, not verified) and why."""
    values = {"mode": mode.value, "acting_officer": acting_officer, "reason": reason}
    connection.execute(statement("delivery_modes/set_mode"), values)
