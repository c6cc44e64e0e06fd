"""Who sits at the desk at an instant, and who is asked after them (U18)."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from desk.rules.calendar import WorkingCalendar, local_date
from desk.rules.office import NotInForceError, Office, Official, Role, Session, in_force

_NOON = time(12)


def duty_officer(office: Office, moment: datetime) -> Official:
    """Return who is on duty; outside office hours, who is when they begin next.

    Raises:
        NotInForceError: neither the roster nor the list of officials names anybody.
    """
    return duty_ladder(office, moment)[0]


def duty_ladder(office: Office, moment: datetime) -> tuple[Official, ...]:
    """Return who is to be asked, one after the other: the officer on duty, the stand-in, the Secretary.

    Who is not in office that day is passed over; where the roster has no row the Secretary alone is left.

    Raises:
        NotInForceError: nobody is left.
    """
    opening = WorkingCalendar(office.days).next_opening(moment, office.policy(local_date(moment)).hours)
    session = Session.MORNING if opening.time() < _NOON else Session.AFTERNOON
    officials = in_force(office.officials, opening.date())
    rostered = [
        code
        for duty in office.roster
        if duty.on == opening.date() and duty.session in {session, Session.ALL_DAY}
        for code in (duty.official, duty.stand_in)
    ]
    secretaries = [official.code for official in office.holders(Role.SECRETARY, opening.date())]
    ladder = tuple(officials[code] for code in dict.fromkeys(rostered + secretaries) if code in officials)
    if not ladder:
        message = f"office/officials.yaml has no secretary on {opening:%d/%m/%Y}: add one"
        raise NotInForceError(message)
    return ladder


def next_asked(
    office: Office, last: str, asked_at: datetime, *, times: int, silent_for: timedelta, is_narrow: bool
) -> Official | None:
    """Return who is asked after an official who has been silent for so many working hours; None: nobody yet.

    The stand-in is asked first, the Secretary when two have kept silent; *times* counts those who were asked. Of what
    *is_narrow* no stand-in hears (U6).
    """
    policy = office.policy(local_date(asked_at))
    patience = policy.stand_in_after_hours if times == 1 else policy.secretary_after_hours - policy.stand_in_after_hours
    if silent_for < timedelta(hours=patience):
        return None
    ladder = [official for official in duty_ladder(office, asked_at) if official.code != last]
    may_stand_in = times == 1 and not is_narrow
    return next((official for official in ladder if may_stand_in or Role.SECRETARY in official.roles), None)
