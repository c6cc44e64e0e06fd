"""An article whose workers are killed at any call, again and again, while Zalo loses requests and replies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import Any, TypeVar

import pytest
from sqlalchemy import Engine

from desk.gateways.failures import GatewayDown
from desk.gateways.zalo.articles import ArticleClient, Listed
from desk.runtime.zalo import article_client
from sandbox.zalo import FaultKind, Simulator
from tasks.housekeeping import remove_orphan_articles
from tasks.publishing import lease_article, publish_leased
from tests.flows.published import AT_ITS_HOUR, Killed, an_article, later, on_zalo, open_desk, stands
from tests.simulated_zalo import fault

Reply = TypeVar("Reply")
FAULTS = (FaultKind.LOST_REPLY, FaultKind.LOST_REQUEST, FaultKind.SERVER_ERROR)
PATHS = ("/article/create", "/article/verify", "/article/update", "/article/getdetail", "/article/getslice")
ROUNDS = 12


class Doomed(ArticleClient):
    """A worker's client that is killed at its nth call, before it goes out or once its reply has come."""

    def __init__(self, living: ArticleClient, *, calls: int, replied: bool) -> None:
        self._living = living
        self._left = calls
        self._replied = replied

    def create(self, form: Mapping[str, object]) -> str:
        return self._spent(lambda: self._living.create(form))

    def update(self, article_id: str, form: Mapping[str, object]) -> str:
        return self._spent(lambda: self._living.update(article_id, form))

    def verify(self, token: str) -> str:
        return self._spent(lambda: self._living.verify(token))

    def detail(self, article_id: str) -> Mapping[str, Any] | None:
        return self._spent(lambda: self._living.detail(article_id))

    def recent(self, offset: int) -> list[Listed]:
        return self._spent(lambda: self._living.recent(offset))

    def _spent(self, call: Callable[[], Reply]) -> Reply:
        self._left -= 1
        if self._left:
            return call()
        if self._replied:
            call()
        raise Killed


@pytest.fixture(autouse=True)
def desk(desk_on_zalo: Engine) -> Engine:
    open_desk()
    return desk_on_zalo


@pytest.mark.long
@pytest.mark.parametrize("seed", range(20))
def test_whatever_happens_one_article_is_seen_or_none_and_a_person_hears_of_it(zalo: Simulator, seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - the same walk each time
    item_id = an_article()
    for _ in range(ROUNDS):
        if chance.random() < 0.5:
            fault(zalo, chance.choice(FAULTS), path=chance.choice(PATHS), count=1)
        try:
            leaving = lease_article(AT_ITS_HOUR)
            if leaving is None:
                break
            doomed = Doomed(article_client(), calls=chance.randint(1, 8), replied=chance.random() < 0.5)
            publish_leased(doomed, leaving, AT_ITS_HOUR)
        except (Killed, GatewayDown):
            pass
        assert on_zalo(zalo).count("show") <= 1
        later(hours=2)
    zalo.account.faults.switch_off()

    while leaving := lease_article(AT_ITS_HOUR):
        publish_leased(article_client(), leaving, AT_ITS_HOUR)
        later(hours=2)
    remove_orphan_articles.fn()

    item, publication = stands(item_id)
    assert (item, publication, on_zalo(zalo)) in [("published", "published", ["show"]), ("agreed", "failed", [])]
