"""Faults: each strikes the calls it is for, as often as ordered, and no others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import requests

from sandbox.zalo import FaultKind
from tests.sandbox.zalo_client import ANOTHER, CITIZEN, MINUTE, SUNDAY, TIMEOUT, Zalo

ARTICLE = {
    "type": "normal",
    "title": "Thông báo",
    "author": "BHXH",
    "description": "Mô tả",
    "cover": {"cover_type": "photo", "photo_url": "https://desk.example.vn/cover.jpg"},
    "body": [{"type": "text", "content": "Nội dung"}],
}


@pytest.fixture(autouse=True)
def _twelve_rows(zalo: Zalo) -> None:
    zalo.writes(*({"message": f"hỏi {number}", "time": SUNDAY - 1 - number} for number in range(12)))


def words(reply: dict[str, Any]) -> list[str]:
    return [row["message"] for row in reply["data"]]


def test_a_lost_refresh_reply_has_rotated_the_token_all_the_same(zalo: Zalo) -> None:
    zalo.fault("lost_reply", path="/v4/oa/access_token", count=1)

    with pytest.raises(requests.ConnectionError):
        zalo.refresh(zalo.credentials["refresh_token"])
    assert zalo.refresh(zalo.credentials["refresh_token"])["error"] == -14014
    assert zalo.get("/v2.0/oa/getoa")["error"] == -216


def test_a_lost_request_has_done_nothing(zalo: Zalo) -> None:
    zalo.fault("lost_request", path="/v4/oa/access_token", count=1)

    with pytest.raises(requests.ConnectionError):
        zalo.refresh(zalo.credentials["refresh_token"])
    assert "access_token" in zalo.refresh(zalo.credentials["refresh_token"])


def test_a_slow_refresh_rotates_before_the_client_gives_up(zalo: Zalo) -> None:
    zalo.fault("slow_reply", path="/v4/oa/access_token", count=1, seconds=0.5)
    form = {"grant_type": "refresh_token", **zalo.credentials}
    url = f"{zalo.simulator.oauth_url}/v4/oa/access_token"

    with pytest.raises(requests.Timeout):
        requests.post(url, headers={"secret_key": zalo.credentials["secret_key"]}, data=form, timeout=0.1)
    assert zalo.refresh(zalo.credentials["refresh_token"])["error"] == -14014


def test_a_send_whose_reply_was_lost_shows_in_the_conversation(zalo: Zalo) -> None:
    zalo.fault("lost_reply", path="/message/cs", count=1)

    with pytest.raises(requests.ConnectionError):
        zalo.text("trả lời 000123-2")
    row = zalo.conversation()["data"][0]
    assert (row["src"], row["message"]) == (0, "trả lời 000123-2")


def test_an_article_whose_reply_was_lost_is_an_orphan_in_the_list(zalo: Zalo) -> None:
    zalo.fault("lost_reply", path="/article/create", count=1)

    with pytest.raises(requests.ConnectionError):
        zalo.post("/v2.0/article/create", ARTICLE)
    assert zalo.get("/v2.0/article/getslice", offset="0", limit="10", type="normal")["data"]["total"] == 1


@pytest.mark.parametrize("handled", [False, True])
@pytest.mark.parametrize(("kind", "status"), [("server_error", 500), ("html_body", 200)])
def test_a_broken_reply_may_come_before_or_after_the_deed(zalo: Zalo, kind: str, status: int, *, handled: bool) -> None:
    zalo.fault(kind, path="/message/cs", count=1, handled=handled)

    body = {"recipient": {"user_id": CITIZEN}, "message": {"text": "a"}}
    reply = zalo.session.post(f"{zalo.simulator.base_url}/v3.0/oa/message/cs", json=body, timeout=TIMEOUT)
    assert reply.status_code == status
    with pytest.raises(requests.JSONDecodeError):
        reply.json()
    assert len(zalo.control("GET", "/sent")["sent"]) == handled


def test_a_broken_reply_may_have_any_status(zalo: Zalo) -> None:
    zalo.fault("html_body", status=503, count=1)

    assert zalo.session.get(f"{zalo.simulator.base_url}/v2.0/oa/getoa", timeout=TIMEOUT).status_code == 503


def test_a_burst_over_the_rate_limit_comes_with_its_headers(zalo: Zalo) -> None:
    zalo.fault("rate_limited", count=2)
    url = f"{zalo.simulator.base_url}/v2.0/oa/getoa"

    replies = [zalo.session.get(url, timeout=TIMEOUT) for _ in range(3)]
    assert [reply.json()["error"] for reply in replies] == [-32, -32, 0]
    assert replies[0].headers["X-RateLimit-Remain"] == "0"
    assert replies[0].headers["X-RateLimit-Limit"] == "4000"


def test_tokens_can_die_in_the_middle_of_a_run(zalo: Zalo) -> None:
    zalo.fault("tokens_revoked", after=1, path="listrecentchat")

    assert [zalo.recent()["error"] for _ in range(2)] == [0, -216]
    zalo.use(zalo.refresh(zalo.credentials["refresh_token"])["access_token"])
    assert zalo.recent()["error"] == 0


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("send_failed", -200),
        ("type_restricted", -244),
        ("never_followed", -213),
        ("user_inactive", -227),
        ("user_quota_used", -218),
        ("quota_used", -211),
        ("window_closed", -230),
        ("no_zca", -320),
        ("zca_empty", -321),
        ("attachment_expired", -100),
    ],
)
def test_a_send_is_refused_for_every_reason_there_is(zalo: Zalo, kind: str, code: int) -> None:
    zalo.fault(kind, count=1)

    assert zalo.recent()["error"] == 0
    assert [zalo.text("a")["error"] for _ in range(2)] == [code, 0]
    assert len(zalo.control("GET", "/sent")["sent"]) == 1


def test_a_fault_may_be_for_one_citizen_until_it_is_switched_off(zalo: Zalo) -> None:
    zalo.writes({"user_id": ANOTHER, "message": "hỏi"})
    number = zalo.fault("type_restricted", user_id=CITIZEN)["id"]

    assert [zalo.text("a")["error"] for _ in range(3)] == [-244] * 3
    assert zalo.text("a", ANOTHER)["error"] == 0
    zalo.control("DELETE", f"/faults/{number}")
    assert zalo.text("a")["error"] == 0


def test_any_code_can_be_had(zalo: Zalo) -> None:
    zalo.fault("refused", code=-1340, message="group error", count=1)

    assert zalo.recent() == {"error": -1340, "message": "group error"}


def test_the_quota_block_can_be_absent(zalo: Zalo) -> None:
    zalo.fault("no_quota_block", count=1)

    assert ["quota" in zalo.text("a")["data"] for _ in range(2)] == [False, True]


def test_a_row_can_arrive_between_two_pages(zalo: Zalo) -> None:
    zalo.fault("row_between_pages")

    first, second = zalo.recent(), zalo.recent(offset=10)
    assert words(first)[0] == "hỏi 0"
    assert words(second) == ["hỏi 9", "hỏi 10", "hỏi 11"]
    assert words(zalo.recent())[:2] == ["Tin nhắn đến giữa hai trang", "hỏi 0"]


def test_a_row_can_turn_up_late_or_with_the_same_millisecond(zalo: Zalo) -> None:
    zalo.fault("late_row", path="/oa/conversation")
    zalo.fault("same_ms_row", path="/oa/conversation")

    rows = [*zalo.conversation()["data"], *zalo.conversation(offset=10)["data"]]
    times = {row["message"]: row["time"] for row in rows}
    assert len(rows) == 14
    assert times["Tin nhắn đến muộn"] == SUNDAY - 1 - MINUTE
    assert times["Tin nhắn cùng một phần nghìn giây"] == times["hỏi 0"]


@pytest.mark.parametrize(
    ("kind", "type_shown"),
    [
        ("unknown_type_row", "hologram"),
        ("nosupport_row", "nosupport"),
        ("missing_message_row", "text"),
        ("upper_case_gif_row", "GIF"),
    ],
)
def test_an_odd_row_arrives_once_and_stays(zalo: Zalo, kind: str, type_shown: str) -> None:
    zalo.fault(kind)

    first, second = zalo.conversation()["data"][0], zalo.conversation()["data"][0]
    assert first == second
    assert first["type"] == type_shown
    assert not first.get("message")


def test_the_row_that_turns_up_can_be_chosen(zalo: Zalo) -> None:
    zalo.fault("row_between_pages", row={"user_id": ANOTHER, "message": "của người khác"})
    zalo.recent(offset=10)

    assert words(zalo.conversation(ANOTHER)) == ["của người khác"]


def test_a_page_can_be_empty_and_ids_can_be_numbers(zalo: Zalo) -> None:
    zalo.fault("empty_page", count=1)
    assert zalo.recent()["data"] == []

    zalo.fault("bare_int_ids", count=1)
    row = zalo.recent()["data"][0]
    assert (row["from_id"], row["to_id"]) == (int(CITIZEN), int(zalo.credentials["oa_id"]))
    assert zalo.recent()["data"][0]["from_id"] == CITIZEN


def test_articles_can_be_pending_refused_for_their_cover_or_over_quota(zalo: Zalo) -> None:
    zalo.fault("cover_rejected", count=1)
    zalo.fault("article_quota_used", after=1, count=1)
    zalo.fault("article_pending", count=2)

    assert [zalo.post("/v2.0/article/create", ARTICLE)["error"] for _ in range(2)] == [-201, -223]
    token = zalo.post("/v2.0/article/create", ARTICLE)["data"]["token"]
    verified = [zalo.post("/v2.0/article/verify", {"token": token}) for _ in range(3)]
    assert [reply["error"] for reply in verified] == [-214, -214, 0]


def test_faults_strike_after_some_calls_and_are_listed_while_they_are_on(zalo: Zalo) -> None:
    zalo.fault("refused", code=-32, path="conversation", after=1, count=1)

    (on,) = zalo.control("GET", "/faults")["on"]
    assert (on["kind"], on["left"]) == ("refused", 1)
    assert [zalo.conversation()["error"] for _ in range(3)] == [0, -32, 0]
    assert zalo.control("GET", "/faults")["on"] == []


def test_every_fault_is_explained_by_the_server_and_in_the_manual(zalo: Zalo) -> None:
    explained = zalo.control("GET", "/faults")["kinds"]
    manual = (Path(__file__).parents[2] / "docs" / "simulator.md").read_text(encoding="utf-8")

    assert set(explained) == {kind.value for kind in FaultKind}
    assert [kind for kind in explained if f"`{kind}`" not in manual] == []
