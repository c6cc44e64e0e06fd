"""What ops must act on: a work item, and a mail about it, once."""

from __future__ import annotations

from sqlalchemy import Connection

from desk.rules.letters import ops_alarm
from desk.runtime import clock
from desk.runtime.rendering import rendered
from desk.runtime.settings import settings
from desk.store.outbox import add_deliveries
from desk.store.work_items import WorkItem, add_work_items


def alarm_ops(connection: Connection, *, key: str, kind: str, subject: str, reason: str, remedy: str) -> None:
    """Put work before ops and tell them by mail; a key alarms once. Texts are Vietnamese and hold codes only."""
    item = WorkItem(key=key, kind=kind, reason=reason, owner="ops", remedy=remedy)
    to = settings().ops_address
    if add_work_items(connection, [item]) and to:
        letter = ops_alarm(to, key=key, subject=subject, lines=(reason, remedy))
        add_deliveries(connection, [rendered(letter)], on=clock.now().date())
