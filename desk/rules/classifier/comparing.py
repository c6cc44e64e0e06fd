"""Whether a new model may take the place of the one in use, and what would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from desk.rules.classifier.cases import Case
from desk.rules.classifier.classification import Classification
from desk.rules.classifier.measures import Measures

# what a new model may lose, in shares of 1: of the whole, and of one topic
_MAY_LOSE, _TOPIC_MAY_LOSE = 0.01, 0.05
_NAMES: Mapping[str, str] = {
    "macro_f1": "F1 trung bình các chủ đề",
    "units_exact": "đúng trọn bộ đơn vị",
    "elsewhere_recall": "nhận ra việc của cơ quan khác",
}


class Flip(NamedTuple):
    """A message of which two models say different things; `to_better` is None where neither is right."""

    case_id: str
    was: str
    is_now: str
    to_better: bool | None


def reasons_against(new: Measures, old: Measures) -> list[str]:
    """Return in Vietnamese why the new model must stay in the shadow; empty where it may be promoted.

    Both are measured on the same messages, which neither has learnt from.
    """
    against = []
    for figure, name in _NAMES.items():
        before, after = getattr(old, figure), getattr(new, figure)
        if after < before - _MAY_LOSE:
            against.append(f"{name}: {before:.1%} còn {after:.1%}")
    for topic, before in old.f1_of.items():
        after = new.f1_of.get(topic, 0.0)
        if after < before - _TOPIC_MAY_LOSE:
            against.append(f"chủ đề {topic}: F1 {before:.1%} còn {after:.1%}")
    return against


def flips(cases: Sequence[Case], was: Sequence[Classification], is_now: Sequence[Classification]) -> Iterator[Flip]:
    """Yield the messages of which the two say different things."""
    for case, before, after in zip(cases, was, is_now, strict=True):
        if _said(before) != _said(after):
            fits = _said(after) == _wanted(case)
            better = fits if fits or _said(before) == _wanted(case) else None
            yield Flip(case.id, _shown(before), _shown(after), better)


def mistakes(cases: Sequence[Case], answers: Sequence[Classification]) -> Counter[tuple[str, str]]:
    """Return how often which labels were taken for which, the right ones first."""
    found: Counter[tuple[str, str]] = Counter()
    for case, said in zip(cases, answers, strict=True):
        if _said(said) != _wanted(case):
            wanted = " + ".join(sorted((*case.topics, *case.redirect))) or case.scope.value
            found[wanted, _shown(said)] += 1
    return found


def _wanted(case: Case) -> tuple[object, ...]:
    return case.scope, frozenset(case.topics)


def _said(said: Classification) -> tuple[object, ...]:
    return said.scope, frozenset(said.topics)


def _shown(said: Classification) -> str:
    return " + ".join(sorted((*said.topics, *said.redirect))) or said.scope.value
