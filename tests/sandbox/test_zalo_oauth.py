"""The grant: consent, rotation, expiry."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from tests.sandbox.zalo_client import DAY, HOUR, MINUTE, TIMEOUT, Zalo

CALLBACK = "https://desk.example.vn/zalo"


def permission(zalo: Zalo, **query: str) -> requests.Response:
    asked = {"app_id": zalo.credentials["app_id"], "redirect_uri": CALLBACK, **query}
    url = f"{zalo.simulator.oauth_url}/v4/oa/permission"
    return requests.get(url, params=asked, allow_redirects=False, timeout=TIMEOUT)


def code_of(zalo: Zalo, **query: str) -> str:
    return parse_qs(urlsplit(permission(zalo, **query).headers["location"]).query)["code"][0]


def exchange(zalo: Zalo, code: str, verifier: str = "") -> dict[str, Any]:
    return zalo.grant({"grant_type": "authorization_code", "code": code, "code_verifier": verifier})


def challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def test_consent_sends_the_administrator_back_with_a_code_the_account_and_the_state(zalo: Zalo) -> None:
    reply = permission(zalo, state="abc", code_challenge=challenge("v"))

    assert reply.status_code == 302
    answer = parse_qs(urlsplit(reply.headers["location"]).query)
    assert reply.headers["location"].startswith(CALLBACK)
    assert answer["oa_id"] == [zalo.credentials["oa_id"]]
    assert answer["state"] == ["abc"]
    assert answer["code"]


def test_a_code_is_exchanged_once_and_only_with_its_verifier(zalo: Zalo) -> None:
    code = code_of(zalo, code_challenge=challenge("the verifier"))

    assert exchange(zalo, code, "another")["error"] == -14005
    pair = exchange(zalo, code, "the verifier")
    assert set(pair) == {"access_token", "refresh_token", "expires_in"}
    assert pair["expires_in"] == "90000"
    assert exchange(zalo, code, "the verifier")["error"] == -14005
    zalo.use(pair["access_token"])
    assert zalo.get("/v2.0/oa/getoa")["error"] == 0


def test_a_code_lives_ten_minutes(zalo: Zalo) -> None:
    code = code_of(zalo)
    zalo.advance(10 * MINUTE)

    assert exchange(zalo, code)["error"] == -14005


def test_a_code_the_operator_pastes_needs_no_verifier(zalo: Zalo) -> None:
    assert "access_token" in exchange(zalo, zalo.control("POST", "/codes")["code"])


def test_a_callback_fixed_in_the_console_refuses_another(zalo: Zalo) -> None:
    zalo.turn(console_redirect_uri="https://other.example.vn")

    assert permission(zalo).json()["error"] == -14003
    assert permission(zalo, redirect_uri="https://other.example.vn").status_code == 302


def test_a_refresh_returns_a_new_pair_and_the_old_access_token_dies(zalo: Zalo) -> None:
    pair = zalo.refresh(zalo.credentials["refresh_token"])

    assert pair["refresh_token"] != zalo.credentials["refresh_token"]
    assert zalo.get("/v2.0/oa/getoa") == {"error": -216, "message": "Access token is invalid"}
    zalo.use(pair["access_token"])
    assert zalo.get("/v2.0/oa/getoa")["error"] == 0


def test_a_refresh_token_works_once(zalo: Zalo) -> None:
    zalo.refresh(zalo.credentials["refresh_token"])

    refused = zalo.refresh(zalo.credentials["refresh_token"])
    assert refused["error"] == -14014
    assert set(refused) == {"error", "error_name", "error_description", "error_reason", "ref_doc", "message"}
    assert refused["message"] == ""
    zalo.turn(spent_refresh_code=-14020)
    assert zalo.refresh(zalo.credentials["refresh_token"])["error"] == -14020
    zalo.turn(refresh_token_reusable=True)
    assert "access_token" in zalo.refresh(zalo.credentials["refresh_token"])


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"secret_key": "wrong"}, -14004), ({"app_id": "1"}, -14002), ({"grant_type": "password"}, -14018)],
)
def test_a_wrong_app_secret_or_grant_type_has_its_own_code(zalo: Zalo, changed: dict[str, str], code: int) -> None:
    form = {"grant_type": "refresh_token", "refresh_token": zalo.credentials["refresh_token"], **changed}
    assert zalo.grant(form, **changed)["error"] == code


def test_an_access_token_lives_25_hours(zalo: Zalo) -> None:
    zalo.advance(25 * HOUR - 1)
    assert zalo.get("/v2.0/oa/getoa")["error"] == 0

    zalo.advance(1)
    assert zalo.get("/v2.0/oa/getoa")["error"] == -220


def test_a_refresh_token_lives_three_months_from_its_own_minting_unless_it_inherits_the_rest(zalo: Zalo) -> None:
    zalo.advance(60 * DAY)
    second = zalo.refresh(zalo.credentials["refresh_token"])["refresh_token"]
    zalo.advance(60 * DAY)
    assert "access_token" in zalo.refresh(second)

    zalo.turn(refresh_life_restarts=False)
    first = zalo.control("POST", "/tokens")["refresh_token"]
    zalo.advance(60 * DAY)
    second = zalo.refresh(first)["refresh_token"]
    zalo.advance(60 * DAY)
    assert zalo.refresh(second)["error"] == -14014


def test_a_refresh_reply_may_lack_the_refresh_token_and_give_seconds_as_a_number(zalo: Zalo) -> None:
    zalo.turn(refresh_token_in_reply=False, expires_in_as="int")

    reply = zalo.refresh(zalo.credentials["refresh_token"])
    assert set(reply) == {"access_token", "expires_in"}
    assert reply["expires_in"] == 90_000
    assert "access_token" in zalo.refresh(zalo.credentials["refresh_token"])


def test_revoked_tokens_stop_working(zalo: Zalo) -> None:
    zalo.control("POST", "/tokens/revoke", {"refresh": True})

    assert zalo.get("/v2.0/oa/getoa")["error"] == -216
    assert zalo.refresh(zalo.credentials["refresh_token"])["error"] == -14014


def test_an_appsecret_proof_is_checked_when_sent_and_may_be_demanded(zalo: Zalo) -> None:
    key, token = zalo.credentials["secret_key"].encode(), zalo.credentials["access_token"].encode()
    zalo.turn(appsecret_proof_required=True)
    assert zalo.get("/v2.0/oa/getoa")["error"] == -242

    zalo.session.headers["appsecret_proof"] = hmac.new(key, token, hashlib.sha256).hexdigest()
    assert zalo.get("/v2.0/oa/getoa")["error"] == 0
