"""A simulated Zalo for tests, a client of ours that talks to it over HTTP, and a desk whose account it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

import pytest
from sqlalchemy import Engine

from desk.gateways.zalo.articles import ArticleClient
from desk.gateways.zalo.authorised import Use
from desk.gateways.zalo.client import ZaloClient
from desk.gateways.zalo.exchange import Exchange
from desk.gateways.zalo.oauth import ZaloOAuth
from desk.runtime.settings import settings
from sandbox.zalo import FaultKind, FaultOrder, NewMessage, Simulator, running

ANNA = "3103741396296991610"
BINH = "3103741396296991611"
TIMEOUT = 0.5

Call = Callable[[ZaloClient], object]


@pytest.fixture(scope="session")
def zalo_server() -> Iterator[Simulator]:
    """Yield a simulated Zalo on a port of its own."""
    with running() as up:
        yield up


@pytest.fixture
def zalo(zalo_server: Simulator) -> Simulator:
    """Return the simulated Zalo as new, on real time."""
    with zalo_server.account.lock:
        zalo_server.account.reset()
    return zalo_server


@pytest.fixture
def desk_on_zalo(desk_database: Engine, zalo: Simulator, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """Yield the engine of a desk whose settings name the simulated Zalo as its account."""
    identity, pair = zalo.account.identity, zalo.account.grants.pair
    chosen = {
        "ZALO_APP_ID": identity.app_id,
        "ZALO_APP_SECRET": identity.secret_key,
        "ZALO_OA_ID": identity.oa_id,
        "ZALO_ACCESS_TOKEN": pair.access_token,
        "ZALO_REFRESH_TOKEN": pair.refresh_token,
        "ZALO_API_URL": zalo.base_url,
        "ZALO_OAUTH_URL": zalo.oauth_url,
        "ZALO_TIMEOUT_SECONDS": str(TIMEOUT),
        "ZALO_CALLS_PER_MINUTE": "1000000",
        "ACT_FROM": "2026-01-01T00:00+07:00",
        "DESK_ADDRESS": "hoidap@desk.example.vn",
        "OPS_ADDRESS": "ops@example.vn",
        "SMTP_HOST": "127.0.0.1",
    }
    for name, value in chosen.items():
        monkeypatch.setenv(name, value)
    zalo.account.knobs.requests_per_minute = 1_000_000
    settings.cache_clear()
    yield desk_database
    settings.cache_clear()


@dataclass
class TokensOf:
    """The tokens of a simulated account; renewing is a look at what is good now."""

    zalo: Simulator
    token: str = ""
    renewals: int = 0

    def current(self) -> str:
        return self.token or self.zalo.account.grants.pair.access_token

    def renewed(self, refused: str) -> str:
        self.renewals += 1
        self.token = self.zalo.account.grants.consent().access_token
        assert self.token != refused
        return self.token


@dataclass
class Counted:
    """An allowance without end that counts."""

    taken: list[Use] = field(default_factory=list)

    def take(self, use: Use) -> None:
        self.taken.append(use)


def client_of(zalo: Simulator, tokens: TokensOf | None = None) -> ZaloClient:
    return ZaloClient(Exchange(zalo.base_url, timeout_seconds=TIMEOUT), tokens or TokensOf(zalo), Counted())


def articles_of(zalo: Simulator, tokens: TokensOf | None = None) -> ArticleClient:
    return ArticleClient(Exchange(zalo.base_url, timeout_seconds=TIMEOUT), tokens or TokensOf(zalo), Counted())


def oauth_of(zalo: Simulator) -> ZaloOAuth:
    identity = zalo.account.identity
    return ZaloOAuth(
        Exchange(zalo.oauth_url, timeout_seconds=TIMEOUT),
        Exchange(zalo.base_url, timeout_seconds=TIMEOUT),
        app_id=identity.app_id,
        app_secret=identity.secret_key,
    )


def fault(zalo: Simulator, kind: FaultKind, **order: object) -> None:
    with zalo.account.lock:
        zalo.account.faults.switch_on(FaultOrder.model_validate({"kind": kind, **order}))


def citizen_writes(zalo: Simulator, text: str | None, user_id: str = ANNA, **row: object) -> str:
    """Let a citizen write, now unless a `time` is given, and return the message id."""
    return add_rows(zalo, [{"user_id": user_id, "message": text, **row}])[0]


def add_rows(zalo: Simulator, rows: list[dict[str, object]], *, by_oa: bool = False) -> list[str]:
    messages = [NewMessage.model_validate(row) for row in rows]
    with zalo.account.lock:
        return zalo.account.conversations.add(messages, 0 if by_oa else 1)


def ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def read_recent(client: ZaloClient) -> object:
    return client.recent_messages(0)


def read_anna(client: ZaloClient) -> object:
    return client.conversation(ANNA, 0)


def send_anna(client: ZaloClient) -> object:
    return client.send_text(ANNA, "Kính gửi Ông/Bà")


BROKEN: list[tuple[FaultKind, dict[str, object]]] = [
    (FaultKind.SERVER_ERROR, {}),
    (FaultKind.HTML_BODY, {}),
    (FaultKind.SLOW_REPLY, {"seconds": 2 * TIMEOUT}),
    (FaultKind.LOST_REPLY, {}),
]
