"""What clients asked and what became of it, without the secrets they carried."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sandbox.zalo.calls import Call
from sandbox.zalo.refusals import Json

KEPT = 20_000
SECRETS = frozenset(
    {
        "access_token",
        "refresh_token",
        "secret_key",
        "code",
        "code_verifier",
        "appsecret_proof",
        "authorization",
        "cookie",
    }
)


@dataclass(frozen=True)
class Entry:
    """One request: `error` is Zalo's code (0 went well), `status` 0 means the connection was dropped."""

    number: int
    time: int
    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    data: Mapping[str, Any]
    status: int
    error: int | None
    faults: list[str]


class RequestLog:
    """The last requests, oldest first."""

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=KEPT)
        self._last = 0

    def add(self, call: Call, *, time: int, status: int, error: int | None) -> None:
        """Record a request and its outcome."""
        self._last += 1
        faults = [fault.kind.value for fault in call.faults]
        query, headers, data = (_without_secrets(part) for part in (call.query, call.headers, call.data))
        self._entries.append(
            Entry(self._last, time, call.method, call.path, query, headers, data, status, error, faults)
        )

    def entries(self, path: str = "", after: int = 0) -> list[Entry]:
        """Return the requests whose path contains something, past a number."""
        return [entry for entry in self._entries if path in entry.path and entry.number > after]

    def shown(self, path: str, after: int, limit: int) -> list[Json]:
        """Return the requests as the control API shows them, at most so many, the newest of them."""
        return [asdict(entry) for entry in self.entries(path, after)[-limit:]]

    def clear(self) -> None:
        """Forget the requests; numbers go on."""
        self._entries.clear()


def _without_secrets(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _fingerprint(value) if name.lower() in SECRETS else value for name, value in values.items()}


def _fingerprint(value: object) -> str:
    """Tell whether the same secret was used twice, without giving it away."""
    return f"sha256:{hashlib.sha256(str(value).encode()).hexdigest()[:12]}"
