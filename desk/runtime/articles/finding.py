"""Articles as Zalo's own list shows them: the evidence that settles what a lost reply left open (law 6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import count

from desk.gateways.zalo.articles import SLICE, ArticleClient, Listed
from desk.rules.content.articles import mark_in


def walk(client: ArticleClient, since: datetime) -> Iterator[Listed]:
    """Yield the account's articles, newest first, back to an instant; one that moved between pages comes twice.

    Raises:
        GatewayDown: the walk is not complete, so that what was not found is not absent.
    """
    for page in count():
        articles = client.recent(page * SLICE)
        for article in articles:
            if article.created_at < since:
                return
            yield article
        if len(articles) < SLICE:
            return


def find_marked(client: ArticleClient, since: datetime, *, code: str, version: int) -> str | None:
    """Return the id of the article that bears a mark; None only where a whole walk back to *since* shows none.

    Raises:
        Failure: the walk is not complete.
    """
    for article in walk(client, since):
        detail = client.detail(article.id)
        if detail is not None and mark_in(detail) == (code, version):
            return article.id
    return None


def find_listed(client: ArticleClient, article_id: str, since: datetime) -> Listed | None:
    """Return an article as the list shows it; None where a whole walk back to *since* does not."""
    return next((article for article in walk(client, since) if article.id == article_id), None)
