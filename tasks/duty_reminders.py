"""Put what the officer on duty has not answered before the stand-in, then the Secretary (U18)."""

from __future__ import annotations

from datetime import datetime

from prefect import task
from prefect.cache_policies import NO_CACHE

from desk.rules.slots import half_day_of
from desk.rules.tally import Count, Tally
from desk.runtime.answering.asking_duty import ask_duty_again
from desk.runtime.database import transaction
from desk.runtime.decisions.asking import ask_again
from desk.runtime.decisions.kinds import ANSWER_BY_DUTY
from desk.runtime.digests import Moment
from desk.runtime.in_force import in_force
from desk.runtime.passing_on import asked_next, silent_since
from desk.runtime.settings import settings
from desk.runtime.waiting_work import tell_of_waiting_work
from desk.store import work_items


@task(name="Chuyển việc chưa có ý kiến", cache_policy=NO_CACHE)
def pass_on_unanswered(as_of: datetime) -> Tally:
    """Ask the next official, in office hours, where the last kept silent as long as policy bears. Safe to repeat."""
    with transaction() as connection:
        desk = in_force(connection)
        if not desk.calendar.is_working_time(as_of, desk.policy(as_of).hours):
            return Tally()
        waiting = work_items.claim_unanswered(
            connection, asked_before=silent_since(desk, as_of), limit=settings().batch_size
        )
        passed_on = 0
        for work in waiting:
            found = asked_next(
                desk,
                work.asked_of,
                work.asked_at,
                times=work.times_asked,
                as_of=as_of,
                is_narrow=work.is_narrow,
            )
            if found:
                to, last = found
                again = ask_duty_again if work.kind == ANSWER_BY_DUTY else ask_again
                again(connection, work, to, desk, as_of, last=last)
                passed_on += 1
        return Tally({Count.PASSED_ON: passed_on})


@task(name="Nhắc việc chờ xử lý", cache_policy=NO_CACHE)
def remind_of_waiting_work(as_of: datetime) -> Tally:
    """Send officials the list of what waits for them, one letter each a half-day (U16). Safe to repeat."""
    with transaction() as connection:
        desk = in_force(connection)
        half_day = half_day_of(as_of, desk.calendar, desk.policy(as_of).hours)
        if half_day is None:
            return Tally()
        return Tally({Count.WAITING: tell_of_waiting_work(connection, desk, Moment(as_of, half_day))})
