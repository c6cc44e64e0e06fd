"""An article's whole way by mail: written, proposed, reviewed, decided, published (Điều 11)."""

from __future__ import annotations

from datetime import timedelta

from tests.flows.conftest import Rows
from tests.mailroom import text_of
from tests.newsroom import AUTHOR, DEPUTY, EDITOR, SECRETARY, TEXT, TITLE, Newsroom


def test_an_authors_mail_is_published_by_the_editors_word_once_all_have_agreed(newsroom: Newsroom, rows: Rows) -> None:
    newsroom.write(AUTHOR, f"Bài viết: {TITLE}", TEXT)
    assert rows("SELECT code, state, author, editor FROM content_item") == [
        {"code": "ND-2026-0001", "state": "draft", "author": "HIEN", "editor": "LAN"}
    ]
    assert "mã tin ND-2026-0001" in text_of(newsroom.letter(AUTHOR, "Bài đăng trên Zalo"))
    assert "chuyển vào tài khoản" in text_of(newsroom.letter(EDITOR, "Bản thảo"))

    newsroom.answer(EDITOR, "Bản thảo", "ĐỀ XUẤT")
    newsroom.answer(SECRETARY, "Đề nghị xem xét", "Đồng ý.")
    newsroom.answer(DEPUTY, "Kính trình", "Nhất trí")
    newsroom.answer(EDITOR, "đã được đồng ý", "ĐĂNG")

    said = rows(
        "SELECT step, official_code, role, act, inbound_mail_id IS NOT NULL AS by_mail FROM approval ORDER BY 1"
    )
    assert [(row["step"], row["official_code"], row["role"]) for row in said] == [
        ("decide", "DUNG", "deputy_head"),
        ("propose", "LAN", "editor"),
        ("publish", "LAN", "editor"),
        ("review", "THAO", "secretary"),
        ("submit", "THAO", "secretary"),
    ]
    assert all(row["by_mail"] for row in said)
    (publication,) = rows(
        "SELECT state, publication.publish_at, decided_at FROM publication JOIN approval USING (approval_id)"
    )
    assert publication["state"] == "waiting"
    assert publication["publish_at"] >= publication["decided_at"] + timedelta(minutes=10)
    assert rows("SELECT state FROM content_item") == [{"state": "to_publish"}]
    for official in (EDITOR, SECRETARY, DEPUTY):
        assert "DỪNG" in text_of(newsroom.letter(official, "Bài sắp đăng"))
