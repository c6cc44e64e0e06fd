"""Articles of ours on Zalo that belong to nothing: what a repeat or a worker too slow has left there (A6)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from desk.gateways.failures import GatewayDown, PermanentFailure, TemporaryFailure
from desk.gateways.zalo.articles import SHOWN, ArticleClient, Listed
from desk.rules.content.articles import mark_in
from desk.rules.content.publishing import CLOCKS_APART
from desk.rules.states import PublicationState
from desk.rules.tally import Count, Tally
from desk.runtime.articles.finding import walk
from desk.runtime.database import transaction
from desk.store import publications
from desk.store.events import Event, record_events
from desk.store.publications import Begun
from desk.store.work_items import WorkItem, add_work_items

_DAYS: Final = 7
_UNDER_WAY: Final = frozenset({PublicationState.WAITING, PublicationState.LEAVING})
_IN_FORCE: Final = _UNDER_WAY | {PublicationState.PUBLISHED}


def remove_orphans(client: ArticleClient) -> Tally:
    """Remove articles that bear the mark of an item of these days and are not the one on record; safe to repeat.

    An item whose own article is not known yet is passed over: any of them may be it.

    Raises:
        GatewayDown: Zalo answers nothing now.
    """
    with transaction() as connection:
        begun = publications.find_begun(connection, days=_DAYS)
    if not begun:
        return Tally()
    kept = {one.article_id for one in begun if one.state in _IN_FORCE}
    since = min(one.create_began_at for one in begun) - CLOCKS_APART
    listed = {article.id: article for article in walk(client, since) if article.id not in kept}
    return sum((_judged(client, article, begun) for article in listed.values()), Tally())


def _judged(client: ArticleClient, article: Listed, begun: Sequence[Begun]) -> Tally:
    try:
        detail = client.detail(article.id)
        marked = mark_in(detail) if detail is not None else None
        of_item = [one for one in begun if marked is not None and one.code == marked[0]]
        if not of_item or any(one.state in _UNDER_WAY and one.article_id is None for one in of_item):
            return Tally()
        client.remove(article.id)
    except GatewayDown:
        raise
    except (TemporaryFailure, PermanentFailure):
        return Tally()  # the next run looks again
    _record(article, of_item[0])
    return Tally({Count.ORPHANS: 1})


def _record(article: Listed, of_item: Begun) -> None:
    with transaction() as connection:
        details = {"article_id": article.id, "status": article.status}
        removed = Event(kind="article_orphan_removed", content_item_id=of_item.content_item_id, details=details)
        record_events(connection, [removed])
        if article.status == SHOWN:
            add_work_items(connection, [_twin(article, of_item)])


def _twin(article: Listed, of_item: Begun) -> WorkItem:
    return WorkItem(
        key=f"article_twin:{article.id}",
        kind="article_twin",
        reason=f"Bài {of_item.code} hiện hai lần trên Zalo; bài hệ thống không ghi nhận (mã {article.id}) đã bị xóa.",
        owner="ops",
        remedy="Hỏi người quản trị Official Account có sao chép, hiện bài trên trang quản trị không.",
        content_item_id=of_item.content_item_id,
    )
