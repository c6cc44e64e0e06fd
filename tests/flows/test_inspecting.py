"""Files of units' mails: known, drawn as pages, and asked for again where nobody can use them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from desk.rules.calendar import HCM
from desk.rules.incoming_mail import Leaf
from desk.rules.tally import Count
from desk.runtime.database import transaction
from desk.runtime.in_force import in_force
from desk.runtime.resending import ask_to_resend
from desk.store import attachments
from desk.store.retention import erase_payloads
from tasks.inspecting import inspect_batch
from tests.documents import papers
from tests.flows.conftest import Handle, Rows, Say

MONDAY = datetime(2026, 11, 23, 9, 5, tzinfo=HCM)
UNIT = "nguoi.tra.loi@bhxh.example.vn"
ARCHIVE = b"Rar!\x1a\x07\x01\x00" + bytes(100)

Mailed = Callable[..., int]


@pytest.fixture
def mailed(desk: Engine, say: Say, handle: Handle, rows: Rows) -> Mailed:
    """Return a function that stores a unit's reply with its files, and returns the number of the mail."""
    assert desk
    say("anna", "Tôi đóng bảo hiểm xã hội 5 tháng rồi sinh con có được hưởng thai sản không?", at=MONDAY)
    handle(MONDAY.replace(hour=10))
    (assignment,) = rows("SELECT assignment_id, question_id FROM assignment LIMIT 1")

    def stored(*leaves: Leaf, text: str = "", reading: str = "answer", sender: str = UNIT) -> int:
        (mail,) = rows(
            "INSERT INTO inbound_mail (folder, uid_validity, uid, sha256, received_at, from_address, kind)"
            " VALUES ('INBOX', 1, (SELECT count(*) FROM inbound_mail), sha256(random()::text::bytea), :at, :sender,"
            " 'reply') RETURNING inbound_mail_id",
            at=MONDAY,
            sender=sender,
        )
        rows(
            "INSERT INTO reply (inbound_mail_id, question_id, assignment_id, reading, standing, from_address, text,"
            " full_text, content_sha256, received_at) VALUES (:mail, :question, :assignment, :reading, 'listed',"
            " :sender, :text, :text, sha256(random()::text::bytea), :at)",
            mail=mail["inbound_mail_id"],
            question=assignment["question_id"],
            assignment=assignment["assignment_id"],
            reading=reading,
            sender=sender,
            text=text,
            at=MONDAY,
        )
        if reading == "answer":
            rows("UPDATE assignment SET state = 'replied', replied_at = :at", at=MONDAY)
        with transaction() as connection:
            attachments.add_attachments(connection, {mail["inbound_mail_id"]: leaves})
        return int(mail["inbound_mail_id"])

    return stored


def leaf(content: bytes, *, position: int = 1, name: str = "van ban", is_inline: bool = False) -> Leaf:
    return Leaf(
        position=position,
        name=name,
        declared_type="application/octet-stream",
        content=content,
        is_inline=is_inline,
    )


def inspected() -> Any:
    tally = inspect_batch.fn(MONDAY)
    while batch := inspect_batch.fn(MONDAY):
        tally += batch
    return tally


def forms(rows: Rows) -> list[str]:
    return [row["form"] for row in rows("SELECT form FROM attachment ORDER BY attachment_id")]


def requests(rows: Rows) -> list[dict[str, Any]]:
    return rows("SELECT recipient, parts FROM outbox WHERE kind = 'resend-as-pdf'")


def test_a_scan_is_kept_as_the_pages_that_a_citizen_gets(mailed: Mailed, rows: Rows) -> None:
    mailed(leaf(papers.pdf(papers.letter(), papers.letter(landscape=True)), name="../../etc/cong van.docx"))

    assert inspected()[Count.INSPECTED] == 1
    assert not inspect_batch.fn(MONDAY)

    assert forms(rows) == ["pdf"]
    pages = rows("SELECT number, sha256(content) = sha256 AS is_whole FROM attachment_page ORDER BY number")
    assert [(page["number"], page["is_whole"]) for page in pages] == [(1, True), (2, True), (3, True)]
    with transaction() as connection:
        first = attachments.get_page(connection, 1, 1)
        assert first
        assert first.content.startswith(b"\xff\xd8\xff")
        assert attachments.get_page(connection, 1, 4) is None
        original = attachments.get_content(connection, 1)
    assert original
    assert original.content.startswith(b"%PDF-")


