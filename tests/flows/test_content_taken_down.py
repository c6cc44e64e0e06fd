"""An article that is published, and taken down on a deputy head's word alone (Điều 11)."""

from __future__ import annotations

import hashlib
import stat
from email.message import EmailMessage
from pathlib import Path

import pytest
import typer

from desk.console.evidence import evidence
from desk.console.show import show
from tasks.taking_down import take_down_next
from tests.flows.conftest import Rows
from tests.mailroom import DESK, text_of
from tests.newsroom import AUTHOR, DEPUTY, EDITOR, HEAD, OTHER_DEPUTY, SECRETARY, Newsroom

PUBLISHED, ASKED, GONE = "Bài đã đăng", "quyết định gỡ bài", "Bài đã gỡ khỏi Zalo"


def state(rows: Rows) -> str:
    return str(rows("SELECT state FROM content_item")[0]["state"])


def test_all_who_took_part_get_the_link_and_the_secretary_may_have_it_taken_down(
    published: Newsroom, rows: Rows, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (publication,) = rows("SELECT link, state FROM publication")
    assert publication["state"] == "published"
    for whose in (AUTHOR, EDITOR, SECRETARY, DEPUTY):
        assert publication["link"] in text_of(published.letter(whose, PUBLISHED))
    assert "GỠ" not in text_of(published.letter(DEPUTY, PUBLISHED))

    published.answer(SECRETARY, PUBLISHED, "GỠ: ND-2026-0001, sai ngày chi trả")

    for deputy in (DEPUTY, OTHER_DEPUTY):
        assert "sai ngày chi trả" in text_of(published.letter(deputy, ASKED))
    assert not any(ASKED in subject for subject in published.subjects(HEAD))
    assert state(rows) == "takedown_asked"
    published.answer(OTHER_DEPUTY, ASKED, "ĐỒNG Ý")
    while take_down_next.fn(published.now):
        pass

    assert state(rows) == "taken_down"
    published.work()
    for whose in (AUTHOR, EDITOR, SECRETARY, DEPUTY, OTHER_DEPUTY):
        said = text_of(published.letter(whose, GONE))
        assert "SHA-256" in said
        assert "zalo-desk evidence ND-2026-0001" in said
    (paper,) = files_of(published.letter(SECRETARY, GONE))
    assert (paper.get_filename(), paper.get_content_type()) == ("go-bai-ND-2026-0001.pdf", "application/pdf")
    content = paper.get_payload(decode=True)
    assert [bytes(row["evidence"]) for row in rows("SELECT evidence FROM takedown")] == [content]
    assert files_of(published.letter(DEPUTY, GONE)) == []

    show("ND-2026-0001")
    assert "zalo-desk evidence ND-2026-0001" in capsys.readouterr().out
    evidence("nd 2026 0001", tmp_path / "ho-so.pdf")
    assert (tmp_path / "ho-so.pdf").read_bytes() == content
    assert stat.S_IMODE((tmp_path / "ho-so.pdf").stat().st_mode) == 0o600
    assert hashlib.sha256(content).hexdigest() in capsys.readouterr().out


def test_a_paper_replaces_no_file_and_is_not_there_before_the_removal(
    published: Newsroom, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit):
        evidence("ND-2026-0001", tmp_path / "ho-so.pdf")
    assert "chưa gỡ xong thì chưa có hồ sơ" in capsys.readouterr().err

    published.answer(SECRETARY, PUBLISHED, "GỠ: sai ngày chi trả")
    published.answer(DEPUTY, ASKED, "ĐỒNG Ý")
    while take_down_next.fn(published.now):
        pass
    (tmp_path / "ho-so.pdf").write_text("giữ nguyên")
    with pytest.raises(typer.Exit):
        evidence("ND-2026-0001", tmp_path / "ho-so.pdf")

    assert (tmp_path / "ho-so.pdf").read_text() == "giữ nguyên"


def files_of(letter: EmailMessage) -> list[EmailMessage]:
    return [part for part in letter.walk() if part.get_content_disposition() == "attachment"]


def test_an_urgent_removal_goes_out_of_hours_and_the_first_of_two_deputies_counts(
    published: Newsroom, rows: Rows
) -> None:
    published.later(hours=13)
    published.answer(SECRETARY, PUBLISHED, "GỠ KHẨN: lộ thông tin cá nhân")
    assert str(published.letter(DEPUTY, ASKED)["Subject"]).startswith("[ND-2026-0001] KHẨN: ")

    published.answer(OTHER_DEPUTY, ASKED, "ĐỒNG Ý", work=False)
    published.answer(DEPUTY, ASKED, "KHÔNG ĐỒNG Ý: chưa cần gỡ")

    assert rows("SELECT official_code, urgent FROM approval WHERE step = 'decide_takedown'") == [
        {"official_code": "NGA", "urgent": True}
    ]
    assert "bài đang gỡ, không chờ ý kiến này" in published.receipt(DEPUTY)
    assert "đã quyết định gỡ bài" in text_of(published.letter(DEPUTY, "Bài đăng trên Zalo"))


def test_a_deputy_may_leave_it_where_it_is_with_a_reason(published: Newsroom, rows: Rows) -> None:
    published.answer(SECRETARY, PUBLISHED, "GỠ: nội dung đã cũ")
    published.answer(DEPUTY, ASKED, "KHÔNG ĐỒNG Ý")
    assert "Chưa thực hiện" in published.receipt(DEPUTY)
    published.answer(DEPUTY, ASKED, "KHÔNG ĐỒNG Ý: nội dung còn hiệu lực")

    assert state(rows) == "published"
    assert rows("SELECT * FROM takedown") == []
    assert "nội dung còn hiệu lực" in text_of(published.letter(SECRETARY, "Bài đăng trên Zalo"))


def test_a_secretarys_own_mail_takes_nothing_down_before_it_is_confirmed(published: Newsroom, rows: Rows) -> None:
    published.write(SECRETARY, "Gỡ bài", "GỠ: ND-2026-0001, sai ngày chi trả")

    assert state(rows) == "published"
    confirm = text_of(published.letter(SECRETARY, "xác nhận yêu cầu gỡ"))
    assert 'Lý do đã nêu: "sai ngày chi trả"' in confirm
    published.answer(SECRETARY, "xác nhận yêu cầu gỡ", "GỠ: sai ngày chi trả")

    assert state(rows) == "takedown_asked"


def test_a_code_that_is_not_on_zalo_is_asked_for_again(published: Newsroom, rows: Rows) -> None:
    published.write(SECRETARY, "Gỡ bài", "GỠ: ND-2026-0099, sai ngày chi trả")

    assert "không tìm thấy bài đang đăng" in published.receipt(SECRETARY)
    assert state(rows) == "published"


def test_nobody_else_has_an_article_taken_down(published: Newsroom, rows: Rows) -> None:
    published.write(DEPUTY, "Gỡ bài", "GỠ: ND-2026-0001, sai ngày chi trả")
    published.mailroom.write("ai.do@mail.example.com", DESK, "Gỡ bài", "GỠ KHẨN: ND-2026-0001, sai")
    published.work()

    assert state(rows) == "published"
    assert rows("SELECT kind FROM inbound_mail ORDER BY inbound_mail_id DESC LIMIT 2") == [{"kind": "held"}] * 2
