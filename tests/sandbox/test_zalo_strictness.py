"""What strict refuses and lenient takes."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from tests.sandbox.zalo_client import CITIZEN, TIMEOUT, Zalo

GUESSES = [
    ("GET", "/v3.0/oa/listrecentchat", {"params": {"data": '{"offset":0,"count":10}'}}),
    ("GET", "/v3.0/oa/conversation", {"params": {"data": f'{{"user_id":"{CITIZEN}"}}'}}),
    ("GET", "/v2.0/oa/listrecentchat", {"params": {"offset": 0, "count": 10}}),
    ("GET", "/v3.0/oa/getoa", {}),
    ("GET", "/v3.0/oa/tag/gettagsofoa", {}),
    ("POST", "/v3.0/oa/upload/image", {"files": {"file": ("a.jpg", b"x")}}),
]


def call(zalo: Zalo, method: str, path: str, **rest: Any) -> int:
    reply = zalo.session.request(method, zalo.simulator.base_url + path, timeout=TIMEOUT, **rest)
    return int(reply.json()["error"])


@pytest.mark.parametrize(("method", "path", "rest"), GUESSES)
def test_guessed_paths_and_parameters_are_for_lenient_alone(
    zalo: Zalo, method: str, path: str, rest: dict[str, Any]
) -> None:
    assert call(zalo, method, path, **rest) in (404, -201)
    zalo.turn(strict=False)
    assert call(zalo, method, path, **rest) == 0


def test_a_token_in_the_query_string_is_for_lenient_alone(zalo: Zalo) -> None:
    token = zalo.session.headers.pop("access_token")

    assert call(zalo, "GET", "/v2.0/oa/getoa", params={"access_token": token}) == 404
    zalo.turn(strict=False)
    assert call(zalo, "GET", "/v2.0/oa/getoa", params={"access_token": token}) == 0


def test_without_a_token_nothing_is_answered_in_either_mode(zalo: Zalo) -> None:
    zalo.session.headers.pop("access_token")

    assert call(zalo, "GET", "/v2.0/oa/getoa") == -216
    zalo.turn(strict=False)
    assert call(zalo, "GET", "/v2.0/oa/getoa") == -216


def test_the_secret_travels_in_the_header_lenient_finds_it_in_the_body(zalo: Zalo) -> None:
    known = zalo.credentials
    form = {name: known[name] for name in ("app_id", "secret_key", "refresh_token")} | {"grant_type": "refresh_token"}
    url = f"{zalo.simulator.oauth_url}/v4/oa/access_token"

    assert requests.post(url, data=form, timeout=TIMEOUT).json()["error"] == -14004
    assert requests.post(url, json=form, timeout=TIMEOUT).json()["error"] == -14002
    zalo.turn(strict=False)
    assert "access_token" in requests.post(url, json=form, timeout=TIMEOUT).json()


def test_a_file_goes_by_token_lenient_takes_attachment_id_and_a_text_with_it(zalo: Zalo) -> None:
    zalo.writes({"message": "hỏi"})
    token = zalo.upload("/v2.0/oa/upload/file", "a.pdf", b"%PDF")["data"]["token"]

    def send(name: str, **more: str) -> int:
        message = {"attachment": {"type": "file", "payload": {name: token}}, **more}
        body = {"recipient": {"user_id": CITIZEN}, "message": message}
        return call(zalo, "POST", "/v3.0/oa/message/cs", json=body)

    assert [send("attachment_id"), send("token", text="kèm"), send("token")] == [-201, -201, 0]
    zalo.turn(file_field="attachment_id")
    assert [send("attachment_id"), send("token")] == [0, -201]
    zalo.turn(strict=False)
    assert [send("attachment_id"), send("token", text="kèm")] == [0, 0]


def test_a_quote_goes_by_its_field_lenient_takes_the_samples_bug(zalo: Zalo) -> None:
    (message_id,) = zalo.writes({"message": "hỏi"})
    no_such = "f" * 20

    assert zalo.text("a", react_message_id=no_such)["error"] == 0
    zalo.turn(strict=False)
    assert zalo.text("a", react_message_id=no_such)["error"] == -201
    assert zalo.text("a", react_message_id=message_id)["error"] == 0


def test_verify_is_a_post_lenient_takes_a_get(zalo: Zalo) -> None:
    assert call(zalo, "GET", "/v2.0/article/verify", params={"token": "t"}) == 404
    zalo.turn(strict=False)
    assert call(zalo, "GET", "/v2.0/article/verify", params={"token": "t"}) == -201


def test_text_is_counted_in_utf16_by_strict_and_in_characters_by_lenient(zalo: Zalo) -> None:
    zalo.writes({"message": "hỏi"})

    assert zalo.text("😀" * 2000)["error"] == -210
    zalo.turn(strict=False)
    assert zalo.text("😀" * 2000)["error"] == 0


@pytest.mark.parametrize("path", ["/v2.0/oa/nothing", "/", "/v3.0/oa/message/dance"])
def test_an_unknown_path_is_an_error_under_http_200(zalo: Zalo, path: str) -> None:
    reply = zalo.session.post(zalo.simulator.base_url + path, json={}, timeout=TIMEOUT)

    assert (reply.status_code, reply.json()["error"]) == (200, 404)
