"""Who may say what on an article, and until when: stops, forwarded letters, delegations that end, unproved authors."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desk.rules.calendar import local_date
from desk.rules.office import Role
from desk.runtime import office as offices
from desk.runtime.database import transaction
from desk.runtime.settings import settings
from tests.flows.conftest import Rows, trusting_office
from tests.mailroom import DESK, text_of
from tests.newsroom import (
    AUTHOR,
    DEPUTY,
    EDITOR,
    HEAD,
    OTHER_DEPUTY,
    OTHER_EDITOR,
    SECRETARY,
    TEXT,
    TITLE,
    Newsroom,
)


def state(rows: Rows) -> str:
    return str(rows("SELECT state FROM content_item")[0]["state"])


def test_whoever_took_part_may_stop_a_publication_within_ten_minutes(newsroom: Newsroom, rows: Rows) -> None:
    newsroom.to_the_publication()
    newsroom.answer(DEPUTY, "Bài sắp đăng", "DỪNG")

    assert state(rows) == "agreed"
    assert rows("SELECT state FROM publication") == [{"state": "stopped"}]
    assert "đã dừng việc đăng bài" in text_of(newsroom.letter(SECRETARY, "Bài đăng trên Zalo"))

    newsroom.answer(EDITOR, "đã dừng", "ĐĂNG")
    assert rows("SELECT state FROM publication ORDER BY publication_id") == [{"state": "stopped"}, {"state": "waiting"}]


def test_an_hour_that_is_past_is_refused_and_one_to_come_is_kept(newsroom: Newsroom, rows: Rows) -> None:
    newsroom.to_the_decider()
    newsroom.answer(DEPUTY, "Kính trình", "ĐỒNG Ý")
    newsroom.answer(EDITOR, "đã được đồng ý", "ĐĂNG: 07:00 23/11/2026")
    assert "đã qua" in newsroom.receipt(EDITOR)

    newsroom.answer(EDITOR, "đã được đồng ý", "ĐĂNG: 08:00 25/11/2026")
    (publication,) = rows("SELECT publish_at AT TIME ZONE 'Asia/Ho_Chi_Minh' AS at FROM publication")
    assert f"{publication['at']:%d/%m %H:%M}" == "25/11 08:00"


def test_an_hour_that_passes_while_the_mail_lies_unread_is_kept_as_soon_as_it_can_be_stopped(
    newsroom: Newsroom, rows: Rows
) -> None:
    newsroom.to_the_decider()
    newsroom.answer(DEPUTY, "Kính trình", "ĐỒNG Ý")
    newsroom.answer(EDITOR, "đã được đồng ý", "ĐĂNG: 08:45 23/11/2026", work=False)
    newsroom.later(hours=1)
    newsroom.work()

    (publication,) = rows("SELECT publish_at FROM publication")
    assert publication["publish_at"] == newsroom.now + timedelta(minutes=10)


def test_a_forwarded_letter_is_worth_nothing_from_anybody_else(newsroom: Newsroom, rows: Rows) -> None:
    newsroom.to_the_decider()
    for other in (SECRETARY, OTHER_DEPUTY, HEAD, "ai.do@mail.example.com"):
        newsroom.answer(DEPUTY, "Kính trình", "ĐỒNG Ý", sender=other)

    assert state(rows) == "in_decision"
    assert rows("SELECT kind FROM inbound_mail ORDER BY inbound_mail_id DESC LIMIT 4") == [{"kind": "held"}] * 4
    newsroom.answer(DEPUTY, "Kính trình", "ĐỒNG Ý")
    assert state(rows) == "agreed"


def test_an_author_hears_that_there_is_no_editor_and_may_send_the_article_again(newsroom: Newsroom, rows: Rows) -> None:
    office = trusting_office()
    people = tuple(one for one in office.officials if Role.EDITOR not in one.roles)
    with transaction() as connection:
        offices.load(connection, replace(office, officials=people))

    newsroom.write(AUTHOR, f"Bài: {TITLE}", TEXT)
    assert "Không có ai giữ vai trò biên tập viên" in newsroom.receipt(AUTHOR)
    assert rows("SELECT kind FROM work_item") == rows("SELECT code FROM content_item") == []

    with transaction() as connection:
        offices.load(connection, office)
    newsroom.write(AUTHOR, f"Bài: {TITLE}", TEXT)
    assert state(rows) == "draft"


def test_a_delegation_that_ended_after_the_letter_decides_nothing(newsroom: Newsroom, rows: Rows) -> None:
    newsroom.to_the_decider()
    yesterday = local_date(newsroom.now)
    newsroom.later(days=1)
    office = trusting_office()
    ended = tuple(replace(one, valid_to=yesterday) for one in office.delegations)
    with transaction() as connection:
        offices.load(connection, replace(office, delegations=ended))

    newsroom.answer(DEPUTY, "Kính trình", "ĐỒNG Ý")

    assert state(rows) == "in_decision"
    assert "Đề nghị Thư ký rút bài và trình người khác" in newsroom.receipt(DEPUTY)
    newsroom.answer(SECRETARY, "Đã trình", "RÚT")
    newsroom.answer(SECRETARY, "Đề nghị trình lại", "TRÌNH: Phó Trưởng Ban")
    assert "không được quyết định nội dung ngày này" in newsroom.receipt(SECRETARY)
    newsroom.answer(SECRETARY, "Đề nghị trình lại", "TRÌNH: Trưởng Ban")
    newsroom.answer(HEAD, "Kính trình", "ĐỒNG Ý")
    assert state(rows) == "agreed"


def test_a_second_word_by_the_same_letter_hears_what_the_first_did(newsroom: Newsroom, rows: Rows) -> None:
    newsroom.to_the_decider()
    newsroom.answer(DEPUTY, "Kính trình", "ĐỒNG Ý", work=False)
    newsroom.answer(DEPUTY, "Kính trình", "KHÔNG ĐỒNG Ý: nghĩ lại")

    assert state(rows) == "agreed"
    assert "Ông/Bà đã cho ý kiến về việc này" in newsroom.receipt(DEPUTY)


def test_an_author_whom_the_mail_server_does_not_vouch_for_is_put_before_a_person(
    newsroom: Newsroom, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAIL_RELAY_AUTHENTICATES_FROM", "false")
    settings.cache_clear()
    newsroom.write(AUTHOR, f"Bài: {TITLE}", TEXT)

    assert rows("SELECT * FROM content_item") == []
    (mail,) = rows("SELECT kind, held_because FROM inbound_mail WHERE from_address = :author", author=AUTHOR)
    assert mail["kind"] == "held"
    assert "chưa nhận bài viết" in mail["held_because"]


@pytest.mark.parametrize(
    ("sender", "to", "subject"),
    [
        (AUTHOR, DESK, "bai dang: lich chi tra"),
        ("mai.thanh.binh@bhxh.example.vn", DESK, "BÀI: lịch chi trả"),
        (AUTHOR, DESK.replace("@", "+bai-viet@"), "Lịch chi trả"),
    ],
)
def test_authors_write_as_they_like(newsroom: Newsroom, rows: Rows, sender: str, to: str, subject: str) -> None:
    newsroom.mailroom.write(sender, to, subject, "Từ ngày 02/12/2026 chi trả lương hưu.\n\nTrân trọng.\n")
    newsroom.work()

    (version,) = rows("SELECT lower(title) AS title, blocks FROM content_version")
    assert version["title"] in {"lịch chi trả", "lich chi tra"}
    assert [block["content"] for block in version["blocks"]] == ["Từ ngày 02/12/2026 chi trả lương hưu."]
    assert "Chưa có ảnh bìa" in text_of(newsroom.letter(EDITOR, "Bản thảo"))


def test_what_zalo_would_refuse_is_told_with_the_draft_and_cannot_be_proposed(newsroom: Newsroom, rows: Rows) -> None:
    newsroom.write(AUTHOR, f"Bài: {TITLE}", TEXT.replace("lich.jpg", "missing.jpg"))

    assert "không có ảnh tại địa chỉ này" in text_of(newsroom.letter(EDITOR, "Bản thảo"))
    newsroom.answer(EDITOR, "Bản thảo", "ĐỀ XUẤT")
    assert "bài còn nội dung Zalo không nhận" in newsroom.receipt(EDITOR)
    assert state(rows) == "draft"


def test_an_editors_own_article_goes_to_another_editor(newsroom: Newsroom, rows: Rows) -> None:
    newsroom.write(EDITOR, f"Bài: {TITLE}", TEXT)

    assert rows("SELECT author, editor FROM content_item") == [{"author": "LAN", "editor": "QUANG"}]
    assert newsroom.letter(OTHER_EDITOR, "Bản thảo")


def test_a_word_with_a_text_below_it_is_neither(newsroom: Newsroom, rows: Rows) -> None:
    newsroom.write(AUTHOR, f"Bài: {TITLE}", TEXT)
    newsroom.answer(EDITOR, "Bản thảo", f"ĐỀ XUẤT\n\n{TEXT}")

    assert state(rows) == "draft"
    assert rows("SELECT version FROM content_version") == [{"version": 1}]
    assert "Lệnh phải đứng một mình" in newsroom.receipt(EDITOR)
