"""Articles on their way to a simulated Zalo, their workers mortal."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine

from desk.runtime.zalo import article_client
from sandbox.zalo import Simulator
from tasks.publishing import lease_article, publish_leased
from tests.flows.published import (
    AT_ITS_HOUR,
    an_article,
    killed,
    later,
    on_zalo,
    open_desk,
    publish,
    stands,
)

ONE_SHOWN = ["show"]
PUBLISHED = ("published", "published")


@pytest.fixture(autouse=True)
def desk(desk_on_zalo: Engine) -> Engine:
    open_desk()
    return desk_on_zalo


def test_a_worker_killed_before_the_article_was_made_leaves_it_to_be_made_after_two_looks(zalo: Simulator) -> None:
    item_id = an_article()
    killed(before="create")

    publish()
    assert on_zalo(zalo) == []
    later(minutes=4)
    publish()

    assert on_zalo(zalo) == ONE_SHOWN
    assert stands(item_id) == PUBLISHED


def test_a_worker_killed_once_the_article_was_made_leaves_it_to_be_found_in_the_list(zalo: Simulator) -> None:
    item_id = an_article()
    killed(after="create")

    publish()

    assert on_zalo(zalo) == ONE_SHOWN
    assert stands(item_id) == PUBLISHED


@pytest.mark.parametrize("at", [{"before": "verify"}, {"after": "verify"}, {"before": "detail"}])
def test_a_worker_killed_around_the_verification_leaves_one_article(zalo: Simulator, at: dict[str, str]) -> None:
    item_id = an_article()
    killed(**at)

    publish()

    assert on_zalo(zalo) == ONE_SHOWN
    assert stands(item_id) == PUBLISHED


@pytest.mark.parametrize("at", [{"before": "update"}, {"after": "update"}])
def test_a_worker_killed_around_the_showing_leaves_one_article(zalo: Simulator, at: dict[str, str]) -> None:
    item_id = an_article()
    killed(**at)

    publish()
    later(minutes=2)
    publish()

    assert on_zalo(zalo) == ONE_SHOWN
    assert stands(item_id) == PUBLISHED


def test_two_workers_at_once_bring_one_article(zalo: Simulator) -> None:
    items = [an_article() for _ in range(3)]

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(lambda _: publish(), range(4)))

    assert on_zalo(zalo) == ["show"] * len(items)
    assert {stands(item_id) for item_id in items} == {PUBLISHED}


def test_a_worker_whose_lease_ran_out_changes_nothing_any_more(zalo: Simulator) -> None:
    item_id = an_article()
    frozen = lease_article(AT_ITS_HOUR)
    assert frozen is not None
    later(hours=1)
    publish()

    assert not publish_leased(article_client(), frozen, AT_ITS_HOUR)

    assert on_zalo(zalo) == ONE_SHOWN
    assert stands(item_id) == PUBLISHED
