"""The Zalo gateway, wired to the settings, the stored tokens and the allowance that all workers share."""

from __future__ import annotations

from functools import cache
from threading import Lock
from time import monotonic, sleep
from typing import Final, assert_never

from desk.gateways.failures import GatewayDown
from desk.gateways.zalo.articles import ArticleClient
from desk.gateways.zalo.authorised import Use
from desk.gateways.zalo.client import ZaloClient
from desk.gateways.zalo.exchange import Exchange
from desk.gateways.zalo.media import MediaFetcher
from desk.gateways.zalo.oauth import ZaloOAuth
from desk.runtime.database import transaction
from desk.runtime.settings import Settings, settings
from desk.runtime.tokens import OaTokens
from desk.store.rate_budgets import take_calls

_BLOCK: Final = 50
_MOMENT: Final = 0.1  # seconds
# of a minute's calls a tenth is kept back for tokens and articles; pulls leave sends a quarter of the rest
_SENDS_UP_TO: Final = 0.9
_PULLS_UP_TO: Final = 0.675
# a lost reply to a token refresh costs the grant: it is waited for longer than any other
_OAUTH_PATIENCE: Final = 1.5


class SharedAllowance:
    """Calls taken from the minute's allowance in blocks, so that a call costs no statement of its own."""

    def __init__(self, app_id: str, calls_per_minute: int) -> None:
        self._app_id = app_id
        self._calls_per_minute = calls_per_minute
        self._turn = Lock()
        self._left = 0
        self._ends_at = 0.0

    def take(self, use: Use) -> None:
        """Take one call; a pull waits for the next minute where this one is used up.

        Raises:
            GatewayDown: a send found the minute used up: its lease must not run out while it waits.
        """
        while (wait := self._wait(use)) > 0:
            if use is Use.SEND:
                reason = "zalo: calls of this minute used up"
                raise GatewayDown(reason, retry_after=wait)
            sleep(wait)

    def _wait(self, use: Use) -> float:
        """Return how long to wait, having taken a call where that is 0."""
        with self._turn:
            if not self._left or monotonic() >= self._ends_at:
                most = self._most(use)
                calls = min(_BLOCK, most)
                with transaction() as connection:
                    block = take_calls(connection, self._app_id, calls=calls, most=most)
                if not block.granted:
                    return max(block.seconds_left, _MOMENT)
                self._left, self._ends_at = calls, monotonic() + block.seconds_left
            self._left -= 1
            return 0.0

    def _most(self, use: Use) -> int:
        match use:
            case Use.PULL:
                return int(self._calls_per_minute * _PULLS_UP_TO)
            case Use.SEND:
                return int(self._calls_per_minute * _SENDS_UP_TO)
            case never:
                assert_never(never)


def zalo_client() -> ZaloClient:
    """Return the account as the desk talks to it, one client a process; safe in threads."""
    return _wired(settings())[0]


def oa_tokens() -> OaTokens:
    """Return the account's tokens."""
    return _wired(settings())[1]


def article_client() -> ArticleClient:
    """Return the account's articles as the desk works on them; Zalo counts their calls apart from those of messages."""
    chosen = settings()
    exchange = Exchange(chosen.zalo_api_url, timeout_seconds=chosen.zalo_timeout_seconds)
    allowance = SharedAllowance(f"{chosen.zalo_app_id}/article", chosen.zalo_calls_per_minute)
    return ArticleClient(exchange, oa_tokens(), allowance)


def media_fetcher() -> MediaFetcher:
    """Return what fetches the files of citizens."""
    chosen = settings()
    return MediaFetcher(chosen.zalo_api_url, timeout_seconds=chosen.zalo_timeout_seconds)


def zalo_oauth(chosen: Settings) -> ZaloOAuth:
    """Return the OAuth host for the app of the settings."""
    return ZaloOAuth(
        Exchange(chosen.zalo_oauth_url, timeout_seconds=_OAUTH_PATIENCE * chosen.zalo_timeout_seconds),
        Exchange(chosen.zalo_api_url, timeout_seconds=chosen.zalo_timeout_seconds),
        app_id=chosen.zalo_app_id,
        app_secret=chosen.zalo_app_secret.get_secret_value(),
    )


@cache
def _wired(chosen: Settings) -> tuple[ZaloClient, OaTokens]:
    tokens = OaTokens(zalo_oauth(chosen), chosen)
    exchange = Exchange(chosen.zalo_api_url, timeout_seconds=chosen.zalo_timeout_seconds)
    allowance = SharedAllowance(chosen.zalo_app_id, chosen.zalo_calls_per_minute)
    return ZaloClient(exchange, tokens, allowance), tokens
