"""What was taken for what: how well each topic is found, and which topics are mixed up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from desk.rules.classifier.cases import ELSEWHERE, NOISE, Case
from desk.rules.classifier.classification import Classification, Scope

# beside a topic that was said too much, and one that was missed, where no other stands across from it
NOTHING: Final = ""

# how often which label was taken for which, the right one first; a label beside itself was found
Confusion = Mapping[tuple[str, str], int]


class Found(NamedTuple):
    """How well a topic is found: `cases` have it, it was said of `said`, of `right` rightly."""

    cases: int
    said: int
    right: int

    @property
    def precision(self) -> float:
        """The share that is right where it was said."""
        return self.right / self.said if self.said else 0.0

    @property
    def recall(self) -> float:
        """The share that was found."""
        return self.right / self.cases if self.cases else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        return 2 * self.right / (self.cases + self.said) if self.cases + self.said else 0.0


def found_of(confusion: Confusion) -> dict[str, Found]:
    """Return how well each label is found."""
    wanted, said = Counter[str](), Counter[str]()
    for (right, taken), count in confusion.items():
        wanted[right] += count
        said[taken] += count
    names = sorted({*wanted, *said} - {NOTHING})
    return {name: Found(wanted[name], said[name], confusion.get((name, name), 0)) for name in names}


def confusion_of(cases: Sequence[Case], answers: Sequence[Classification]) -> Confusion:
    """Return how often which topic was taken for which; whatever is elsewhere is one label, so is nobody's business.

    Of a text's topics those that were found stand for themselves. One that was missed was taken for one that was said
    too much, each such topic once, so that the sums are those of the topics.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for case, said in zip(cases, answers, strict=True):
        wanted, taken = _labels(case.topics, case.scope), _labels(said.topics, said.scope)
        counts.update((label, label) for label in wanted if label in taken)
        missed, extra = (
            [label for label in wanted if label not in taken],
            [label for label in taken if label not in wanted],
        )
        longest = max(len(missed), len(extra))
        padding = [NOTHING] * longest
        counts.update(zip([*missed, *padding][:longest], [*extra, *padding][:longest], strict=True))
    return counts


def most_confused(confusion: Confusion, most: int) -> list[str]:
    """Return the labels that errors touch most, the worst first."""
    errors: Counter[str] = Counter()
    for (right, taken), count in confusion.items():
        if right != taken:
            errors.update({label: count for label in (right, taken) if label != NOTHING})
    return [label for label, _ in sorted(errors.items(), key=lambda item: (-item[1], item[0]))[:most]]


def _labels(topics: Iterable[str], scope: Scope) -> list[str]:
    named = list(topics)
    if scope in {Scope.OUT, Scope.MIXED}:
        named.append(ELSEWHERE)
    elif scope is Scope.NOISE:
        named.append(NOISE)
    return named
