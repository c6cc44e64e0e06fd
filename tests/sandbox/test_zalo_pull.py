"""Pulling: what rows look like, how they are paged, and how parameters may be written."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest

from tests.sandbox.zalo_client import ANOTHER, CITIZEN, MINUTE, SUNDAY, TIMEOUT, Zalo


def test_a_row_has_the_fields_and_types_of_the_documentation(zalo: Zalo) -> None:
    (message_id,) = zalo.writes({"message": "Xin hỏi", "display_name": "Nguyễn Văn An", "time": SUNDAY - 1})

    reply = zalo.recent()
    assert (reply["error"], reply["message"]) == (0, "Success")
    (row,) = reply["data"]
    assert row == {
        "src": 1,
        "time": SUNDAY - 1,
        "sent_time": "08:59:59 22/11/2026",
        "from_id": CITIZEN,
        "from_display_name": "Nguyễn Văn An",
        "from_avatar": row["from_avatar"],
        "to_id": zalo.credentials["oa_id"],
        "to_display_name": row["to_display_name"],
        "to_avatar": row["to_avatar"],
        "message_id": message_id,
        "type": "text",
        "message": "Xin hỏi",
    }
    assert re.fullmatch("[0-9a-f]{20}", message_id)


def test_each_kind_of_row_carries_its_own_fields(zalo: Zalo) -> None:
    link = {"title": "BHXH", "url": "https://example.vn", "thumb": "https://example.vn/t.jpg", "description": "d"}
    zalo.writes(
        {"type": "photo", "url": "https://example.vn/p.jpg", "thumb": "https://example.vn/t.jpg", "description": "sổ"},
        {"type": "link", "links": [link]},
        {"type": "location", "location": {"longitude": "105.8", "latitude": "21.0"}},
        {"type": "text", "message": "query:1:x:lương hưu", "extra": {"quote_message_id": "a" * 20}},
    )

    tap, location, links, photo = zalo.conversation()["data"]
    assert photo["description"] == "sổ"
    assert "message" not in photo
    assert links["links"] == [link]
    assert location["location"] == '{"longitude": "105.8", "latitude": "21.0"}'
    assert tap["quote_message_id"] == "a" * 20
    zalo.turn(links_as="strings")
    assert zalo.conversation()["data"][2]["links"] == ["https://example.vn"]


def test_pages_run_from_the_newest_to_the_end_and_past_it(zalo: Zalo) -> None:
    zalo.writes(*({"message": str(number), "time": SUNDAY - number * MINUTE} for number in range(25)))

    pages = [zalo.recent(offset)["data"] for offset in (0, 10, 20, 30)]
    assert [row["message"] for page in pages for row in page] == [str(number) for number in range(25)]
    assert [len(page) for page in pages] == [10, 10, 5, 0]


def test_a_conversation_holds_one_citizen_and_both_sides(zalo: Zalo) -> None:
    zalo.writes({"message": "hỏi", "time": SUNDAY - 2}, {"message": "khác", "user_id": ANOTHER, "time": SUNDAY - 2})
    zalo.control("POST", "/oa-messages", [{"user_id": CITIZEN, "message": "cán bộ gõ tay", "time": SUNDAY - 1}])

    typed, asked = zalo.conversation()["data"]
    assert (typed["src"], typed["from_id"], typed["to_id"]) == (0, zalo.credentials["oa_id"], CITIZEN)
    assert (asked["src"], asked["from_id"]) == (1, CITIZEN)
    assert len(zalo.recent()["data"]) == 3


def test_recent_rows_may_be_the_latest_of_each_conversation(zalo: Zalo) -> None:
    zalo.writes(*({"user_id": str(number % 3), "message": str(number), "time": SUNDAY - number} for number in range(9)))
    zalo.turn(recent_chat_rows="per_conversation")

    assert [row["message"] for row in zalo.recent()["data"]] == ["0", "1", "2"]
    assert [row["message"] for row in zalo.recent(offset=1, count=1)["data"]] == ["1"]


def test_more_than_ten_rows_are_refused_or_clamped(zalo: Zalo) -> None:
    zalo.writes(*({"message": "a"} for _ in range(12)))

    assert zalo.recent(count=11)["error"] == -210
    zalo.turn(over_count="clamp")
    assert len(zalo.recent(count=11)["data"]) == 10


@pytest.mark.parametrize(
    "data",
    [
        '{"user_id":"%s","offset":0,"count":10}',
        '{"user_id": "%s", "offset": 0, "count": 10}',
        '{"user_id":%s,"offset":0,"count":10}',
        '{"user_id":"%s","offset":"0","count":"10"}',
        "{user_id:%s,offset:0,count:10}",
        '{"user_id":"%s"}',
    ],
)
@pytest.mark.parametrize("space", ["+", "%20"])
def test_every_way_of_writing_the_parameters_is_read(zalo: Zalo, data: str, space: str) -> None:
    zalo.writes({"message": "hỏi"})
    encoded = quote(data % CITIZEN).replace("%20", space)

    reply = zalo.session.get(f"{zalo.simulator.base_url}/v2.0/oa/conversation?data={encoded}", timeout=TIMEOUT)
    assert [row["message"] for row in reply.json()["data"]] == ["hỏi"]


@pytest.mark.parametrize(
    "data", ["{", "[]", '{"user_id":""}', '{"user_id":"1","offset":-1}', '{"user_id":"1","count":"x"}']
)
def test_parameters_that_cannot_be_read_are_invalid(zalo: Zalo, data: str) -> None:
    url = f"{zalo.simulator.base_url}/v2.0/oa/conversation"
    assert zalo.session.get(url, params={"data": data}, timeout=TIMEOUT).json()["error"] == -201


def test_rows_of_the_future_show_when_the_clock_reaches_them(zalo: Zalo) -> None:
    zalo.writes({"message": "sau", "time": SUNDAY + MINUTE}, {"message": "trước", "time": SUNDAY - MINUTE})
    assert [row["message"] for row in zalo.recent()["data"]] == ["trước"]

    zalo.advance(MINUTE)
    assert [row["message"] for row in zalo.recent()["data"]] == ["sau", "trước"]


def test_a_late_row_takes_its_old_place_when_it_appears(zalo: Zalo) -> None:
    zalo.writes(
        {"message": "đến muộn", "time": SUNDAY - 2, "appears_at": SUNDAY + MINUTE},
        {"message": "đến trước", "time": SUNDAY - 3},
        {"message": "mới", "time": SUNDAY - 1},
    )
    assert [row["message"] for row in zalo.conversation()["data"]] == ["mới", "đến trước"]

    zalo.advance(MINUTE)
    assert [row["message"] for row in zalo.conversation()["data"]] == ["mới", "đến muộn", "đến trước"]


def test_odd_rows_come_as_they_are(zalo: Zalo) -> None:
    zalo.writes({"type": "GIF"}, {"type": "nosupport"}, {"type": "hologram", "message": ""}, {"message": "\u202e \x00"})

    rows = zalo.conversation()["data"]
    assert [row["type"] for row in rows] == ["text", "hologram", "nosupport", "GIF"]
    assert rows[0]["message"] == "\u202e \x00"


def test_fifty_thousand_messages_are_taken_at_once_and_paged_from_any_depth(zalo: Zalo) -> None:
    zalo.writes(*({"user_id": str(n % 500), "message": str(n), "time": SUNDAY - n} for n in range(50_000)))

    assert [row["message"] for row in zalo.recent(offset=49_995)["data"]] == [str(n) for n in range(49_995, 50_000)]
    assert zalo.conversation("7", offset=90)["data"][0]["message"] == str(90 * 500 + 7)
