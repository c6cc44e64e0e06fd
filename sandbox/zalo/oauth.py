"""The grant of the account to the app: codes, access tokens and refresh tokens that work once."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from sandbox.zalo.calls import Call, Carrier, Endpoint, Host
from sandbox.zalo.clock import DAY, MINUTE, SECOND, VirtualClock
from sandbox.zalo.identity import Identity
from sandbox.zalo.knobs import Knobs
from sandbox.zalo.refusals import Json, Refused

CODE_LIVES = 10 * MINUTE


@dataclass
class _Code:
    challenge: str
    expires_at: int


@dataclass
class _RefreshToken:
    expires_at: int
    consented_at: int
    spent: bool = False


@dataclass(frozen=True)
class Pair:
    """An access token and the refresh token minted with it."""

    access_token: str
    refresh_token: str


class Grants:
    """What has been granted and what of it is still good, and `/v4/oa/…`."""

    def __init__(self, clock: VirtualClock, knobs: Knobs, identity: Identity) -> None:
        self._clock = clock
        self._knobs = knobs
        self._identity = identity
        self._access: dict[str, int] = {}
        self._refresh: dict[str, _RefreshToken] = {}
        self._codes: dict[str, _Code] = {}
        self.pair = self.consent()

    def endpoints(self) -> list[Endpoint]:
        """Return the two paths of the OAuth host."""
        return [
            Endpoint("GET", "/v4/oa/permission", self._permission, Carrier.QUERY, Host.OAUTH),
            Endpoint("POST", "/v4/oa/access_token", self._access_token, Carrier.FORM, Host.OAUTH),
        ]

    def consent(self) -> Pair:
        """Mint a pair as after a fresh consent of the account's administrator."""
        return self._mint(self._clock.now_ms())

    def code(self, challenge: str = "") -> str:
        """Return an authorisation code, good once for 10 minutes; with a challenge only together with its verifier."""
        code = _random()
        self._codes[code] = _Code(challenge, self._clock.now_ms() + CODE_LIVES)
        return code

    def revoke(self, *, refresh: bool) -> None:
        """Make all access tokens invalid, and with `refresh` all refresh tokens too."""
        self._access.clear()
        if refresh:
            self._refresh.clear()

    def check(self, call: Call) -> None:
        """Check that a call carries a good access token where this Zalo looks for it.

        Raises:
            Refused: unknown or missing (-216), expired (-220), in the query string (404), wrong proof (-242).
        """
        if "access_token" in call.query and self._knobs.strict:
            raise Refused(404)
        token = call.headers.get("access_token") or call.query.get("access_token", "")
        if token not in self._access:
            raise Refused(-216)
        if self._access[token] <= self._clock.now_ms():
            raise Refused(-220)
        proof = call.headers.get("appsecret_proof")
        expected = hmac.new(self._identity.secret_key.encode(), token.encode(), hashlib.sha256).hexdigest()
        if proof != expected and (proof or self._knobs.appsecret_proof_required):
            raise Refused(-242)

    def _permission(self, call: Call) -> Response:
        if call.data.get("app_id") != self._identity.app_id:
            raise Refused(-14002)
        target = call.data.get("redirect_uri") or self._knobs.console_redirect_uri
        if not target or self._knobs.console_redirect_uri not in (None, target):
            raise Refused(-14003)
        answer = {"code": self.code(call.data.get("code_challenge", "")), "oa_id": self._identity.oa_id}
        if "state" in call.data:
            answer["state"] = call.data["state"]
        return RedirectResponse(f"{target}{'&' if '?' in target else '?'}{urlencode(answer)}", status_code=302)

    def _access_token(self, call: Call) -> Json:
        secret = call.headers.get("secret_key") or ("" if self._knobs.strict else call.data.get("secret_key", ""))
        if call.data.get("app_id") != self._identity.app_id:
            raise Refused(-14002)
        if secret != self._identity.secret_key:
            raise Refused(-14004)
        match call.data.get("grant_type"):
            case "authorization_code":
                return self._exchange(str(call.data.get("code", "")), str(call.data.get("code_verifier", "")))
            case "refresh_token":
                return self._rotate(str(call.data.get("refresh_token", "")))
        raise Refused(-14018)

    def _exchange(self, presented: str, verifier: str) -> Json:
        code = self._codes.get(presented)
        if (
            code is None
            or code.expires_at <= self._clock.now_ms()
            or (code.challenge and code.challenge != challenge_of(verifier))
        ):
            raise Refused(-14005)
        del self._codes[presented]
        self.pair = self.consent()
        return self._reply(self.pair)

    def _rotate(self, presented: str) -> Json:
        now = self._clock.now_ms()
        token = self._refresh.get(presented)
        if token is None or token.expires_at <= now:
            raise Refused(-14014)
        if token.spent and not self._knobs.refresh_token_reusable:
            raise Refused(self._knobs.spent_refresh_code)
        if not self._knobs.refresh_token_in_reply:
            self.pair = Pair(self._mint_access(now), presented)
            reply = self._reply(self.pair)
            del reply["refresh_token"]
            return reply
        token.spent = True
        self.pair = self._mint(token.consented_at)
        return self._reply(self.pair)

    def _mint(self, consented_at: int) -> Pair:
        now = self._clock.now_ms()
        born = now if self._knobs.refresh_life_restarts else consented_at
        pair = Pair(self._mint_access(now), _random())
        self._refresh[pair.refresh_token] = _RefreshToken(born + self._knobs.refresh_token_days * DAY, consented_at)
        return pair

    def _mint_access(self, now: int) -> str:
        if self._knobs.old_access_token_dies:
            self._access.clear()
        token = _random()
        self._access[token] = now + self._knobs.access_token_seconds * SECOND
        return token

    def _reply(self, pair: Pair) -> Json:
        seconds = self._knobs.access_token_seconds
        return {
            "access_token": pair.access_token,
            "refresh_token": pair.refresh_token,
            "expires_in": str(seconds) if self._knobs.expires_in_as == "string" else seconds,
        }


def challenge_of(verifier: str) -> str:
    """Return the PKCE S256 challenge of a verifier: base64url without padding of its SHA-256."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def _random() -> str:
    return secrets.token_urlsafe(120)
