"""Articles that are to go to Zalo, for tests of their way there and off it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest
from sqlalchemy import text

from desk.gateways.zalo.articles import ArticleClient
from desk.rules.content.articles import mark_in
from desk.rules.office import Delegation, DelegationScope, Office, Official, Role
from desk.rules.states import ContentState
from desk.runtime import office as offices
from desk.runtime.database import transaction
from desk.runtime.zalo import article_client
from desk.store import contents
from desk.store.delivery_modes import DeliveryMode, set_mode
from sandbox.zalo import Simulator
from tasks.publishing import lease_article, publish_leased, publish_next
from tests.content_words import DELEGATED, NOW, PEOPLE, Word, address
from tests.contents import Contents
from tests.offices import the_office

AT_ITS_HOUR = NOW + timedelta(minutes=10)


class Killed(BaseException):
    """The worker's process ends here."""


class Mortal(ArticleClient):
    """A worker's client that is killed at one call: before it goes out, or once its reply has come."""

    def __init__(self, living: ArticleClient, *, before: str = "", after: str = "") -> None:
        self._living = living
        self._before = before
        self._after = after

    def create(self, form: Mapping[str, object]) -> str:
        self._die("create", self._before)
        token = self._living.create(form)
        self._die("create", self._after)
        return token

    def update(self, article_id: str, form: Mapping[str, object]) -> str:
        self._die("update", self._before)
        token = self._living.update(article_id, form)
        self._die("update", self._after)
        return token

    def verify(self, token: str) -> str:
        self._die("verify", self._before)
        article_id = self._living.verify(token)
        self._die("verify", self._after)
        return article_id

    def detail(self, article_id: str) -> Mapping[str, Any] | None:
        self._die("detail", self._before)
        return self._living.detail(article_id)

    def _die(self, call: str, at: str) -> None:
        if call == at:
            raise Killed


@cache
def publishing_office() -> Office:
    """Return the office with the people who say their words in tests."""
    people = [
        Official(
            code=code,
            name=f"Họ tên {code}",
            title=f"Chức danh {code}",
            roles=tuple(Role(role) for role in roles),
            email=address(code),
            valid_from=date(2026, 1, 1),
        )
        for code, roles in PEOPLE.items()
    ]
    delegations = [
        Delegation(
            official=code, scope=DelegationScope.CONTENT, act=f"Quyết định về {code}", valid_from=date(2026, 1, 1)
        )
        for code in DELEGATED
    ]
    office = the_office()
    return replace(office, officials=(*office.officials, *people), delegations=tuple(delegations))


def open_desk(office: Office | None = None, mode: DeliveryMode = DeliveryMode.LIVE) -> None:
    with transaction() as connection:
        offices.load(connection, office or publishing_office())
        set_mode(connection, mode, acting_officer="ops", reason="thử")


def an_article(state: ContentState = ContentState.TO_PUBLISH) -> int:
    """Return an article whose words are complete, or that stands elsewhere on its way."""
    with transaction() as connection:
        return Contents(connection).brought_to(state)


def goes(item_id: int, *way: Word | str) -> None:
    with transaction() as connection:
        Contents(connection).goes(item_id, *way)


def publish() -> None:
    """Take everything that is due as far as it goes."""
    while publish_next.fn(AT_ITS_HOUR):
        pass


def killed(*, before: str = "", after: str = "") -> None:
    """Let a worker take the next article until it is killed, and its lease run out."""
    leaving = lease_article(AT_ITS_HOUR)
    assert leaving is not None
    with pytest.raises(Killed):
        publish_leased(Mortal(article_client(), before=before, after=after), leaving, AT_ITS_HOUR)
    later(hours=1)


def later(**interval: int) -> None:
    """Let time pass for what waits: back-off, leases, the wait before a second look."""
    passed = {"seconds": timedelta(**interval).total_seconds()}
    for table in ("publication", "takedown"):
        shift = "UPDATE {} SET {}"
        columns = ["next_attempt_at", "lease_until"] + (["create_began_at"] if table == "publication" else [])
        moved = ", ".join(f"{column} = {column} - make_interval(secs => :seconds)" for column in columns)
        with transaction() as connection:
            connection.execute(text(shift.format(table, moved)), passed)


def on_zalo(zalo: Simulator) -> list[str]:
    """Return the status of each article of ours on Zalo."""
    with zalo.account.lock:
        return [article.given["status"] for article in zalo.account.articles.ready() if mark_in(article.given)]


def stands(item_id: int) -> tuple[str, str]:
    """Return where an article and its newest publication stand."""
    with transaction() as connection:
        item = contents.get_item(connection, item_id)
        of_item = text("SELECT state FROM publication WHERE content_item_id = :id ORDER BY publication_id DESC LIMIT 1")
        return item.state.value, str(connection.scalar(of_item, {"id": item_id}))


def work_of(item_id: int) -> list[str]:
    with transaction() as connection:
        found = text("SELECT kind FROM work_item WHERE content_item_id = :id ORDER BY work_item_id")
        return list(connection.scalars(found, {"id": item_id}))


def letters_about(item_id: int) -> list[tuple[str, str, str]]:
    """Return kind, recipient and text of each letter about an article, in order of recipients."""
    with transaction() as connection:
        found = text("SELECT kind, recipient, parts->>'text' FROM outbox WHERE content_item_id = :id ORDER BY 2, 1")
        return [(kind, recipient, said) for kind, recipient, said in connection.execute(found, {"id": item_id})]
