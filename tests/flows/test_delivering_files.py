"""Pages and files on their way to citizens, with the simulated Zalo's faults on."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, text

from desk.rules.attachments import AttachmentForm, Inspected
from desk.rules.case_codes import delivery_mark
from desk.rules.incoming_mail import Leaf
from desk.rules.outgoing import Channel, Delivery
from desk.rules.tally import Count
from desk.runtime.database import transaction
from desk.runtime.letter_files import files_of
from desk.store import attachments
from desk.store.delivery_modes import DeliveryMode, set_mode
from desk.store.outbox import add_deliveries
from sandbox.zalo import FaultKind, Simulator
from tasks.delivering import deliver_messages
from tests.pulled import one, pull, rows, run
from tests.simulated_zalo import ANNA, BINH, add_rows, citizen_writes, fault

SIGNED = b"%PDF-1.7 signed by whoever"
PAGES = (b"\xff\xd8\xff first page", b"\xff\xd8\xff second page")


@pytest.fixture
def desk(pulling_desk: Engine, zalo: Simulator) -> Engine:
    """Return the engine of a desk with a signed letter of two pages, and citizens who may be written to."""
    with transaction() as connection:
        set_mode(connection, DeliveryMode.LIVE, acting_officer="ops", reason="thử")
        mail = connection.scalar(
            text(
                "INSERT INTO inbound_mail (folder, uid_validity, uid, sha256, received_at)"
                " VALUES ('INBOX', 1, 1, 'x', now()) RETURNING inbound_mail_id"
            )
        )
        assert mail
        leaf = Leaf(position=1, name="Công văn.docx", declared_type="application/msword", content=SIGNED)
        attachments.add_attachments(connection, {mail: [leaf]})
        found = Inspected(form=AttachmentForm.PDF, is_signed=True)
        attachments.record_inspected(connection, 1, found, PAGES)
    for user in (ANNA, BINH):
        citizen_writes(zalo, "Cho tôi hỏi", user)
    pull()
    return pulling_desk


def page(key: str, number: int = 1, *, to: str = ANNA) -> Delivery:
    return queued_as(key, to, {"text": f"Trang {number}/2", "page": [1, number]})


def whole(key: str, *, to: str = ANNA) -> Delivery:
    return queued_as(key, to, {"text": "Tệp có chữ ký số", "file": 1})


def queued_as(key: str, to: str, parts: dict[str, object]) -> Delivery:
    return Delivery(
        key=key, channel=Channel.ZALO, kind="answer-page", stream=f"citizen:{to}", recipient=to, parts=parts
    )


def deliver(*deliveries: Delivery) -> Any:
    with transaction() as connection:
        add_deliveries(connection, deliveries, on=date(2026, 11, 23))
    tally = deliver_messages.fn()
    while batch := deliver_messages.fn():
        tally += batch
    return tally


def states(engine: Engine) -> list[str]:
    return [row.state for row in rows(engine, "SELECT state FROM outbox ORDER BY outbox_id")]


def uploaded(zalo: Simulator) -> list[bytes]:
    return [upload.content for upload in zalo.account.uploads.by_id.values()]


def kinds_sent(zalo: Simulator) -> list[str]:
    return [sent.kind for sent in zalo.account.sending.sent]


def test_an_answers_pages_come_in_order_each_with_its_mark_and_the_signed_file_last(
    desk: Engine, zalo: Simulator
) -> None:
    lead = queued_as("lead", ANNA, {"text": "Tệp có chữ ký số được gửi ở tin tiếp theo."})

    assert deliver(page("a"), page("b", 2), lead, whole("c"))[Count.MESSAGES] == 4

    assert states(desk) == ["sent"] * 4
    assert kinds_sent(zalo) == ["image", "image", "text", "file"]
    assert uploaded(zalo) == [*PAGES, SIGNED]
    captions = [sent.body["message"].get("text") for sent in zalo.account.sending.sent]
    assert captions[:2] == [f"Trang 1/2\n{delivery_mark(1)}", f"Trang 2/2\n{delivery_mark(2)}"]
    (name,) = (upload.filename for upload in zalo.account.uploads.by_id.values() if upload.kind == "file")
    assert name == "Cong-van.pdf"


def test_what_goes_to_two_citizens_is_uploaded_once_and_anew_after_six_days(desk: Engine, zalo: Simulator) -> None:
    deliver(page("a"), whole("b"))
    deliver(page("c", to=BINH), whole("d", to=BINH))
    assert len(uploaded(zalo)) == 2

    run(desk, "UPDATE zalo_upload SET uploaded_at = now() - interval '6 days 13 hours'")
    deliver(page("e"))

    assert len(uploaded(zalo)) == 3
    assert (
        one(desk, "SELECT outside_id FROM zalo_upload WHERE form = 'image'").outside_id
        == list(zalo.account.uploads.by_id)[-1]
    )
    assert bytes(one(desk, "SELECT sha256 FROM zalo_upload WHERE form = 'file'").sha256) == (
        hashlib.sha256(SIGNED).digest()
    )


def test_a_page_that_zalo_has_forgotten_is_uploaded_anew_in_the_same_delivery(desk: Engine, zalo: Simulator) -> None:
    deliver(page("a"))
    fault(zalo, FaultKind.ATTACHMENT_EXPIRED, count=1)

    deliver(page("b"))

    assert states(desk) == ["sent", "sent"]
    assert uploaded(zalo) == [PAGES[0], PAGES[0]]


def test_a_page_that_is_forgotten_as_soon_as_it_is_there_is_work_for_the_duty_officer(
    desk: Engine, zalo: Simulator
) -> None:
    fault(zalo, FaultKind.ATTACHMENT_EXPIRED)

    deliver(page("a"))

    assert states(desk) == ["failed"]
    assert one(desk, "SELECT kind FROM work_item").kind == "undelivered"


def test_a_page_that_is_too_large_is_work_for_a_person_and_holds_up_nobody_else(desk: Engine, zalo: Simulator) -> None:
    run(desk, "UPDATE attachment_page SET content = decode(repeat('00', 1100000), 'hex') WHERE number = 1")

    deliver(page("a"), page("b", 2, to=BINH))

    assert states(desk) == ["failed", "sent"]
    assert kinds_sent(zalo) == ["image"]


@pytest.mark.parametrize(
    ("kind", "order"),
    [(FaultKind.SERVER_ERROR, {}), (FaultKind.LOST_REPLY, {}), (FaultKind.REFUSED, {"code": -211})],
)
def test_a_page_that_cannot_be_uploaded_now_goes_later_while_texts_to_others_go_now(
    desk: Engine, zalo: Simulator, kind: FaultKind, order: dict[str, object]
) -> None:
    fault(zalo, kind, path="/upload/", count=1, **order)

    deliver(page("a"), queued_as("b", BINH, {"text": "Đã tiếp nhận"}))
    assert states(desk) == ["queued", "sent"]

    run(desk, "UPDATE outbox SET next_attempt_at = now()")
    deliver()
    assert states(desk) == ["sent", "sent"]


@pytest.mark.parametrize("make", [page, whole])
def test_what_was_taken_without_a_word_is_found_in_the_conversation_and_not_repeated(
    desk: Engine, zalo: Simulator, make: Any
) -> None:
    fault(zalo, FaultKind.LOST_REPLY, path="/v3.0/oa/message/cs", count=1)
    deliver(make("a"))
    assert states(desk) == ["uncertain"]

    pull()
    deliver()

    assert states(desk) == ["sent"]
    assert len(kinds_sent(zalo)) == 1
    assert one(desk, "SELECT outside_id FROM outbox").outside_id == zalo.account.sending.sent[0].message_id


def test_a_picture_that_staff_sent_by_hand_proves_nothing_about_a_page(desk: Engine, zalo: Simulator) -> None:
    fault(zalo, FaultKind.LOST_REQUEST, path="/v3.0/oa/message/cs", count=1)
    deliver(page("a"))
    add_rows(zalo, [{"user_id": ANNA, "type": "photo", "url": f"{zalo.base_url}/_media/x"}], by_oa=True)

    assert pull()[Count.BY_HAND] == 1

    assert states(desk) == ["uncertain"]


def test_a_letter_carries_the_pages_that_a_citizen_will_see_and_its_table(desk: Engine) -> None:
    sheet = {"name": "qua-han", "title": "Câu hỏi quá hạn", "columns": ["Mã"], "rows": [["ZL 26-004512-8"]]}
    parts = {"subject": "Dự thảo", "text": "", "html": "", "pictures": [[1, 1], [1, 2], [9, 1]], "sheet": sheet}

    with transaction() as connection:
        pages_and_table = files_of(connection, parts)

    assert [file.name for file in pages_and_table] == ["tep-1-trang-01.jpg", "tep-1-trang-02.jpg", "qua-han.xlsx"]
    assert [file.content for file in pages_and_table[:2]] == list(PAGES)
    assert desk


def test_a_file_whose_time_is_over_is_not_sent(desk: Engine, zalo: Simulator) -> None:
    run(desk, "UPDATE attachment SET content = NULL")

    deliver(whole("a"))

    assert states(desk) == ["failed"]
    assert kinds_sent(zalo) == []
