"""One HTTP exchange with Zalo: a request, and the JSON object that came back or the failure that it was."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
import urllib3
from requests.adapters import HTTPAdapter

from desk.gateways.failures import Failure, GatewayDown
from desk.gateways.zalo.refusals import Asked, failure_of_silence, failure_of_status

Json = Mapping[str, Any]

_CONNECTIONS = 8
# of a request that failed before a byte of it was written
_NEVER_CONNECTED = (
    urllib3.exceptions.NewConnectionError,
    urllib3.exceptions.ConnectTimeoutError,
    urllib3.exceptions.ProxyError,
    urllib3.exceptions.SSLError,
)


class Exchange:
    """Pooled connections to one of Zalo's hosts. Redirects are not followed: they would carry the token elsewhere."""

    def __init__(self, base_url: str, *, timeout_seconds: float) -> None:
        self._base_url = base_url.rstrip("/")
        self._timeout = timeout_seconds
        self._session = requests.Session()
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        adapter = HTTPAdapter(pool_maxsize=_CONNECTIONS)
        self._session.mount("https://", adapter)
        self._session.mount("http://", adapter)

    def ask(
        self,
        method: str,
        path: str,
        asked: Asked,
        *,
        headers: Mapping[str, str],
        data: Mapping[str, object] | None = None,
        query: Mapping[str, str] | None = None,
        body: Mapping[str, object] | None = None,
        form: Mapping[str, str] | None = None,
        upload: tuple[str, bytes] | None = None,
    ) -> Json:
        """Return the JSON object of the reply; *data* travels as Zalo's one query parameter of JSON.

        *query* travels as plain parameters, as articles alone take them; *upload* is a file's name and content.

        Raises:
            Failure: no reply, or none that can be read. Its text holds the path and nothing that was sent.
        """
        try:
            response = self._session.request(
                method,
                self._base_url + path,
                params=query if data is None else {"data": json.dumps(data, separators=(",", ":"))},
                json=body,
                data=form,
                files=None if upload is None else {"file": upload},
                headers=headers,
                timeout=self._timeout,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            raise _failure_of_break(error, asked, path) from None
        try:
            reply = json.loads(response.content)
        except ValueError:
            reply = None
        if not isinstance(reply, dict):
            raise failure_of_status(response.status_code, asked, path)
        return reply


def _failure_of_break(error: requests.RequestException, asked: Asked, path: str) -> Failure:
    name = type(error).__name__
    cause = error.args[0] if error.args else None
    reason = cause.reason if isinstance(cause, urllib3.exceptions.MaxRetryError) else cause
    if isinstance(error, requests.ConnectTimeout) or isinstance(reason, _NEVER_CONNECTED):
        return GatewayDown(f"zalo {path}: not connected, {name}")
    return failure_of_silence(asked, path, name)
