"""Live through the sandbox's week, which ends now: half a working day at a time, by flow runs through the worker."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Final

from sqlalchemy import Connection

from desk.console.run.prefect_api import PrefectApi
from desk.console.run.processes import StartError
from desk.console.run.sandbox import Sandbox
from desk.rules.calendar import HCM, WorkingCalendar, local_time, weekday_name
from desk.runtime import clock
from desk.runtime.database import transaction
from desk.store import publications, takedowns
from sandbox.people import Everybody
from sandbox.people.newsroom import pictures
from sandbox.week import Kind, Written, write_week

_WEEK: Final = timedelta(days=7)
# a letter of the first of so many working days is escalated to the Ban Quản trị on the last: the third day after it is
# due, then two more
_LOOKS: Final = 6
# so long a replay of the last moment's morning takes
_SPARE: Final = timedelta(minutes=30)
# after the report to the Ban Quản trị of 11:00 and of 16:00
_LATE_MORNING, _LATE_AFTERNOON = time(11, 40), time(16, 40)
_NOON: Final = time(12, tzinfo=HCM)
# what does not wait for each other runs beside each other; deliveries come last, under machine time
_ROUNDS: Final = (
    ("handle-questions", "collect-replies"),
    ("send-answers", "chase-units", "publish-content", "take-down-content"),
    ("deliver-outbox",),
)
# as tasks.endings says it: importing Prefect would cost a second
_NOTHING_TO_DO: Final = "Không có việc"
# every two minutes they mostly find nothing, and a run costs a second or two even so
_IF_DUE: Final[Mapping[str, Callable[[Connection, datetime], int]]] = {
    "publish-content": lambda connection, moment: publications.count_due(connection, as_of=moment),
    "take-down-content": lambda connection, _: takedowns.count_ordered(connection),
}
_WITHOUT_TIME: Final = frozenset({"deliver-outbox"})
# who writes on a day off is told when the desk answers
_DAY_OFF = time(10, 0)
_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8ffff3f0005fe02fea735815e0000000049454e44ae426082"
)
_FILES = {Kind.PHOTO: ("anh.png", "image/png", _PIXEL), Kind.VOICE: ("ghi-am.m4a", "audio/mp4", b"\0\0\0\x18ftypM4A ")}


def beginning(now: datetime, calendar: WorkingCalendar) -> datetime:
    """Return when the week begins: seven days ago, or earlier until it shows every rung of the ladder of reminders."""
    days = (local_time(now).date() - timedelta(days=number) for number in range(60))
    looks = (datetime.combine(day, _LATE_MORNING, HCM) for day in days if calendar.is_working_day(day))
    first = list(islice((look for look in looks if look < now - _SPARE), _LOOKS))[-1]
    return min(now - _WEEK, datetime.combine(first.date(), time(0), HCM))


def fill(sandbox: Sandbox, first: datetime, now: datetime, messages: int) -> None:
    """Put the week's messages into the simulator, its clock at the week's beginning: each shows when its time comes."""
    # a week is lived in minutes: neither the grant's hours nor the calls of a minute are what is looked at
    knobs = {"access_token_seconds": 90 * 86_400, "requests_per_minute": 1_000_000, "articles_in_real_time": True}
    sandbox.control("PATCH", "knobs", knobs)
    sandbox.set_clock(first)
    sandbox.control("POST", "tokens")
    urls = {kind: sandbox.put_media(*file) for kind, file in _FILES.items()}
    for place, picture in pictures():
        sandbox.put_media(place, "image/jpeg", picture)
    sandbox.control("POST", "messages", [_as_row(written, urls) for written in write_week(first, now, messages)])


def live_through(
    api: PrefectApi,
    sandbox: Sandbox,
    people: Everybody,
    moments: Sequence[datetime],
    check_alive: Callable[[], None],
) -> None:
    """Take the desk through the moments, one after the other: people act, then the desk does what is due, and sends.

    Raises:
        StartError: a run did not complete; names it and its state.
    """
    for number, moment in enumerate(moments, start=1):
        is_last = number == len(moments)
        mails = people.act(moment).total()
        sandbox.set_clock(None if is_last else moment)
        replayed = {"as_of": (clock.now() if is_last else moment).isoformat(), "catch_up": True}
        ends = [end for flows in _ROUNDS for end in _run(api, _due(flows, moment), replayed, check_alive)]
        local = local_time(moment)
        day = f"{weekday_name(local.date())} {local:%d/%m %H:%M}"
        print(f"  {number:2}/{len(moments)}  {day:<22} {mails} thư mọi người viết", flush=True)
        print("".join(f"{'':9}{end}\n" for end in ends), end="", flush=True)
    # copies of the last letters have come back
    _run(api, ("collect-replies",), {}, check_alive)


def moments_of_week(first: datetime, now: datetime, calendar: WorkingCalendar) -> list[datetime]:
    """Return when the week is looked at: late in each half of its working days, once on a day off, and now.

    Of days more than a week ago the mornings alone: each look takes the time of five flow runs.
    """
    days = days_of_week(first, now)
    shown = (moment for moment in _moments(days, calendar) if first < moment < now - _SPARE)
    moments = (moment for moment in shown if moment > now - _WEEK or moment.timetz() <= _NOON)
    return [*sorted(moments), now]


def days_of_week(first: datetime, now: datetime) -> list[date]:
    """Return the days from one instant to another."""
    begins, ends = local_time(first).date(), local_time(now).date()
    return [begins + timedelta(days=number) for number in range((ends - begins).days + 1)]


def _moments(days: Sequence[date], calendar: WorkingCalendar) -> Iterator[datetime]:
    working = [day for day in days if calendar.is_working_day(day)]
    for day in working:
        yield datetime.combine(day, _LATE_MORNING, HCM)
        yield datetime.combine(day, _LATE_AFTERNOON, HCM)
    yield from (datetime.combine(day, _DAY_OFF, HCM) for day in [day for day in days if day not in working][:1])


def _due(flows: Sequence[str], moment: datetime) -> list[str]:
    with transaction() as connection:
        return [flow for flow in flows if flow not in _IF_DUE or _IF_DUE[flow](connection, moment)]


def _run(
    api: PrefectApi, flows: Sequence[str], replayed: Mapping[str, object], check_alive: Callable[[], None]
) -> list[str]:
    """Run flows beside each other, and return how those ended that had something to do."""
    given = {flow: {} if flow in _WITHOUT_TIME else replayed for flow in flows}
    ends = []
    for flow, run in zip(flows, api.run_together(given, check_alive), strict=True):
        if run["state_type"] != "COMPLETED":
            says = (run["state"] or {}).get("message") or "không có lời giải thích"
            message = f"{flow}: {run['state_name']}: {says}; lượt chạy {run['id']} trên Prefect UI"
            raise StartError(message)
        ends.append(str(run["state_name"]))
    return [end for end in ends if end != _NOTHING_TO_DO]


def _as_row(written: Written, urls: dict[Kind, str]) -> dict[str, object]:
    row: dict[str, object] = {
        "user_id": written.person.user_id,
        "display_name": written.person.display_name,
        "time": round(written.at.timestamp() * 1000),
        "type": written.kind.value,
    }
    if written.text:
        row["message" if written.kind is Kind.TEXT else "description"] = written.text
    if written.kind in urls:
        row["url"] = urls[written.kind]
    return row
