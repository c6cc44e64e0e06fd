"""A simulated Zalo for tests, and a client of ours that talks to it over HTTP."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from desk.gateways.zalo.client import Use, ZaloClient
from desk.gateways.zalo.exchange import Exchange
from desk.gateways.zalo.oauth import ZaloOAuth
from sandbox.zalo import FaultKind, FaultOrder, NewMessage, Simulator

ANNA = "3103741396296991610"
BINH = "3103741396296991611"
TIMEOUT = 0.2


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
