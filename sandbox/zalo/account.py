"""The whole state of the simulated Zalo behind one object."""

from __future__ import annotations

from collections import Counter
from threading import RLock

from sandbox.zalo.articles import Articles
from sandbox.zalo.calls import Call, Carrier, Endpoint, Host
from sandbox.zalo.citizens import Citizens
from sandbox.zalo.clock import MINUTE, VirtualClock
from sandbox.zalo.contents import Contents
from sandbox.zalo.conversations import Conversations
from sandbox.zalo.faults import Faults
from sandbox.zalo.identity import Identity
from sandbox.zalo.knobs import Knobs
from sandbox.zalo.oauth import Grants
from sandbox.zalo.people import People
from sandbox.zalo.refusals import Json, success
from sandbox.zalo.request_log import RequestLog
from sandbox.zalo.sending import Sending
from sandbox.zalo.uploads import Uploads
from sandbox.zalo.videos import Videos
from sandbox.zalo.windows import Windows


class OfficialAccount:
    """One Official Account with its app, people, messages and articles. Hold `lock` to change it beside the server."""

    def __init__(self, knobs: Knobs | None = None, identity: Identity | None = None) -> None:
        self.lock = RLock()
        self.identity = identity or Identity()
        self._first_knobs = (knobs or Knobs()).model_copy()
        self.reset()

    def reset(self) -> None:
        """Forget everything: as new, on real time, with the knobs of the start and a fresh grant."""
        self.knobs = self._first_knobs.model_copy()
        self.clock = VirtualClock()
        self.faults = Faults()
        self.log = RequestLog()
        self.media: dict[str, tuple[str, bytes]] = {}
        self.grants = Grants(self.clock, self.knobs, self.identity)
        self.citizens = Citizens()
        self.conversations = Conversations(self.clock, self.knobs, self.identity, self.citizens)
        self.windows = Windows(self.clock, self.knobs, self.conversations)
        self.uploads = Uploads(self.clock)
        self.videos = Videos(self.clock, self.knobs)
        self.articles = Articles(self.clock, self.knobs, self.videos)
        self.sending = Sending(
            clock=self.clock,
            knobs=self.knobs,
            conversations=self.conversations,
            windows=self.windows,
            contents=Contents(self.knobs, self.uploads),
            articles=self.articles,
        )
        self._calls: Counter[Host] = Counter()
        self._minute = 0
        about_itself = Endpoint("GET", "/v2.0/oa/getoa", self._show_itself, Carrier.QUERY)
        endpoints = [
            about_itself,
            *self.grants.endpoints(),
            *People(self.clock, self.citizens, self.conversations).endpoints(),
            *self.conversations.endpoints(),
            *self.windows.endpoints(),
            *self.sending.endpoints(),
            *self.uploads.endpoints(),
            *self.articles.endpoints(),
            *self.videos.endpoints(),
        ]
        self._endpoints = {(endpoint.method, endpoint.path): endpoint for endpoint in endpoints}

    def endpoint(self, method: str, path: str) -> Endpoint | None:
        """Return what answers a call; lenient takes v3 for v2 paths and GET for POST as well."""
        found = self._endpoints.get((method, path))
        if found or self.knobs.strict:
            return found
        twin = path.replace("/v3.0/", "/v2.0/", 1)
        candidates = [(method, twin), ("POST", path), ("POST", twin)]
        return next((self._endpoints[key] for key in candidates if key in self._endpoints), None)

    def calls_left(self, host: Host) -> int:
        """Count a call and return how many are left in this minute of the virtual clock; below 0 is over the limit."""
        if host is Host.OAUTH:
            return self.knobs.requests_per_minute
        minute = self.clock.now_ms() // MINUTE
        if minute != self._minute:
            self._minute = minute
            self._calls.clear()
        self._calls[host] += 1
        return self.knobs.requests_per_minute - self._calls[host]

    def _show_itself(self, _call: Call) -> Json:
        itself = self.identity
        return success(
            {
                self.knobs.oa_id_field: itself.oa_id,
                "name": itself.name,
                "description": itself.description,
                "oa_alias": itself.alias,
                "is_verified": True,
                "oa_type": 4,
                "cate_name": "Cơ quan nhà nước",
                "num_follower": sum(citizen.is_follower for citizen in self.citizens.by_id.values()),
                "avatar": itself.avatar,
                "cover": itself.cover,
                "package_name": "Toàn diện",
                "package_valid_through_date": "31/12/2027",
                "package_auto_renew_date": "01/01/2028",
                "linked_ZCA": "" if self.knobs.zca == "none" else "zca-sandbox",
            }
        )
