"""Words on articles that nobody has said yet: reminders, in office hours."""

from __future__ import annotations

from datetime import datetime

from prefect import task
from prefect.cache_policies import NO_CACHE

from desk.rules.tally import Count, Tally
from desk.runtime.contents.chasing import remind
from desk.runtime.database import transaction
from desk.runtime.in_force import in_force
from desk.runtime.setting_aside import Line, set_aside
from desk.runtime.settings import settings
from desk.store import contents
from desk.store.contents import ContentInHand


@task(name="Nhắc ý kiến về bài đăng", cache_policy=NO_CACHE)
def remind_of_articles(as_of: datetime) -> Tally:
    """Ask again whoever has kept silent about an article, or who stands in. Safe to repeat: asking moves the hour.

    An article that waits for its hour of publication waits for nobody.
    """
    with transaction() as connection:
        desk = in_force(connection)
        if not desk.calendar.is_working_time(as_of, desk.policy(as_of).hours):
            return Tally()
        waiting = contents.claim_waiting(connection, asked_before=as_of, limit=settings().batch_size)
        looked = set_aside(connection, _ARTICLE, waiting, lambda item: remind(connection, item, desk, as_of))
        asked = sum(was_asked for _, was_asked in looked)
        return Tally({Count.ARTICLES_REMINDED: asked, Count.SET_ASIDE: len(waiting) - len(looked)})


_ARTICLE: Line[ContentInHand] = Line(
    name="article",
    identify=lambda item: item.code,
    park=lambda connection, rows: contents.end_waiting(connection, [row.content_item_id for row in rows]),
)
