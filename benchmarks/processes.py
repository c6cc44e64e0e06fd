"""Parts of a benchmark that need a process of their own: its peak of memory, its CPU."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_KILOBYTES = 1024
_TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
# of /proc/PID/stat, counted after the name (proc(5)): the session; user and system time, own and of ended children
_SESSION = 3
_CPU_TIMES = slice(11, 15)


def told_by(module: str, settings: Mapping[str, str] | None = None) -> Any:  # noqa: ANN401 - JSON
    """Run `python -m module` in this process's environment, with other settings, and return its JSON."""
    environment = {**os.environ, **(settings or {})}
    done = subprocess.run([sys.executable, "-m", module], check=True, stdout=subprocess.PIPE, env=environment)
    return json.loads(done.stdout)


def peak_megabytes() -> float:
    """Return this program's own peak: getrusage would show that of the process it was forked from."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines())
    return int(status["VmHWM"].split()[0]) / _KILOBYTES


def cpu_seconds(sessions: set[int]) -> float:
    """Return the CPU that the processes of sessions have taken, with that of their children that have ended."""
    return sum(_cpu_ticks(stat, sessions) for stat in Path("/proc").glob("[0-9]*/stat")) / _TICKS_A_SECOND


def _cpu_ticks(stat: Path, sessions: set[int]) -> int:
    try:
        after_name = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return sum(map(int, after_name[_CPU_TIMES])) if int(after_name[_SESSION]) in sessions else 0
