"""`make bench`: one JSON line a figure, each with a baseline of the same run; ends with 1 if one misses its target."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks import (
    chasing,
    classifying,
    collecting,
    delivering,
    flow_runs,
    histories,
    mailing,
    pulling,
    redating,
    routing,
)
from benchmarks.desks import a_desk
from benchmarks.figures import Figures


def measured(folder: Path, one_in: int) -> Iterator[Figures]:
    """Yield every figure, the quick ones first; *one_in* divides how much is worked through."""

    def part_of(number: int) -> int:
        return number // one_in

    rounds = 3 if one_in == 1 else 1
    yield mailing.mime_per_second(part_of(1_000))
    yield mailing.letters_rendered_per_second(part_of(1_000))
    yield classifying.classified_per_second()
    yield from classifying.fused_per_second()
    yield classifying.fused_singly()
    yield classifying.right_alone()
    yield classifying.artifact_size()
    if one_in == 1:  # half a minute of fitting, tried elsewhere
        yield classifying.fitting()
        yield from classifying.retraining()
    with a_desk(folder) as desk:
        yield from pulling.pages_stored_per_second(desk, part_of(20_000), rounds)
        yield from pulling.memory_of_a_first_pull(desk, part_of(50_000))
        yield from routing.routed_per_second(desk, part_of(10_000))
        yield from delivering.delivered_per_second(desk, part_of(2_000), rounds)
        yield from delivering.letters_of_messages_per_second(desk, part_of(2_000), rounds)
        yield from delivering.memory_of_delivering(desk, part_of(20_000))
        yield from collecting.replies_read_per_second(desk, part_of(5_000))
        yield from redating.open_questions_redated(desk, part_of(100_000))
        yield from chasing.replies_chased(desk, part_of(100_000))
        yield from histories.costs_with_history(desk, part_of(100_000), part_of(1_000_000))
        yield from flow_runs.cost_of_flow_runs(desk, part_of(200), rounds)


def main() -> int:
    """Print the figures as they come; return 1 if any misses its target."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path(".data/bench"), help="where the database of the desk lies")
    parser.add_argument(
        "--one-in", type=int, default=1, help="do a hundredth (100) of the work: to see that all runs, not how fast"
    )
    given = parser.parse_args()
    missed = []
    for figure in measured(given.folder, given.one_in):
        print(json.dumps(figure, ensure_ascii=False), flush=True)
        if not figure["ok"]:
            missed.append(figure["name"])
    print(f"missed: {', '.join(map(str, missed)) or 'none'}", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
