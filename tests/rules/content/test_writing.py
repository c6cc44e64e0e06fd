from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desk.rules.content.articles import Article, ImageBlock, TextBlock, VideoBlock
from desk.rules.content.writing import article_from, written

MAIL = """# Từ 01/01/2027, thẻ bảo hiểm y tế cấp trên **VssID**
Tác giả: Phòng Truyền thông
Mô tả: Những điều người tham gia cần biết.
Ảnh bìa: https://bhxh.example.vn/anh/bia.jpg

## Ai được cấp

Người tham gia *mới* và người đổi thẻ.
Xem thêm tại [trang hướng dẫn](https://bhxh.example.vn/vssid).

![Màn hình VssID](https://bhxh.example.vn/anh/1.jpg)

[video](https://bhxh.example.vn/v.mp4 https://bhxh.example.vn/v.jpg)

- Bước 1
- Bước 2
"""


def test_a_mail_in_markdown_becomes_an_article_of_blocks_as_zalo_shows_them() -> None:
    assert article_from(MAIL, subject="Bài viết: không dùng") == Article(
        title="Từ 01/01/2027, thẻ bảo hiểm y tế cấp trên VssID",
        author="Phòng Truyền thông",
        description="Những điều người tham gia cần biết.",
        cover_url="https://bhxh.example.vn/anh/bia.jpg",
        blocks=(
            TextBlock("Ai được cấp"),
            TextBlock(
                "Người tham gia *mới* và người đổi thẻ.\nXem thêm tại trang hướng dẫn (https://bhxh.example.vn/vssid)."
            ),
            ImageBlock("https://bhxh.example.vn/anh/1.jpg", "Màn hình VssID"),
            VideoBlock("https://bhxh.example.vn/v.mp4", "https://bhxh.example.vn/v.jpg"),
            TextBlock("- Bước 1\n- Bước 2"),
        ),
    )


def test_a_plain_mail_takes_its_title_from_the_subject_and_its_author_from_the_sender() -> None:
    article = article_from(
        "Đoạn một.\n\nĐoạn hai.", subject="Fwd: Bài viết: Lịch chi trả tháng 12", author="Lê Văn Bình"
    )

    assert (article.title, article.author) == ("Lịch chi trả tháng 12", "Lê Văn Bình")
    assert article.blocks == (TextBlock("Đoạn một."), TextBlock("Đoạn hai."))


@pytest.mark.parametrize(
    "greeting", ["Kính gửi Ban biên tập,", "Kính gửi anh/chị biên tập,\nDear anh Lan!", "\n\nChào chị,"]
)
def test_a_greeting_above_an_article_is_no_part_of_it(greeting: str) -> None:
    for article in (MAIL, "Đoạn một.\n\nKính gửi bạn đọc,\n\nĐoạn hai."):
        assert article_from(f"{greeting}\n\n{article}") == article_from(article)
        assert article_from(f"{greeting}\n{article}") == article_from(article)


def test_what_an_editor_gets_to_edit_reads_back_as_the_same_article() -> None:
    article = article_from(MAIL)

    assert article_from(written(article)) == article


def test_a_paragraph_that_looks_like_a_heading_or_a_field_stays_a_paragraph() -> None:
    article = Article(title="T", blocks=(TextBlock("Mô tả: hồ sơ gồm hai tờ"), TextBlock("# 1 trong 3\n![x](y)")))

    assert article_from(written(article)) == article


@given(st.text(alphabet="ab #*_[]()!:\\\n-ảTácgiẢh", max_size=120))
@example("**__**a**__**\n\n# b")
def test_no_edit_is_lost_between_two_letters_whatever_was_written(text: str) -> None:
    article = article_from(text)

    assert article_from(written(article)) == article
