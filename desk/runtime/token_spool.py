"""Where a new pair of tokens waits on disk until the store has it: losing it would cost the grant (A13)."""

from __future__ import annotations

import fcntl
import json
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from desk.gateways.zalo.oauth import TokenPair

Store = Callable[[int, TokenPair], None]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TokenSpool:
    """A file of pairs, a line each, readable by its owner alone; its lock keeps processes apart."""

    path: Path

    def put(self, token_refresh_id: int, pair: TokenPair) -> None:
        """Write a pair down so that it outlives this machine's next crash."""
        line = json.dumps(
            {
                "token_refresh_id": token_refresh_id,
                "access_token": pair.access_token,
                "refresh_token": pair.refresh_token,
                "lives_seconds": pair.lives.total_seconds(),
            }
        )
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self._locked() as handle:
            os.lseek(handle, 0, os.SEEK_END)
            os.write(handle, f"{line}\n".encode())
            os.fsync(handle)
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def take_in(self, store: Store) -> None:
        """Hand every pair to *store* and forget them once it has returned for all."""
        if not self.path.exists() or not self.path.stat().st_size:
            return
        with self._locked() as handle:
            os.lseek(handle, 0, os.SEEK_SET)
            for line in os.read(handle, os.fstat(handle).st_size).decode(errors="replace").splitlines():
                if written := _pair(line):
                    store(*written)
            os.ftruncate(handle, 0)
            os.fsync(handle)

    @contextmanager
    def _locked(self) -> Iterator[int]:
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield handle
        finally:
            os.close(handle)


def _pair(line: str) -> tuple[int, TokenPair] | None:
    try:
        written = json.loads(line)
    except ValueError:
        _log.error("oa_token.spool holds a line cut short by a crash: the grant may be lost")
        return None
    pair = TokenPair(
        access_token=written["access_token"],
        refresh_token=written["refresh_token"],
        lives=timedelta(seconds=written["lives_seconds"]),
    )
    return written["token_refresh_id"], pair
