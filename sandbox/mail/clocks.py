"""The server's clock: real time, or the instant that a file says, so that a week of mail can arrive within minutes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

CLOCK_FILE = "clock"


class Clock:
    """Real time while there is no file; else it stands at the file's instant, ISO 8601 with an offset."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / CLOCK_FILE

    def now(self) -> datetime:
        """Return what the clock shows."""
        try:
            return datetime.fromisoformat(self._file.read_text(encoding="ascii"))
        except FileNotFoundError:
            return datetime.now(UTC)


def set_clock(folder: Path, at: datetime | None) -> None:
    """Let the clock of a folder's server stand at an instant, or follow real time again."""
    file = folder / CLOCK_FILE
    if at is None:
        file.unlink(missing_ok=True)
        return
    draft = file.with_suffix(".draft")
    draft.write_text(at.isoformat(), encoding="ascii")
    draft.replace(file)
