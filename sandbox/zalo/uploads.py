"""Images and files a client uploads to send them later, kept for seven days."""

from __future__ import annotations

import secrets
from collections import Counter
from dataclasses import dataclass
from functools import partial

from sandbox.zalo.calls import Call, Carrier, Endpoint
from sandbox.zalo.clock import DAY, VirtualClock, vietnam_time
from sandbox.zalo.refusals import Json, Refused, invalid, success, too_much

KEPT_FOR = 7 * DAY
UPLOADS_A_MONTH = 5_000
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Shelf:
    """One kind of upload: what it takes and how its id is named."""

    kind: str
    extensions: frozenset[str]
    most_bytes: int
    id_name: str


SHELVES = (
    Shelf("image", frozenset({"jpg", "jpeg", "png"}), 1 * MEGABYTE, "attachment_id"),
    Shelf("gif", frozenset({"gif"}), 5 * MEGABYTE, "attachment_id"),
    Shelf("file", frozenset({"pdf", "doc", "docx", "csv"}), 5 * MEGABYTE, "token"),
)


@dataclass(frozen=True)
class Stored:
    """One upload."""

    kind: str
    filename: str
    content: bytes
    uploaded_at: int


class Uploads:
    """What was uploaded, and `/v2.0/oa/upload/…`."""

    def __init__(self, clock: VirtualClock) -> None:
        self._clock = clock
        self.by_id: dict[str, Stored] = {}
        self.in_month: Counter[tuple[str, int, int]] = Counter()

    def endpoints(self) -> list[Endpoint]:
        """Return the three upload paths."""
        return [
            Endpoint("POST", f"/v2.0/oa/upload/{shelf.kind}", partial(self._store, shelf), Carrier.FORM)
            for shelf in SHELVES
        ]

    def get(self, upload_id: str, kinds: tuple[str, ...], field: str) -> Stored:
        """Return an upload of one of the kinds.

        Raises:
            Refused: there is none (-201), or it has expired (-100).
        """
        stored = self.by_id.get(upload_id)
        if stored is None or stored.kind not in kinds:
            raise invalid(field)
        if self._clock.now_ms() - stored.uploaded_at >= KEPT_FOR:
            raise Refused(-100)
        return stored

    def _store(self, shelf: Shelf, call: Call) -> Json:
        upload = call.upload
        if upload is None or not upload.content:
            raise invalid(field="file")
        _, dot, extension = upload.filename.rpartition(".")
        if not dot:
            return success({})
        if extension.lower() not in shelf.extensions:
            raise invalid(field="file")
        if len(upload.content) > shelf.most_bytes:
            raise too_much(field="file")
        now = self._clock.now_ms()
        month = vietnam_time(now)
        self.in_month[shelf.kind, month.year, month.month] += 1
        if self.in_month[shelf.kind, month.year, month.month] > UPLOADS_A_MONTH:
            raise Refused(-211)
        upload_id = secrets.token_urlsafe(60)
        self.by_id[upload_id] = Stored(shelf.kind, upload.filename, upload.content, now)
        return success({shelf.id_name: upload_id})