def test_logos_of_signatures_are_told_from_scans(mailed: Mailed, rows: Rows) -> None:
    logo = papers.saved(papers.letter(20), "PNG")
    banner = papers.saved(papers.with_noise(papers.letter(50), 40), "JPEG", quality=80)
    assert 20_000 < len(banner) < 100_000
    mailed(leaf(banner, is_inline=True), leaf(logo, position=2, is_inline=True))
    mailed(leaf(banner, is_inline=True))
    mailed(leaf(banner, is_inline=True), sender="nguoi.khac@bhxh.example.vn")

    inspected()

    assert forms(rows) == ["image", "signature", "signature", "image"]


def test_a_draft_gives_its_words_and_no_pages(mailed: Mailed, rows: Rows) -> None:
    mailed(leaf(papers.draft("Ông/Bà đủ điều kiện hưởng chế độ thai sản.")))

    inspected()

    (kept,) = rows("SELECT form, text, refused FROM attachment")
    assert kept["text"] == "Ông/Bà đủ điều kiện hưởng chế độ thai sản."
    assert "không gửi tệp" in kept["refused"]
    assert rows("SELECT number FROM attachment_page") == []
    assert requests(rows) == []


@pytest.mark.parametrize("text", ["", "Gửi công văn trả lời kèm theo."])
def test_a_unit_that_sent_only_an_archive_is_asked_once_for_a_pdf_and_still_owes_its_answer(
    mailed: Mailed, rows: Rows, text: str
) -> None:
    locked = leaf(papers.locked_pdf(), position=2, name="phu-luc.pdf")
    mailed(leaf(ARCHIVE, name="cong-van.rar"), locked, text=text)

    assert inspected()[Count.ASKED_TO_RESEND] == 1

    (request,) = requests(rows)
    assert request["recipient"] == UNIT
    assert "cong-van.rar: Tệp nén" in request["parts"]["text"]
    assert "phu-luc.pdf: Tệp có mật khẩu" in request["parts"]["text"]
    assert rows("SELECT DISTINCT reading FROM reply") == [{"reading": "interim"}]
    assert rows("SELECT details ->> 'asked_to_resend' AS asked FROM event WHERE kind = 'reply_of_no_use'") == [
        {"asked": "true"}
    ]
    (assignment,) = rows("SELECT state, next_step_at FROM assignment")
    assert (assignment["state"], assignment["next_step_at"]) == ("awaiting", MONDAY)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"{\\rtf1\\ansi Ong/Ba du dieu kien huong che do thai san.\\par}", "tra-loi.rtf"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(100), "IMG_0412.HEIC"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic" + bytes(100), "IMG_0413.heif"),
    ],
    ids=["rtf", "heic", "heif"],
)
def test_a_letter_as_rich_text_or_as_a_telephones_photograph_is_politely_asked_for_as_pdf(
    mailed: Mailed, rows: Rows, content: bytes, name: str
) -> None:
    mailed(leaf(content, name=name))

    inspected()

    (request,) = requests(rows)
    assert f"{name}: " in request["parts"]["text"]
    assert "PDF" in request["parts"]["text"]
    assert rows("SELECT DISTINCT state FROM assignment") == [{"state": "awaiting"}]


@pytest.mark.parametrize(
    ("other", "text"),
    [
        (leaf(papers.pdf(papers.letter()), position=2), ""),
        (leaf(papers.draft("Ông/Bà đủ điều kiện."), position=2), ""),
        (leaf(b"BEGIN:VCALENDAR\r\n", position=2), "Ông/Bà đủ điều kiện hưởng chế độ thai sản."),
    ],
)
def test_a_unit_that_also_sent_what_can_be_used_is_not_asked(
    mailed: Mailed, rows: Rows, other: Leaf, text: str
) -> None:
    mailed(leaf(ARCHIVE), other, text=text)

    inspected()

    assert requests(rows) == []
    assert rows("SELECT DISTINCT state FROM assignment") == [{"state": "replied"}]


def test_what_looked_like_an_answer_for_its_file_alone_is_none_when_that_is_no_letter(
    mailed: Mailed, rows: Rows
) -> None:
    mailed(leaf("Thư này có thể chứa thông tin mật.".encode(), name="ghi-chu.txt"))

    inspected()

    (request,) = requests(rows)
    assert "ghi-chu.txt: Tệp văn bản thuần" in request["parts"]["text"]
    assert rows("SELECT DISTINCT state FROM assignment") == [{"state": "awaiting"}]


