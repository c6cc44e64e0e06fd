"""An article that goes to all who follow the account, on a decider's word of its own, once (Điều 11)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from desk.rules.tally import Count
from desk.runtime.database import transaction
from desk.store.delivery_modes import DeliveryMode, set_mode
from sandbox.zalo import FaultKind, Simulator
from sandbox.zalo.clock import vietnam_time
from tasks.approving import remind_of_articles
from tasks.broadcasting import broadcast_next
from tests.dates import at
from tests.flows.conftest import Rows
from tests.mailroom import text_of
from tests.newsroom import AUTHOR, DEPUTY, EDITOR, HEAD, SECRETARY, Newsroom
from tests.simulated_zalo import fault, ms

ASK, ASKED, TOLD = "Bài đã đăng", "Kính trình việc gửi bài", "Bài đăng trên Zalo"
PATH = "/v2.0/oa/message"


@pytest.fixture
def at_noon(published: Newsroom, zalo: Simulator) -> Newsroom:
    """Return the people of an article that citizens see, by day also at Zalo."""
    with zalo.account.lock:
        clock = zalo.account.clock
        clock.run_from(ms(vietnam_time(clock.now_ms()).replace(hour=12)))
    return published


@pytest.fixture
def decided(at_noon: Newsroom) -> Newsroom:
    """Return the people of an article that is to go to everybody."""
    at_noon.answer(EDITOR, ASK, "GỬI NGƯỜI QUAN TÂM")
    at_noon.answer(DEPUTY, ASKED, "ĐỒNG Ý")
    return at_noon


def sent(zalo: Simulator) -> list[object]:
    """Return the articles that went to everybody."""
    with zalo.account.lock:
        bodies = [one.body for one in zalo.account.sending.sent if one.kind == "broadcast"]
    return [body["message"]["attachment"]["payload"]["elements"][0]["attachment_id"] for body in bodies]


def send(newsroom: Newsroom) -> None:
    while broadcast_next.fn(newsroom.now):
        pass


def later() -> None:
    """Let time pass for what waits or is leased."""
    with transaction() as connection:
        shifted = "next_attempt_at = next_attempt_at - interval '1 day', lease_until = lease_until - interval '1 day'"
        connection.execute(text(f"UPDATE broadcast SET {shifted}"))  # noqa: S608 - no value in it


def state(rows: Rows) -> list[object]:
    return [row["state"] for row in rows("SELECT state FROM broadcast ORDER BY broadcast_id")]


def test_an_article_goes_to_everybody_once_a_decider_has_agreed(at_noon: Newsroom, zalo: Simulator, rows: Rows) -> None:
    at_noon.answer(EDITOR, ASK, "GỬI NGƯỜI QUAN TÂM")
    assert not any(ASKED in subject for whose in (HEAD, SECRETARY) for subject in at_noon.subjects(whose))
    asked = text_of(at_noon.letter(DEPUTY, ASKED))
    assert "tất cả người quan tâm" in asked
    assert "0 bài, nhiều nhất 4 bài" in asked
    send(at_noon)
    assert sent(zalo) == []

    at_noon.answer(DEPUTY, ASKED, "ĐỒNG Ý")
    assert "đã đồng ý gửi bài" in text_of(at_noon.letter(AUTHOR, TOLD))
    send(at_noon)
    send(at_noon)

    (publication,) = rows("SELECT article_id FROM publication")
    assert sent(zalo) == [publication["article_id"]]
    assert state(rows) == ["sent"]
    said = rows("SELECT step, official_code, act FROM approval WHERE step LIKE '%broadcast' ORDER BY approval_id")
    assert [(row["step"], row["official_code"]) for row in said] == [
        ("ask_broadcast", "LAN"),
        ("decide_broadcast", "DUNG"),
    ]
    assert said[1]["act"]
    at_noon.work()
    for whose in (AUTHOR, EDITOR, SECRETARY, DEPUTY):
        assert "Bài đã gửi cho tất cả người quan tâm" in text_of(at_noon.letter(whose, TOLD))


def test_a_decider_who_keeps_silent_is_reminded_and_then_the_editor_hears_of_it(
    at_noon: Newsroom, zalo: Simulator, rows: Rows
) -> None:
    at_noon.answer(EDITOR, ASK, "GỬI NGƯỜI QUAN TÂM")
    assert remind_of_articles.fn(at("Mon 2026-11-23 10:00"))[Count.ARTICLES_REMINDED] == 0
    for moment in ("Mon 2026-11-23 14:00", "Tue 2026-11-24 09:00", "Wed 2026-11-25 09:30"):
        remind_of_articles.fn(at(moment))

    reminders = [subject for subject in at_noon.subjects(DEPUTY) if "sớm cho ý kiến" in subject]
    assert len(reminders) == 2, "not on a holiday"
    assert "đã được nhắc 2 lần" in text_of(at_noon.letter(EDITOR, TOLD))

    at_noon.later(days=2, hours=2)
    at_noon.answer(DEPUTY, "sớm cho ý kiến", "ĐỒNG Ý")
    send(at_noon)
    assert len(sent(zalo)) == 1
    assert rows("SELECT waits_for FROM content_item") == [{"waits_for": None}]


def test_a_refusal_is_told_with_its_reason_and_the_editor_may_ask_again(
    at_noon: Newsroom, zalo: Simulator, rows: Rows
) -> None:
    at_noon.answer(EDITOR, ASK, "GỬI NGƯỜI QUAN TÂM")
    at_noon.answer(DEPUTY, ASKED, "KHÔNG ĐỒNG Ý")
    assert "Chưa thực hiện" in at_noon.receipt(DEPUTY)
    at_noon.answer(DEPUTY, ASKED, "KHÔNG ĐỒNG Ý: trùng bài tuần trước")
    send(at_noon)

    assert sent(zalo) == []
    assert state(rows) == []
    assert "trùng bài tuần trước" in text_of(at_noon.letter(SECRETARY, TOLD))
    at_noon.answer(EDITOR, "không gửi cho người quan tâm", "Gửi người quan tâm.")
    at_noon.answer(DEPUTY, ASKED, "Đồng ý")

    assert state(rows) == ["waiting"]


@pytest.mark.parametrize(
    ("whose", "words"),
    [(EDITOR, "GỠ: sai"), (SECRETARY, "GỬI NGƯỜI QUAN TÂM"), (EDITOR, "GỬI NGƯỜI QUAN TÂM\n\nNhưng sửa tiêu đề đã")],
)
def test_other_words_and_other_people_ask_for_nothing(at_noon: Newsroom, rows: Rows, whose: str, words: str) -> None:
    at_noon.answer(whose, ASK, words)

    assert "Chưa thực hiện" in at_noon.receipt(whose)
    assert rows("SELECT * FROM approval WHERE step LIKE '%broadcast' OR step = 'ask_takedown'") == []


def test_it_waits_for_the_day_and_for_live(decided: Newsroom, zalo: Simulator, rows: Rows) -> None:
    day = decided.now
    decided.now = day.replace(hour=20)
    send(decided)
    decided.now = day.replace(hour=7) + timedelta(days=1)
    send(decided)
    decided.now = day + timedelta(days=1)
    with transaction() as connection:
        set_mode(connection, DeliveryMode.PILOT, acting_officer="ops", reason="thử")
    send(decided)
    assert (state(rows), sent(zalo)) == (["waiting"], [])

    with transaction() as connection:
        set_mode(connection, DeliveryMode.LIVE, acting_officer="ops", reason="thử")
    send(decided)

    assert state(rows) == ["sent"]


@pytest.mark.parametrize("kind", [FaultKind.LOST_REPLY, FaultKind.LOST_REQUEST])
def test_a_lost_reply_is_never_repeated_and_a_person_looks(
    decided: Newsroom, zalo: Simulator, rows: Rows, kind: FaultKind
) -> None:
    fault(zalo, kind, path=PATH, count=1)
    send(decided)
    before = sent(zalo)
    later()
    send(decided)

    assert sent(zalo) == before
    assert state(rows) == ["uncertain"]
    (work,) = rows("SELECT kind, owner, remedy FROM work_item WHERE kind LIKE 'broadcast%'")
    assert (work["kind"], work["owner"]) == ("broadcast_unknown", "ops")
    assert "OA Manager" in work["remedy"]
    decided.work()
    assert "Chưa rõ bài đã gửi" in text_of(decided.letter(EDITOR, TOLD))


def test_a_worker_that_died_leaves_it_unknown(decided: Newsroom, zalo: Simulator, rows: Rows) -> None:
    with transaction() as connection:
        connection.execute(text("UPDATE broadcast SET state = 'leaving', leased_by = 'w', lease_until = now()"))
    later()
    send(decided)

    assert (state(rows), sent(zalo)) == (["uncertain"], [])


def test_what_zalo_certainly_did_not_take_goes_later(decided: Newsroom, zalo: Simulator, rows: Rows) -> None:
    fault(zalo, FaultKind.REFUSED, code=-234, path=PATH, count=1)
    send(decided)
    assert (state(rows), sent(zalo)) == (["waiting"], [])

    later()
    send(decided)

    assert state(rows) == ["sent"]
    assert len(sent(zalo)) == 1


@pytest.mark.parametrize("code", [-201, -211])
def test_what_zalo_refuses_is_told_and_may_be_asked_for_again(
    decided: Newsroom, zalo: Simulator, rows: Rows, code: int
) -> None:
    fault(zalo, FaultKind.REFUSED, code=code, path=PATH, count=1)
    send(decided)
    decided.work()

    assert state(rows) == ["failed"]
    assert rows("SELECT kind FROM work_item WHERE kind LIKE 'broadcast%'") == [{"kind": "broadcast_refused"}]
    assert f"mã lỗi {code}" in text_of(decided.letter(SECRETARY, TOLD))
    decided.answer(EDITOR, "không gửi cho người quan tâm", "GỬI NGƯỜI QUAN TÂM")
    decided.answer(DEPUTY, ASKED, "ĐỒNG Ý")
    send(decided)

    assert state(rows) == ["failed", "sent"]


def test_an_article_that_is_taken_down_first_goes_to_nobody(decided: Newsroom, zalo: Simulator, rows: Rows) -> None:
    decided.answer(SECRETARY, ASK, "GỠ: sai ngày chi trả")
    send(decided)

    assert (state(rows), sent(zalo)) == (["waiting"], [])
