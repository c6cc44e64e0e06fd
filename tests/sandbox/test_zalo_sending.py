"""Sending: what a message may hold, what comes back, and the row it leaves."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.zalo_client import ANOTHER, CITIZEN, SUNDAY, Zalo

URL = "https://desk.example.vn/a.jpg"
BUTTON = {"title": "Còn theo dõi", "type": "oa.query.show", "payload": "1"}
CARD = {"title": "Thông tin", "subtitle": "Đề nghị cung cấp", "image_url": URL}


@pytest.fixture(autouse=True)
def _somebody_wrote(zalo: Zalo) -> None:
    zalo.writes({"message": "hỏi", "time": SUNDAY - 1, "message_id": "a" * 20})


def template(**payload: object) -> dict[str, Any]:
    return {"attachment": {"type": "template", "payload": payload}}


def media(**element: object) -> dict[str, Any]:
    return template(template_type="media", elements=[element])


def sent(zalo: Zalo, message: dict[str, Any], user_id: str = CITIZEN) -> dict[str, Any]:
    return zalo.post("/v3.0/oa/message/cs", {"recipient": {"user_id": user_id}, "message": message})


def newest(zalo: Zalo) -> dict[str, Any]:
    row: dict[str, Any] = zalo.conversation(count=1)["data"][0]
    return row


def test_a_text_is_answered_with_its_id_and_quota_and_shows_in_the_conversation(zalo: Zalo) -> None:
    reply = zalo.text("Kính gửi Ông/Bà")

    message_id = reply["data"]["message_id"]
    assert reply == {
        "data": {
            "message_id": message_id,
            "user_id": CITIZEN,
            "sent_time": str(SUNDAY),
            "quota": {"quota_type": "reply", "remain": "8", "total": "8"},
        },
        "error": 0,
        "message": "Success",
    }
    row = newest(zalo)
    assert (row["src"], row["message_id"], row["message"], row["time"]) == (0, message_id, "Kính gửi Ông/Bà", SUNDAY)
    (record,) = zalo.control("GET", "/sent", user_id=CITIZEN)["sent"]
    assert (record["kind"], record["message_id"]) == ("text", message_id)
    assert record["body"]["message"]["text"] == "Kính gửi Ông/Bà"
    assert zalo.control("GET", "/sent", user_id=ANOTHER)["sent"] == []


@pytest.mark.parametrize(("words", "code"), [("a" * 2000, 0), ("a" * 2001, -210), ("😀" * 1001, -210), ("", -201)])
def test_a_text_holds_2000_characters_counted_in_utf16(zalo: Zalo, words: str, code: int) -> None:
    assert zalo.text(words)["error"] == code


def test_a_quote_must_name_a_message_of_that_conversation(zalo: Zalo) -> None:
    zalo.writes({"user_id": ANOTHER, "message": "khác", "message_id": "b" * 20})

    assert zalo.text("trả lời", quote_message_id="a" * 20)["error"] == 0
    assert zalo.text("trả lời", quote_message_id="b" * 20)["error"] == -201


def test_an_uploaded_image_shows_as_a_photo_with_its_caption_and_can_be_downloaded(zalo: Zalo) -> None:
    attachment_id = zalo.upload("/v2.0/oa/upload/image", "page.jpg", b"jpeg")["data"]["attachment_id"]

    reply = sent(zalo, {"text": "Trang 1/2", **media(media_type="image", attachment_id=attachment_id)})
    assert reply["error"] == 0
    row = newest(zalo)
    assert (row["type"], row["description"]) == ("photo", "Trang 1/2")
    assert zalo.session.get(row["url"], timeout=5).content == b"jpeg"


def test_a_file_goes_by_its_token(zalo: Zalo) -> None:
    token = zalo.upload("/v2.0/oa/upload/file", "letter.pdf", b"%PDF")["data"]["token"]

    assert sent(zalo, {"attachment": {"type": "file", "payload": {"token": token}}})["error"] == 0
    assert (newest(zalo)["type"], newest(zalo)["description"]) == ("file", "letter.pdf")


@pytest.mark.parametrize(
    "message",
    [
        media(media_type="image", url=URL),
        media(media_type="gif", url=URL, width=100, height=100),
        media(media_type="sticker", attachment_id="bfe458bf64fa8da4d4eb"),
        template(template_type="request_user_info", elements=[CARD]),
        template(template_type="list", elements=[CARD, {"title": "Chi tiết"}], buttons=[BUTTON]),
        {"text": "Còn theo dõi không?", **template(buttons=[BUTTON] * 5)},
    ],
)
def test_other_kinds_of_content_are_taken(zalo: Zalo, message: dict[str, Any]) -> None:
    assert sent(zalo, message)["error"] == 0
    assert newest(zalo)["src"] == 0


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({}, -201),
        ({"attachment": {"type": "image", "payload": {"url": URL}}}, -201),
        ({"attachment": []}, -201),
        ({"attachment": {"type": "file", "payload": {"token": "no such"}}}, -201),
        (template(template_type="carousel"), -201),
        (template(template_type="media", elements=[]), -201),
        (template(template_type="media", elements=[{"media_type": "image", "url": URL}] * 2), -210),
        (media(media_type=["image"], url=URL), -201),
        (media(media_type="image", url="http://desk.example.vn/a.jpg"), -201),
        (media(media_type="image", attachment_id="no such"), -201),
        (media(media_type="gif", url=URL), -201),
        (template(template_type="request_user_info", elements=[{"title": "a"}]), -201),
        (template(template_type="request_user_info", elements=[CARD, CARD]), -210),
        (template(template_type="list", elements=[{"title": "a" * 101, "subtitle": "b"}]), -210),
        (template(template_type="list", elements=[{"title": "không có phụ đề"}]), -201),
        ({"text": "a", **template(buttons=[BUTTON] * 6)}, -210),
        ({"text": "a", **template(buttons=[{**BUTTON, "type": "oa.dance"}])}, -201),
        ({"text": "a", **template(buttons=[{"title": "a", "type": "oa.open.url"}])}, -201),
        ({"text": "a", **template(buttons="one")}, -201),
    ],
)
def test_content_that_cannot_be_sent_is_refused_and_leaves_no_row(
    zalo: Zalo, message: dict[str, Any], code: int
) -> None:
    assert sent(zalo, message)["error"] == code
    assert newest(zalo)["src"] == 1


def test_buttons_may_be_shown_as_a_row_nobody_can_render(zalo: Zalo) -> None:
    zalo.turn(buttons_seen_as="nosupport")

    sent(zalo, {"text": "Còn theo dõi không?", **template(buttons=[BUTTON])})
    assert newest(zalo)["type"] == "nosupport"
    assert "message" not in newest(zalo)


@pytest.mark.parametrize(
    "body", [[], {"message": {"text": "a"}}, {"recipient": {"user_id": CITIZEN}}, {"recipient": "x"}]
)
def test_a_message_needs_a_recipient_and_content(zalo: Zalo, body: object) -> None:
    assert zalo.post("/v3.0/oa/message/cs", body)["error"] == -201


def test_v2_messages_to_a_citizen_are_shut_down(zalo: Zalo) -> None:
    body = {"recipient": {"user_id": CITIZEN}, "message": {"text": "a"}}

    assert zalo.post("/v2.0/oa/message", body)["error"] == -240


def test_v2_still_carries_anonymous_chats_and_reactions(zalo: Zalo) -> None:
    recipient = {"anonymous_id": "7", "conversation_id": "8"}
    reply = zalo.post("/v2.0/oa/message", {"recipient": recipient, "message": {"text": "Chào Ông/Bà"}})
    assert reply["data"] == {"message_id": reply["data"]["message_id"], **recipient}

    reaction = {"react_icon": "/-heart", "react_message_id": "a" * 20}
    body = {"recipient": {"user_id": CITIZEN}, "sender_action": reaction}
    assert zalo.post("/v2.0/oa/message", body)["error"] == 0
    reaction["react_message_id"] = "c" * 20
    assert zalo.post("/v2.0/oa/message", body)["error"] == -201
    assert [record["kind"] for record in zalo.control("GET", "/sent")["sent"]] == ["anonymous", "reaction"]


def test_a_broadcast_carries_articles_by_day(zalo: Zalo) -> None:
    article = {
        "type": "normal",
        "title": "Thông báo",
        "author": "BHXH",
        "description": "Mô tả",
        "cover": {"cover_type": "photo", "photo_url": URL},
        "body": [{"type": "text", "content": "Nội dung"}],
    }
    token = zalo.post("/v2.0/article/create", article)["data"]["token"]
    known = zalo.post("/v2.0/article/verify", {"token": token})["data"]["id"]

    def broadcast(*ids: object) -> dict[str, Any]:
        elements = [{"media_type": "article", "attachment_id": article_id} for article_id in ids]
        payload = {"template_type": "media", "elements": elements}
        message = {"attachment": {"type": "template", "payload": payload}}
        return zalo.post("/v2.0/oa/message", {"recipient": {"target": {"gender": "0"}}, "message": message})

    assert broadcast(known)["data"]["message_id"]
    assert broadcast("no such")["error"] == -201
    assert broadcast()["error"] == -201
    assert broadcast(*[known] * 6)["error"] == -210
    zalo.stop_clock("2026-11-22T22:00:00+07:00")
    assert broadcast(known)["error"] == -234


def test_templates_go_by_user_id_and_the_older_kinds_are_discontinued(zalo: Zalo) -> None:
    order = {"user_id": CITIZEN, "template_id": "7895417a7d3f9461cd2e", "template_data": {}}
    assert zalo.post("/v3.0/oa/message/template", order)["error"] == 0
    assert newest(zalo)["type"] == "nosupport"
    assert zalo.post("/v3.0/oa/message/template", {**order, "user_id": ANOTHER})["error"] == -213

    body = {"recipient": {"user_id": CITIZEN}, "message": {"attachment": {}}}
    assert zalo.post("/v3.0/oa/message/transaction", body)["error"] == -209
    zalo.stop_clock("2025-11-21T23:00:00+07:00")
    zalo.writes({"message": "hỏi"})
    assert zalo.post("/v3.0/oa/message/transaction", body)["error"] == 0
    assert zalo.post("/v3.0/oa/message/promotion", body)["error"] == -234


def test_a_message_may_show_in_the_conversation_a_while_after_it_was_accepted(zalo: Zalo) -> None:
    zalo.turn(echo_delay_seconds=30)
    message_id = zalo.text("trả lời")["data"]["message_id"]

    assert newest(zalo)["src"] == 1
    zalo.advance(30_000)
    assert (newest(zalo)["message_id"], newest(zalo)["time"]) == (message_id, SUNDAY)
