"""The account's tokens: current, renewed ahead and on refusal by one worker for all, never lost silently (A13).

Zalo hands a refresh token out once and kills the old access token with it. So a refresh is written down before it is
sent, no transaction is open meanwhile, the new pair is on disk before it is in the store and in the store before it is
used, and a refresh whose outcome is unknown is settled by asking whether the old tokens still work.
"""

from __future__ import annotations

import logging
from threading import Lock
from time import monotonic, sleep
from typing import Final

from sqlalchemy import Connection

from desk.gateways.failures import GatewayDown, OutcomeUnknown, PermanentFailure
from desk.gateways.zalo.oauth import TokenPair, ZaloOAuth
from desk.runtime.alarms import alarm_ops
from desk.runtime.database import transaction
from desk.runtime.settings import Settings
from desk.runtime.token_spool import TokenSpool
from desk.store import tokens
from desk.store.tokens import StoredPair

LEASE_SECONDS: Final = 120.0
AHEAD_SECONDS: Final = 5 * 3600.0
CONSENT_WARNING_DAYS: Final = 75
# how long a worker waits for another one's refresh before it gives the run up
_PATIENCE_SECONDS: Final = 10.0
_LOOK_AGAIN_SECONDS: Final = 0.1
_KIND: Final = "zalo_consent"
_REMEDY: Final = (
    "Cấp quyền lại cho ứng dụng bằng tài khoản quản trị OA, ghi cặp mã mới vào ZALO_ACCESS_TOKEN và "
    "ZALO_REFRESH_TOKEN trong tệp .env rồi khởi động lại hệ thống."
)

_log = logging.getLogger(__name__)


