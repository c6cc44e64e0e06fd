"""Whom to ask next where an official keeps silent: the stand-in, then the Secretary (U18)."""

from __future__ import annotations

from datetime import datetime, timedelta

from desk.rules.duty import next_asked
from desk.rules.office import Official
from desk.runtime.in_force import InForce


def silent_since(desk: InForce, as_of: datetime) -> datetime:
    """Return the latest moment at which an official was asked whose silence can be too long by now."""
    policy = desk.policy(as_of)
    return as_of - timedelta(hours=min(policy.stand_in_after_hours, policy.secretary_after_hours))


def asked_next(
    desk: InForce, asked_of: str, asked_at: datetime, *, times: int, as_of: datetime, is_narrow: bool
) -> tuple[Official, str] | None:
    """Return whom to ask now, with the name of the one who keeps silent; None while there is still time, or nobody.

    What *is_narrow* goes from the officer in charge to the Secretary, to no stand-in (U6).
    """
    silent_for = desk.calendar.working_hours_between(asked_at, as_of, desk.policy(as_of).hours)
    to = next_asked(desk.office, asked_of, asked_at, times=times, silent_for=silent_for, is_narrow=is_narrow)
    if to is None:
        return None
    return to, desk.office.name_of(asked_of)
