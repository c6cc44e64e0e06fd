"""Phrases are found as people type them, and not in what only looks like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.matching import BARELY_AGREED, HALF_AGREED, Matcher, outermost
from desk.rules.wording import Wording

PLAIN = Wording({}, {})
PHRASES = (
    "rút một lần",
    "rút .. một lần",
    "sổ",
    "mất sổ",
    "mất sổ bảo hiểm",
    "người lào",
    "nghỉ việc",
    "hòa giải",
    "a .. b .. c",
)
MATCHER = Matcher(((phrase, phrase) for phrase in PHRASES), PLAIN)


def found(text: str) -> dict[str, float]:
    return {match.entry: match.agreement for match in outermost(MATCHER.find(PLAIN.read(text)))}


@pytest.mark.parametrize("typed", ["mất sổ", "mat so", "MẤT SỔ", "mât sô", "mất so"])
def test_accents_that_were_not_typed_are_forgiven(typed: str) -> None:
    assert found(f"em bi {typed} roi a") == {"mất sổ": 1.0}


@pytest.mark.parametrize("typed", ["hoà giải", "hòa giải", "hoa giai", "hòa giãi"])
def test_the_tone_may_sit_on_either_vowel_and_hoi_may_be_nga(typed: str) -> None:
    assert found(typed) == {"hòa giải": 1.0}


def test_a_wrong_accent_costs_half_and_a_lone_syllable_more() -> None:
    assert found("mật số") == {"mất sổ": HALF_AGREED}
    assert found("số") == {"sổ": BARELY_AGREED}


def test_in_a_text_written_with_accents_a_bare_syllable_means_itself() -> None:
    assert found("nguoi lao dong") == {"người lào": 1.0}
    assert found("những người lao động của công ty") == {"người lào": HALF_AGREED}


def test_the_longer_phrase_hides_the_shorter_inside_it() -> None:
    assert found("mất sổ bảo hiểm") == {"mất sổ bảo hiểm": 1.0}
    assert set(found("mất sổ và sổ cũ")) == {"mất sổ", "sổ"}


def test_a_gap_holds_five_syllables_and_no_end_of_a_sentence() -> None:
    assert "rút .. một lần" in found("rút bảo hiểm xã hội cũ một lần")
    assert "rút .. một lần" not in found("rút bảo hiểm xã hội cũ xưa một lần")
    assert "rút .. một lần" not in found("muốn rút. Đóng một lần")
    assert "rút .. một lần" in found("rút bảo hiểm\nmột lần")
    assert "a .. b .. c" in found("a x b y z c")


def test_nothing_is_found_by_nothing() -> None:
    assert Matcher[str]((), PLAIN).find(PLAIN.read("mất sổ")) == []
    assert MATCHER.find(PLAIN.read("")) == []


@given(st.text(alphabet="mấtsổ rú .1lầnộ", max_size=60))
def test_every_place_that_a_match_covers_is_in_the_text(text: str) -> None:
    reading = PLAIN.read(text)

    for match in MATCHER.find(reading):
        assert 0 < match.places < 1 << len(reading.bare)
