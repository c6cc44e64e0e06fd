"""Articles on their way to a simulated Zalo, its faults on."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import Engine, create_engine, text

from desk.gateways.failures import GatewayDown
from desk.gateways.zalo.refusals import AccountRefused
from desk.rules.states import ContentState
from desk.rules.tally import Count
from desk.runtime.database import transaction
from desk.runtime.postgres import EmbeddedPostgres
from desk.store.content_law import ContentRefusedError
from desk.store.delivery_modes import DeliveryMode, set_mode
from sandbox.zalo import FaultKind, Simulator
from tasks.publishing import lease_article, publish_next
from tests.content_words import EDIT, STOPPED, TO_PUBLISH, Word
from tests.contents import Contents
from tests.flows.published import (
    AT_ITS_HOUR,
    an_article,
    goes,
    killed,
    later,
    letters_about,
    on_zalo,
    open_desk,
    publish,
    stands,
    work_of,
)
from tests.simulated_zalo import fault

ONE_SHOWN = ["show"]
PUBLISHED = ("published", "published")
NOT_PUBLISHED = ("agreed", "failed")


@pytest.fixture(autouse=True)
def desk(desk_on_zalo: Engine) -> Engine:
    open_desk()
    return desk_on_zalo


def test_an_article_appears_once_when_its_hour_has_come_with_its_link(zalo: Simulator) -> None:
    item_id = an_article()
    assert not publish_next.fn(AT_ITS_HOUR - timedelta(minutes=1))

    assert publish_next.fn(AT_ITS_HOUR)[Count.PUBLISHED] == 1
    assert not publish_next.fn(AT_ITS_HOUR)

    assert on_zalo(zalo) == ONE_SHOWN
    assert stands(item_id) == PUBLISHED
    with transaction() as connection:
        link, shown = connection.execute(text("SELECT link, shown_at IS NOT NULL FROM publication")).one()
        kinds = list(connection.scalars(text("SELECT kind FROM event WHERE kind LIKE 'article%' ORDER BY event_id")))
    assert link.startswith("https://")
    assert shown
    assert kinds == ["article_leaving", "article_published"]
    told = {recipient: said for _, recipient, said in letters_about(item_id)}
    assert {"author@bhxh.example.vn", "editor@bhxh.example.vn", "head@bhxh.example.vn"} <= told.keys()
    assert all(link in said for said in told.values())
    assert "GỠ" in told["secretary@bhxh.example.vn"]


@pytest.mark.parametrize("mode", [DeliveryMode.HOLD, DeliveryMode.PILOT])
def test_what_everybody_sees_leaves_only_when_the_desk_is_live(zalo: Simulator, mode: DeliveryMode) -> None:
    item_id = an_article()
    with transaction() as connection:
        set_mode(connection, mode, acting_officer="ops", reason="thử")

    publish()

    assert on_zalo(zalo) == []
    assert stands(item_id) == ("to_publish", "waiting")


@pytest.mark.parametrize("way", [(STOPPED,), (EDIT,)])
def test_a_word_or_an_edit_within_ten_minutes_keeps_it_off_zalo(zalo: Simulator, way: tuple[Word | str, ...]) -> None:
    item_id = an_article()
    goes(item_id, *way)

    publish()

    assert on_zalo(zalo) == []
    assert stands(item_id)[1] == "stopped"


def test_while_a_word_on_it_is_being_taken_no_worker_takes_the_article(zalo: Simulator) -> None:
    item_id = an_article()
    with transaction() as connection:
        Contents(connection).goes(item_id, STOPPED)
        assert lease_article(AT_ITS_HOUR) is None

    publish()

    assert on_zalo(zalo) == []


def test_once_it_is_leaving_no_word_stops_it_and_nobody_edits_it(zalo: Simulator) -> None:
    item_id = an_article()
    assert lease_article(AT_ITS_HOUR) is not None

    for way in (STOPPED, EDIT):
        with pytest.raises(ContentRefusedError) as refused:
            goes(item_id, way)
        assert refused.value.reason_code == "leaving"
    later(hours=1)
    publish()

    assert on_zalo(zalo) == ONE_SHOWN


def test_an_article_that_was_stopped_may_go_out_by_another_word_of_its_editor(zalo: Simulator) -> None:
    item_id = an_article()
    goes(item_id, STOPPED, TO_PUBLISH)

    publish()

    assert on_zalo(zalo) == ONE_SHOWN
    assert stands(item_id) == PUBLISHED


@pytest.mark.parametrize("path", ["/article/create", "/article/update"])
def test_a_reply_that_is_lost_costs_nothing_but_time(zalo: Simulator, path: str) -> None:
    item_id = an_article()
    fault(zalo, FaultKind.LOST_REPLY, path=path, count=1)

    publish()
    later(minutes=5)
    publish()

    assert on_zalo(zalo) == ONE_SHOWN
    assert stands(item_id) == PUBLISHED


def test_an_article_in_the_making_when_its_reply_is_lost_is_found_by_the_second_look(zalo: Simulator) -> None:
    item_id = an_article()
    fault(zalo, FaultKind.LOST_REPLY, path="/article/create", count=1)
    zalo.account.knobs.article_processing_seconds = 3600
    publish()
    zalo.account.clock.advance(3_600_000)

    later(minutes=70)
    publish()

    assert on_zalo(zalo) == ONE_SHOWN
    assert stands(item_id) == PUBLISHED


def test_a_request_that_is_lost_twice_is_work_for_a_person_and_not_made_a_third_time(zalo: Simulator) -> None:
    item_id = an_article()
    fault(zalo, FaultKind.LOST_REQUEST, path="/article/create")

    for _ in range(6):
        publish()
        later(minutes=4)

    assert stands(item_id) == NOT_PUBLISHED
    assert work_of(item_id) == ["article_unknown"]
    with transaction() as connection:
        assert connection.scalar(text("SELECT creates FROM publication")) == 2


def test_an_article_that_zalo_is_processing_is_waited_for(zalo: Simulator) -> None:
    item_id = an_article()
    fault(zalo, FaultKind.ARTICLE_PENDING, count=1)
    assert publish_next.fn(AT_ITS_HOUR)[Count.PUT_OFF] == 1
    assert not publish_next.fn(AT_ITS_HOUR)

    later(minutes=2)
    publish()

    assert on_zalo(zalo) == ONE_SHOWN
    assert stands(item_id) == PUBLISHED


@pytest.mark.parametrize("code", [-201, -223, -224])
def test_what_zalo_refuses_is_work_for_a_person_and_may_be_tried_again_by_the_editor(
    zalo: Simulator, code: int
) -> None:
    item_id = an_article()
    fault(zalo, FaultKind.REFUSED, code=code, path="/article/create", count=1)

    publish()

    assert stands(item_id) == NOT_PUBLISHED
    assert work_of(item_id) == ["article_refused"]
    told = letters_about(item_id)
    reasons = {recipient: said for kind, recipient, said in told if kind == "content-notice"}
    assert {"author@bhxh.example.vn", "secretary@bhxh.example.vn", "head@bhxh.example.vn"} <= reasons.keys()
    assert [recipient for kind, recipient, _ in told if kind == "content-request"] == ["editor@bhxh.example.vn"]
    assert all(f"(mã lỗi {code})" in said for _, _, said in told)
    goes(item_id, TO_PUBLISH)
    publish()
    assert on_zalo(zalo) == ONE_SHOWN
    assert stands(item_id) == PUBLISHED


def test_an_article_that_is_not_as_decided_is_removed_before_anybody_sees_it(zalo: Simulator) -> None:
    item_id = an_article()
    killed(before="detail")
    with zalo.account.lock:
        (article,) = zalo.account.articles.ready()
        article.given["body"][0]["content"] = "khác"

    publish()

    assert on_zalo(zalo) == []
    assert stands(item_id) == NOT_PUBLISHED
    assert work_of(item_id) == ["article_differs"]


def test_an_article_that_changes_while_it_is_shown_is_taken_away(zalo: Simulator) -> None:
    item_id = an_article()
    killed(after="update")
    with zalo.account.lock:
        (article,) = zalo.account.articles.ready()
        article.given["title"] = "khác"

    publish()

    assert on_zalo(zalo) == []
    assert stands(item_id) == NOT_PUBLISHED


def test_an_article_whose_words_are_gone_before_it_is_shown_is_never_seen(
    zalo: Simulator, cluster: EmbeddedPostgres, database_name: str
) -> None:
    item_id = an_article()
    killed(before="detail")
    root = create_engine(cluster.url(database_name, "postgres"))
    with root.begin() as behind_the_law:
        behind_the_law.exec_driver_sql("SET session_replication_role = replica")
        behind_the_law.exec_driver_sql("DELETE FROM approval WHERE step = 'review'")
    root.dispose()

    publish()

    assert on_zalo(zalo) == []
    assert stands(item_id) == NOT_PUBLISHED
    assert work_of(item_id) == ["article_refused"]


def test_when_zalo_is_down_nothing_is_lost(zalo: Simulator) -> None:
    item_id = an_article()
    fault(zalo, FaultKind.RATE_LIMITED, path="/article/", count=1)

    with pytest.raises(GatewayDown):
        publish_next.fn(AT_ITS_HOUR)
    publish()

    assert on_zalo(zalo) == ONE_SHOWN
    assert stands(item_id) == PUBLISHED


def test_an_account_that_may_not_publish_alarms_ops_once_and_the_article_waits(zalo: Simulator) -> None:
    item_id = an_article()
    fault(zalo, FaultKind.REFUSED, code=-221, path="/article/create", count=2)

    for _ in range(2):
        with suppress(AccountRefused):
            publish_next.fn(AT_ITS_HOUR)

    assert stands(item_id) == ("to_publish", "leaving")
    with transaction() as connection:
        assert connection.scalar(text("SELECT count(*) FROM work_item WHERE kind = 'zalo_articles'")) == 1
    publish()
    assert on_zalo(zalo) == ONE_SHOWN


def test_an_article_without_all_its_words_never_leaves(zalo: Simulator) -> None:
    item_id = an_article(ContentState.AGREED)

    publish()

    assert on_zalo(zalo) == []
    assert stands(item_id) == ("agreed", "None")
