"""An article that a rule breaks on stops no other, and work that a success makes pointless is closed."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import Engine, create_engine, text

from desk.rules.tally import Count
from desk.runtime.database import transaction
from desk.runtime.decisions.resolving import Resolution, resolve
from desk.runtime.postgres import EmbeddedPostgres
from desk.store.publications import get_published
from desk.store.takedowns import add_takedown
from sandbox.zalo import FaultKind, Simulator
from tasks.publishing import publish_next
from tasks.taking_down import take_down_next
from tests.content_words import ASKED, NOW, ORDERED, TO_PUBLISH
from tests.contents import Contents
from tests.flows.published import AT_ITS_HOUR, an_article, goes, later, on_zalo, open_desk, publish, stands
from tests.simulated_zalo import fault

UNREADABLE = [{"type": "product"}]


def mended(number: int) -> Resolution:
    return Resolution(
        work_item_id=number,
        outcome="Đã xử lý xong",
        acting_officer="HA",
        reason="Đã khắc phục sự cố",
        is_mended=True,
    )


@pytest.fixture(autouse=True)
def desk(desk_on_zalo: Engine) -> Engine:
    open_desk()
    return desk_on_zalo


def spoil(cluster: EmbeddedPostgres, database_name: str, item_id: int, blocks: object = UNREADABLE) -> None:
    """Let a text be one that nothing can read, as a migration gone wrong would leave it, or as it was."""
    root = create_engine(cluster.url(database_name, "postgres"))
    with root.begin() as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        spoilt = text("UPDATE content_version SET blocks = CAST(:blocks AS jsonb) WHERE content_item_id = :id")
        connection.execute(spoilt, {"id": item_id, "blocks": json.dumps(blocks)})
    root.dispose()


def order(item_id: int) -> None:
    with transaction() as connection:
        said = Contents(connection)
        said.says(item_id, ASKED, reason="Số điện thoại trong bài đã đổi")
        approval_id = said.says(item_id, ORDERED)
        add_takedown(
            connection,
            publication_id=get_published(connection, item_id).publication_id,
            content_item_id=item_id,
            approval_id=approval_id,
            urgent=False,
            ordered_at=NOW,
        )


def work(item_id: int) -> list[tuple[str, bool]]:
    """Return the kind of each work about an article, and whether it is open."""
    with transaction() as connection:
        found = text("SELECT kind, closed_at IS NULL FROM work_item WHERE content_item_id = :id ORDER BY work_item_id")
        return [(kind, is_open) for kind, is_open in connection.execute(found, {"id": item_id})]


def test_an_article_that_cannot_be_read_stops_no_other_on_its_way_to_zalo(
    zalo: Simulator, cluster: EmbeddedPostgres, database_name: str
) -> None:
    spoilt, sound = an_article(), an_article()
    spoil(cluster, database_name, spoilt)

    tally = publish_next.fn(AT_ITS_HOUR) + publish_next.fn(AT_ITS_HOUR)

    assert (tally[Count.SET_ASIDE], tally[Count.PUBLISHED]) == (1, 1)
    assert work(spoilt) == [("bug", True)]
    assert stands(sound) == ("published", "published")
    later(hours=2)
    assert not publish_next.fn(AT_ITS_HOUR)
    assert on_zalo(zalo) == ["show"]


def test_an_article_set_aside_goes_on_when_its_work_is_closed_as_mended(
    zalo: Simulator, cluster: EmbeddedPostgres, database_name: str
) -> None:
    item_id = an_article()
    with transaction() as connection:
        before = connection.scalar(
            text("SELECT blocks FROM content_version WHERE content_item_id = :id"), {"id": item_id}
        )
    spoil(cluster, database_name, item_id)
    publish_next.fn(AT_ITS_HOUR)
    spoil(cluster, database_name, item_id, blocks=before)
    assert not publish_next.fn(AT_ITS_HOUR)

    with transaction() as connection:
        number = connection.scalar(text("SELECT work_item_id FROM work_item"))
        done = resolve(connection, mended(number), AT_ITS_HOUR)

    assert "đã đưa trở lại hàng chờ" in done
    # it was on its way: first the desk looks whether Zalo has it
    for _ in range(4):
        publish()
        later(hours=2)
    assert stands(item_id) == ("published", "published")
    assert on_zalo(zalo) == ["show"]


def test_an_article_that_cannot_be_read_stops_no_other_on_its_way_off_zalo(
    zalo: Simulator, cluster: EmbeddedPostgres, database_name: str
) -> None:
    spoilt, sound = an_article(), an_article()
    publish()
    order(spoilt)
    order(sound)
    spoil(cluster, database_name, spoilt)

    tally = take_down_next.fn(AT_ITS_HOUR) + take_down_next.fn(AT_ITS_HOUR)

    assert (tally[Count.SET_ASIDE], tally[Count.TAKEN_DOWN]) == (1, 1)
    assert work(spoilt) == [("bug", True)]
    assert sorted(on_zalo(zalo)) == ["hide", "show"]


def test_work_about_an_article_that_was_refused_is_closed_once_citizens_see_it(zalo: Simulator) -> None:
    item_id = an_article()
    fault(zalo, FaultKind.REFUSED, code=-201, path="/article/create", count=1)
    publish()
    assert work(item_id) == [("article_refused", True)]

    goes(item_id, TO_PUBLISH)
    publish()

    assert stands(item_id) == ("published", "published")
    assert work(item_id) == [("article_refused", False)]


def test_work_about_an_order_that_was_late_is_closed_once_the_article_is_gone(zalo: Simulator) -> None:
    item_id = an_article()
    publish()
    order(item_id)
    fault(zalo, FaultKind.REFUSED, code=-201, path="/article/update", count=3)
    for _ in range(3):
        take_down_next.fn(AT_ITS_HOUR)
        later(minutes=10)
    assert work(item_id) == [("takedown_late", True)]

    take_down_next.fn(AT_ITS_HOUR)

    assert work(item_id) == [("takedown_late", False)]
