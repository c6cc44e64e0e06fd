"""Zalo's window around an answer: citizens asked for a sign in time, officials told when there is another way only."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from desk.rules.letters import CitizenQuestion, come_back
from desk.rules.office import Block, Office
from desk.rules.taps import KEEP_OPEN, payload
from desk.rules.windows import Reach
from desk.runtime.database import transaction
from desk.runtime.decisions.decision import DecisionRefusedError
from desk.runtime.office import load
from desk.runtime.rendering import rendered
from desk.runtime.windows import check_window
from desk.store.delivery_modes import DeliveryMode, set_mode
from desk.store.outbox import add_deliveries
from sandbox.zalo import Simulator
from tasks.delivering import deliver_messages
from tasks.windows import ask_to_keep_open
from tests.dates import at
from tests.flows.conftest import Handle, Rows, Say, trusting_office
from tests.pulled import NOW, pull
from tests.simulated_zalo import ANNA, citizen_writes, ms

BEFORE_TET = at("Thu 2026-02-12 09:40")
LOST_BOOK = "Tôi bị mất sổ bảo hiểm xã hội, xin hỏi thủ tục cấp lại sổ BHXH?"
pytestmark = pytest.mark.usefixtures("desk", "long_pulled")


@pytest.fixture
def long_pulled(desk: object, rows: Rows) -> None:  # noqa: ARG001 - in office first
    rows("UPDATE pull_cursor SET swept_at = '2027-01-01'")


@pytest.fixture
def at_tet(long_pulled: None, say: Say, handle: Handle) -> None:  # noqa: ARG001 - pulled first
    """Take in a question of the last days before Tết."""
    say("lan", LOST_BOOK, at=BEFORE_TET)
    handle(at("Thu 2026-02-12 10:00"))


def look_every_hour(begins: str, ends: str) -> list[datetime]:
    """Let the sweep run at each hour, and return the hours at which citizens were asked."""
    hours, moment = [], at(begins)
    while moment <= at(ends):
        asked = 0
        while tally := ask_to_keep_open.fn(moment):
            asked += sum(count for name, count in tally.counts.items() if name.name == "KEEP_OPEN")
        hours += [moment] * asked
        moment += timedelta(hours=1)
    return hours


def notes(rows: Rows) -> list[str]:
    found = rows("SELECT parts->>'text' AS text FROM outbox WHERE kind = 'keep-open' ORDER BY outbox_id")
    return [str(row["text"]) for row in found]


@pytest.mark.usefixtures("at_tet")
def test_over_tet_a_citizen_is_asked_while_it_is_free_and_once_more_before_the_window_shuts(rows: Rows) -> None:
    (question,) = rows("SELECT case_code, promised_on, window_closes_at FROM question")
    assert f"{question['promised_on']:%d/%m/%Y}" == "24/02/2026"
    assert question["window_closes_at"] == BEFORE_TET + timedelta(days=7)

    assert look_every_hour("Thu 2026-02-12 10:00", "Fri 2026-02-20 10:00") == [
        at("Fri 2026-02-13 18:00"),
        at("Wed 2026-02-18 18:00"),
    ]

    assert notes(rows) == [
        f"Để nhận được câu trả lời về câu hỏi mã {question['case_code']} trên Zalo, Ông/Bà vui lòng bấm nút dưới đây "
        f"hoặc nhắn lại một tin bất kỳ trước 09 giờ 40 ngày {day}."
        for day in ("thứ Bảy, 14/02/2026", "thứ Năm, 19/02/2026")
    ]
    (buttons,) = rows("SELECT parts->'buttons' AS buttons FROM outbox WHERE kind = 'keep-open' LIMIT 1")
    assert [button["title"] for button in buttons["buttons"]] == ["Tôi vẫn cần trả lời"]
    assert rows("SELECT keep_open_asked_at AS at FROM question") == [{"at": at("Wed 2026-02-18 18:00")}]
    (item,) = rows("SELECT kind, owner, remedy FROM work_item WHERE kind = 'window_shut'")
    assert item["owner"] == "duty_officer"
    assert "OA Manager" in str(item["remedy"])


@pytest.mark.usefixtures("at_tet")
@pytest.mark.parametrize(
    "said", ["1", payload(KEEP_OPEN, 1), "query:84:abc:" + payload(KEEP_OPEN, 1), "vẫn cần trả lời"]
)
def test_a_sign_moves_the_window_and_is_no_question(said: str, say: Say, handle: Handle, rows: Rows) -> None:
    look_every_hour("Fri 2026-02-13 18:00", "Fri 2026-02-13 18:00")
    tapped = at("Fri 2026-02-13 19:12")
    before = rows("SELECT count(*) AS n FROM outbox")

    say("lan", said, at=tapped)
    handle(at("Fri 2026-02-13 19:30"))

    assert rows("SELECT state, window_closes_at AS at, text FROM question") == [
        {"state": "routed", "at": tapped + timedelta(days=7), "text": LOST_BOOK}
    ]
    assert rows("SELECT purpose FROM message ORDER BY sent_at DESC LIMIT 1") == [{"purpose": "keep_open"}]
    assert rows("SELECT count(*) AS n FROM outbox") == before
    assert look_every_hour("Fri 2026-02-13 20:00", "Sun 2026-02-15 23:00") == [at("Sun 2026-02-15 14:00")]


def test_one_note_is_for_all_open_questions_of_a_citizen(say: Say, handle: Handle, rows: Rows) -> None:
    say("lan", LOST_BOOK, at=BEFORE_TET)
    say("lan", "Mức hưởng trợ cấp thất nghiệp tính thế nào?", at=BEFORE_TET + timedelta(minutes=10))
    handle(at("Thu 2026-02-12 10:10"))

    look_every_hour("Thu 2026-02-12 11:00", "Sat 2026-02-14 09:00")

    (note,) = notes(rows)
    assert all(str(row["case_code"]) in note for row in rows("SELECT case_code FROM question"))
    assert rows("SELECT count(*) AS n FROM question WHERE keep_open_asked_at IS NOT NULL") == [{"n": 2}]


@pytest.mark.usefixtures("at_tet")
@pytest.mark.parametrize("state", ["awaiting_citizen", "answer_leaving", "answered_by_hand", "answered"])
def test_nobody_is_asked_for_a_sign_without_need(state: str, rows: Rows) -> None:
    ended = "closed_at = now()" if state == "answered" else "closed_at = NULL"
    rows(f"UPDATE question SET state = :state, {ended}", state=state)  # noqa: S608 - our own words

    assert look_every_hour("Thu 2026-02-12 10:00", "Sat 2026-02-14 10:00") == []


@pytest.mark.usefixtures("at_tet")
def test_an_official_hears_that_an_answer_would_not_arrive_until_the_citizen_writes_again(
    say: Say, handle: Handle, rows: Rows
) -> None:
    (question,) = rows("SELECT question_id FROM question")

    def reached(moment: datetime) -> Reach:
        with transaction() as connection:
            return check_window(connection, int(question["question_id"]), moment)

    assert reached(at("Sat 2026-02-14 09:00")) is Reach.FREE
    assert reached(at("Mon 2026-02-16 09:00")) is Reach.PAID
    with pytest.raises(DecisionRefusedError, match="OA Manager hoặc điện thoại"):
        reached(at("Tue 2026-02-24 09:00"))
    look_every_hour("Tue 2026-02-24 09:00", "Tue 2026-02-24 09:00")

    say("lan", "1", at=at("Tue 2026-02-24 10:00"))
    handle(at("Tue 2026-02-24 10:10"))
    assert reached(at("Tue 2026-02-24 10:11")) is Reach.FREE
    assert rows("SELECT outcome FROM work_item WHERE kind = 'window_shut'") == [{"outcome": "công dân đã nhắn lại"}]


def always_awake() -> Office:
    """Return an office whose citizens never sleep: this story plays at the hour it is."""
    office = trusting_office()
    awake = Block(start=time(0), end=time(23, 59, 59))
    return replace(office, policies=tuple(replace(policy, waking_hours=awake) for policy in office.policies))


@pytest.mark.usefixtures("desk_on_zalo")
def test_the_tap_of_the_button_comes_back_through_zalo_and_opens_the_window(
    zalo: Simulator, handle: Handle, rows: Rows
) -> None:
    asked_at = NOW - timedelta(hours=43)
    with transaction() as connection:
        load(connection, always_awake())
        set_mode(connection, DeliveryMode.LIVE, acting_officer="ops", reason="thử")
    citizen_writes(zalo, LOST_BOOK, time=ms(asked_at))
    pull()
    handle(asked_at + timedelta(hours=1))

    ask_to_keep_open.fn(NOW)
    deliver_messages.fn()
    rows("UPDATE outbox SET state = 'cancelled' WHERE state = 'queued'")
    (sent,) = [one for one in zalo.account.sending.sent if "bấm nút" in str(one)]
    button = rows("SELECT parts->'buttons'->0 AS button FROM outbox WHERE kind = 'keep-open'")[0]["button"]
    assert button["payload"] in str(sent)
    citizen_writes(zalo, f"query:84:abc:{button['payload']}", time=ms(NOW - timedelta(minutes=10)))
    pull()
    handle(NOW)

    (question,) = rows("SELECT window_closes_at FROM question")
    assert question["window_closes_at"] == NOW - timedelta(minutes=10) + timedelta(days=7)
    purposes = rows("SELECT purpose FROM message WHERE from_citizen ORDER BY sent_at")
    assert [row["purpose"] for row in purposes] == ["question", "keep_open"]


@pytest.mark.usefixtures("at_tet")
@pytest.mark.parametrize(("template", "invited"), [("345678", 1), ("", 0)], ids=["with-a-template", "without"])
def test_a_citizen_whose_window_shut_on_a_ready_answer_is_invited_back_where_zalo_has_approved_the_words(
    rows: Rows, template: str, invited: int
) -> None:
    office = trusting_office()
    policies = tuple(replace(policy, zbs_template=template) for policy in office.policies)
    with transaction() as connection:
        load(connection, replace(office, policies=policies))
    rows("UPDATE question SET state = 'answer_proposed'")

    look_every_hour("Thu 2026-02-12 10:00", "Sat 2026-02-21 10:00")

    messages = rows("SELECT parts FROM outbox WHERE kind = 'come-back'")
    (question,) = rows("SELECT case_code FROM question")
    assert [message["parts"]["zbs"] for message in messages] == [
        {"template_id": template, "data": {"ma_cau_hoi": question["case_code"]}}
    ] * invited


@pytest.mark.usefixtures("desk_on_zalo")
def test_an_invitation_leaves_as_the_template_that_zalo_approved(zalo: Simulator) -> None:
    citizen_writes(zalo, "Cho tôi hỏi", time=ms(NOW - timedelta(days=8)))
    question = CitizenQuestion(question_id=1, case_code="ZL 26-000001-2", user_id=ANNA, received_at=NOW)
    invitation = rendered(come_back(question, zbs_template="345678", since=NOW))
    with transaction() as connection:
        set_mode(connection, DeliveryMode.LIVE, acting_officer="ops", reason="thử")
        add_deliveries(connection, [invitation], on=NOW.date())

    deliver_messages.fn()

    (sent,) = zalo.account.sending.sent
    assert sent.kind == "template"
    assert "345678" in str(sent)
