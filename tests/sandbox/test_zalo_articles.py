"""Articles and their videos."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.zalo_client import SUNDAY, TIMEOUT, Zalo

ARTICLE: dict[str, Any] = {
    "type": "normal",
    "title": "Hướng dẫn gia hạn thẻ BHYT",
    "author": "BHXH Việt Nam",
    "description": "Thủ tục và thời hạn",
    "cover": {"cover_type": "photo", "photo_url": "https://desk.example.vn/cover.jpg", "status": "show"},
    "body": [{"type": "text", "content": "Nội dung"}, {"type": "image", "url": "https://desk.example.vn/1.jpg"}],
}


def created(zalo: Zalo, **changed: object) -> dict[str, Any]:
    return zalo.post("/v2.0/article/create", {**ARTICLE, **changed})


def id_of(zalo: Zalo, reply: dict[str, Any]) -> str:
    return str(zalo.post("/v2.0/article/verify", {"token": reply["data"]["token"]})["data"]["id"])


def test_an_article_is_created_verified_listed_and_read(zalo: Zalo) -> None:
    article_id = id_of(zalo, created(zalo))

    listed = zalo.get("/v2.0/article/getslice", offset="0", limit="10", type="normal")["data"]
    assert listed["total"] == 1
    (shown,) = listed["medias"]
    assert (shown["id"], shown["title"], shown["status"]) == (article_id, ARTICLE["title"], "hide")
    assert (shown["create_date"], shown["update_date"]) == (SUNDAY, SUNDAY)
    detail = zalo.get("/v2.0/article/getdetail", id=article_id)["data"]
    assert {name: detail[name] for name in ARTICLE} == ARTICLE
    assert (detail["status"], detail["comment"], detail["cite"]) == ("hide", "show", "")


def test_an_update_shows_it_and_a_removal_takes_it_away(zalo: Zalo) -> None:
    article_id = id_of(zalo, created(zalo))
    zalo.advance(1)

    updated = zalo.post("/v2.0/article/update", {**ARTICLE, "id": article_id, "status": "show", "title": "Mới"})
    assert id_of(zalo, updated) == article_id
    (shown,) = zalo.get("/v2.0/article/getslice", offset="0", limit="10", type="normal")["data"]["medias"]
    assert (shown["status"], shown["title"], shown["update_date"]) == ("show", "Mới", SUNDAY + 1)
    assert zalo.post("/v2.0/article/remove", {"id": article_id}) == {"error": 0, "message": "Success"}
    assert zalo.get("/v2.0/article/getslice", offset="0", limit="10", type="normal")["data"]["total"] == 0
    assert zalo.get("/v2.0/article/getdetail", id=article_id)["error"] == -201
    assert zalo.post("/v2.0/article/verify", {"token": updated["data"]["token"]})["error"] == -201


def test_the_newest_article_is_listed_first_and_pages_have_a_limit(zalo: Zalo) -> None:
    for number in range(3):
        created(zalo, title=f"Bài {number}")

    page = zalo.get("/v2.0/article/getslice", offset="1", limit="2", type="normal")["data"]
    assert [media["title"] for media in page["medias"]] == ["Bài 1", "Bài 0"]
    assert zalo.get("/v2.0/article/getslice", offset="0", limit="11", type="normal")["error"] == -210
    zalo.turn(article_slice_max=50)
    assert zalo.get("/v2.0/article/getslice", offset="0", limit="11", type="normal")["error"] == 0


def test_while_an_article_is_processed_it_is_nowhere_to_be_seen(zalo: Zalo) -> None:
    zalo.turn(article_processing_seconds=30)
    reply = created(zalo)

    assert zalo.post("/v2.0/article/verify", reply["data"])["error"] == -214
    assert zalo.get("/v2.0/article/getslice", offset="0", limit="10", type="normal")["data"]["total"] == 0
    zalo.advance(30_000)
    assert zalo.post("/v2.0/article/verify", reply["data"])["data"]["id"]
    assert zalo.get("/v2.0/article/getslice", offset="0", limit="10", type="normal")["data"]["total"] == 1


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"title": "a" * 151}, -210),
        ({"author": "a" * 51}, -210),
        ({"description": "a" * 301}, -210),
        ({"title": ""}, -201),
        ({"type": "poem"}, -201),
        ({"status": "maybe"}, -201),
        ({"cover": None}, -201),
        ({"cover": {"cover_type": "photo", "photo_url": "http://desk.example.vn/cover.jpg"}}, -201),
        ({"cover": {"cover_type": "video", "video_id": "no such"}}, -201),
        ({"body": []}, -201),
        ({"body": ["text"]}, -201),
        ({"body": [{"type": "text"}]}, -201),
        ({"body": [{"type": ["text"]}]}, -201),
        ({"body": [{"type": "image", "url": "ftp://desk.example.vn/1.jpg"}]}, -201),
    ],
)
def test_an_article_out_of_shape_is_refused(zalo: Zalo, changed: dict[str, Any], code: int) -> None:
    assert created(zalo, **changed)["error"] == code


def test_a_month_has_a_number_of_articles(zalo: Zalo) -> None:
    zalo.turn(articles_per_month=1)
    created(zalo)

    assert created(zalo)["error"] == -223
    zalo.use_lasting_token()
    zalo.stop_clock("2026-12-01T00:00:00+07:00")
    assert created(zalo)["error"] == 0


def test_a_video_is_converted_and_makes_a_video_article(zalo: Zalo) -> None:
    zalo.turn(article_processing_seconds=30)
    token = zalo.upload("/v2.0/article/upload_video/preparevideo", "a.mp4", b"video")["data"]["token"]
    url = f"{zalo.simulator.base_url}/v2.0/article/upload_video/verify"
    video = zalo.session.get(url, headers={"token": token}, timeout=TIMEOUT).json()["data"]
    assert (video["status"], video["video_id"], video["video_size"]) == (3, "", 5)

    zalo.advance(30_000)
    video = zalo.get("/v2.0/article/upload_video/verify", token=token)["data"]
    assert (video["status"], video["convert_percent"], video["video_name"]) == (1, 100, "a.mp4")
    article = {"type": "video", "title": "Phim", "description": "Mô tả", "video_id": video["video_id"], "avatar": "a"}
    assert zalo.post("/v2.0/article/create", article)["error"] == 0
    cover = {"cover_type": "video", "video_id": video["video_id"], "cover_view": "square"}
    assert created(zalo, cover=cover)["error"] == 0
    assert created(zalo, cover={**cover, "cover_view": "round"})["error"] == -201


def test_videos_are_mp4_or_avi_and_known_by_their_token(zalo: Zalo) -> None:
    assert zalo.upload("/v2.0/article/upload_video/preparevideo", "a.mov", b"video")["error"] == -201
    assert zalo.get("/v2.0/article/upload_video/verify", token="no such")["error"] == -201
