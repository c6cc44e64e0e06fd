"""What a benchmark prints: a value, what it is measured by in the same run, and the target."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

Figures = dict[str, object]

_LARGE = 1000


@dataclass(frozen=True, slots=True)
class Target:
    """What `value` or `ratio` must reach, or stay under."""

    of: Literal["value", "ratio"]
    sign: Literal[">=", "<="]
    bound: float

    def __str__(self) -> str:
        return f"{self.of} {self.sign} {self.bound:g}"

    def holds(self, value: float, ratio: float) -> bool:
        """Return whether a figure is as wanted."""
        measured = value if self.of == "value" else ratio
        return measured >= self.bound if self.sign == ">=" else measured <= self.bound


def figures(name: str, value: float, unit: str, *, baseline: float, target: Target) -> Figures:
    """Return the line of one benchmark; value and baseline are in the same unit, or their ratio says nothing."""
    ratio = value / baseline
    return {
        "name": name,
        "value": _rounded(value),
        "unit": unit,
        "baseline": _rounded(baseline),
        "ratio": round(ratio, 3),
        "target": str(target),
        "ok": target.holds(value, ratio),
    }


def _rounded(number: float) -> float:
    """Return a number with three figures that count, whole where it is large."""
    return float(f"{number:.3g}") if abs(number) < _LARGE else round(number)


@dataclass(slots=True)
class Spent:
    """What a block has cost: seconds on the wall, and seconds of this process's CPU."""

    wall: float = 0.0
    cpu: float = 0.0


@contextmanager
def spent() -> Iterator[Spent]:
    """Measure the block."""
    cost = Spent()
    wall, cpu = time.perf_counter(), time.process_time()
    yield cost
    cost.wall, cost.cpu = time.perf_counter() - wall, time.process_time() - cpu
