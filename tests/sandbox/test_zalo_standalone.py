"""The simulator as a program of its own, and a client that knows nothing but the standard library."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sandbox.zalo_client import CITIZEN, Zalo

# fmt: off
FIELDS = [
    "recipient", "message", "attachment", "payload", "elements", "buttons", "type", "template_type", "media_type",
    "user_id", "text", "title", "cover", "cover_type", "body", "sender_action", "target", "token", "id", "tag_name",
    "anonymous_id", "conversation_id", "quote_message_id", "attachment_id", "url", "description", "author",
]
# fmt: on
POSTS = ["/v3.0/oa/message/cs", "/v2.0/oa/message", "/v2.0/article/create", "/v3.0/oa/quota/message"]

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=4),
    max_leaves=12,
)


def ask(url: str, body: object = None, form: dict[str, str] | None = None, **headers: str) -> dict[str, Any]:
    content = urlencode(form).encode() if form else json.dumps(body).encode() if body is not None else None
    if body is not None:
        headers["content-type"] = "application/json"
    with urlopen(Request(url, content, headers), timeout=5) as reply:  # noqa: S310 - http on loopback
        answer = json.load(reply)
    assert isinstance(answer, dict)
    return answer


@pytest.fixture(scope="module")
def base_url() -> Iterator[str]:
    command = [sys.executable, "-m", "sandbox.zalo", "--port", "0", "--lenient"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        yield program.stdout.readline().strip()
        program.send_signal(signal.SIGINT)
        _, complaints = program.communicate(timeout=10)
    assert (program.returncode, complaints) == (0, "")


def test_a_client_of_the_standard_library_refreshes_pulls_and_answers(base_url: str) -> None:
    known = ask(f"{base_url}/_control/credentials")
    ask(f"{base_url}/_control/messages", [{"user_id": CITIZEN, "message": "Xin hỏi lương hưu"}])

    form = {"app_id": known["app_id"], "grant_type": "refresh_token", "refresh_token": known["refresh_token"]}
    pair = ask(f"{base_url}/v4/oa/access_token", form=form, secret_key=known["secret_key"])
    token = pair["access_token"]
    data = urlencode({"data": '{"offset": 0, "count": 10}'})
    (row,) = ask(f"{base_url}/v2.0/oa/listrecentchat?{data}", access_token=token)["data"]
    message = {"text": "Kính gửi Ông/Bà", "quote_message_id": row["message_id"]}
    body = {"recipient": {"user_id": row["from_id"]}, "message": message}
    assert ask(f"{base_url}/v3.0/oa/message/cs", body, access_token=token)["message"] == "Success"
    assert ask(f"{base_url}/_control/knobs")["strict"] is False


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(path=st.sampled_from(POSTS), body=st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=5))
def test_no_body_however_odd_breaks_the_server(zalo: Zalo, path: str, body: dict[str, Any]) -> None:
    assert isinstance(zalo.post(path, body)["error"], int)
