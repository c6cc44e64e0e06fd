"""How good a classifier is: what it said of cases beside what they are."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from desk.rules.classifier.cases import Case
from desk.rules.classifier.classification import Classification, Scope

UnitsOf = Callable[[Sequence[str]], tuple[str, ...]]
# units beyond the third add no day (Điều 13)
_MOST_COUNTED = 3
# one-sided 90 %
_WILSON_Z = 1.2816


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """Shares of 1. `route`: scope and units right, of all; the next two of questions in scope alone.

    `several`: the topics right where there are two or more; `top3`: the right units that the three candidates name.
    """

    cases: int
    macro_f1: float
    units_exact: float
    route: float
    deadline_class: float
    elsewhere_recall: float
    elsewhere_precision: float
    noise_recall: float
    noise_precision: float
    several: float
    top3: float
    alone: float
    alone_right: float
    redirect_right: float
    f1_of: dict[str, float]


def is_right(case: Case, said: Classification, units_of: UnitsOf) -> bool:
    """Tell whether scope and units are what they should be: then the question goes the right way."""
    return said.scope is case.scope and set(said.competences) == set(units_of(case.topics))


def measure(cases: Sequence[Case], answers: Sequence[Classification], units_of: UnitsOf) -> Measures:
    """Return how good the answers are."""
    pairs = list(zip(cases, answers, strict=True))
    inside = [(case, said) for case, said in pairs if case.scope is Scope.IN]
    alone = [pair for pair in pairs if pair[1].auto]
    sent = [(case, said) for case, said in pairs if case.redirect and said.redirect]
    elsewhere = {Scope.OUT, Scope.MIXED}
    f1_of = {topic: _f1(topic, pairs) for topic in sorted({topic for case in cases for topic in case.topics})}
    return Measures(
        cases=len(pairs),
        macro_f1=_share(f1_of.values()),
        units_exact=_share(set(units_of(case.topics)) == set(said.competences) for case, said in inside),
        route=_share(is_right(case, said, units_of) for case, said in pairs),
        deadline_class=_share(
            bool(said.competences) and _counted(units_of(case.topics)) == _counted(said.competences)
            for case, said in inside
        ),
        elsewhere_recall=_share(said.scope in elsewhere for case, said in pairs if case.scope in elsewhere),
        elsewhere_precision=_share(case.scope in elsewhere for case, said in pairs if said.scope in elsewhere),
        noise_recall=_share(said.scope is Scope.NOISE for case, said in pairs if case.scope is Scope.NOISE),
        noise_precision=_share(case.scope is Scope.NOISE for case, said in pairs if said.scope is Scope.NOISE),
        several=_share(set(case.topics) == set(said.topics) for case, said in pairs if len(case.topics) > 1),
        top3=_share(
            unit in {code for candidate in said.candidates for code in candidate.competences}
            for case, said in inside
            for unit in units_of(case.topics)
        ),
        alone=len(alone) / max(1, len(pairs)),
        alone_right=_share(is_right(case, said, units_of) for case, said in alone),
        redirect_right=_share(case.redirect[0] in said.redirect for case, said in sent),
        f1_of=f1_of,
    )


def surely(right: int, of: int) -> float:
    """Return the share that is right at least, by Wilson's lower bound: few cases prove little."""
    if not of:
        return 0.0
    share, square = right / of, _WILSON_Z * _WILSON_Z
    spread = _WILSON_Z * math.sqrt(share * (1 - share) / of + square / (4 * of * of))
    return (share + square / (2 * of) - spread) / (1 + square / of)


def margin(share: float, of: int) -> float:
    """Return the half width of the 95 % interval of a share."""
    return 1.96 * math.sqrt(share * (1 - share) / of) if of else 0.0


def _counted(units: Sequence[str]) -> int:
    return min(max(len(units), 1), _MOST_COUNTED)


def _f1(topic: str, pairs: Sequence[tuple[Case, Classification]]) -> float:
    hit = sum(topic in case.topics and topic in said.topics for case, said in pairs)
    named = sum((topic in case.topics) + (topic in said.topics) for case, said in pairs)
    return 2 * hit / named


def _share(found: Iterable[bool | float]) -> float:
    values = list(found)
    return round(sum(values) / len(values), 4) if values else 1.0
