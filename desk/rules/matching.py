"""Finding phrases in what was read: all at once (Aho-Corasick over words), forgiving accents that were not typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

import ahocorasick

from desk.rules.wording import SENTENCE_ENDS, Reading, Wording

GAP = ".."
GAP_SYLLABLES = 5
# what a phrase is still worth when an accent was typed that it does not have: little where one syllable is all there is
HALF_AGREED, BARELY_AGREED = 0.5, 0.25

Entry = TypeVar("Entry")


class Match(NamedTuple, Generic[Entry]):
    """A phrase that was found: its entry, how far the accents agree (1: wholly), the places it covers, a bit each."""

    entry: Entry
    agreement: float
    places: int


class _Part(NamedTuple):
    """One piece of a phrase; a phrase with gaps has several."""

    phrase: int
    number: int
    syllables: tuple[str, ...]


class Matcher(Generic[Entry]):
    """Finds many phrases in one pass. "a .. b" is a, then b at most five syllables later in the same sentence."""

    def __init__(self, phrases: Iterable[tuple[str, Entry]], wording: Wording) -> None:
        self._entries: list[Entry] = []
        self._lengths: list[int] = []  # parts a phrase
        self._vocabulary: dict[str, int] = {}
        parts: dict[tuple[int, ...], list[_Part]] = {}
        for phrase, entry in phrases:
            readings = [wording.read(piece) for piece in phrase.split(GAP)]
            for number, reading in enumerate(readings):
                key = tuple(self._vocabulary.setdefault(word, len(self._vocabulary) + 1) for word in reading.bare)
                parts.setdefault(key, []).append(_Part(len(self._entries), number, tuple(reading.typed)))
            self._entries.append(entry)
            self._lengths.append(len(readings))
        self._automaton = ahocorasick.Automaton(ahocorasick.STORE_ANY, ahocorasick.KEY_SEQUENCE)
        for key, of_key in parts.items():
            self._automaton.add_word(key, (len(key), of_key))
        self._automaton.make_automaton()

    def find(self, reading: Reading) -> list[Match[Entry]]:
        """Return the phrases found, without those that lie wholly inside a longer one."""
        if not self._entries:
            return []
        known = self._vocabulary
        codes = tuple([known.get(word, 0) for word in reading.bare])
        found: list[Match[Entry]] = []
        pieces: dict[int, dict[int, list[_Piece]]] = {}
        for end, (length, parts) in self._automaton.iter(codes):
            start = end - length + 1
            typed = reading.typed[start : end + 1]
            for part in parts:
                piece = _Piece(start, end, _agreement(typed, part.syllables))
                if self._lengths[part.phrase] == 1:
                    found.append(Match(self._entries[part.phrase], piece.agreement, _bits(piece)))
                else:
                    pieces.setdefault(part.phrase, {}).setdefault(part.number, []).append(piece)
        for phrase, by_number in pieces.items():
            if len(by_number) == self._lengths[phrase]:
                entry = self._entries[phrase]
                found += [Match(entry, *chain) for chain in _chains(by_number, reading.bare)]
        return _outermost(found)


class _Piece(NamedTuple):
    start: int
    end: int
    agreement: float


def _bits(piece: _Piece) -> int:
    return (1 << piece.end + 1) - (1 << piece.start)


def _chains(by_number: dict[int, list[_Piece]], bare: list[str]) -> list[tuple[float, int]]:
    """Return agreement and places of each way in which the parts of a phrase follow each other closely enough."""
    chains = [(piece.end, piece.agreement, _bits(piece)) for piece in by_number[0]]
    for number in range(1, len(by_number)):
        chains = [
            (piece.end, min(agreement, piece.agreement), places | _bits(piece))
            for piece in by_number[number]
            for end, agreement, places in chains
            if 0 <= piece.start - end - 1 <= GAP_SYLLABLES
            and not any(word[0] in SENTENCE_ENDS for word in bare[end + 1 : piece.start])
        ]
    return [(agreement, places) for _, agreement, places in chains]


def _outermost(found: list[Match[Entry]]) -> list[Match[Entry]]:
    return [
        match
        for match in found
        if not any(match.places & other.places == match.places != other.places for other in found)
    ]


def _agreement(typed: list[str], syllables: tuple[str, ...]) -> float:
    if all(map(_is_compatible, typed, syllables)):
        return 1.0
    return HALF_AGREED if len(syllables) > 1 else BARELY_AGREED


@lru_cache(maxsize=50_000)
def _is_compatible(typed: str, syllable: str) -> bool:
    """Tell whether a typed syllable may be meant for another: each mark typed is one of its marks, or none was typed.

    The tone may sit on either vowel (hoà, hòa), and hỏi and ngã count as one: half the country writes them alike.
    """
    if typed == syllable:
        return True
    letters, tone = _marks(typed)
    wanted_letters, wanted_tone = _marks(syllable)
    return tone in {"", wanted_tone} and all(
        mark in {"", wanted} for mark, wanted in zip(letters, wanted_letters, strict=True)
    )


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
