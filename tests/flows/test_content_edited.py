"""What an editor sends back is mostly our own source text: every word of it counts, whichever program sends it."""

from __future__ import annotations

from datetime import timedelta
from email.policy import SMTP as SMTP_POLICY
from typing import Any

import pytest

from desk.rules.content.articles import article_of_row
from desk.rules.content.writing import article_from
from desk.runtime.decisions.decision import DecisionRefusedError
from sandbox.people.letters import read_letter
from sandbox.people.programs import PROGRAMS, Author, Program, answer
from tasks.drafting import hand_draft_over
from tests.documents.papers import draft
from tests.flows.conftest import Rows
from tests.mailroom import text_of
from tests.newsroom import AUTHOR, DEPUTY, EDITOR, HEAD, OTHER_EDITOR, SECRETARY, TEXT, TITLE, Newsroom

SOURCE = TEXT + (
    "\n![Lịch chi trả tiền mặt](https://anh.example.vn/bang.jpg)\n\n"
    "Từ: 01/2027 mức hưởng tính theo quy định mới. Người hưởng xem thông tin trên VssID.\n"
)
MENDED = SOURCE.replace("Người hưởng nhận tiền mặt mang theo căn cước.", "Người nhận tiền mặt mang theo căn cước.")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def newest(rows: Rows) -> dict[str, Any]:
    (row,) = rows(
        "SELECT version, title, author, description, cover_url, blocks FROM content_version "
        "ORDER BY version DESC LIMIT 1"
    )
    return row


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_a_whole_text_comes_through_every_mail_program_unchanged(
    newsroom: Newsroom, rows: Rows, program: Program
) -> None:
    newsroom.write(AUTHOR, f"Bài: {TITLE}", SOURCE)
    letter = read_letter(newsroom.letter(EDITOR, "Bản thảo").as_bytes(policy=SMTP_POLICY), EDITOR, newsroom.now)
    editor = Author("Lê Ngọc Lan", EDITOR, program, "Trân trọng,\nLê Ngọc Lan\nĐT: 024 3000 0103")
    newsroom.later(minutes=1)
    reply = answer(editor, letter, f"Kính gửi hệ thống,\n\n{MENDED}", newsroom.now + timedelta(seconds=1))
    newsroom.mailroom.send(EDITOR, letter.reply_to, reply.as_bytes())
    newsroom.work()

    row = newest(rows)
    assert row.pop("version") == 2
    assert article_of_row(**row) == article_from(MENDED)
    assert "Người nhận tiền mặt" in text_of(newsroom.letter(EDITOR, "Bản thảo"))


def test_a_word_file_of_an_editor_is_the_next_version_under_the_same_title(newsroom: Newsroom, rows: Rows) -> None:
    newsroom.write(AUTHOR, f"Bài: {TITLE}", TEXT)
    file = draft("Từ ngày 03/12/2026, lương hưu được chuyển vào tài khoản.", "Nhận tiền mặt mang theo căn cước.")
    newsroom.answer(EDITOR, "Bản thảo", "", files=[("bai.docx", WORD, file)])

    row = newest(rows)
    assert (row["version"], row["title"]) == (2, TITLE)
    assert row["blocks"] == [
        {"type": "text", "content": "Từ ngày 03/12/2026, lương hưu được chuyển vào tài khoản."},
        {"type": "text", "content": "Nhận tiền mặt mang theo căn cước."},
    ]


def test_an_author_may_send_a_word_file(newsroom: Newsroom, rows: Rows) -> None:
    file = draft("# Lịch chi trả", "Mô tả: Từ ngày 02/12/2026.", "Nhận tiền mặt mang theo căn cước.")
    newsroom.write(AUTHOR, "Bài viết: xem tệp", "Kính gửi bài.", files=[("bai.docx", WORD, file)])

    row = newest(rows)
    assert (row["title"], row["description"]) == ("Lịch chi trả", "Từ ngày 02/12/2026.")
    assert "bai.docx" in text_of(newsroom.letter(EDITOR, "Bản thảo"))
    assert rows("SELECT subject, text FROM content_intake") == [{"subject": "", "text": ""}]


def test_a_file_that_cannot_be_read_is_asked_for_again(newsroom: Newsroom, rows: Rows) -> None:
    newsroom.write(AUTHOR, f"Bài: {TITLE}", TEXT)
    newsroom.answer(EDITOR, "Bản thảo", "", files=[("bai.docx", WORD, b"khong phai tep Word")])

    assert newest(rows)["version"] == 1
    assert "Không đọc được phần chữ" in text_of(newsroom.letter(EDITOR, "Bài đăng trên Zalo"))


