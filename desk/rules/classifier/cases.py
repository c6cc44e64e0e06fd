"""Messages whose meaning is known: what the models learn from and are judged by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from desk.rules.classifier.classification import Scope

ELSEWHERE: Final = "OOS"
NOISE: Final = "NOISE"
# with fewer cases than this a topic or an authority has phrases alone
FEWEST_CASES: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A message and what it is about, as a person said it; `topics` with the main one first.

    `writer` is who wrote the message, or the officer who confirmed it. `calibrates`: written by people who saw none of
    the desk's other messages, so that what is promised to officials may be measured on it.
    """

    id: str
    text: str
    topics: tuple[str, ...]
    scope: Scope
    redirect: tuple[str, ...] = ()
    writer: str = ""
    calibrates: bool = False


@dataclass(frozen=True, slots=True)
class Targets:
    """What the models tell apart: topics, then whether it is another's business or nobody's, then whose."""

    topics: tuple[str, ...]
    authorities: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Every target in the order of the models' columns."""
        return (*self.topics, ELSEWHERE, NOISE, *self.authorities)

    @property
    def deciding(self) -> int:
        """How many columns decide on topics and scope; the authorities' follow them."""
        return len(self.topics) + 2

    def wanted(self, cases: Sequence[Case]) -> NDArray[np.bool_]:
        """Return what each case is, a column a target."""
        columns = {name: column for column, name in enumerate(self.names)}
        wanted = np.zeros((len(cases), len(columns)), dtype=bool)
        for row, case in enumerate(cases):
            named = [*case.topics, *case.redirect]
            if case.scope in {Scope.OUT, Scope.MIXED}:
                named.append(ELSEWHERE)
            elif case.scope is Scope.NOISE:
                named.append(NOISE)
            wanted[row, [columns[name] for name in named if name in columns]] = True
        return wanted


def targets_of(cases: Iterable[Case]) -> Targets:
    """Return the targets that have cases enough to be learnt."""
    topics: Counter[str] = Counter()
    authorities: Counter[str] = Counter()
    for case in cases:
        topics.update(case.topics)
        authorities.update(case.redirect)
    return Targets(_frequent(topics), _frequent(authorities))


def _frequent(counts: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted(name for name, count in counts.items() if count >= FEWEST_CASES))
