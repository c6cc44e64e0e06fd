"""Take in what citizens wrote: who moved, then each of their conversations, then the files they sent (A2)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from prefect import task

from desk.gateways.failures import GatewayDown, PermanentFailure, TemporaryFailure
from desk.gateways.zalo.client import PAGE
from desk.gateways.zalo.media import MediaFetcher
from desk.gateways.zalo.refusals import AccountRefused
from desk.rules.incoming import PulledRow
from desk.rules.pulling import Walk
from desk.rules.tally import Count, Tally
from desk.runtime import clock
from desk.runtime.alarms import alarm_ops
from desk.runtime.database import transaction
from desk.runtime.in_force import in_force
from desk.runtime.pulled_rows import keeping_now, store_rows
from desk.runtime.settings import settings
from desk.runtime.zalo import media_fetcher, zalo_client
from desk.store import media, pulls
from desk.store.media import FileToFetch
from tasks.retrying import STEP

# rows are stored once so many are in hand, or so many characters of them
ROWS_AT_ONCE: Final = 2_000
CHARACTERS_AT_ONCE: Final = 8_000_000
_WALKS_AT_ONCE: Final = 100
_WALK_LEASE_SECONDS: Final = 60.0
_FILES_AT_ONCE: Final = 10
_FILE_LEASE_SECONDS: Final = 900.0
_FILE_TRIES: Final = 6


@task(name="Xem ai vừa nhắn", **STEP)
def pull_recent() -> Tally:
    """Sweep Zalo's newest messages for who moved, and note whose conversations to walk. Safe to repeat.

    Raises:
        GatewayDown: Zalo does not answer; the cursor has not moved.
    """
    client, oa_id = zalo_client(), settings().zalo_oa_id
    with transaction() as connection:
        sweep = pulls.begin_sweep(connection, oa_id)
    with _telling_ops():
        while not sweep.is_over:
            page = client.recent_messages(sweep.offset)
            sweep.read(page.rows, page=PAGE, is_last=page.is_last)
    with transaction() as connection:
        return Tally({Count.MOVED: pulls.record_sweep(connection, oa_id, sweep)})


@task(name="Đọc cuộc trò chuyện", **STEP)
def walk_conversations() -> Tally:
    """Walk a batch of conversations down to what is stored, storing rows on the way. Safe to repeat.

    One that cannot be read is put off with its reason and holds up nobody else.

    Raises:
        GatewayDown: Zalo does not answer; what was read is stored, what was not is due again.
    """
    client = zalo_client()
    with transaction() as connection:
        walks = pulls.claim_walks(connection, limit=_WALKS_AT_ONCE, lease_seconds=_WALK_LEASE_SECONDS)
    basket = _Basket()
    for place, walk in enumerate(walks):
        try:
            with _telling_ops():
                while not walk.is_over:
                    page = client.conversation(walk.user_id, walk.offset)
                    walk.read(page.rows, page=PAGE, is_last=page.is_last)
                    basket.add(page.rows)
        except GatewayDown:
            basket.empty()
            with transaction() as connection:
                pulls.give_back_walks(connection, walks[place:])
            raise
        except TemporaryFailure as failure:
            basket.put_off.append((walk, failure.reason))
        else:
            basket.end(walk)
    basket.empty()
    return basket.tally


@task(name="Tải tệp công dân gửi", **STEP)
def fetch_media() -> Tally:
    """Fetch a batch of the files that citizens sent, each kept or refused by itself. Safe to repeat."""
    fetcher = media_fetcher()
    with transaction() as connection:
        max_bytes = in_force(connection).policy(clock.now()).media_max_bytes
        files = media.claim_media(connection, limit=_FILES_AT_ONCE, lease_seconds=_FILE_LEASE_SECONDS)
    tally = Tally()
    for file in files:
        tally += _fetch(fetcher, file, max_bytes)
    return tally


@dataclass
class _Basket:
    """Rows in hand and the walks that end with them: stored together, so that a cursor never runs ahead of its rows."""

    rows: list[PulledRow] = field(default_factory=list)
    complete: list[Walk] = field(default_factory=list)
    put_off: list[tuple[Walk, str]] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    _characters: int = 0

    def add(self, rows: list[PulledRow]) -> None:
        """Put rows in, and store all that is in hand where that has become much."""
        self.rows += rows
        self._characters += sum(len(row.raw) for row in rows)
        if len(self.rows) >= ROWS_AT_ONCE or self._characters >= CHARACTERS_AT_ONCE:
            self.empty()

    def end(self, walk: Walk) -> None:
        """Note a walk that is over; one that missed what it must meet is read again later."""
        if walk.is_complete:
            self.complete.append(walk)
        else:
            self.put_off.append((walk, "zalo: rows are missing"))

    def empty(self) -> None:
        """Store what is in hand."""
        if not (self.rows or self.complete or self.put_off):
            return
        with transaction() as connection:
            if self.rows:
                self.tally += store_rows(connection, self.rows, keeping_now(connection))
            pulls.record_walks(connection, self.complete)
            pulls.put_off_walks(connection, self.put_off)
        self.tally += Tally({Count.WALKED: len(self.complete), Count.WALK_PUT_OFF: len(self.put_off)})
        self.rows, self.complete, self.put_off, self._characters = [], [], [], 0


def _fetch(fetcher: MediaFetcher, file: FileToFetch, max_bytes: int) -> Tally:
    try:
        fetched = fetcher.fetch(file.url, max_bytes)
    except PermanentFailure as failure:
        with transaction() as connection:
            media.record_refused(connection, file.message_id, refused=failure.code)
    except TemporaryFailure as failure:
        with transaction() as connection:
            if file.attempts >= _FILE_TRIES:
                media.record_refused(connection, file.message_id, refused=failure.reason)
            else:
                media.put_off_media(connection, file.message_id, refused=failure.reason)
    else:
        with transaction() as connection:
            media.record_fetched(
                connection, file.message_id, content_type=fetched.content_type, content=fetched.content
            )
        return Tally({Count.MEDIA: 1})
    return Tally({Count.MEDIA_NOT_KEPT: 1})


@contextmanager
def _telling_ops() -> Iterator[None]:
    """Put what only a person can change at Zalo before ops, once a day."""
    try:
        yield
    except AccountRefused as refusal:
        with transaction() as connection:
            alarm_ops(
                connection,
                key=f"zalo-account:{refusal.code}:{clock.now():%Y-%m-%d}",
                kind="zalo_account",
                subject="Zalo không cho phép ứng dụng đọc tin nhắn của OA",
                reason=f"Zalo từ chối lệnh đọc tin nhắn (mã lỗi {refusal.code}); tin mới của công dân chưa được nhận.",
                remedy="Kiểm tra quyền của ứng dụng, gói dịch vụ và việc xác thực OA trên trang quản trị Zalo.",
            )
        raise
