"""The benchmarks run to their end, each figure is whole, and no two share a name. How fast is not asked here."""

from __future__ import annotations

import json
import math
import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import mailing
from benchmarks.figures import Figures, Target, figures

ROOT = Path(__file__).parents[2]
BENCHMARK = re.compile(r"^def (\w+)\(.*\) -> (?:Iterator\[)?Figures", flags=re.MULTILINE)
# the difference of two runs: over a handful of batches the noise may outweigh it
DIFFERENCES = {"flow-run-batch"}
KEYS = ["name", "value", "unit", "baseline", "ratio", "target", "ok"]


def is_whole(figure: Figures) -> bool:
    numbers = [number for name in ("value", "baseline", "ratio") if isinstance(number := figure[name], float | int)]
    if list(figure) != KEYS or len(numbers) < 3 or not all(map(math.isfinite, numbers)):
        return False
    return figure["name"] in DIFFERENCES or min(numbers) > 0


@pytest.mark.parametrize(
    ("target", "ok"),
    [
        (Target("value", ">=", 20), True),
        (Target("value", "<=", 19), False),
        (Target("ratio", ">=", 0.6), False),
        (Target("ratio", "<=", 0.5), True),
    ],
    ids=str,
)
def test_a_figure_says_whether_it_is_as_wanted(target: Target, *, ok: bool) -> None:
    figure = figures("mails", 20.0, "mails/s", baseline=40.0, target=target)

    assert is_whole(figure)
    assert figure["ratio"] == 0.5
    assert figure["target"] == str(target)
    assert figure["ok"] is ok


def test_every_benchmark_is_part_of_make_bench() -> None:
    called = (ROOT / "benchmarks" / "__main__.py").read_text(encoding="utf-8")
    made = {
        f"{path.stem}.{name}("
        for path in (ROOT / "benchmarks").glob("*.py")
        if path.stem not in {"__main__", "figures"}
        for name in BENCHMARK.findall(path.read_text(encoding="utf-8"))
    }

    assert len(made) > 10
    assert not [call for call in made if call not in called]


def test_letters_are_measured() -> None:
    made = [mailing.mime_per_second(2), mailing.letters_rendered_per_second(2)]

    assert all(is_whole(figure) for figure in made)


@pytest.mark.long
def test_a_hundredth_of_the_benchmarks_runs_to_its_end(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "benchmarks", "--one-in", "100", "--folder", str(tmp_path)]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.stderr.splitlines()[-1].startswith("missed: "), done.stderr
    made = [json.loads(line) for line in done.stdout.splitlines()]
    assert not [figure for figure in made if not is_whole(figure)]
    names = [figure["name"] for figure in made]
    assert len(names) == len(set(names))
