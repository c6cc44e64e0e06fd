"""Articles of the account: written hidden, shown by a second call, each done only when a token of it is verified."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

from desk.gateways.failures import PermanentFailure
from desk.gateways.zalo.authorised import (
    Allowance,
    Authorised,
    Tokens,
    Use,
    accepted,
    headers,
    number_in,
    object_in,
)
from desk.gateways.zalo.exchange import Exchange, Json
from desk.gateways.zalo.refusals import AccountRefused, Asked, failure_of_silence

SLICE: Final = 10  # articles a page; Zalo gives no more to everybody
HIDDEN: Final = "hide"
SHOWN: Final = "show"
_ANY_GENDER: Final = "0"
# of one article Zalo says so where it has no such article, or knows no such token any more
_UNKNOWN: Final = "-201"
# the month's articles are used up, the package is too small: of articles alone, messages still go
_NO_MORE_ARTICLES: Final = frozenset({"-223", "-224"})
# so too of what goes to everybody: the month's are used up
_NO_MORE_BROADCASTS: Final = _NO_MORE_ARTICLES | {"-211"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An article as the account's list shows it; `status` is show or hide, `link` what citizens open."""

    id: str
    title: str
    status: str
    created_at: datetime
    link: str


class ArticleClient:
    """Calls of the article API. Raises nothing but failures (desk.gateways.failures), which quote nothing of a text."""

    def __init__(self, exchange: Exchange, tokens: Tokens, allowance: Allowance) -> None:
        self._exchange = exchange
        self._authorised = Authorised(tokens, allowance)

    def create(self, form: Mapping[str, object]) -> str:
        """Have an article made; returns the token by which it is asked for.

        Raises:
            OutcomeUnknown: it may be made.
            PermanentFailure: it is not as Zalo takes it (-201, -210), or there are no more this month (-223, -224).
        """
        return self._token_of("/v2.0/article/create", form)

    def update(self, article_id: str, form: Mapping[str, object]) -> str:
        """Have an article changed, whole; returns the token by which it is asked for. Done twice it does no harm.

        Raises:
            OutcomeUnknown: it may be changed.
            PermanentFailure: as for `create`.
        """
        return self._token_of("/v2.0/article/update", {**form, "id": article_id})

    def verify(self, token: str) -> str:
        """Return the id of an article that was made or changed.

        Raises:
            TemporaryFailure: it is still being processed (-214).
            PermanentFailure: Zalo does not know this token any more.
        """
        path = "/v2.0/article/verify"
        reply = self._authorised.call(Use.SEND, partial(self._post, path, Asked.OF_ARTICLE, {"token": token}))
        return _needed("id", reply, path, Asked.OF_ARTICLE)

    def remove(self, article_id: str) -> None:
        """Take an article away for good; one that is gone already stays so."""
        call = partial(self._post, "/v2.0/article/remove", Asked.OF_ARTICLE, {"id": article_id})
        try:
            self._authorised.call(Use.SEND, call)
        except PermanentFailure as refused:
            if refused.code != _UNKNOWN:
                raise

    def recent(self, offset: int) -> list[Listed]:
        """Return a page of the account's articles, newest first, hidden ones among them; fewer than SLICE: the last."""
        query = {"offset": str(offset), "limit": str(SLICE), "type": "normal"}
        reply = self._authorised.call(Use.SEND, partial(self._get, "/v2.0/article/getslice", Asked.ALL_ROWS, query))
        medias = object_in(reply.get("data")).get("medias")
        return [_listed(media) for media in (medias if isinstance(medias, list) else []) if isinstance(media, dict)]

    def detail(self, article_id: str) -> Mapping[str, Any] | None:
        """Return an article as Zalo holds it: title, description, status, body and more; None where there is none."""
        path = "/v2.0/article/getdetail"
        try:
            reply = self._authorised.call(Use.SEND, partial(self._get, path, Asked.OF_ARTICLE, {"id": article_id}))
        except PermanentFailure as refused:
            if refused.code != _UNKNOWN:
                raise
            return None
        _needed("status", reply, path, Asked.OF_ARTICLE)
        return object_in(reply.get("data"))

    def broadcast(self, article_id: str) -> str:
        """Send an article to everybody who follows the account; returns the message's id. Zalo looks at it first.

        Raises:
            OutcomeUnknown: it may have been sent.
            PermanentFailure: Zalo does not take it, or there are no more this month (-211, -223, -224).
        """
        element = {"media_type": "article", "attachment_id": article_id}
        payload = {"template_type": "media", "elements": [element]}
        message = {"attachment": {"type": "template", "payload": payload}}
        body = {"recipient": {"target": {"gender": _ANY_GENDER}}, "message": message}
        path = "/v2.0/oa/message"
        return _needed("message_id", self._made(path, body, _NO_MORE_BROADCASTS), path, Asked.TO_SEND)

    def _token_of(self, path: str, form: Mapping[str, object]) -> str:
        return _needed("token", self._made(path, form, _NO_MORE_ARTICLES), path, Asked.TO_SEND)

    def _made(self, path: str, body: Mapping[str, object], no_more: frozenset[str]) -> Json:
        try:
            return self._authorised.call(Use.SEND, partial(self._post, path, Asked.TO_SEND, body))
        except AccountRefused as refused:
            if refused.code not in no_more:
                raise
            raise PermanentFailure(refused.reason, code=refused.code) from None

    def _get(self, path: str, asked: Asked, query: Mapping[str, str], token: str) -> Json:
        reply = self._exchange.ask("GET", path, asked, headers=headers(token), query=query)
        return accepted(path, asked, reply)

    def _post(self, path: str, asked: Asked, body: Mapping[str, object], token: str) -> Json:
        return accepted(path, asked, self._exchange.ask("POST", path, asked, headers=headers(token), body=body))


def _needed(name: str, reply: Json, path: str, asked: Asked) -> str:
    """Return a field without which "Success" says nothing: it happens (an empty `data` with error 0)."""
    value = object_in(reply.get("data")).get(name)
    if not value:
        raise failure_of_silence(asked, path, f"no {name}")
    return str(value)


def _listed(media: Mapping[str, Any]) -> Listed:
    return Listed(
        id=str(media.get("id") or ""),
        title=str(media.get("title") or ""),
        status=str(media.get("status") or ""),
        created_at=datetime.fromtimestamp((number_in(media.get("create_date")) or 0) / 1000, UTC),
        link=str(media.get("link_view") or ""),
    )
