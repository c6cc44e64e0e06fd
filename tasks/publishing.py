"""Bring articles to Zalo, each exactly once."""

from __future__ import annotations

from datetime import datetime

from prefect import task

from desk.gateways.zalo.articles import ArticleClient
from desk.gateways.zalo.refusals import AccountRefused
from desk.rules.tally import Count, Tally
from desk.runtime.articles.publishing import publish
from desk.runtime.articles.recording import worker_name
from desk.runtime.articles.trouble import alarm_about_articles
from desk.runtime.database import transaction
from desk.runtime.setting_aside import Line, set_aside_alone
from desk.runtime.settings import settings
from desk.runtime.zalo import article_client
from desk.store import publications
from desk.store.delivery_modes import DeliveryMode, current_mode
from desk.store.events import Event, record_events
from desk.store.publications import Leaving
from tasks.retrying import STEP


@task(name="Đăng bài", **STEP)
def publish_next(as_of: datetime) -> Tally:
    """Take the next article that is due as far as it goes. What everybody sees leaves only in delivery mode live.

    Raises:
        GatewayDown: Zalo takes nothing now; the articles wait.
    """
    leaving = lease_article(as_of)
    if leaving is None:
        return Tally()
    client = article_client()
    done = set_aside_alone(transaction, _LINE, leaving, lambda one: publish_leased(client, one, as_of))
    return Tally({Count.SET_ASIDE: 1}) if done is None else done


def lease_article(as_of: datetime) -> Leaving | None:
    """Return the next article that is due, from now on this worker's alone; None where none may leave."""
    with transaction() as connection:
        if current_mode(connection) is not DeliveryMode.LIVE:
            return None
        leaving = publications.claim_publication(
            connection, as_of=as_of, worker=worker_name(), lease_seconds=settings().lease_seconds
        )
        if leaving is not None and leaving.is_new:
            details = {"version": leaving.version, "publication_id": leaving.publication_id}
            event = Event(kind="article_leaving", content_item_id=leaving.content_item_id, details=details)
            record_events(connection, [event], as_of=as_of)
    return leaving


def publish_leased(client: ArticleClient, leaving: Leaving, as_of: datetime) -> Tally:
    """Take a leased article as far as it goes.

    Raises:
        GatewayDown: Zalo takes nothing now; the article waits.
    """
    try:
        return publish(client, leaving, as_of)
    except AccountRefused as refusal:
        with transaction() as connection:
            alarm_about_articles(connection, refusal)
        raise


_LINE: Line[Leaving] = Line(
    name="publication",
    identify=lambda leaving: leaving.code,
    park=publications.park,
    article_of=lambda leaving: leaving.content_item_id,
)
