"""Send articles to all who follow the account, each at most once."""

from __future__ import annotations

from datetime import datetime

from prefect import task

from desk.gateways.zalo.refusals import AccountRefused
from desk.rules.calendar import local_time
from desk.rules.tally import Tally
from desk.runtime.articles.broadcasting import broadcast, leave_uncertain
from desk.runtime.articles.recording import worker_name
from desk.runtime.articles.trouble import alarm_about_articles
from desk.runtime.database import transaction
from desk.runtime.in_force import in_force
from desk.runtime.settings import settings
from desk.runtime.zalo import article_client
from desk.store import broadcasts
from desk.store.delivery_modes import DeliveryMode, current_mode
from tasks.retrying import STEP


@task(name="Gửi bài cho người quan tâm", **STEP)
def broadcast_next(as_of: datetime) -> Tally:
    """Send the next article that was decided on to everybody: in waking hours, and in delivery mode live alone.

    Raises:
        GatewayDown: Zalo takes nothing now; the articles wait.
    """
    with transaction() as connection:
        cut_short = broadcasts.find_cut_short(connection)
    if cut_short:
        return sum((leave_uncertain(one, "worker lost", as_of) for one in cut_short), Tally())
    with transaction() as connection:
        waking = in_force(connection).policy(as_of).waking_hours
        if not waking.start <= local_time(as_of).time() < waking.end:
            return Tally()
        if current_mode(connection) is not DeliveryMode.LIVE:
            return Tally()
        one = broadcasts.claim_broadcast(connection, worker=worker_name(), lease_seconds=settings().lease_seconds)
    if one is None:
        return Tally()
    try:
        return broadcast(article_client(), one, as_of)
    except AccountRefused as refusal:
        with transaction() as connection:
            alarm_about_articles(connection, refusal)
        raise
