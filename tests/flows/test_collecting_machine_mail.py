"""Mail that machines wrote: it tells of addresses and of letters, and never of a question."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage

import pytest

from desk.rules.tally import Count
from tests.flows.conftest import NOW, UNIT, Rows
from tests.mailroom import DESK, Mailroom, bounce_of

LATER = NOW + timedelta(hours=1)
SECOND_ADDRESS = "thu2@bhxh.example.vn"


def test_a_letter_that_came_back_goes_to_the_units_second_address_once(
    mailroom: Mailroom, letter: EmailMessage, rows: Rows
) -> None:
    mailroom.send("", DESK, bounce_of(letter, UNIT))

    assert mailroom.collect(LATER)[Count.BOUNCES] == 1

    again = mailroom.letter(SECOND_ADDRESS)
    assert again["Subject"] == letter["Subject"]
    assert again["Reply-To"] == letter["Reply-To"]
    assert rows("SELECT address, bounce_status FROM address_notice") == [{"address": UNIT, "bounce_status": "5.1.1"}]
    assert rows("SELECT kind FROM work_item") == [{"kind": "bounced"}]
    assert rows("SELECT state FROM assignment") == [{"state": "awaiting"}]

    mailroom.send("", DESK, bounce_of(again, SECOND_ADDRESS))
    mailroom.collect(LATER)

    assert len(mailroom.letters(SECOND_ADDRESS)) == 1
    assert rows("SELECT count(*) AS n FROM work_item WHERE kind = 'bounced'") == [{"n": 2}]


def test_a_delay_is_no_bounce(mailroom: Mailroom, letter: EmailMessage, rows: Rows) -> None:
    mailroom.send("", DESK, bounce_of(letter, UNIT, action="delayed", status="4.4.1"))

    mailroom.collect(LATER)

    assert rows("SELECT * FROM address_notice") == []
    assert rows("SELECT * FROM work_item") == []


def test_a_copy_that_did_not_reach_our_own_mailbox_says_nothing_of_the_unit(
    mailroom: Mailroom, letter: EmailMessage, rows: Rows
) -> None:
    own_copy = f"hoidap+sent.{'0' * 32}@bhxh.example.vn"
    for address in (own_copy, DESK):
        mailroom.send("", DESK, bounce_of(letter, address, status="5.2.2"))

    assert mailroom.collect(LATER)[Count.BOUNCES] == 2

    assert mailroom.letters(SECOND_ADDRESS) == []
    assert rows("SELECT * FROM address_notice") == []
    assert rows("SELECT * FROM work_item") == []


def test_a_colleague_whom_a_units_mailbox_cannot_reach_leaves_the_letter_where_it_is(
    mailroom: Mailroom, letter: EmailMessage, rows: Rows
) -> None:
    before = rows("SELECT lettered_at, unit_due_on, version FROM assignment")
    mailroom.send("", DESK, bounce_of(letter, "hung.nv@bhxh.example.vn"))

    mailroom.collect(LATER)

    assert mailroom.letters(SECOND_ADDRESS) == []
    assert rows("SELECT address FROM address_notice") == [{"address": "hung.nv@bhxh.example.vn"}]
    assert rows("SELECT lettered_at, unit_due_on, version FROM assignment") == before


@pytest.mark.parametrize(("named", "is_resent"), [(UNIT, True), ("hung.nv@bhxh.example.vn", False)])
def test_a_plain_bounce_counts_for_whom_it_names(
    mailroom: Mailroom, letter: EmailMessage, named: str, *, is_resent: bool
) -> None:
    plain = (
        f"From: MAILER-DAEMON@bhxh.example.vn\r\nTo: {DESK}\r\nSubject: Undelivered Mail Returned to Sender\r\n"
        "Message-ID: <plain@bhxh.example.vn>\r\nContent-Type: text/plain\r\n\r\n"
        f"<{named}>: 550 5.1.1 User unknown\r\n\r\nMessage-ID: {letter['Message-ID']}\r\n"
    )
    mailroom.send("", DESK, plain.encode())

    mailroom.collect(LATER)

    assert bool(mailroom.letters(SECOND_ADDRESS)) == is_resent


def test_a_report_about_no_letter_of_ours_marks_nobody(mailroom: Mailroom, letter: EmailMessage, rows: Rows) -> None:
    forged = bounce_of(letter, UNIT).replace(
        str(letter["Message-ID"]).encode(), b"<11112222333344445555666677778888@else.vn>"
    )
    mailroom.send("", DESK, forged)

    mailroom.collect(LATER)

    assert rows("SELECT kind FROM inbound_mail") == [{"kind": "bounce"}]
    assert rows("SELECT * FROM address_notice") == []


def test_a_stranger_who_cannot_be_told_that_mail_waits_is_no_work_and_is_not_remembered(
    mailroom: Mailroom, letter: EmailMessage, rows: Rows
) -> None:
    stranger = "ai.do@thu-nhap.example.com"
    mailroom.answer(letter, "Người lao động nộp hồ sơ tại cơ quan BHXH nơi cư trú.", sender=stranger)
    mailroom.collect(LATER)
    mailroom.send("", DESK, bounce_of(mailroom.letter(stranger), stranger))

    assert mailroom.collect(LATER)[Count.BOUNCES] == 1

    assert rows("SELECT address FROM address_notice") == []
    assert rows("SELECT kind FROM work_item") == [{"kind": "held_mail"}]


def test_whoever_writes_again_is_reached_again(mailroom: Mailroom, letter: EmailMessage, rows: Rows) -> None:
    mailroom.send("", DESK, bounce_of(letter, UNIT))
    mailroom.collect(LATER)
    # mailboxes know no time finer than a second
    rows("UPDATE address_notice SET bounced_at = bounced_at - interval '1 minute'")

    mailroom.answer(letter, "Đã nhận.")
    mailroom.collect(LATER)

    assert rows("SELECT bounced_at FROM address_notice") == [{"bounced_at": None}]


def test_an_out_of_office_changes_no_state_and_says_until_when(
    mailroom: Mailroom, letter: EmailMessage, rows: Rows
) -> None:
    mailroom.write(
        UNIT,
        str(letter["Reply-To"]),
        f"Trả lời tự động: {letter['Subject']}",
        "Tôi đi công tác đến hết ngày 30/11/2026. Việc gấp xin liên hệ Văn phòng.",
        headers={"Auto-Submitted": "auto-replied", "In-Reply-To": str(letter["Message-ID"])},
    )

    assert mailroom.collect(LATER)[Count.OTHER_MAILS] == 1

    assert rows("SELECT kind FROM inbound_mail") == [{"kind": "auto_reply"}]
    (notice,) = rows("SELECT address, absent_until FROM address_notice")
    assert notice["address"] == UNIT
    assert str(notice["absent_until"]) >= "2026-11-30"
    assert rows("SELECT state FROM assignment") == [{"state": "awaiting"}]
    assert rows("SELECT * FROM reply") + rows("SELECT * FROM work_item") == []
    assert rows("SELECT count(*) AS n FROM outbox WHERE kind = 'sender-unknown'") == [{"n": 0}]


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ({"List-Id": "<tin-tuc.example.com>", "Precedence": "list"}, "list"),
        ({"X-Zalo-Desk": "letter:1:B_QLT:1"}, "loop"),
    ],
)
def test_what_machines_send_is_recorded_and_nobody_is_troubled(
    mailroom: Mailroom, letter: EmailMessage, rows: Rows, headers: dict[str, str], kind: str
) -> None:
    mailroom.write("tin@example.com", str(letter["Reply-To"]), "Tin tuần", "Bản tin số 12.", headers=headers)

    mailroom.collect(LATER)

    assert rows("SELECT kind FROM inbound_mail") == [{"kind": kind}]
    assert rows("SELECT * FROM work_item") == []


def test_advertising_is_left_in_the_list_of_work_and_sent_to_nobody(
    mailroom: Mailroom, letter: EmailMessage, rows: Rows
) -> None:
    del letter
    mailroom.write("vay@quangcao.example.com", DESK, "Vay vốn lãi suất thấp", "Liên hệ ngay để được tư vấn.")

    mailroom.collect(LATER)

    assert rows("SELECT kind FROM inbound_mail") == [{"kind": "held"}]
    assert rows("SELECT count(*) AS n FROM outbox WHERE kind = 'duty-decision'") == [{"n": 0}]
    assert [row["kind"] for row in rows("SELECT kind FROM work_item")] == ["held_mail_unread"]
