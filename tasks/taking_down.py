"""Take articles off Zalo that a deputy head has ordered away, and keep the paper about each."""

from __future__ import annotations

from datetime import datetime

from prefect import task

from desk.gateways.zalo.refusals import AccountRefused
from desk.rules.tally import Count, Tally
from desk.runtime.articles.recording import worker_name
from desk.runtime.articles.taking_down import take_down
from desk.runtime.articles.trouble import alarm_about_articles, alarm_about_held_orders
from desk.runtime.database import transaction
from desk.runtime.in_force import in_force
from desk.runtime.setting_aside import Line, set_aside_alone
from desk.runtime.settings import settings
from desk.runtime.zalo import article_client
from desk.store import takedowns
from desk.store.delivery_modes import DeliveryMode, current_mode
from desk.store.takedowns import Ordered
from tasks.retrying import STEP


@task(name="Gỡ bài", **STEP)
def take_down_next(as_of: datetime) -> Tally:
    """Take the next article off Zalo, urgent ones first. While deliveries are held nothing is touched, and ops told so.

    Raises:
        GatewayDown: Zalo takes nothing now; the orders wait.
    """
    with transaction() as connection:
        if current_mode(connection) is DeliveryMode.HOLD:
            if held := takedowns.count_ordered(connection):
                alarm_about_held_orders(connection, held)
            return Tally()
        lease_seconds = settings().lease_seconds
        ordered = takedowns.claim_takedown(connection, worker=worker_name(), lease_seconds=lease_seconds)
        desk = in_force(connection)
    if ordered is None:
        return Tally()
    client = article_client()
    try:
        done = set_aside_alone(transaction, _LINE, ordered, lambda one: take_down(client, one, desk, as_of))
    except AccountRefused as refusal:
        with transaction() as connection:
            alarm_about_articles(connection, refusal)
        raise
    return Tally({Count.SET_ASIDE: 1}) if done is None else done


_LINE: Line[Ordered] = Line(
    name="takedown",
    identify=lambda ordered: ordered.code,
    park=takedowns.park,
    article_of=lambda ordered: ordered.content_item_id,
)
