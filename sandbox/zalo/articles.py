"""Articles of the account: created asynchronously, verified by token, changed, removed, listed."""

from __future__ import annotations

import secrets
from collections import Counter
from dataclasses import dataclass
from time import time_ns

from sandbox.zalo.calls import Call, Carrier, Endpoint, Host, id_of, page_of, text_of
from sandbox.zalo.clock import SECOND, VirtualClock, vietnam_time
from sandbox.zalo.knobs import Knobs
from sandbox.zalo.refusals import Json, Refused, invalid, success
from sandbox.zalo.rows import message_id
from sandbox.zalo.videos import Videos

TITLE, AUTHOR, DESCRIPTION = 150, 50, 300
ELSE_SHOW = "show"
ELSE_HIDE = "hide"
BODY_FIELDS = {"text": ("content",), "image": ("url",), "video": ("url", "video_id"), "product": ("id",)}


@dataclass
class Article:
    """One article with the fields it was given, defaults filled in."""

    id: str
    given: Json
    created_at: int
    updated_at: int
    ready_at: int


class Articles:
    """All articles that were not removed, and `/v2.0/article/…`."""

    def __init__(self, clock: VirtualClock, knobs: Knobs, videos: Videos) -> None:
        self._clock = clock
        self._knobs = knobs
        self._videos = videos
        self._by_id: dict[str, Article] = {}
        self._by_token: dict[str, Article] = {}
        self._in_month: Counter[tuple[int, int]] = Counter()
        self._last_number = 0

    def endpoints(self) -> list[Endpoint]:
        """Return the article paths."""
        return [
            Endpoint("POST", "/v2.0/article/create", self._create, Carrier.BODY, Host.ARTICLE),
            Endpoint("POST", "/v2.0/article/verify", self._verify, Carrier.BODY, Host.ARTICLE),
            Endpoint("POST", "/v2.0/article/update", self._update, Carrier.BODY, Host.ARTICLE),
            Endpoint("POST", "/v2.0/article/remove", self._remove, Carrier.BODY, Host.ARTICLE),
            Endpoint("GET", "/v2.0/article/getslice", self._slice, Carrier.QUERY, Host.ARTICLE),
            Endpoint("GET", "/v2.0/article/getdetail", self._detail, Carrier.QUERY, Host.ARTICLE),
        ]

    def is_known(self, article_id: str) -> bool:
        """Return whether an article has been processed and not removed."""
        return article_id in self._by_id and self._is_ready(self._by_id[article_id])

    def ready(self) -> list[Article]:
        """Return the articles that have been processed, newest first."""
        return [article for article in reversed(self._by_id.values()) if self._is_ready(article)]

    def _is_ready(self, article: Article) -> bool:
        return article.ready_at <= self._now_ms()

    def _now_ms(self) -> int:
        return time_ns() // 1_000_000 if self._knobs.articles_in_real_time else self._clock.now_ms()

    def _create(self, call: Call) -> Json:
        given = self._checked(call.data)
        now = self._now_ms()
        month = vietnam_time(now)
        if self._in_month[month.year, month.month] >= self._knobs.articles_per_month:
            raise Refused(-223)
        self._in_month[month.year, month.month] += 1
        self._last_number += 1
        article = Article(message_id(-self._last_number), given, now, now, self._ready_at(now))
        self._by_id[article.id] = article
        return self._token(article)

    def _update(self, call: Call) -> Json:
        article = self._get(call.data)
        article.given = self._checked(call.data)
        article.updated_at = self._now_ms()
        return self._token(article)

    def _verify(self, call: Call) -> Json:
        article = self._by_token.get(id_of(call.data, "token"))
        if article is None:
            raise invalid(field="token")
        if not self._is_ready(article):
            raise Refused(-214)
        return success({"id": article.id})

    def _remove(self, call: Call) -> Json:
        article = self._get(call.data)
        del self._by_id[article.id]
        self._by_token = {token: kept for token, kept in self._by_token.items() if kept is not article}
        return success()

    def _slice(self, call: Call) -> Json:
        offset, limit = page_of(call.data, size="limit", most=self._knobs.article_slice_max)
        kind = call.data.get("type", "normal")
        if kind not in ("normal", "video"):
            raise invalid(field="type")
        articles = [article for article in self.ready() if article.given["type"] == kind]
        return success(
            {"medias": [_listed(article) for article in articles[offset : offset + limit]], "total": len(articles)}
        )

    def _detail(self, call: Call) -> Json:
        article = self._get(call.data)
        return success({**article.given, "cite": ""})

    def _get(self, data: Json) -> Article:
        article = self._by_id.get(id_of(data, "id"))
        if article is None or not self._is_ready(article):
            raise invalid(field="id")
        return article

    def _ready_at(self, now: int) -> int:
        return now + self._knobs.article_processing_seconds * SECOND

    def _token(self, article: Article) -> Json:
        token = secrets.token_urlsafe(60) + "=="
        self._by_token[token] = article
        return success({"token": token})

    def _checked(self, data: Json) -> Json:
        """Return the fields of an article with defaults filled in."""
        kind = data.get("type")
        if kind not in ("normal", "video"):
            raise invalid(field="type")
        given: Json = {
            "type": kind,
            "title": text_of(data, "title", longest=TITLE),
            "description": text_of(data, "description", longest=DESCRIPTION),
            "status": _switch(data, "status", ELSE_HIDE),
            "comment": _switch(data, "comment", ELSE_SHOW),
        }
        if kind == "video":
            self._videos.check(data)
            return given | {name: data[name] for name in ("video_id", "avatar") if name in data}
        given["author"] = text_of(data, "author", longest=AUTHOR)
        given["cover"] = self._checked_cover(data.get("cover"))
        given["body"] = self._checked_body(data.get("body"))
        return given | {name: data[name] for name in ("related_medias", "tracking_link") if name in data}

    def _checked_cover(self, cover: object) -> Json:
        if not isinstance(cover, dict):
            raise invalid(field="cover")
        match cover.get("cover_type"):
            case "photo":
                self._check_address(cover.get("photo_url"), "cover photo_url")
            case "video":
                self._videos.check(cover)
                if cover.get("cover_view", "horizontal") not in ("horizontal", "vertical", "square"):
                    raise invalid(field="cover_view")
            case _:
                raise invalid(field="cover_type")
        return cover | {"status": _switch(cover, "status", ELSE_SHOW)}

    def _checked_body(self, body: object) -> list[Json]:
        if not isinstance(body, list) or not body:
            raise invalid(field="body")
        for item in body:
            kind = str(item.get("type")) if isinstance(item, dict) else ""
            if kind not in BODY_FIELDS or not any(item.get(name) for name in BODY_FIELDS[kind]):
                raise invalid(field="body")
            if kind == "image":
                self._check_address(item["url"], "body url")
        return body

    def _check_address(self, url: object, name: str) -> None:
        """Zalo fetches pictures itself, by https alone; nothing is fetched here."""
        allowed = ("https://",) if self._knobs.strict else ("https://", "http://")
        if not isinstance(url, str) or not url.startswith(allowed):
            raise invalid(name)


def _switch(data: Json, name: str, otherwise: str) -> str:
    value = str(data.get(name) or otherwise)
    if value not in (ELSE_SHOW, ELSE_HIDE):
        raise invalid(name)
    return value


def _link(article: Article) -> str:
    return f"https://rd.zapps.vn/detail/{article.id}"


def _listed(article: Article) -> Json:
    cover = article.given.get("cover", {})
    return {
        "id": article.id,
        "type": article.given["type"],
        "title": article.given["title"],
        "status": article.given["status"],
        "total_view": 0,
        "total_share": 0,
        "create_date": article.created_at,
        "update_date": article.updated_at,
        "thumb": cover.get("photo_url") or article.given.get("avatar", ""),
        "link_view": _link(article),
    }
