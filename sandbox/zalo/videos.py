"""Videos for articles: uploaded, converted for a while, then usable by their id."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sandbox.zalo.calls import Call, Carrier, Endpoint, Host, id_of
from sandbox.zalo.clock import SECOND, VirtualClock
from sandbox.zalo.knobs import Knobs
from sandbox.zalo.refusals import Json, invalid, success, too_much
from sandbox.zalo.rows import message_id

EXTENSIONS = frozenset({"avi", "mp4"})
MOST_BYTES = 50 * 1024 * 1024
USABLE, CONVERTING = 1, 3


@dataclass(frozen=True)
class Video:
    """One uploaded video."""

    id: str
    name: str
    size: int
    ready_at: int


class Videos:
    """What was uploaded, and `/v2.0/article/upload_video/…`."""

    def __init__(self, clock: VirtualClock, knobs: Knobs) -> None:
        self._clock = clock
        self._knobs = knobs
        self._by_token: dict[str, Video] = {}

    def endpoints(self) -> list[Endpoint]:
        """Return the two video paths."""
        path = "/v2.0/article/upload_video"
        return [
            Endpoint("POST", f"{path}/preparevideo", self._prepare, Carrier.FORM, Host.ARTICLE),
            Endpoint("GET", f"{path}/verify", self._verify, Carrier.QUERY, Host.ARTICLE),
        ]

    def check(self, data: Json) -> None:
        """Check that `video_id` names a video that has been converted.

        Raises:
            Refused: it does not (-201).
        """
        video_id = id_of(data, "video_id")
        if not any(video.id == video_id and self._is_ready(video) for video in self._by_token.values()):
            raise invalid(field="video_id")

    def _is_ready(self, video: Video) -> bool:
        return video.ready_at <= self._clock.now_ms()

    def _prepare(self, call: Call) -> Json:
        upload = call.upload
        if upload is None or upload.filename.rpartition(".")[2].lower() not in EXTENSIONS:
            raise invalid(field="file")
        if len(upload.content) > MOST_BYTES:
            raise too_much(field="file")
        token = secrets.token_urlsafe(60) + "=="
        ready_at = self._clock.now_ms() + self._knobs.article_processing_seconds * SECOND
        video_id = message_id(-1_000_000 - len(self._by_token))
        self._by_token[token] = Video(video_id, upload.filename, len(upload.content), ready_at)
        return success({"token": token})

    def _verify(self, call: Call) -> Json:
        video = self._by_token.get(call.headers.get("token") or call.data.get("token", ""))
        if video is None:
            raise invalid(field="token")
        is_ready = self._is_ready(video)
        return success(
            {
                "status_message": "Video is ready" if is_ready else "Video is being converted",
                "video_name": video.name,
                "video_size": video.size,
                "convert_percent": 100 if is_ready else 50,
                "video_id": video.id if is_ready else "",
                "status": USABLE if is_ready else CONVERTING,
            }
        )