@pytest.mark.parametrize("said", ["Tôi đã sửa đoạn 2 cho gọn.", "ĐỒNG Ý", "Tiêu đề: Lịch chi trả\n\nNội dung mới."])
def test_what_is_no_whole_text_edits_nothing_and_says_how(newsroom: Newsroom, rows: Rows, said: str) -> None:
    newsroom.write(AUTHOR, f"Bài: {TITLE}", TEXT)
    newsroom.answer(EDITOR, "Bản thảo", said)

    assert newest(rows)["version"] == 1
    assert "bắt đầu bằng dòng # Tiêu đề" in newsroom.receipt(EDITOR)


@pytest.mark.parametrize("is_file", [False, True], ids=["in the mail", "as a file"])
def test_the_same_text_sent_back_is_no_new_version_and_voids_nobodys_word(
    newsroom: Newsroom, rows: Rows, *, is_file: bool
) -> None:
    newsroom.to_the_decider()
    files = [("bai.docx", WORD, draft(*TEXT.strip().split("\n\n")[1:]))] if is_file else []
    newsroom.answer(EDITOR, "Đã đề xuất", "" if is_file else TEXT, files=files)

    assert rows("SELECT version, state FROM content_item") == [{"version": 1, "state": "in_decision"}]
    told = newsroom.letter(EDITOR, "Bài đăng trên Zalo") if is_file else newsroom.letter(EDITOR, "iến của Ông/Bà")
    assert "giống hệt bản 1" in text_of(told)


def test_the_same_text_is_looked_at_again_where_only_its_pictures_were_at_fault(newsroom: Newsroom, rows: Rows) -> None:
    text = TEXT.replace("lich.jpg", "missing.jpg")
    newsroom.write(AUTHOR, f"Bài: {TITLE}", text)
    newsroom.answer(EDITOR, "Bản thảo", text)

    assert newest(rows)["version"] == 2


def test_a_title_that_reads_like_an_order_is_a_title(newsroom: Newsroom, rows: Rows) -> None:
    newsroom.write(AUTHOR, f"Bài: {TITLE}", TEXT)
    newsroom.answer(EDITOR, "Bản thảo", TEXT.replace(TITLE, "Trả lại: tiền đóng thừa bảo hiểm xã hội"))

    assert newest(rows)["title"] == "Trả lại: tiền đóng thừa bảo hiểm xã hội"


def test_an_edit_before_publication_stops_it_and_all_begins_anew(newsroom: Newsroom, rows: Rows) -> None:
    newsroom.to_the_publication()
    newsroom.answer(EDITOR, "Đã đề xuất", MENDED)

    assert rows("SELECT state FROM publication") == [{"state": "stopped"}]
    assert rows("SELECT state FROM content_item") == [{"state": "draft"}]
    for whose in (AUTHOR, SECRETARY, DEPUTY):
        assert "đã sửa bài thành bản 2" in text_of(newsroom.letter(whose, "Bài đăng trên Zalo"))


def test_a_form_lays_a_draft_into_another_editors_tray_and_proposes_nothing(newsroom: Newsroom, rows: Rows) -> None:
    newsroom.write(AUTHOR, f"Bài: {TITLE}", TEXT)
    done = hand_draft_over.fn("nd 2026 0001", "QUANG", newsroom.now)

    assert "Đỗ Minh Quang" in done
    assert rows("SELECT state, editor FROM content_item") == [{"state": "draft", "editor": "QUANG"}]
    assert "Gửi bản thảo bài đăng" in text_of(newsroom.letter(OTHER_EDITOR, "Đã thực hiện"))
    newsroom.answer(OTHER_EDITOR, "Bản thảo", "ĐỀ XUẤT")
    assert rows("SELECT state FROM content_item") == [{"state": "in_review"}]


@pytest.mark.parametrize(("code", "to"), [("ND-2026-0099", "QUANG"), ("ND-2026-0001", "SON"), ("bài mới", "QUANG")])
def test_a_form_that_fits_nothing_is_refused(newsroom: Newsroom, code: str, to: str) -> None:
    newsroom.write(AUTHOR, f"Bài: {TITLE}", TEXT)

    with pytest.raises(DecisionRefusedError):
        hand_draft_over.fn(code, to, newsroom.now)
    assert not newsroom.subjects(HEAD)
