"""Out of the outbox: real SMTP and a simulated Zalo, with their faults on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, text

from desk.gateways.failures import GatewayDown
from desk.rules.case_codes import delivery_mark
from desk.rules.outgoing import Channel, Delivery
from desk.rules.tally import Count
from desk.runtime import office as offices
from desk.runtime.database import transaction
from desk.runtime.settings import settings
from desk.store.delivery_modes import DeliveryMode, set_mode
from desk.store.outbox import add_deliveries
from sandbox.mail import PASSWORD, HangUp, MailServer
from sandbox.zalo import FaultKind, NewMessage, Simulator
from tasks.collecting import fetch_mails
from tasks.delivering import deliver_letters, deliver_messages, settle_batch
from tasks.pulling import pull_recent, walk_conversations
from tests.offices import the_office
from tests.simulated_zalo import ANNA, BINH, client_of, fault

DESK = "hoidap@bhxh.example.vn"
UNIT = "csxh@bhxh.example.vn"


@pytest.fixture(scope="module")
def mail_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailServer]:
    with MailServer(tmp_path_factory.mktemp("mail"), mailboxes=[DESK]) as running:
        yield running


@pytest.fixture
def mail(mail_server: MailServer) -> MailServer:
    mail_server.reset()
    mail_server.maildirs.add(DESK)
    return mail_server


@pytest.fixture(autouse=True)
def desk(desk_on_zalo: Engine, mail: MailServer, monkeypatch: pytest.MonkeyPatch) -> Engine:
    chosen = {
        "DESK_ADDRESS": DESK,
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(mail.smtp_port),
        "SMTP_TIMEOUT_SECONDS": "2",
        "IMAP_HOST": "127.0.0.1",
        "IMAP_PORT": str(mail.imap_port),
        "IMAP_USER": DESK,
        "IMAP_PASSWORD": PASSWORD,
        "IMAP_SSL": "false",
        "PILOT_MAILBOX": "thunghiem@bhxh.example.vn",
        "PILOT_USER_IDS": ANNA,
    }
    for name, value in chosen.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    with transaction() as connection:
        offices.load(connection, the_office())
    switch(DeliveryMode.LIVE)
    return desk_on_zalo


def switch(mode: DeliveryMode) -> None:
    with transaction() as connection:
        set_mode(connection, mode, acting_officer="ops", reason="thử")


def letter(key: str = "letter:1", to: str = UNIT, stream: str | None = None) -> Delivery:
    parts = {"subject": "[ZL 26-000001-1] Câu hỏi", "text": "Kính gửi Quý đơn vị", "html": "<p>Kính gửi Quý đơn vị</p>"}
    return Delivery(key=key, channel=Channel.MAIL, kind="unit-letter", stream=stream or key, recipient=to, parts=parts)


def message(key: str = "message:1", to: str = ANNA, lifetime: timedelta | None = None) -> Delivery:
    return Delivery(
        key=key,
        channel=Channel.ZALO,
        kind="acknowledgement",
        stream=f"citizen:{to}",
        recipient=to,
        parts={"text": "Đã tiếp nhận câu hỏi."},
        lifetime=lifetime,
    )


def queue(*deliveries: Delivery) -> None:
    with transaction() as connection:
        add_deliveries(connection, deliveries, on=date(2026, 11, 23))


def states() -> list[str]:
    with transaction() as connection:
        return list(connection.scalars(text("SELECT state FROM outbox ORDER BY outbox_id")))


def make_due() -> None:
    """Let the back-off be over."""
    with transaction() as connection:
        connection.execute(text("UPDATE outbox SET next_attempt_at = now() WHERE state = 'queued'"))


def writes_to_us(zalo: Simulator, *users: str) -> None:
    """Open the window of citizens."""
    with zalo.account.lock:
        for user in users:
            zalo.account.conversations.add([NewMessage(user_id=user, text="chào")])


def heard_by(zalo: Simulator, user: str) -> list[str]:
    """Return what a citizen got from the account, newest first."""
    return [row.text for row in client_of(zalo).conversation(user, 0).rows if not row.from_citizen]


def settle() -> None:
    """Take the desk's own copies in, then settle what is unsure."""
    fetch_mails.fn()
    settle_batch.fn()


# -- mail ----------------------------------------------------------------------------------------------------------


def test_a_letter_reaches_its_unit_and_its_copy_proves_it(mail: MailServer) -> None:
    queue(letter())

    deliver_letters.fn()
    settle()

    assert len(mail.mails(UNIT)) == 1
    assert not mail.mails(DESK)
    with transaction() as connection:
        assert connection.scalar(text("SELECT state || ' ' || (copy_seen_at IS NOT NULL) FROM outbox")) == "sent true"


def test_one_step_sends_more_letters_than_a_connection_leases_at_once_and_each_only_once(mail: MailServer) -> None:
    queue(*(letter(f"letter:{number}") for number in range(120)))

    assert deliver_letters.fn()[Count.LETTERS] == 120

    assert len(mail.mails(UNIT)) == 120
    assert set(states()) == {"sent"}
    assert not deliver_letters.fn()


def test_a_unit_that_is_refused_is_work_for_a_person_and_stops_nobody_else(mail: MailServer) -> None:
    mail.faults.refused.add(UNIT)
    queue(letter("a"), letter("b", to="thu@bhxh.example.vn"))

    deliver_letters.fn()

    assert states() == ["failed", "sent"]
    with transaction() as connection:
        assert connection.scalar(text("SELECT count(*) FROM work_item WHERE kind = 'undelivered'")) == 1


