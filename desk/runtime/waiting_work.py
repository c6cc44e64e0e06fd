"""What waits for officials and goes through no ladder of letters, or has come to its end: they are reminded of it.

Redirects, late answers, and questions that nobody was asked to sort, are put before the officer on duty, later the
Secretary. What has come to the Secretary by mail is repeated each working day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Final

from sqlalchemy import Connection

from desk.rules.letters import WaitingWork, waiting_work
from desk.rules.letters.to_remind import waiting_work_key
from desk.rules.office import Role
from desk.rules.office import in_force as of_day
from desk.runtime.decisions.kinds import ANSWER_BY_DUTY, ENDANGERED_ANSWER, OVERDUE_ANSWER
from desk.runtime.digests import Moment
from desk.runtime.in_force import InForce
from desk.runtime.rendering import rendered
from desk.store import outbox, work_items
from desk.store.work_items import Waiting

_MATTERS: Final[Mapping[str, str]] = {
    "triage": "chờ phân loại",
    "redirect": "chờ duyệt hướng dẫn đến cơ quan khác",
    "answer_to_release": "chờ duyệt dự thảo trả lời",
    ANSWER_BY_DUTY: "chờ cán bộ trực trả lời",
    ENDANGERED_ANSWER: "có thể chậm hạn, chờ ý kiến",
    OVERDUE_ANSWER: "đã quá hạn, chờ ý kiến",
}
_BY_MAIL: Final = "chờ ý kiến theo thư đã gửi"


def tell_of_waiting_work(connection: Connection, desk: InForce, moment: Moment) -> int:
    """Queue the lists of a half-day to officials who have not had theirs; returns how many lines they hold."""
    officials = of_day(desk.office.officials, moment.on)
    secretaries = desk.office.holders(Role.SECRETARY, moment.on)
    policy = desk.policy(moment.as_of)
    shortest = timedelta(hours=policy.stand_in_after_hours)
    waiting = work_items.find_waiting(
        connection, secretaries=[one.code for one in secretaries], before=moment.as_of - shortest
    )
    lists: dict[str, list[WaitingWork]] = {}
    for work in waiting:
        for role in _reminded(work, desk, moment):
            for to in [desk.duty_officer(moment.as_of)] if role is Role.DUTY_OFFICER else secretaries:
                lists.setdefault(to.code, []).append(_shown(work))
    keys = {code: waiting_work_key(officials[code], on=moment.on, slot=moment.half_day) for code in lists}
    had = outbox.find_keys(connection, list(keys.values()))
    letters = [
        waiting_work(lines, officials[code], on=moment.on, slot=moment.half_day)
        for code, lines in lists.items()
        if keys[code] not in had
    ]
    outbox.add_deliveries(connection, [rendered(letter) for letter in letters], on=moment.on)
    return sum(len(lists[code]) for code in lists if keys[code] not in had)


def _reminded(work: Waiting, desk: InForce, moment: Moment) -> Iterator[Role]:
    """Yield who is reminded of a piece of work in this half-day."""
    policy = desk.policy(moment.as_of)
    waited = desk.calendar.working_hours_between(work.since, moment.as_of, policy.hours)
    if waited < timedelta(hours=policy.stand_in_after_hours):
        return
    is_about_delay = work.kind in {ENDANGERED_ANSWER, OVERDUE_ANSWER}
    if work.asked_of and not is_about_delay:
        # the letter lies with the Secretary: once a working day is enough
        if moment.half_day == desk.calendar.hours(moment.on, policy.hours)[0].start:
            yield Role.SECRETARY
    elif work.owner == Role.SECRETARY.value:
        yield Role.SECRETARY
    else:
        yield Role.DUTY_OFFICER
        if waited >= timedelta(hours=policy.secretary_after_hours):
            yield Role.SECRETARY


def _shown(work: Waiting) -> WaitingWork:
    if work.is_sensitive or work.kind == "sensitive":
        return WaitingWork(case_code=work.case_code or "", since=work.since)
    return WaitingWork(
        case_code=work.case_code or "",
        matter=_MATTERS.get(work.kind, _BY_MAIL),
        since=work.since,
        due_on=work.due_on,
    )
