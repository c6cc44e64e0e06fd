"""Mail is stored before it is read, once, whatever breaks in between and whoever reads beside."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email.message import EmailMessage
from threading import Barrier

import pytest

from desk.gateways.failures import GatewayDown
from desk.rules.tally import Count, Tally
from desk.runtime import office as offices
from desk.runtime.database import transaction
from desk.runtime.decisions.resolving import Resolution
from desk.runtime.settings import settings
from desk.runtime.triage import TriageAction, TriageOrder
from tasks.collecting import fetch_mails, read_batch
from tasks.housekeeping import apply_retention
from tasks.triaging import resolve_work, triage_question_of
from tests.dates import at
from tests.flows.conftest import Handle, Rows, Say
from tests.mailroom import DESK, Mailroom
from tests.offices import the_office

NOW = at("Fri 2026-11-20 09:30")
LATER = NOW + timedelta(hours=1)
UNITS = ("thu@bhxh.example.vn", "csyt@bhxh.example.vn")
ANSWER = "Người lao động bị mất sổ BHXH lập Tờ khai TK1-TS, nộp tại cơ quan BHXH theo Quyết định 595/QĐ-BHXH."


@pytest.fixture
def letters(mailroom: Mailroom, say: Say, handle: Handle, rows: Rows) -> list[EmailMessage]:
    """Let three questions lie with two units each, and return the letters."""
    with transaction() as connection:
        offices.load(connection, the_office())
    for user in ("u1", "u2", "u3"):
        say(user, "Tôi bị mất sổ bảo hiểm xã hội, xin hỏi thủ tục cấp lại sổ BHXH?", at=NOW - timedelta(minutes=20))
    handle(NOW)
    for question in rows("SELECT case_code FROM question ORDER BY question_id"):
        order = TriageOrder(
            code=question["case_code"],
            action=TriageAction.ROUTE,
            acting_officer="HA",
            reason="cần hai đơn vị",
            units=("QLT", "CSYT"),
        )
        triage_question_of.fn(order, NOW)
    return [letter for unit in UNITS for letter in mailroom.letters(unit)]


def everything(rows: Rows) -> list[int]:
    tables = ("inbound_mail", "reply", "event", "outbox", "work_item", "attachment")
    return [int(rows(f"SELECT count(*) AS n FROM {table}")[0]["n"]) for table in tables]  # noqa: S608


def test_what_was_stored_before_a_crash_is_read_by_the_next_run(
    mailroom: Mailroom, letters: list[EmailMessage], rows: Rows
) -> None:
    mailroom.answer(letters[0], ANSWER)
    fetch_mails.fn()
    assert rows("SELECT kind FROM inbound_mail") == [{"kind": None}]

    assert mailroom.collect(LATER)[Count.REPLIES] == 1


def test_running_again_adds_nothing(mailroom: Mailroom, letters: list[EmailMessage], rows: Rows) -> None:
    for letter in letters:
        mailroom.answer(letter, ANSWER)
    mailroom.answer(letters[0], "Như đã trao đổi.")
    mailroom.collect(LATER)
    before = everything(rows)

    assert not mailroom.collect(LATER + timedelta(minutes=2))

    assert everything(rows) == before


def test_a_mailbox_made_anew_brings_nothing_twice(mailroom: Mailroom, letters: list[EmailMessage], rows: Rows) -> None:
    for letter in letters:
        mailroom.answer(letter, ANSWER)
    mailroom.collect(LATER)
    before = everything(rows)
    rows("UPDATE inbound_mail SET uid_validity = 1, uid = uid + 900")
    rows("UPDATE mailbox_cursor SET uid_validity = 1, uid = 907")

    mailroom.collect(LATER)

    assert everything(rows) == before
    assert rows("SELECT count(*) AS n FROM inbound_mail WHERE uid_validity = 1") == [{"n": 0}]


def test_people_may_read_the_mailbox_and_mark_what_they_like(
    mailroom: Mailroom, letters: list[EmailMessage], rows: Rows
) -> None:
    mailroom.answer(letters[0], ANSWER)
    for mail in mailroom.server.maildirs.folder.glob(f"{DESK}/new/*"):
        mail.rename(mail.parent.parent / "cur" / f"{mail.name}:2,S")

    mailroom.collect(LATER)

    assert rows("SELECT count(*) AS n FROM reply") == [{"n": 1}]


def test_a_mailbox_that_is_down_loses_nothing(
    mailroom: Mailroom, letters: list[EmailMessage], rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailroom.answer(letters[0], ANSWER)
    with monkeypatch.context() as outage:
        outage.setenv("IMAP_PORT", "1")
        settings.cache_clear()
        with pytest.raises(GatewayDown):
            fetch_mails.fn()
    settings.cache_clear()

    mailroom.collect(LATER)

    assert rows("SELECT count(*) AS n FROM reply") == [{"n": 1}]


def test_a_mail_that_no_rule_can_read_is_parked_alone_and_read_once_the_fault_is_mended(
    mailroom: Mailroom, letters: list[EmailMessage], rows: Rows
) -> None:
    mailroom.answer(letters[0], ANSWER)
    mailroom.answer(letters[1], ANSWER)
    fetch_mails.fn()
    # a time that no calendar has in Viet Nam
    rows("UPDATE inbound_mail SET received_at = '9999-12-31 23:00:00+00' WHERE inbound_mail_id = 1")

    tally = read_batch.fn(LATER)

    assert (tally[Count.REPLIES], tally[Count.SET_ASIDE]) == (1, 1)
    assert rows("SELECT parked_at IS NOT NULL AS parked FROM inbound_mail ORDER BY inbound_mail_id") == [
        {"parked": True},
        {"parked": False},
    ]
    (work,) = rows("SELECT work_item_id, remedy FROM work_item WHERE kind = 'bug'")
    assert "resolve-work-item" in work["remedy"]
    assert not read_batch.fn(LATER)

    rows("UPDATE inbound_mail SET received_at = now() WHERE inbound_mail_id = 1")
    mended = Resolution(
        work_item_id=work["work_item_id"],
        outcome="Đã xử lý xong",
        acting_officer="HA",
        reason="Đã khắc phục sự cố",
        is_mended=True,
    )
    assert "đã đưa trở lại hàng chờ" in resolve_work.fn(mended, LATER)
    assert read_batch.fn(LATER)[Count.REPLIES] == 1


def test_of_a_mail_too_large_to_be_read_a_person_is_told(
    mailroom: Mailroom, letters: list[EmailMessage], rows: Rows
) -> None:
    mailroom.answer(letters[0], ANSWER)
    fetch_mails.fn()
    rows("UPDATE inbound_mail SET is_cut = true")

    read_batch.fn(LATER)

    assert [row["kind"] for row in rows("SELECT kind FROM inbound_mail")] == ["held"]
    assert "held_mail_unread" in {row["kind"] for row in rows("SELECT kind FROM work_item")}


def test_mails_and_replies_are_cleared_in_time_and_what_they_were_stays(
    mailroom: Mailroom, letters: list[EmailMessage], rows: Rows
) -> None:
    mailroom.answer(letters[0], ANSWER)
    mailroom.collect(LATER)

    while apply_retention.fn(LATER + timedelta(days=365 * 6)):
        pass

    assert rows("SELECT kind, raw, from_address FROM inbound_mail") == [
        {"kind": "reply", "raw": None, "from_address": ""}
    ]
    assert rows("SELECT reading, text, full_text FROM reply") == [{"reading": "answer", "text": "", "full_text": ""}]


@pytest.mark.parametrize(
    "mail",
    [
        b"",
        b"\xff\xfe\x00\x00\r\n\r\n\x00\x00",
        b"From: thu@bhxh.example.vn\r\nContent-Type: multipart/mixed\r\n\r\n--none\r\n",
        b'From: thu@bhxh.example.vn\r\nContent-Type: text/plain; charset="no-such"\r\n\r\n\xe1\xba\xa3\r\n',
        b"From: thu@bhxh.example.vn\r\nContent-Type: text/plain; charset=utf-7\r\n\r\n+AAA-\r\n",
        b"From: thu@bhxh.example.vn\r\nSubject: =?utf-8?b?AAAA?=\r\nMessage-ID: [x\r\n\r\na\x00b\r\n",
        b"From: a@b, c@d\r\nFrom: e@f\r\nContent-Transfer-Encoding: base64\r\n\r\n%%%%\r\n",
    ],
)
def test_whatever_the_bytes_are_nothing_is_lost(mailroom: Mailroom, rows: Rows, mail: bytes) -> None:
    mailroom.server.maildirs.deliver("thu@bhxh.example.vn", DESK, mail)

    mailroom.collect(LATER)

    (stored,) = rows("SELECT kind, parked_at, raw FROM inbound_mail")
    assert stored["kind"] or stored["parked_at"]
    assert rows("SELECT count(*) AS n FROM work_item WHERE kind <> 'bug'") == [{"n": 1}]


@pytest.mark.parametrize("reverse", [False, True])
def test_the_last_two_replies_may_come_in_at_once_in_any_order(
    mailroom: Mailroom, letters: list[EmailMessage], rows: Rows, monkeypatch: pytest.MonkeyPatch, *, reverse: bool
) -> None:
    for letter in reversed(letters) if reverse else letters:
        mailroom.answer(letter, ANSWER)
    fetch_mails.fn()
    monkeypatch.setenv("BATCH_SIZE", "1")
    settings.cache_clear()
    start = Barrier(2)

    def work() -> Tally:
        start.wait()
        tally = Tally()
        while batch := read_batch.fn(LATER):
            tally += batch
        return tally

    with ThreadPoolExecutor(2) as workers:
        tallies = [future.result() for future in [workers.submit(work), workers.submit(work)]]

    assert sum(tally[Count.REPLIES] for tally in tallies) == len(letters) == 6
    assert rows("SELECT DISTINCT state FROM assignment") == [{"state": "replied"}]
    assert rows("SELECT count(*) AS n FROM reply") == [{"n": 6}]