def test_a_unit_that_is_put_off_gets_its_letter_later(mail: MailServer) -> None:
    mail.faults.deferred.add(UNIT)
    queue(letter())
    deliver_letters.fn()
    assert states() == ["queued"]

    mail.faults.deferred.clear()
    make_due()
    deliver_letters.fn()

    assert states() == ["sent"]
    assert len(mail.mails(UNIT)) == 1


def test_a_mail_kept_without_a_word_is_settled_by_its_own_copy_and_never_sent_twice(mail: MailServer) -> None:
    mail.faults.hang_ups.append(HangUp.AFTER_KEEPING_IT)
    queue(letter())
    deliver_letters.fn()
    assert states() == ["uncertain"]

    settle()
    deliver_letters.fn()

    assert states() == ["sent"]
    assert len(mail.mails(UNIT)) == 1


def test_a_mail_lost_without_a_word_is_repeated_once_when_a_later_copy_has_come_and_the_bytes_are_the_same(
    mail: MailServer,
) -> None:
    mail.faults.hang_ups.append(HangUp.AFTER_THE_DOT)
    queue(letter("a"))
    deliver_letters.fn()
    with transaction() as connection:
        first = connection.scalar(text("SELECT body FROM outbox"))
        connection.execute(text("UPDATE outbox SET uncertain_at = now() - interval '31 minutes'"))
    queue(letter("b", to="thu@bhxh.example.vn"))
    deliver_letters.fn()
    settle()
    assert states() == ["queued", "sent"]

    deliver_letters.fn()

    assert states() == ["sent", "sent"]
    with transaction() as connection:
        assert connection.scalar(text("SELECT body FROM outbox WHERE key = 'a'")) == first


@pytest.mark.parametrize("answer", ["421 4.3.2 shutting down", "452 4.5.3 too many messages"])
def test_a_session_that_ends_is_opened_anew_for_the_same_mail(mail: MailServer, answer: str) -> None:
    mail.faults.answers["MAIL"] = [answer]
    queue(letter())

    deliver_letters.fn()

    assert states() == ["sent"]
    assert len(mail.mails(UNIT)) == 1


def test_a_mail_server_that_is_down_costs_the_letters_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMTP_PORT", "9")
    settings.cache_clear()
    queue(letter("a"), letter("b"))

    with pytest.raises(GatewayDown):
        deliver_letters.fn()

    with transaction() as connection:
        assert connection.execute(text("SELECT DISTINCT state, attempts FROM outbox")).all() == [("queued", 0)]


def test_while_held_nothing_leaves_and_in_a_pilot_all_mail_goes_to_the_pilot_mailbox(
    mail: MailServer, zalo: Simulator
) -> None:
    writes_to_us(zalo, ANNA, BINH)
    queue(letter(), message(), message("message:2", to=BINH))
    switch(DeliveryMode.HOLD)
    deliver_letters.fn()
    deliver_messages.fn()
    assert states() == ["queued", "queued", "queued"]

    switch(DeliveryMode.PILOT)
    deliver_letters.fn()
    deliver_messages.fn()

    assert states() == ["sent", "sent", "queued"]
    assert mail.mails(UNIT) == []
    assert len(mail.mails("thunghiem@bhxh.example.vn")) == 1


# -- Zalo ----------------------------------------------------------------------------------------------------------


def test_a_message_ends_with_its_mark_and_order_to_one_citizen_is_kept(zalo: Simulator) -> None:
    writes_to_us(zalo, ANNA)
    queue(message("a"), message("b"))

    deliver_messages.fn()

    assert [said.splitlines()[-1] for said in heard_by(zalo, ANNA)] == [delivery_mark(2), delivery_mark(1)]


def test_a_message_whose_reply_was_lost_is_found_in_the_conversation_and_not_repeated(zalo: Simulator) -> None:
    writes_to_us(zalo, ANNA)
    fault(zalo, FaultKind.LOST_REPLY, path="/v3.0/oa/message/cs", count=1)
    queue(message())
    deliver_messages.fn()
    assert states() == ["uncertain"]

    pull_recent.fn()
    walk_conversations.fn()
    deliver_messages.fn()

    assert states() == ["sent"]
    assert len(heard_by(zalo, ANNA)) == 1


def test_a_message_that_shows_nowhere_is_repeated_once_and_then_left_to_a_person() -> None:
    queue(message())
    with transaction() as connection:
        connection.execute(text("INSERT INTO citizen (user_id, walked_at) VALUES (:user, now())"), {"user": ANNA})
        connection.execute(text("UPDATE outbox SET state = 'sending', lease_until = now() - interval '1 hour'"))

    def two_empty_walks() -> None:
        with transaction() as connection:
            connection.execute(text("UPDATE outbox SET walks_without = 2, uncertain_at = now() - interval '9 minutes'"))
        settle()

    settle()
    assert states() == ["uncertain"]
    two_empty_walks()
    assert states() == ["queued"]
    with transaction() as connection:
        connection.execute(text("UPDATE outbox SET state = 'uncertain'"))
    two_empty_walks()

    assert states() == ["failed"]
    with transaction() as connection:
        assert connection.scalar(text("SELECT count(*) FROM work_item WHERE kind = 'unknown_delivery'")) == 1


def test_a_citizen_who_has_blocked_the_account_is_work_for_the_duty_officer(zalo: Simulator) -> None:
    writes_to_us(zalo, ANNA)
    fault(zalo, FaultKind.TYPE_RESTRICTED, count=1)
    queue(message())

    deliver_messages.fn()

    assert states() == ["failed"]
    with transaction() as connection:
        assert connection.scalar(text("SELECT owner FROM work_item")) == "duty_officer"


def test_what_has_outlived_its_time_is_not_sent() -> None:
    queue(message(lifetime=timedelta(seconds=-1)))

    deliver_messages.fn()

    assert states() == ["cancelled"]
