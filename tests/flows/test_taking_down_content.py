"""Articles that a deputy head has ordered off a simulated Zalo."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256

import pypdfium2
import pytest
from sqlalchemy import Engine, text

from desk.gateways.zalo.refusals import AccountRefused
from desk.rules.office import TakedownWay
from desk.rules.tally import Count
from desk.runtime.articles.taking_down import take_down as taken_down
from desk.runtime.database import transaction
from desk.runtime.in_force import in_force
from desk.runtime.zalo import article_client
from desk.store import approvals, contents
from desk.store.delivery_modes import DeliveryMode, set_mode
from desk.store.publications import get_published
from desk.store.takedowns import add_takedown, claim_takedown
from sandbox.zalo import FaultKind, Simulator
from tasks.taking_down import take_down_next
from tests.content_words import ASKED, NOW, ORDERED
from tests.contents import Contents
from tests.flows.published import (
    AT_ITS_HOUR,
    Killed,
    Mortal,
    an_article,
    later,
    letters_about,
    on_zalo,
    open_desk,
    publish,
    publishing_office,
    work_of,
)
from tests.simulated_zalo import articles_of, fault


@pytest.fixture(autouse=True)
def desk(desk_on_zalo: Engine) -> Engine:
    open_desk()
    return desk_on_zalo


def an_order(*, urgent: bool = False) -> int:
    """Return an article that citizens see and that a deputy head has ordered away."""
    item_id = an_article()
    publish()
    with transaction() as connection:
        said = Contents(connection)
        said.says(item_id, ASKED, reason="Số điện thoại trong bài đã đổi")
        approval_id = said.says(item_id, ORDERED)
        published = get_published(connection, item_id)
        add_takedown(
            connection,
            publication_id=published.publication_id,
            content_item_id=item_id,
            approval_id=approval_id,
            urgent=urgent,
            ordered_at=NOW,
        )
    return item_id


def take_down() -> None:
    while take_down_next.fn(AT_ITS_HOUR):
        pass


def state_of(item_id: int) -> str:
    with transaction() as connection:
        return contents.get_item(connection, item_id).state.value


def paper_of(item_id: int) -> str:
    """Return what the paper about an article says, its hash being that which is kept beside it."""
    with transaction() as connection:
        kept = text("SELECT evidence, evidence_sha256 FROM takedown WHERE content_item_id = :id")
        evidence, digest = map(bytes, connection.execute(kept, {"id": item_id}).one())
    assert sha256(evidence).digest() == digest
    document = pypdfium2.PdfDocument(evidence)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)
    finally:
        document.close()


def test_an_article_is_hidden_and_the_paper_says_who_decided_so(zalo: Simulator) -> None:
    item_id = an_order()

    assert take_down_next.fn(AT_ITS_HOUR)[Count.TAKEN_DOWN] == 1
    assert not take_down_next.fn(AT_ITS_HOUR)

    assert on_zalo(zalo) == ["hide"]
    assert state_of(item_id) == "taken_down"
    read = paper_of(item_id)
    with transaction() as connection:
        link = get_published(connection, item_id).link
        said = approvals.find_approvals(connection, item_id)
        details = connection.scalar(text("SELECT details FROM event WHERE kind = 'article_taken_down'"))
    for part in (
        "Họ tên SECRETARY",
        "Số điện thoại trong bài đã đổi",
        "Họ tên DEPUTY",
        "ẩn trên Zalo",
        link,
        "ND-2026",
    ):
        assert part in read
    assert len(said) == read.count("(bản 1)")
    assert "seconds" in details
    told = {recipient: said for _, recipient, said in letters_about(item_id)}
    assert all("Bài đã được gỡ khỏi Zalo" in told[f"{who}@bhxh.example.vn"] for who in ("deputy", "undelegated"))


def test_where_the_office_chose_so_it_is_removed(zalo: Simulator) -> None:
    office = publishing_office()
    policies = tuple(replace(policy, takedown=TakedownWay.REMOVE) for policy in office.policies)
    open_desk(replace(office, policies=policies))
    item_id = an_order()

    take_down()

    assert on_zalo(zalo) == []
    assert state_of(item_id) == "taken_down"
    assert "xóa khỏi Zalo" in paper_of(item_id)


def test_urgent_orders_go_first(zalo: Simulator) -> None:
    usual, urgent = an_order(), an_order(urgent=True)

    take_down_next.fn(AT_ITS_HOUR)

    assert (state_of(usual), state_of(urgent)) == ("taking_down", "taken_down")
    take_down()
    assert on_zalo(zalo) == ["hide", "hide"]


@pytest.mark.parametrize("path", ["/article/update", "/article/verify", "/article/getdetail"])
def test_a_reply_that_is_lost_costs_nothing_but_time(zalo: Simulator, path: str) -> None:
    item_id = an_order()
    fault(zalo, FaultKind.LOST_REPLY, path=path, count=1)

    take_down()
    later(minutes=2)
    take_down()

    assert on_zalo(zalo) == ["hide"]
    assert state_of(item_id) == "taken_down"


@pytest.mark.parametrize("at", [{"before": "update"}, {"after": "update"}, {"before": "detail"}])
def test_a_worker_that_is_killed_leaves_the_order_to_the_next(zalo: Simulator, at: dict[str, str]) -> None:
    item_id = an_order()
    with transaction() as connection:
        ordered = claim_takedown(connection, worker="w", lease_seconds=60)
    assert ordered is not None
    with pytest.raises(Killed):
        taken_down(Mortal(article_client(), **at), ordered, in_force(), AT_ITS_HOUR)
    assert not take_down_next.fn(AT_ITS_HOUR)

    later(minutes=2)
    take_down()

    assert on_zalo(zalo) == ["hide"]
    assert state_of(item_id) == "taken_down"


def test_an_article_that_staff_have_hidden_or_deleted_by_hand_is_down_all_the_same(zalo: Simulator) -> None:
    hidden, deleted = an_order(), an_order()
    with transaction() as connection:
        by_hand = [get_published(connection, item_id).article_id for item_id in (hidden, deleted)]
    with zalo.account.lock:
        zalo.account.articles.ready()[-1].given["status"] = "hide"
    articles_of(zalo).remove(by_hand[1])

    take_down()

    assert on_zalo(zalo) == ["hide"]
    assert {state_of(hidden), state_of(deleted)} == {"taken_down"}
    assert "ẩn trên Zalo" in paper_of(hidden)
    assert "xóa khỏi Zalo" in paper_of(deleted)


def test_an_order_that_zalo_refuses_stands_and_becomes_work_for_ops(zalo: Simulator) -> None:
    item_id = an_order()
    fault(zalo, FaultKind.REFUSED, code=-201, path="/article/update", count=3)

    for _ in range(3):
        take_down()
        later(minutes=10)

    assert work_of(item_id) == ["takedown_late"]
    take_down()
    assert on_zalo(zalo) == ["hide"]
    assert state_of(item_id) == "taken_down"


def test_an_account_that_is_shut_out_alarms_ops_and_the_order_waits(zalo: Simulator) -> None:
    item_id = an_order()
    fault(zalo, FaultKind.REFUSED, code=-221, path="/article/update", count=1)

    with pytest.raises(AccountRefused):
        take_down_next.fn(AT_ITS_HOUR)
    take_down()

    assert state_of(item_id) == "taken_down"


def test_while_held_an_article_stays_and_ops_hear_of_the_order(zalo: Simulator) -> None:
    item_id = an_order()
    with transaction() as connection:
        set_mode(connection, DeliveryMode.HOLD, acting_officer="ops", reason="thử")

    take_down()
    take_down()

    assert on_zalo(zalo) == ["show"]
    assert state_of(item_id) == "taking_down"
    with transaction() as connection:
        assert connection.scalar(text("SELECT count(*) FROM work_item WHERE kind = 'takedown_late'")) == 1


def test_two_workers_at_once_take_each_article_down_once() -> None:
    items = [an_order() for _ in range(3)]

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(lambda _: take_down(), range(4)))

    assert {state_of(item_id) for item_id in items} == {"taken_down"}
    with transaction() as connection:
        assert connection.scalar(text("SELECT count(*) FROM event WHERE kind = 'article_taken_down'")) == len(items)
