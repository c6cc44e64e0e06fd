"""`make bench`: one JSON line a figure, each with a baseline of the same run; ends with 1 if one misses its target."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

from benchmarks import classifying, delivering, histories, mailing, pulling, redating, routing
from benchmarks.desks import a_desk
from benchmarks.figures import Figures


def measured() -> Iterator[Figures]:
    """Yield every figure, the quick ones first."""
    yield mailing.mime_per_second()
    yield mailing.letters_rendered_per_second()
    yield classifying.classified_per_second()
    yield classifying.right_alone()
    yield pulling.pages_stored_per_second()
    yield pulling.memory_of_a_first_pull()
    with a_desk() as desk:
        yield from routing.routed_per_second(desk, 10_000)
        yield from delivering.delivered_per_second(desk, 2_000, rounds=3)
        yield from delivering.letters_of_messages_per_second(desk, 2_000, rounds=3)
        yield from delivering.memory_of_delivering(desk, 20_000)
        yield from redating.open_questions_redated(desk, 100_000)
        yield from histories.costs_with_history(desk, 100_000, 1_000_000)


def main() -> int:
    """Print the figures as they come; return 1 if any misses its target."""
    missed = []
    for figure in measured():
        print(json.dumps(figure, ensure_ascii=False), flush=True)
        if not figure["ok"]:
            missed.append(figure["name"])
    print(f"missed: {', '.join(map(str, missed)) or 'none'}", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
