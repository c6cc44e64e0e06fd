"""Calls with the current token and inside the app's allowance: what every part of Zalo's API asks of a client."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from time import monotonic
from typing import Any, Final, Protocol, TypeVar

from desk.gateways.failures import GatewayDown
from desk.gateways.zalo.exchange import Json
from desk.gateways.zalo.refusals import Asked, TokenRefused, failure_of_code, failure_of_silence

# a sender checks its lease before a call: a renewal that took longer has eaten into it
_SOON: Final = 10.0  # seconds

Result = TypeVar("Result")


class Use(Enum):
    """What a call is for: sends go before pulls where the allowance runs out (A16)."""

    PULL = auto()
    SEND = auto()


class Tokens(Protocol):
    """Where access tokens come from."""

    def current(self) -> str:
        """Return the token to use."""

    def renewed(self, refused: str) -> str:
        """Return a token that is not the refused one, renewed once for all workers.

        Raises:
            GatewayDown: there is none to be had now.
        """


class Allowance(Protocol):
    """The calls a minute that all workers of the app share."""

    def take(self, use: Use) -> None:
        """Take one call, waiting for the next minute where a pull may.

        Raises:
            GatewayDown: the minute is used up.
        """


class Authorised:
    """Tokens and an allowance, as each call takes them."""

    def __init__(self, tokens: Tokens, allowance: Allowance) -> None:
        self._tokens = tokens
        self._allowance = allowance

    def call(self, use: Use, ask: Callable[[str], Result]) -> Result:
        """Return what *ask* does with the current token; where that is refused, once more with a renewed one."""
        token = self._tokens.current()
        self._allowance.take(use)
        try:
            return ask(token)
        except TokenRefused:
            asked_at = monotonic()
            renewed = self._tokens.renewed(token)
        if use is Use.SEND and monotonic() - asked_at > _SOON:
            reason = "zalo: the token was renewed, too slowly for this lease"
            raise GatewayDown(reason)
        self._allowance.take(use)
        try:
            return ask(renewed)
        except TokenRefused as refused:
            raise GatewayDown(refused.reason) from None  # a token just renewed: nothing a row could do about it


def headers(token: str) -> dict[str, str]:
    """Return the headers that carry a token."""
    return {"access_token": token}


def accepted(path: str, asked: Asked, reply: Json) -> Json:
    """Return the reply if its error code is 0; codes come as numbers and as strings.

    Raises:
        Failure: it was refused, or says nothing.
    """
    code = number_in(reply.get("error"))
    if code is None:
        raise failure_of_silence(asked, path, "no error code")
    if code:
        raise failure_of_code(code, asked, path)
    return reply


def object_in(value: object) -> dict[str, Any]:
    """Return a part of a reply that should be an object, empty where it is none."""
    return value if isinstance(value, dict) else {}


def number_in(value: object) -> int | None:
    """Return a number that comes as a number or as a string."""
    try:
        return int(str(value))
    except ValueError:
        return None
