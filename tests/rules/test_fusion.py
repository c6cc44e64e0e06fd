"""How three opinions and the length of a text become what it is taken to ask."""

from __future__ import annotations

import numpy as np

from desk.rules.classifier.cases import Targets
from desk.rules.classifier.fusion import FIRST_FUSION, MOST_FOR_PHRASES, Opinions, choose, fit_fusion

TARGETS = Targets(("huu", "chitra"), ())


def opinions(*logits: float, words: int, times: int = 1) -> Opinions:
    """Return what a model alone says, of a text of so many words: two topics, elsewhere, nobody's."""
    row = np.array([logits], dtype=np.float32).repeat(times, axis=0)
    silent = np.zeros_like(row)
    return Opinions(row, silent + 0.5, silent, np.full(times, words))


def asked(said: Opinions) -> set[str]:
    chosen = choose(FIRST_FUSION.chances(said, TARGETS)[0], TARGETS, FIRST_FUSION)
    return {TARGETS.names[column] for column in chosen.columns}


def test_who_tells_much_may_ask_for_more_than_one_thing() -> None:
    assert asked(opinions(2.0, -1.0, -4.0, -4.0, words=6)) == {"huu"}
    assert asked(opinions(2.0, -1.0, -4.0, -4.0, words=60)) == {"huu", "chitra"}


def test_a_word_or_two_may_be_nobodys_business_and_a_story_hardly_is() -> None:
    short, long = (FIRST_FUSION.chances(opinions(-4, -4, -4, -1.5, words=n), TARGETS)[0, 3] for n in (1, 60))

    assert short > long


def test_nobody_is_sent_elsewhere_only_because_nothing_is_likely() -> None:
    assert asked(opinions(-6.0, -5.0, -4.5, -9.0, words=15)) == {"chitra"}
    assert asked(opinions(-6.0, -5.0, 1.0, -9.0, words=15)) == {"OOS"}


def test_no_fit_trusts_phrases_more_than_it_may() -> None:
    said = opinions(0.0, 0.0, 0.0, 0.0, words=8, times=40)
    wanted = np.zeros((40, 4), dtype=bool)
    wanted[:20] = True
    told = said._replace(phrases=np.where(wanted, 6.0, -3.0).astype(np.float32))

    fusion = fit_fusion(told, wanted, TARGETS, np.ones(40))

    assert max(fusion.topics.phrases, fusion.elsewhere.phrases, fusion.noise.phrases) <= MOST_FOR_PHRASES