class OaTokens:
    """The tokens of the account for every call of this process; safe in threads."""

    def __init__(self, oauth: ZaloOAuth, chosen: Settings) -> None:
        self._oauth = oauth
        self._chosen = chosen
        self._spool = TokenSpool(chosen.data_dir / "oa_token.spool")
        self._turn = Lock()
        self._current = ""

    def current(self) -> str:
        """Return the access token in use.

        Raises:
            GatewayDown: there is none.
        """
        if not self._current:
            self._spool.take_in(_found)
            with transaction() as connection:
                self._current = self._pair(connection).access_token
        return self._current or self.renewed("")

    def renewed(self, refused: str) -> str:
        """Return an access token that Zalo has not just refused: another worker's, or one from a refresh of our own.

        Raises:
            GatewayDown: there is none to be had now; where a person must act, a work item says so.
        """
        give_up_at = monotonic() + _PATIENCE_SECONDS
        with self._turn:
            self._spool.take_in(_found)
            while (current := self._next_pair(refused)) is None:
                if monotonic() > give_up_at:
                    reason = "zalo: the token is being renewed elsewhere"
                    raise GatewayDown(reason)
                sleep(_LOOK_AGAIN_SECONDS)
            self._current = current
            return current

    def renew_ahead(self) -> bool:
        """Renew the token if it expires within five hours; returns whether it was.

        Raises:
            GatewayDown: it was not, and should have been.
        """
        self._spool.take_in(_found)
        with transaction() as connection:
            pair = self._pair(connection)
        return pair.seconds_left < AHEAD_SECONDS and self.renewed(pair.access_token) != pair.access_token

    def _pair(self, connection: Connection) -> StoredPair:
        """Return the stored pair; one that stands in the settings and was never seen before is a new consent."""
        if refresh_token := self._chosen.zalo_refresh_token.get_secret_value():
            tokens.add_pair(
                connection,
                access_token=self._chosen.zalo_access_token.get_secret_value(),
                refresh_token=refresh_token,
                lives_seconds=0,
                source="settings",
            )
        if pair := tokens.find_current_pair(connection):
            return pair
        reason = "zalo: no token: set ZALO_REFRESH_TOKEN"
        raise GatewayDown(reason)

    def _next_pair(self, refused: str) -> str | None:
        """Return the access token that takes the refused one's place; None while another worker renews it."""
        with transaction() as connection:
            pair = self._pair(connection)
            if pair.access_token != refused:
                return pair.access_token
            if tokens.was_refused_lately(connection, pair.oa_token_id):
                reason = "zalo: consent needed"
                raise GatewayDown(reason)
            begun = tokens.begin_refresh(connection, pair.oa_token_id, lease_seconds=LEASE_SECONDS)
            left = None if begun else tokens.take_over_refresh(connection, lease_seconds=LEASE_SECONDS)
            ours = begun or left
            if ours and self._pair(connection).oa_token_id != ours.of_token_id:  # renewed while we looked
                tokens.end_refresh(connection, ours.token_refresh_id, outcome="overtaken")
                return None
        if begun:
            return self._refresh(begun.token_refresh_id, pair)
        return self._settle(left.token_refresh_id, pair) if left else None

    def _refresh(self, token_refresh_id: int, pair: StoredPair) -> str:
        try:
            return self._keep(token_refresh_id, self._oauth.refresh(pair.refresh_token))
        except GatewayDown:
            _end(token_refresh_id, "not sent")
            raise
        except PermanentFailure as refusal:
            raise self._consent_needed(token_refresh_id, pair, refusal.code) from None
        except OutcomeUnknown as unknown:
            _log.warning("zalo: outcome of a token refresh unknown (%s), settling", unknown.reason)
            return self._settle(token_refresh_id, pair)

    def _settle(self, token_refresh_id: int, pair: StoredPair) -> str:
        """Find out what became of a refresh: if the old access token is dead, try the old refresh token once."""
        if pair.access_token and self._oauth.is_accepted(pair.access_token):
            _end(token_refresh_id, "did not happen")
            return pair.access_token
        try:
            return self._keep(token_refresh_id, self._oauth.refresh(pair.refresh_token))
        except PermanentFailure as refusal:
            raise self._consent_needed(token_refresh_id, pair, refusal.code) from None
        except OutcomeUnknown as unknown:  # left open: settled again once the lease is over
            raise GatewayDown(unknown.reason) from None

    def _keep(self, token_refresh_id: int, pair: TokenPair) -> str:
        try:
            self._spool.put(token_refresh_id, pair)
        except OSError as error:  # a full disk must not cost the grant: the store may still take it
            _log.error("oa_token.spool cannot be written: %s", error.strerror)
            _received(token_refresh_id, pair)
        else:
            self._spool.take_in(_received)
        return pair.access_token

    def _consent_needed(self, token_refresh_id: int, pair: StoredPair, code: str) -> GatewayDown:
        with transaction() as connection:
            tokens.end_refresh(connection, token_refresh_id, outcome=f"refused {code}")
            alarm_ops(
                connection,
                key=f"zalo-consent:{pair.oa_token_id}",
                kind=_KIND,
                subject="Zalo từ chối làm mới mã truy cập của OA",
                reason=f"Zalo từ chối làm mới mã truy cập của OA (mã lỗi {code}). Khi mã hiện tại hết hạn, hệ thống "
                "không nhận và không gửi được tin trên Zalo.",
                remedy=_REMEDY,
            )
        reason = f"zalo: consent needed ({code})"
        return GatewayDown(reason)


def warn_of_consent(connection: Connection) -> None:
    """Tell ops when the newest consent of a person has grown so old that it may end (90 days). Safe to repeat."""
    consent = tokens.find_consent(connection)
    if consent and consent.days >= CONSENT_WARNING_DAYS:
        alarm_ops(
            connection,
            key=f"zalo-consent-age:{consent.oa_token_id}",
            kind=_KIND,
            subject="Quyền truy cập Zalo OA sắp hết hạn",
            reason=f"Lần cấp quyền Zalo OA gần nhất đã qua {consent.days} ngày; quyền có thể hết hạn sau 90 ngày.",
            remedy=_REMEDY,
        )


def _received(token_refresh_id: int, pair: TokenPair) -> None:
    _store(token_refresh_id, pair, "refresh")


def _found(token_refresh_id: int, pair: TokenPair) -> None:
    _store(token_refresh_id, pair, "spool")


def _store(token_refresh_id: int, pair: TokenPair, source: str) -> None:
    with transaction() as connection:
        tokens.add_pair(
            connection,
            access_token=pair.access_token,
            refresh_token=pair.refresh_token,
            lives_seconds=pair.lives.total_seconds(),
            source=source,
            token_refresh_id=token_refresh_id,
        )
        tokens.end_refresh(connection, token_refresh_id, outcome="renewed")


def _end(token_refresh_id: int, outcome: str) -> None:
    with transaction() as connection:
        tokens.end_refresh(connection, token_refresh_id, outcome=outcome)
