"""The grant of the account to the app: codes for tokens, tokens that work once for new ones."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from desk.gateways.failures import GatewayDown, PermanentFailure
from desk.gateways.zalo.exchange import Exchange
from desk.gateways.zalo.refusals import NEXT, Asked, Next, TokenRefused, failure_of_code, failure_of_silence

_PATH: Final = "/v4/oa/access_token"
_PROBE: Final = "/v2.0/oa/getoa"
_DAY: Final = 86_400

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenPair:
    """Tokens as Zalo hands them out; `refresh_token` works once."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    lives: timedelta


class ZaloOAuth:
    """Zalo's OAuth v4 for one app. `exchange` reaches the OAuth host, `probe` the OA API."""

    def __init__(self, exchange: Exchange, probe: Exchange, *, app_id: str, app_secret: str) -> None:
        self._exchange = exchange
        self._probe = probe
        self._app_id = app_id
        self._app_secret = app_secret

    def exchange_code(self, code: str, verifier: str = "") -> TokenPair:
        """Return the first pair of a new consent; *verifier* may be empty where the console holds the challenge.

        Raises:
            PermanentFailure: the code is used, older than 10 minutes, or another app's.
            OutcomeUnknown: the code may have been used.
        """
        return self._ask({"grant_type": "authorization_code", "code": code, "code_verifier": verifier}, "")

    def refresh(self, refresh_token: str) -> TokenPair:
        """Return the next pair; from then on the old access token and the old refresh token are dead.

        Raises:
            GatewayDown: nothing was done.
            PermanentFailure: the account's administrator must consent anew; `code` is Zalo's.
            OutcomeUnknown: the pair may have been handed out and lost.
        """
        return self._ask({"grant_type": "refresh_token", "refresh_token": refresh_token}, refresh_token)

    def is_accepted(self, access_token: str) -> bool:
        """Return whether an access token still opens the account.

        Raises:
            GatewayDown: Zalo did not say.
        """
        try:
            reply = self._probe.ask("GET", _PROBE, Asked.ALL_ROWS, headers={"access_token": access_token})
        except TokenRefused:
            return False
        code = _code(reply)
        if NEXT.get(code) is Next.RENEW_TOKEN:
            return False
        if code:
            raise failure_of_code(code, Asked.ALL_ROWS, _PROBE)
        return True

    def _ask(self, form: Mapping[str, str], kept: str) -> TokenPair:
        form = {"app_id": self._app_id, **form}
        headers = {"secret_key": self._app_secret}
        try:
            reply = self._exchange.ask("POST", _PATH, Asked.TO_SEND, headers=headers, form=form)
        except TokenRefused as refused:  # HTTP 401 without a body of Zalo's: some proxy, not the OAuth host
            raise GatewayDown(refused.reason) from None
        access_token, refresh_token = reply.get("access_token"), reply.get("refresh_token")
        if not isinstance(access_token, str) or not access_token:
            code = _code(reply)
            if not code:
                raise failure_of_silence(Asked.TO_SEND, _PATH, "neither token nor error")
            if NEXT.get(code) is Next.WAIT:
                raise failure_of_code(code, Asked.TO_SEND, _PATH)
            reason = f"zalo {_PATH}: {code}"
            raise PermanentFailure(reason, code=str(code))
        if not isinstance(refresh_token, str) or not refresh_token:
            _log.warning("zalo %s: no refresh token in the reply, the old one is kept", _PATH)
            refresh_token = kept
        return TokenPair(access_token=access_token, refresh_token=refresh_token, lives=_lives(reply))


def _code(reply: Mapping[str, object]) -> int:
    try:
        return int(str(reply.get("error", 0)))
    except ValueError:
        return 0


def _lives(reply: Mapping[str, object]) -> timedelta:
    """Return how long the access token lives: seconds as a string or a number; an hour where Zalo does not say."""
    try:
        return timedelta(seconds=min(int(str(reply.get("expires_in"))), 100 * _DAY))
    except ValueError:
        return timedelta(hours=1)
