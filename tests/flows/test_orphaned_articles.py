"""What a repeat or a slow worker leaves on a simulated Zalo of an article."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from desk.rules.tally import Count
from desk.runtime.zalo import article_client
from sandbox.zalo import Simulator
from tasks.housekeeping import remove_orphan_articles
from tests.flows.published import an_article, killed, on_zalo, open_desk, publish, work_of
from tests.simulated_zalo import articles_of


@pytest.fixture(autouse=True)
def desk(desk_on_zalo: Engine) -> Engine:
    open_desk()
    return desk_on_zalo


def copy_of_it(zalo: Simulator, *, shown: bool) -> str:
    """Put an article with the same mark on Zalo, as a call that arrives too late does; return its id."""
    with zalo.account.lock:
        (article,) = zalo.account.articles.ready()
        given = {**article.given, "status": "show" if shown else "hide"}
    client = article_client()
    return client.verify(client.create(given))


def test_a_hidden_orphan_is_removed_and_the_article_stays(zalo: Simulator) -> None:
    item_id = an_article()
    publish()
    copy_of_it(zalo, shown=False)

    assert remove_orphan_articles.fn()[Count.ORPHANS] == 1
    assert not remove_orphan_articles.fn()

    assert on_zalo(zalo) == ["show"]
    assert work_of(item_id) == []


def test_of_visible_twins_the_one_on_record_stays_and_a_person_hears_of_the_other(zalo: Simulator) -> None:
    item_id = an_article()
    publish()
    twin = copy_of_it(zalo, shown=True)

    assert remove_orphan_articles.fn()[Count.ORPHANS] == 1

    assert on_zalo(zalo) == ["show"]
    assert articles_of(zalo).detail(twin) is None
    assert work_of(item_id) == ["article_twin"]


def test_an_article_whose_maker_was_killed_is_nobodys_orphan_while_it_may_be_found(zalo: Simulator) -> None:
    an_article()
    killed(after="create")

    assert not remove_orphan_articles.fn()

    assert on_zalo(zalo) == ["hide"]


def test_what_staff_have_written_themselves_is_left_alone(zalo: Simulator) -> None:
    an_article()
    publish()
    client = article_client()
    with zalo.account.lock:
        given = dict(zalo.account.articles.ready()[0].given)
    client.create({**given, "body": [{"type": "text", "content": "Bài của cán bộ"}], "status": "hide"})

    assert not remove_orphan_articles.fn()

    with zalo.account.lock:
        assert len(zalo.account.articles.ready()) == 2


def test_an_article_taken_down_is_kept_hidden(zalo: Simulator) -> None:
    an_article()
    publish()
    with zalo.account.lock:
        zalo.account.articles.ready()[0].given["status"] = "hide"

    assert not remove_orphan_articles.fn()

    assert on_zalo(zalo) == ["hide"]
