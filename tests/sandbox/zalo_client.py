"""A few lines of client, enough to hold the simulator to its contract over HTTP."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import requests

from sandbox.zalo import Simulator

CITIZEN = "3103741396296991610"
ANOTHER = "3103741396296991611"
SUNDAY = 1_795_312_800_000  # Sunday 2026-11-22 09:00 in Vietnam
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
TIMEOUT = 10


@dataclass
class Zalo:
    """A client that holds a good access token, and the control API beside it."""

    simulator: Simulator
    session: requests.Session
    credentials: dict[str, str]

    def get(self, path: str, data: object = None, **query: str) -> dict[str, Any]:
        """GET with the token, *data* as JSON in the query parameter of that name."""
        parameters = query if data is None else {"data": json.dumps(data), **query}
        reply = self.session.get(self.simulator.base_url + path, params=parameters, timeout=TIMEOUT)
        return _object(reply)

    def post(self, path: str, body: object) -> dict[str, Any]:
        """POST JSON with the token."""
        return _object(self.session.post(self.simulator.base_url + path, json=body, timeout=TIMEOUT))

    def upload(self, path: str, filename: str, content: bytes) -> dict[str, Any]:
        """POST one file with the token."""
        files = {"file": (filename, content)}
        return _object(self.session.post(self.simulator.base_url + path, files=files, timeout=TIMEOUT))

    def text(self, words: str, user_id: str = CITIZEN, **more: object) -> dict[str, Any]:
        """Send a consultation text."""
        message = {"text": words, **more}
        return self.post("/v3.0/oa/message/cs", {"recipient": {"user_id": user_id}, "message": message})

    def recent(self, offset: int = 0, count: int = 10) -> dict[str, Any]:
        """Pull the newest messages of all."""
        return self.get("/v2.0/oa/listrecentchat", {"offset": offset, "count": count})

    def conversation(self, user_id: str = CITIZEN, offset: int = 0, count: int = 10) -> dict[str, Any]:
        """Pull the newest messages of one citizen."""
        return self.get("/v2.0/oa/conversation", {"user_id": user_id, "offset": offset, "count": count})

    def refresh(self, refresh_token: str, **changed: str) -> dict[str, Any]:
        """Ask for a new pair."""
        return self.grant({"grant_type": "refresh_token", "refresh_token": refresh_token}, **changed)

    def grant(self, form: dict[str, str], **changed: str) -> dict[str, Any]:
        """POST a form to the token path with the app's credentials, some of them changed."""
        known = {**self.credentials, **changed}
        reply = requests.post(
            f"{self.simulator.oauth_url}/v4/oa/access_token",
            headers={"secret_key": known["secret_key"]},
            data={"app_id": known["app_id"], **form},
            timeout=TIMEOUT,
        )
        return _object(reply)

    def use(self, access_token: str) -> None:
        """Call with another access token from now on."""
        self.session.headers["access_token"] = access_token

    def use_lasting_token(self) -> None:
        """Call with an access token that outlives the test."""
        self.turn(access_token_seconds=365 * DAY // 1000)
        self.use(self.control("POST", "/tokens")["access_token"])

    def control(self, method: str, path: str, body: object = None, /, **query: str) -> dict[str, Any]:
        """Call the control API."""
        url = self.simulator.control_url + path
        reply = requests.request(method, url, json=body, params=query, timeout=TIMEOUT)
        assert reply.status_code == 200, reply.text
        return _object(reply)

    def writes(self, *messages: dict[str, Any]) -> list[str]:
        """Let citizens write; a message without `user_id` is of CITIZEN."""
        ids = self.control("POST", "/messages", [{"user_id": CITIZEN, **message} for message in messages])
        return list(ids["message_ids"])

    def fault(self, kind: str, **order: object) -> dict[str, Any]:
        """Switch a fault on."""
        return self.control("POST", "/faults", {"kind": kind, **order})

    def turn(self, **knobs: object) -> None:
        """Turn knobs."""
        self.control("PATCH", "/knobs", knobs)

    def stop_clock(self, at: int | str) -> None:
        """Set the clock to an instant and leave it there."""
        self.control("PUT", "/clock", {"stop_at": at})

    def advance(self, milliseconds: int) -> None:
        """Move the clock on."""
        self.control("PUT", "/clock", {"advance_ms": milliseconds})


def _object(reply: requests.Response) -> dict[str, Any]:
    value = reply.json()
    assert isinstance(value, dict)
    return value
