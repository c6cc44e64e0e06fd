"""The control API: clock, log, knobs, reset; and what every reply carries."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import requests

from sandbox.zalo import Knobs
from tests.sandbox.zalo_client import CITIZEN, DAY, HOUR, MINUTE, SUNDAY, TIMEOUT, Zalo


def asked(zalo: Zalo, **query: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = zalo.control("GET", "/requests", None, **query)["requests"]
    return entries


def test_the_clock_stands_where_it_is_put_and_moves_when_told(zalo: Zalo) -> None:
    zalo.stop_clock("2026-11-22T09:00:00+07:00")
    assert zalo.control("GET", "/clock") == {
        "now": SUNDAY,
        "vietnam_time": "2026-11-22T09:00:00+07:00",
        "mode": "stopped",
    }
    zalo.advance(HOUR)
    assert zalo.control("GET", "/clock")["now"] == SUNDAY + HOUR


def test_the_clock_can_run_from_an_instant_or_follow_real_time(zalo: Zalo) -> None:
    running = zalo.control("PUT", "/clock", {"run_from": SUNDAY})
    assert running["mode"] == "running"
    assert SUNDAY <= running["now"] < SUNDAY + MINUTE
    assert zalo.control("PUT", "/clock", {"advance_ms": DAY})["now"] >= SUNDAY + DAY
    assert zalo.control("PUT", "/clock", {"real": True})["mode"] == "real"


def test_a_minute_has_a_number_of_requests_for_each_api(zalo: Zalo) -> None:
    zalo.turn(requests_per_minute=2)
    url = f"{zalo.simulator.base_url}/v2.0/oa/getoa"

    replies = [zalo.session.get(url, timeout=TIMEOUT) for _ in range(3)]
    assert [reply.json()["error"] for reply in replies] == [0, 0, -32]
    assert [reply.headers["X-RateLimit-Remain"] for reply in replies] == ["1", "0", "0"]
    assert zalo.get("/v2.0/article/getslice", offset="0", limit="1")["error"] == 0
    assert "access_token" in zalo.refresh(zalo.credentials["refresh_token"])
    zalo.use(zalo.control("POST", "/tokens")["access_token"])
    zalo.advance(MINUTE)
    assert zalo.get("/v2.0/oa/getoa")["error"] == 0


def test_the_log_tells_what_was_asked_and_what_became_of_it_without_secrets(zalo: Zalo) -> None:
    zalo.writes({"message": "hỏi"})
    zalo.text("trả lời")
    zalo.conversation()
    pair = zalo.refresh(zalo.credentials["refresh_token"])
    zalo.refresh(zalo.credentials["refresh_token"])

    sent, pulled, first, second = asked(zalo)
    assert (sent["method"], sent["path"], sent["status"], sent["error"]) == ("POST", "/v3.0/oa/message/cs", 200, 0)
    assert sent["data"] == {"recipient": {"user_id": CITIZEN}, "message": {"text": "trả lời"}}
    assert pulled["data"] == {"user_id": CITIZEN, "offset": 0, "count": 10}
    assert (first["error"], second["error"]) == (0, -14014)
    assert first["data"]["refresh_token"] == second["data"]["refresh_token"]
    whole = str(asked(zalo))
    known = [zalo.credentials[name] for name in ("access_token", "refresh_token", "secret_key")]
    assert [secret for secret in (*known, *pair.values()) if secret in whole and secret != "90000"] == []


def test_the_log_is_read_in_part_and_cleared(zalo: Zalo) -> None:
    zalo.recent()
    zalo.conversation()
    zalo.fault("lost_request", count=1)
    with pytest.raises(requests.ConnectionError):
        zalo.recent()

    last = asked(zalo, limit="1")[0]
    assert (last["status"], last["error"], last["faults"]) == (0, None, ["lost_request"])
    assert [entry["path"] for entry in asked(zalo, path="conversation")] == ["/v2.0/oa/conversation"]
    assert asked(zalo, after=str(last["number"])) == []
    zalo.control("DELETE", "/requests")
    assert asked(zalo) == []


def test_knobs_are_turned_together_or_not_at_all(zalo: Zalo) -> None:
    url = f"{zalo.simulator.control_url}/knobs"

    refused = requests.patch(url, json={"zca": "none", "over_count": "shrug"}, timeout=TIMEOUT)
    assert refused.status_code == 422
    assert refused.json()["problems"][0]["loc"] == ["over_count"]
    assert zalo.control("GET", "/knobs") == Knobs().model_dump(mode="json")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/messages", [{"message": "không có người gửi"}]),
        ("POST", "/messages", [{"user_id": "1", "time": 1_795_312_800}]),
        ("POST", "/messages", {"user_id": "1"}),
        ("POST", "/faults", {"kind": "earthquake"}),
        ("PUT", "/clock", {"stop_at": "2026-11-22T09:00:00"}),
        ("PUT", "/citizens", [{"user_id": "1", "nickname": "An"}]),
    ],
)
def test_a_mistaken_order_is_refused_with_its_problem(zalo: Zalo, method: str, path: str, body: object) -> None:
    reply = requests.request(method, zalo.simulator.control_url + path, json=body, timeout=TIMEOUT)

    assert reply.status_code == 422
    assert reply.json()["problems"]


def test_reset_forgets_everything_and_mints_a_fresh_grant(zalo: Zalo) -> None:
    zalo.writes({"message": "hỏi"})
    zalo.turn(strict=False)
    zalo.fault("empty_page")

    fresh = zalo.control("POST", "/reset")
    assert zalo.get("/v2.0/oa/getoa")["error"] == -216
    zalo.use(fresh["access_token"])
    assert zalo.recent()["data"] == []
    assert zalo.control("GET", "/knobs")["strict"]
    assert zalo.control("GET", "/faults")["on"] == []


def test_files_of_citizens_are_served_at_the_address_their_row_names(zalo: Zalo) -> None:
    url = f"{zalo.simulator.control_url}/media/so-bhxh.jpg"
    put = requests.put(url, data=b"jpeg", headers={"content-type": "image/jpeg"}, timeout=TIMEOUT).json()
    zalo.writes({"type": "photo", "url": put["url"]})

    photo = requests.get(zalo.conversation()["data"][0]["url"], timeout=TIMEOUT)
    assert (photo.content, photo.headers["content-type"]) == (b"jpeg", "image/jpeg")
    assert requests.get(f"{zalo.simulator.base_url}/_media/none.jpg", timeout=TIMEOUT).status_code == 404


def test_errors_may_come_with_http_statuses_and_json_under_another_name(zalo: Zalo) -> None:
    zalo.turn(error_statuses=True, content_type="text/json")
    zalo.use("wrong")

    reply = zalo.session.get(f"{zalo.simulator.base_url}/v2.0/oa/getoa", timeout=TIMEOUT)
    assert (reply.status_code, reply.json()["error"]) == (401, -216)
    assert reply.headers["content-type"].startswith("text/json")


def test_the_articles_can_be_read_and_every_control_path_is_in_the_manual(zalo: Zalo) -> None:
    manual = (Path(__file__).parents[2] / "docs" / "simulator.md").read_text(encoding="utf-8")
    paths = ["/clock", "/messages", "/oa-messages", "/citizens", "/faults", "/knobs", "/credentials", "/tokens"]
    paths += ["/tokens/revoke", "/codes", "/requests", "/sent", "/articles", "/media/", "/reset"]

    assert zalo.control("GET", "/articles") == {"articles": []}
    assert [path for path in paths if f"/_control{path}" not in manual] == []
    assert [knob for knob in Knobs.model_fields if f"`{knob}`" not in manual] == []
