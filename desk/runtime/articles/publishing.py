"""Bring one article to Zalo, exactly once: each step is on record before the next call goes out (laws 5 and 6, A6)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, assert_never

from desk.gateways.failures import Failure, GatewayDown, OutcomeUnknown, PermanentFailure, TemporaryFailure
from desk.gateways.zalo.articles import ArticleClient
from desk.rules.content.articles import differs, zalo_form
from desk.rules.content.publishing import Progress, Step, is_shown, next_step
from desk.rules.tally import Tally
from desk.runtime import clock
from desk.runtime.articles.finding import find_listed, find_marked
from desk.runtime.articles.recording import fail, give_back, put_off, succeed
from desk.runtime.articles.trouble import Trouble, different, gone, refused, unknown_twice, withdrawn
from desk.runtime.database import transaction
from desk.runtime.settings import settings
from desk.store import approvals, publications
from desk.store.publications import LeaseLostError, Leaving

# so often an article is looked for where it should be, before a person looks
_TRIES: Final = 6


class _NotSeen(Exception):
    """An article will not be seen as things stand."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.kind)
        self.trouble = trouble


def publish(client: ArticleClient, leaving: Leaving, as_of: datetime) -> Tally:
    """Take an article as far as it goes now; what a worker left behind when it died goes on where that was recorded.

    Raises:
        GatewayDown: Zalo takes nothing now; the article waits, at no cost to it.
    """
    began_at = clock.now()
    way = _Way(client, leaving)
    try:
        link = way.link_when_shown()
    except _NotSeen as ended:
        return fail(way.leaving, ended.trouble, as_of)
    except PermanentFailure as failure:
        return fail(way.leaving, refused(way.leaving, failure), as_of)
    except LeaseLostError:
        return Tally()
    except GatewayDown:
        give_back(way.leaving)
        raise
    except TemporaryFailure as failure:
        return put_off(way.leaving, failure)
    return succeed(way.leaving, link, clock.passed(as_of, since=began_at))


@dataclass
class _Way:
    """An article on its way, with what is on record of it."""

    client: ArticleClient
    leaving: Leaving

    def link_when_shown(self) -> str:
        """Go on, step by step, until citizens see the article; returns its link.

        Raises:
            TemporaryFailure: it goes on later.
            PermanentFailure, _NotSeen: it goes on no more.
            LeaseLostError: another worker goes on with it.
        """
        while True:
            match next_step(self.leaving.progress):
                case Step.CREATE:
                    self._create()
                case Step.LOOK:
                    self._look()
                case Step.VERIFY:
                    self._verify()
                case Step.COMPARE:
                    self._compare()
                    self._record(replace(self.leaving.progress, compared_at=self.leaving.now))
                case Step.SHOW:
                    self._show()
                case Step.CONFIRM:
                    return self._confirm()
                case Step.GIVE_UP:
                    raise _NotSeen(unknown_twice(self.leaving))
                case never:
                    assert_never(never)

    def _create(self) -> None:
        self._record(self.leaving.progress.creating(self.leaving.now))
        try:
            token = self.client.create(self._form(show=False))
        except OutcomeUnknown:
            return  # the list knows
        except Failure:
            self._record(self.leaving.progress.not_created())
            raise
        self._record(replace(self.leaving.progress, create_token=token))

    def _look(self) -> None:
        progress, now = self.leaving.progress, self.leaving.now
        since = progress.listed_since or now
        found = find_marked(self.client, since, code=self.leaving.code, version=self.leaving.version)
        if found:
            self._record(progress.found(found))
            return
        self._record(progress.looked(now))
        if next_step(self.leaving.progress) is Step.LOOK:
            reason = "zalo: whether the article was made is not known yet"
            raise TemporaryFailure(reason, retry_after=max(1.0, self.leaving.progress.wait_to_look(self.leaving.now)))

    def _verify(self) -> None:
        progress = self.leaving.progress
        try:
            article_id = self.client.verify(progress.create_token or "")
        except PermanentFailure:
            self._record(replace(progress, create_token=None))  # a token that Zalo has forgotten: the list knows
            return
        self._record(progress.found(article_id))

    def _compare(self) -> bool:
        """Return whether citizens see the article, which is as it was decided on."""
        article_id = self.leaving.progress.article_id or ""
        detail = self.client.detail(article_id)
        if detail is None:
            if self.leaving.attempts >= _TRIES:
                raise _NotSeen(gone(self.leaving))
            reason = "zalo: the article is not there"
            raise TemporaryFailure(reason)
        parts = differs(self.leaving.article, detail, code=self.leaving.code, version=self.leaving.version)
        if parts:
            self.client.remove(article_id)
            raise _NotSeen(different(self.leaving, parts))
        return is_shown(detail)

    def _show(self) -> None:
        article_id = self.leaving.progress.article_id or ""
        with transaction() as connection:
            may_be_seen = approvals.is_publishable(connection, self.leaving.content_item_id)
        if not may_be_seen:
            self.client.remove(article_id)
            raise _NotSeen(withdrawn(self.leaving))
        self._record(replace(self.leaving.progress, show_began_at=self.leaving.now))
        try:
            token = self.client.update(article_id, self._form(show=True))
        except OutcomeUnknown:
            return  # a look at it tells
        except PermanentFailure:
            self.client.remove(article_id)
            raise
        except TemporaryFailure:
            self._record(self.leaving.progress.hidden_again())
            raise
        self._record(replace(self.leaving.progress, show_token=token))

    def _confirm(self) -> str:
        progress = self.leaving.progress
        if progress.show_token:
            with suppress(PermanentFailure):  # a token that Zalo has forgotten: a look at the article tells
                self.client.verify(progress.show_token)
        if not self._compare():
            self._record(progress.hidden_again())
            reason = "zalo: the article is not shown yet"
            raise TemporaryFailure(reason)
        since = progress.listed_since or self.leaving.now
        listed = find_listed(self.client, progress.article_id or "", since)
        if listed is None or not listed.link:
            reason = "zalo: the list does not hold the article yet"
            raise TemporaryFailure(reason)
        return listed.link

    def _record(self, progress: Progress) -> None:
        with transaction() as connection:
            self.leaving = publications.record_progress(
                connection, self.leaving, progress, lease_seconds=settings().lease_seconds
            )

    def _form(self, *, show: bool) -> dict[str, object]:
        return zalo_form(self.leaving.article, code=self.leaving.code, version=self.leaving.version, show=show)
