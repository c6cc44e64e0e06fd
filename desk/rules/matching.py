"""Finding phrases in what was read: all at once (Aho-Corasick over words), forgiving accents that were not typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Generic, NamedTuple, TypeAlias, TypeVar

import ahocorasick

from desk.rules.wording import SENTENCE_ENDS, Reading, Wording, folded

GAP = ".."
GAP_SYLLABLES = 5
# from this share of its syllables on, a text counts as written with accents (a correct one has two thirds)
ACCENTED_SHARE = 0.5
# what a phrase is still worth when an accent was typed that it does not have: little where one syllable is all there is
HALF_AGREED, BARELY_AGREED = 0.5, 0.25

Entry = TypeVar("Entry")
Syllables: TypeAlias = tuple[str, ...]


class Match(NamedTuple, Generic[Entry]):
    """A phrase that was found: its entry, how far the accents agree (1: wholly), the places it covers, a bit each."""

    entry: Entry
    agreement: float
    places: int


class _Spot(NamedTuple):
    """Where a piece of a phrase stands in a text."""

    start: int
    end: int
    agreement: float
    places: int


class _Piece(Generic[Entry]):
    """A phrase without a gap, or one piece of a phrase with gaps, in one spelling."""

    __slots__ = ("gapped", "syllables", "whole")

    def __init__(self, syllables: Syllables) -> None:
        self.syllables = syllables
        self.whole: list[Entry] = []
        # the phrases with gaps that end with this piece, by the piece they begin with
        self.gapped: dict[_Piece[Entry], list[tuple[list[_Piece[Entry]], Entry]]] = {}


class Matcher(Generic[Entry]):
    """Finds many phrases in one pass. "a .. b" is a, then b at most five syllables later in the same sentence."""

    def __init__(self, phrases: Iterable[tuple[str, Entry]], wording: Wording) -> None:
        self._vocabulary: dict[str, int] = {}
        pieces: dict[tuple[int, ...], dict[Syllables, _Piece[Entry]]] = {}

        def piece_of(reading: Reading) -> _Piece[Entry]:
            key = tuple(self._vocabulary.setdefault(word, len(self._vocabulary) + 1) for word in reading.bare)
            syllables = tuple(reading.typed)
            return pieces.setdefault(key, {}).setdefault(syllables, _Piece(syllables))

        for phrase, entry in phrases:
            first, *others = [piece_of(wording.read(part)) for part in phrase.split(GAP)]
            if others:
                others[-1].gapped.setdefault(first, []).append(([first, *others], entry))
            else:
                first.whole.append(entry)
        self._automaton = ahocorasick.Automaton(ahocorasick.STORE_ANY, ahocorasick.KEY_SEQUENCE)
        for key, spelt in pieces.items():
            self._automaton.add_word(key, (len(key), tuple(spelt.values())))
        self._automaton.make_automaton()

    def find(self, reading: Reading) -> list[Match[Entry]]:
        """Return every phrase found, also those that lie inside longer ones."""
        if not self._vocabulary or not reading.bare:
            return []
        known = self._vocabulary
        codes = tuple([known.get(word, 0) for word in reading.bare])
        agreement = _agreement_with_accents if _is_written_with_accents(reading) else _agreement
        found: list[Match[Entry]] = []
        spots: dict[_Piece[Entry], list[_Spot]] = {}
        for end, (length, pieces) in self._automaton.iter(codes):
            start = end - length + 1
            typed = tuple(reading.typed[start : end + 1])
            places = (1 << end + 1) - (1 << start)
            for piece in pieces:
                agreed = 1.0 if typed == piece.syllables else agreement(typed, piece.syllables)
                spots.setdefault(piece, []).append(_Spot(start, end, agreed, places))
                for entry in piece.whole:
                    found.append(Match(entry, agreed, places))  # noqa: PERF401 - mostly one, and it is hot
        for last in spots:
            if last.gapped:
                for first in last.gapped.keys() & spots.keys():
                    for chain, entry in last.gapped[first]:
                        if all(piece in spots for piece in chain):
                            found += [
                                Match(entry, *way) for way in _ways([spots[piece] for piece in chain], reading.bare)
                            ]
        return found


def outermost(found: list[Match[Entry]]) -> list[Match[Entry]]:
    """Return the matches that do not lie wholly inside a longer one."""
    wholes = {match.places for match in found}
    inner = {places for places in wholes for other in wholes if places & other == places != other}
    return [match for match in found if match.places not in inner]


def _ways(pieces: list[list[_Spot]], bare: Sequence[str]) -> list[tuple[float, int]]:
    """Return agreement and places of each way in which the pieces of a phrase follow each other closely enough."""
    ways = [(spot.end, spot.agreement, spot.places) for spot in pieces[0]]
    for spots in pieces[1:]:
        ways = [
            (spot.end, min(agreement, spot.agreement), places | spot.places)
            for spot in spots
            for end, agreement, places in ways
            if 0 <= spot.start - end - 1 <= GAP_SYLLABLES
            and not any(word[0] in SENTENCE_ENDS for word in bare[end + 1 : spot.start])
        ]
    return [(agreement, places) for _, agreement, places in ways]


def _is_written_with_accents(reading: Reading) -> bool:
    marked = sum(1 for said, bare in zip(reading.typed, reading.bare, strict=True) if said != bare)
    return marked >= ACCENTED_SHARE * len(reading.bare)


@lru_cache(maxsize=50_000)
def _agreement(typed: Syllables, spelling: Syllables) -> float:
    if typed == spelling or all(_is_compatible(said, wanted) for said, wanted in zip(typed, spelling, strict=True)):
        return 1.0
    return HALF_AGREED if len(spelling) > 1 else BARELY_AGREED


@lru_cache(maxsize=50_000)
def _agreement_with_accents(typed: Syllables, spelling: Syllables) -> float:
    """Return the agreement in a text written with accents, where a bare syllable means itself ("lao" is not "Lào")."""
    means_itself = any(said != wanted and said == folded(wanted) for said, wanted in zip(typed, spelling, strict=True))
    if means_itself:
        return HALF_AGREED if len(spelling) > 1 else BARELY_AGREED
    return _agreement(typed, spelling)


def _is_compatible(typed: str, syllable: str) -> bool:
    """Tell whether a typed syllable may be meant for another: each mark typed is one of its marks, or none was typed.

    The tone may sit on either vowel (hoà, hòa), and hỏi and ngã count as one: half the country writes them alike.
    """
    letters, tone = _marks(typed)
    wanted_letters, wanted_tone = _marks(syllable)
    marks = zip(letters, wanted_letters, strict=True)
    return tone in {"", wanted_tone} and all(mark in {"", wanted} for mark, wanted in marks)


_TONES = {"\u0300": "huyền", "\u0301": "sắc", "\u0303": "hỏi", "\u0309": "hỏi", "\u0323": "nặng"}


def _marks(syllable: str) -> tuple[list[str], str]:
    """Return the mark of each letter (the stroke of đ too) and the tone of a syllable."""
    letters: list[str] = []
    tone = ""
    for character in syllable:
        base, *marks = list(unicodedata.normalize("NFD", character))
        tone = next((_TONES[mark] for mark in marks if mark in _TONES), tone)
        letters.append("-" if base == "đ" else "".join(mark for mark in marks if mark not in _TONES))
    return letters, tone