def test_an_empty_mail_with_a_banner_that_comes_with_every_mail_is_no_answer(mailed: Mailed, rows: Rows) -> None:
    banner = leaf(papers.saved(papers.with_noise(papers.letter(50), 40), "JPEG", quality=80), is_inline=True)
    mailed(banner, text="Đã nhận.", reading="acknowledged")
    mailed(banner)

    inspected()

    assert requests(rows) == []
    assert rows("SELECT DISTINCT state FROM assignment") == [{"state": "awaiting"}]


def test_a_receipt_with_a_footer_of_the_mail_system_is_not_answered(mailed: Mailed, rows: Rows) -> None:
    mailed(leaf(b"Scanned by the gateway", name="footer.txt"), text="Đã nhận.", reading="acknowledged")

    inspected()

    assert requests(rows) == []


def test_a_unit_that_had_answered_before_it_sent_an_archive_owes_nothing(mailed: Mailed, rows: Rows) -> None:
    mailed(text="Ông/Bà đủ điều kiện hưởng chế độ thai sản theo Luật BHXH số 41/2024/QH15.")
    mailed(leaf(ARCHIVE))

    inspected()

    assert len(requests(rows)) == 1
    assert rows("SELECT DISTINCT state FROM assignment") == [{"state": "replied"}]


def test_a_file_whose_pages_cannot_be_drawn_is_broken_and_says_so(mailed: Mailed, rows: Rows) -> None:
    mailed(leaf(papers.saved(papers.letter(), "JPEG")[:-5000]))

    inspected()

    assert forms(rows) == ["broken"]
    (request,) = requests(rows)
    assert "Tệp hỏng" in request["parts"]["text"]


def test_of_a_mail_with_a_thousand_files_the_first_thirty_are_opened(mailed: Mailed, rows: Rows) -> None:
    mailed(*(leaf(b"%PDF-1.7 none", position=position) for position in range(29, 32)), leaf(b"", position=1000))

    inspected()

    assert forms(rows) == ["broken", "broken", "unknown", "unknown"]
    assert "quá nhiều tệp" in rows("SELECT refused FROM attachment ORDER BY attachment_id DESC")[0]["refused"]


def test_a_file_that_ended_its_worker_three_times_is_not_opened_again(mailed: Mailed, rows: Rows) -> None:
    mailed(leaf(papers.pdf(papers.letter())))
    rows("UPDATE attachment SET attempts = 3")

    inspected()

    assert forms(rows) == ["broken"]


def test_a_link_to_a_file_kept_elsewhere_is_answered_like_a_file_that_cannot_be_used(
    mailed: Mailed, rows: Rows
) -> None:
    mail = mailed(text="Văn bản tại https://drive.google.com/file/d/1x/view", reading="unsure")

    for _ in range(2):
        with transaction() as connection:
            ask_to_resend(connection, mail, in_force(connection), MONDAY)

    (request,) = requests(rows)
    assert "không mở liên kết" in request["parts"]["text"]


def test_what_came_with_a_mail_that_is_held_is_opened_once_it_is_let_in(mailed: Mailed, rows: Rows) -> None:
    mailed(leaf(papers.pdf(papers.letter())))
    rows("UPDATE inbound_mail SET kind = 'held'")
    assert not inspect_batch.fn(MONDAY)

    rows("UPDATE inbound_mail SET kind = 'reply'")

    assert inspected()[Count.INSPECTED] == 1


def test_files_are_cleared_when_their_time_is_over_and_what_they_were_stays(mailed: Mailed, rows: Rows) -> None:
    mailed(leaf(papers.pdf(papers.letter())))
    inspected()

    with transaction() as connection:
        assert erase_payloads(connection, before=datetime.now(HCM) + timedelta(days=1), limit=100)

    assert rows("SELECT form, content, octet_length(sha256) AS hashed FROM attachment") == [
        {"form": "pdf", "content": None, "hashed": 32}
    ]
    assert rows("SELECT DISTINCT content FROM attachment_page") == [{"content": None}]
    with transaction() as connection:
        assert attachments.get_page(connection, 1, 1) is None
        assert attachments.get_content(connection, 1) is None
