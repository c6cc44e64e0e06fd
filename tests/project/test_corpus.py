"""The messages the classifier learns from: many, of many hands, each its own, with labels that mean something."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from desk.rules.classifier import Case
from desk.rules.masking import masked
from desk.rules.wording import folded
from desk.runtime.labelled import read_labelled
from tests.offices import FOLDER, the_office

LABELLED = read_labelled(FOLDER, the_office())
EVERY = (*LABELLED.train, *LABELLED.regression)
OWN = [case for case in EVERY if not case.calibrates]
# topics that the office knows by phrases alone
BY_PHRASES = {"giamdinh", "luutru", "quy", "tthc", "truyenthong"}


def test_there_are_three_thousand_messages_of_twenty_writers_and_ten_to_measure_promises_on() -> None:
    assert len(OWN) >= 3000
    assert len({case.writer for case in OWN}) >= 20
    assert len({case.writer for case in EVERY if case.calibrates}) == 10


def test_about_one_message_in_seven_is_set_aside_by_writer_and_none_that_calibrates() -> None:
    assert 0.12 <= len(LABELLED.regression) / len(OWN) <= 0.18
    assert {case.writer for case in LABELLED.train}.isdisjoint(case.writer for case in LABELLED.regression)
    assert not any(case.calibrates for case in LABELLED.regression)


def test_every_topic_is_asked_about_sixty_times_or_is_known_by_phrases_alone() -> None:
    asked = Counter(topic for case in EVERY for topic in case.topics)

    assert {topic.code for topic in the_office().topics if asked[topic.code] < 60} == BY_PHRASES


def test_no_message_is_nearly_another() -> None:
    grams = [five_letters(case.text) for case in EVERY]
    common = Counter(gram for found in grams for gram in found)
    # sets of which more than half is shared share one of the rarest half of either; a third of both sizes is that half
    holders: dict[str, list[int]] = defaultdict(list)
    alike: list[tuple[str, str]] = []
    for number, found in enumerate(grams):
        rare = sorted(found, key=lambda gram: (common[gram], gram))[: len(found) // 2 + 1]
        near = {other for gram in rare for other in holders[gram]}
        shared = {other: len(found & grams[other]) for other in near}
        alike += [
            (EVERY[number].id, EVERY[other].id) for other in near if 3 * shared[other] > len(found) + len(grams[other])
        ]
        for gram in rare:
            holders[gram].append(number)

    assert not alike


def test_no_message_holds_anybody_s_numbers() -> None:
    def telling(case: Case) -> bool:
        return masked(case.text) != case.text

    assert sum(telling(case) for case in EVERY) <= 0.02 * len(EVERY)


def five_letters(text: str) -> set[str]:
    plain = re.sub(r"\W+", " ", folded(text)).strip()
    # shorter ones are greetings, of which there are only so many
    return {plain[start : start + 5] for start in range(len(plain) - 4)} if len(plain) >= 20 else set()
