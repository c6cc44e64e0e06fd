"""Parts of a benchmark that need a process of their own: its peak of memory, its CPU."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

_KILOBYTES = 1024


def told_by(module: str) -> Any:  # noqa: ANN401 - JSON
    """Run `python -m module` in this process's environment and return what it printed, as JSON."""
    done = subprocess.run([sys.executable, "-m", module], check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)


def peak_megabytes() -> float:
    """Return this program's own peak: getrusage would show that of the process it was forked from."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines())
    return int(status["VmHWM"].split()[0]) / _KILOBYTES
