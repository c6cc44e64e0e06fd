from __future__ import annotations

from dataclasses import replace

import pytest

from desk.rules.content.articles import (
    Article,
    ImageBlock,
    TextBlock,
    VideoBlock,
    article_of_row,
    blocks_json,
    differs,
    flaws,
    mark_in,
    zalo_form,
)
from desk.rules.content.codes import content_code, find_content_codes

CODE = "ND-2026-0012"
ARTICLE = Article(
    title="Lịch chi trả lương hưu tháng 12",
    author="Phòng Truyền thông",
    description="Ngày chi trả theo từng địa phương.",
    cover_url="https://bhxh.example.vn/bia.jpg",
    blocks=(
        TextBlock("Chi trả từ ngày 05/12."),
        ImageBlock("https://bhxh.example.vn/1.jpg", "Lịch chi trả"),
        TextBlock("Liên hệ 1900 9068."),
    ),
)


def test_an_article_within_zalos_limits_may_be_proposed() -> None:
    assert flaws(ARTICLE) == []
    assert flaws(replace(ARTICLE, title="T" * 150, author="A" * 50, description="M" * 300)) == []


@pytest.mark.parametrize(
    ("article", "said"),
    [
        (replace(ARTICLE, title="T" * 151), "Tiêu đề dài 151 ký tự, Zalo nhận không quá 150; rút bớt 1 ký tự."),
        (replace(ARTICLE, title=" "), "Chưa có tiêu đề; viết không quá 150 ký tự."),
        (replace(ARTICLE, author="A" * 52), "Tác giả dài 52 ký tự, Zalo nhận không quá 50; rút bớt 2 ký tự."),
        (replace(ARTICLE, description=""), "Chưa có mô tả; viết không quá 300 ký tự."),
        (replace(ARTICLE, description="M" * 301), "Mô tả dài 301 ký tự, Zalo nhận không quá 300; rút bớt 1 ký tự."),
        (replace(ARTICLE, cover_url=""), "Chưa có ảnh bìa"),
        (replace(ARTICLE, cover_url="http://bhxh.example.vn/bia.jpg"), "Ảnh bìa chưa có địa chỉ công khai"),
        (replace(ARTICLE, blocks=()), "Chưa có nội dung"),
        (replace(ARTICLE, blocks=(*ARTICLE.blocks, ImageBlock("anh2.jpg"))), "Ảnh 2 chưa có địa chỉ công khai"),
        (
            replace(ARTICLE, blocks=(*ARTICLE.blocks, VideoBlock("https://v.example", "x.jpg"))),
            "Ảnh đại diện của video 1",
        ),
    ],
)
def test_what_zalo_would_refuse_is_named_with_its_remedy(article: Article, said: str) -> None:
    (flaw,) = flaws(article)

    assert flaw.startswith(said)


def test_letters_made_of_two_characters_count_once() -> None:
    assert flaws(replace(ARTICLE, title="ế" * 150)) == []


def test_a_stored_version_is_the_article_again() -> None:
    row = {name: getattr(ARTICLE, name) for name in ("title", "author", "description", "cover_url")}

    assert article_of_row(**row, blocks=blocks_json(ARTICLE)) == ARTICLE


def test_an_article_is_found_again_by_the_mark_at_its_end() -> None:
    form = zalo_form(ARTICLE, code=CODE, version=3, show=False)

    assert form["body"][-1] == {"type": "text", "content": "Mã tin: ND-2026-0012-v3"}
    assert (form["status"], mark_in(form)) == ("hide", (CODE, 3))
    assert mark_in({"body": [{"type": "text", "content": "Bài do cán bộ viết tay"}]}) is None


def test_a_comparison_passes_over_pictures_that_zalo_keeps_elsewhere_and_finds_every_changed_word() -> None:
    detail = zalo_form(ARTICLE, code=CODE, version=3, show=True)
    detail["body"][1]["url"] = "https://photo.zadn.example/9"
    assert differs(ARTICLE, detail, code=CODE, version=3) == []

    detail["body"][0]["content"] = "Chi trả từ ngày 06/12."
    assert differs(ARTICLE, detail, code=CODE, version=3) == ["nội dung"]
    assert differs(ARTICLE, detail | {"title": "Lịch"}, code=CODE, version=3) == ["tiêu đề", "nội dung"]
    assert differs(ARTICLE, detail, code=CODE, version=4) == ["nội dung"]


@pytest.mark.parametrize(
    "written", ["ND-2026-0012", "nd 2026 0012", "ND–2026–0012-v3", "[Nd.2026.0012]", "mã ND 2026/0012"]
)
def test_a_code_is_read_as_people_write_it(written: str) -> None:
    assert find_content_codes(written) == (content_code(2026, 12),)


@pytest.mark.parametrize("text", ["ZL 26-004512-7", "Nghị định 2026-0012", "hand 2026 0012", "ND-2026-12"])
def test_other_numbers_are_no_code_of_an_item(text: str) -> None:
    assert find_content_codes(text) == ()
