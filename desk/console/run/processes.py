"""The processes of one run: started in groups of their own, written down in .data/run.json, stopped together.

A later `zalo-desk stop` reads the same file. A pid alone proves nothing, since the kernel gives them out again: a
process is ours only if it also started at the moment written down.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Self

_PATIENCE_SECONDS = 15
# the process that started all others stops them itself, one after the other
_RUN_PATIENCE_SECONDS = 90
RUN = "run"


@dataclass(frozen=True, slots=True)
class Recorded:
    """A process as written down; `born` is its start in clock ticks since boot."""

    name: str
    pid: int
    born: int

    @classmethod
    def of(cls, name: str, pid: int) -> Recorded:
        """Return the record of a process that runs now."""
        return cls(name, pid, _born(pid) or 0)

    def is_alive(self) -> bool:
        """Return whether this very process still runs."""
        return _born(self.pid) == self.born

    def is_left(self) -> bool:
        """Return whether the process still runs, or is gone but left others in its group."""
        return self.is_alive() or (self.name != RUN and _born(self.pid) is None and _group_lives(self.pid))

    def stop(self) -> None:
        """End the process: politely, then by force with all that is in its group."""
        patience = _RUN_PATIENCE_SECONDS if self.name == RUN else _PATIENCE_SECONDS
        if self.is_alive():
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGTERM)
            _wait_until_gone(self, patience)
        if self.name != RUN and _born(self.pid) in (self.born, None):
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)
            _wait_until_gone(self, patience)


class StartError(RuntimeError):
    """A part of the stack did not come up; the message says which, and where its output is."""


@dataclass
class Processes:
    """What a run has started; leaving the block stops all of it, the last started first."""

    data_dir: Path
    _started: list[tuple[Recorded, subprocess.Popen[bytes]]] = field(default_factory=list)

    def __enter__(self) -> Self:
        (self.data_dir / "logs").mkdir(parents=True, exist_ok=True)
        self._write_down()
        return self

    def __exit__(self, *_: object) -> None:
        for record, process in reversed(self._started):
            record.stop()
            process.wait()
        record_file(self.data_dir).unlink(missing_ok=True)

    def log(self, name: str) -> Path:
        """Return the file that a process writes to."""
        return self.data_dir / "logs" / f"{name}.log"

    def start(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start a process beside this one; its output goes to its log."""
        with self.log(name).open("wb") as output:
            process = subprocess.Popen(
                command,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._started.append((Recorded.of(name, process.pid), process))
        self._write_down()

    def check_alive(self) -> None:
        """Raise StartError if one of the processes has ended by itself."""
        for record, process in self._started:
            if process.poll() is not None:
                message = f"{record.name} đã dừng (mã {process.returncode}): xem {self.log(record.name)}"
                raise StartError(message)

    def _write_down(self) -> None:
        records = [Recorded.of(RUN, os.getpid()), *(record for record, _ in self._started)]
        content = {"boot": _boot_id(), "processes": [asdict(record) for record in records]}
        file = record_file(self.data_dir)
        draft = file.with_suffix(".draft")
        draft.write_text(json.dumps(content, indent=1), encoding="utf-8")
        draft.replace(file)


def record_file(data_dir: Path) -> Path:
    """Return where a run writes down its processes."""
    return data_dir / "run.json"


def recorded(data_dir: Path) -> list[Recorded]:
    """Return the processes that the last run wrote down and that still run, its own first."""
    try:
        content = json.loads(record_file(data_dir).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return []
    if content["boot"] != _boot_id():
        return []
    records = [Recorded(**row) for row in content["processes"]]
    return [record for record in records if record.is_left()]


def _group_lives(group: int) -> bool:
    """Return whether a group has members; while it has, the kernel gives its number to no new process."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _boot_id() -> str:
    return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()


def _born(pid: int) -> int | None:
    """Return when a process started, in ticks since boot; None when it is gone or only waits to be reaped."""
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    state, started = after_name[0], after_name[19]
    return None if state == "Z" else int(started)


def _wait_until_gone(record: Recorded, seconds: float) -> None:
    give_up_at = time.monotonic() + seconds
    while record.is_alive() and time.monotonic() < give_up_at:
        time.sleep(0.05)
