"""How far the model may be trusted with writers it never met: each writer is judged by what the others taught."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from desk.rules.classifier.cases import Case, Targets, targets_of
from desk.rules.classifier.classification import Classification
from desk.rules.classifier.deciding import Asked, Decider
from desk.rules.classifier.features import vocabulary_of
from desk.rules.classifier.fusion import Fusion, Opinions, fit_fusion
from desk.rules.classifier.linear import fit_linear
from desk.rules.classifier.meaning import Meanings, vectors_of
from desk.rules.classifier.measures import is_right, surely
from desk.rules.classifier.model import lengths, masked_case, scores
from desk.rules.classifier.neighbours import Neighbours
from desk.rules.classifier.phrases import Classifier, Heard

_FOLDS = 5
# a bound on fewer messages than this would be a promise about luck
_FEWEST_ALONE = 30


class Unseen(NamedTuple):
    """Cases, and opinions on each that owe nothing to its writer: neither models nor phrases that nobody else used."""

    cases: tuple[Case, ...]
    targets: Targets
    heard: tuple[Heard, ...]
    opinions: Opinions


def unseen(cases: Sequence[Case], phrases: Classifier, *, by_meaning: bool = False) -> Unseen:
    """Return what others' messages teach of each writer's.

    Raises:
        ModuleNotFoundError: *by_meaning* without the extra it needs.
    """
    in_order = tuple(masked_case(case) for case in sorted(cases, key=lambda case: case.id))
    targets = targets_of(in_order)
    wanted = targets.wanted(in_order)
    readings = [phrases.wording.read(case.text) for case in in_order]
    linear = np.zeros(wanted.shape, dtype=np.float32)
    votes = np.zeros(wanted.shape, dtype=np.float32)
    vectors = vectors_of(tuple(case.text for case in in_order)) if by_meaning else None
    meant = None if vectors is None else np.zeros(wanted.shape, dtype=np.float32)
    fold_of = _folds(in_order)
    fold = np.array([fold_of[case.writer] for case in in_order])
    for held_out in range(_FOLDS):
        (known,), (asked,) = np.nonzero(fold != held_out), np.nonzero(fold == held_out)
        if not len(asked):
            continue
        of_known, of_asked = [readings[place] for place in known], [readings[place] for place in asked]
        vocabulary = vocabulary_of(of_known)
        model = fit_linear(vocabulary.matrix(of_known), wanted[known])
        linear[asked] = model.logits(vocabulary.matrix(of_asked))
        neighbours = Neighbours(of_known, wanted[known])
        votes[asked] = neighbours.votes(neighbours.nearest(of_asked))
        if vectors is not None and meant is not None:
            meant[asked] = Meanings(vectors[known], wanted[known]).votes(vectors[asked])
    heard = _heard_by_others(in_order, phrases)
    said = scores(heard, targets)
    return Unseen(in_order, targets, heard, Opinions(linear, votes, said, lengths(readings), meant))


def calibrated(seen: Unseen, phrases: Classifier, promise: float) -> tuple[Fusion, tuple[Classification, ...]]:
    """Return the fusion whose *promise* holds for the writers that calibrate, and its answers to every case."""
    fusion = fit_fusion(seen.opinions, seen.targets.wanted(seen.cases), seen.targets, _as_often_as_heard(seen.cases))
    answers = answered(seen, phrases, replace(fusion, sure=0.0))
    sure = sure_from(seen.cases, answers, phrases, promise)
    return replace(fusion, sure=sure), tuple(
        replace(said, auto=said.auto and said.confidence >= sure) for said in answers
    )


def answered(seen: Unseen, phrases: Classifier, fusion: Fusion) -> tuple[Classification, ...]:
    """Return what is said of each case by opinions of models that had not met its writer; without evidence."""
    decider = Decider(phrases, seen.targets, fusion, "")
    chances = fusion.chances(seen.opinions, seen.targets)
    asked = zip(seen.cases, seen.heard, chances, strict=True)
    return tuple(
        decider.decided(Asked(case.text, phrases.wording.read(case.text), heard, chance))
        for case, heard, chance in asked
    )


def sure_from(cases: Sequence[Case], answers: Sequence[Classification], phrases: Classifier, promise: float) -> float:
    """Return the least confidence from which on the promised share is surely right, 1 where no confidence is enough.

    Measured on the writers that calibrate alone.
    """
    alone = sorted(
        ((said.confidence, is_right(case, said, phrases.competences)) for case, said in zip(cases, answers, strict=True)
         if case.calibrates and said.auto),
        reverse=True,
    )  # fmt: skip
    least, right = 1.0, 0
    for count, (confidence, fits) in enumerate(alone, start=1):
        right += fits
        if count >= _FEWEST_ALONE and surely(right, count) >= promise:
            least = confidence
    return least


def _as_often_as_heard(cases: Sequence[Case]) -> NDArray[np.float64]:
    """Return for how many of its kind each case stands, so that kinds are as frequent as among those who calibrate.

    Much of what was written to teach asks for several things at once; most citizens ask for one.
    """
    kinds = [(case.scope, min(len(case.topics), 2)) for case in cases]
    written = Counter(kinds)
    heard = Counter(kind for kind, case in zip(kinds, cases, strict=True) if case.calibrates)
    if not heard:
        return np.ones(len(cases))
    return np.array([heard[kind] / written[kind] for kind in kinds]) * len(cases) / heard.total()


def _folds(cases: Sequence[Case]) -> dict[str, int]:
    """Return the fold of each writer; those who calibrate are spread evenly, and so are the others."""
    kinds: dict[bool, set[str]] = defaultdict(set)
    for case in cases:
        kinds[case.calibrates].add(case.writer)
    return {
        writer: place % _FOLDS
        for writers in kinds.values()
        for place, writer in enumerate(sorted(writers, key=lambda name: hashlib.sha256(name.encode()).digest()))
    }


def _heard_by_others(cases: Sequence[Case], phrases: Classifier) -> tuple[Heard, ...]:
    """Return what phrases say of each case without those that no other writer used: they may be that writer's own."""
    readings = [phrases.wording.read(case.text) for case in cases]
    whole = [phrases.heard(reading) for reading in readings]
    writers: dict[str, set[str]] = defaultdict(set)
    for case, heard in zip(cases, whole, strict=True):
        for proof in heard.evidence:
            writers[proof.phrase].add(case.writer)
    own = {phrase for phrase, used_by in writers.items() if len(used_by) == 1}
    return tuple(
        phrases.heard(reading, own) if any(proof.phrase in own for proof in heard.evidence) else heard
        for reading, heard in zip(readings, whole, strict=True)
    )
