"""How citizens write: cleaned for keeping, folded for comparing, read into syllables for matching phrases."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from desk.rules.office import Lexicon

# What no screen or database should be given: controls but tab and line feed, lone surrogates, soft hyphens, fillers
# that look empty, bidirectional overrides, zero-width characters. A joiner stays between two emoji, which it makes one.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c"
    "\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
    "|(?<![\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])\u200d|\u200d(?![\u2190-\u2bff\U0001f000-\U0001faff])"
)
_LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")
_CUT = "…"

_LATIN = (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
_STRAY_MARKS: dict[int, None] = dict.fromkeys(range(0x300, 0x370))
_FOLDS: dict[int, str | None] = {
    **{code: unicodedata.normalize("NFD", chr(code))[0] for code in _LATIN},
    **_STRAY_MARKS,
    ord("đ"): "d",
    ord("Đ"): "D",
}

# A full stop ends a phrase, the point in 1.500.000 does not; a line feed does not either: citizens send half sentences.
_TOKEN = re.compile(r"[^\W_]+|%|[.!?;]+(?!\d)")
# Letters held down are let go, but "cccd" has three, and "huu", "luu" typed bare are words (hưu, lưu).
_REPEATS = re.compile(r"([^\W\d_cw])\1{2,}|([aeioy])\2(?![^\W_])")
SENTENCE_ENDS = frozenset(".!?;")

# Small talk, topics, urgency and secrecy are all read out of the same text while its batch is sealed.
_LATEST_TEXTS = 2048


def cleaned(text: str, limit: int) -> str:
    """Return a text fit to be stored and shown: NFC, no hidden characters, plain line feeds, at most *limit* long.

    Emoji are kept. What is cut is marked by "…". Safe to repeat.
    """
    bare = _UNWANTED.sub("", _LINE_ENDS.sub("\n", text)).replace("\xa0", " ")
    # composing shortens more often than it lengthens: a generous cut first spares megabytes
    composed = unicodedata.normalize("NFC", bare[: 4 * limit]).strip()
    whole = len(bare) <= 4 * limit and len(composed) <= limit
    return composed if whole else composed[: limit - len(_CUT)].rstrip() + _CUT


def folded(text: str) -> str:
    """Return a text in lower case without accents, đ as d."""
    return text.lower().translate(_FOLDS)


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, accents kept, letters that were held down let go ("alooo")."""
    return [token for token in _tokens(text) if token[0] not in SENTENCE_ENDS]


def _tokens(text: str) -> list[str]:
    """Return words and the ends of sentences."""
    lowered = unicodedata.normalize("NFKC", text).lower().translate(_STRAY_MARKS)
    tokens: list[str] = _TOKEN.findall(_REPEATS.sub(r"\1\2", lowered))
    return tokens


class Reading(NamedTuple):
    """A text as syllables in the standard wording: as typed, and the same folded; ends of sentences too."""

    typed: Sequence[str]
    bare: Sequence[str]


class Wording:
    """Reads texts in the standard wording: abbreviations and teencode written out, set terms brought to one form.

    A key of several words ("bảo hiểm xã hội") is brought to its form wherever it stands; an ambiguous token ("tn") only
    beside a neighbour that decides, otherwise it stays as typed.
    """

    def __init__(self, abbreviations: Mapping[str, str], ambiguous: Mapping[str, Mapping[str, str]]) -> None:
        tokens = {tuple(words(key)): words(form) for key, form in abbreviations.items()}
        self._single = {key[0]: form for key, form in tokens.items() if len(key) == 1}
        self._ambiguous = {
            token: {folded(neighbour): words(form) for neighbour, form in neighbours.items()}
            for token, neighbours in ambiguous.items()
        }
        self._terms: dict[str, list[tuple[list[str], list[str]]]] = {}
        for key, form in sorted(tokens.items(), key=lambda item: -len(item[0])):
            if len(key) > 1:
                bare = [folded(word) for word in key]
                self._terms.setdefault(bare[0], []).append((bare, form))

    @lru_cache(maxsize=_LATEST_TEXTS)  # noqa: B019 - a reader lives as long as its office
    def read(self, text: str) -> Reading:
        """Return a text as syllables in the standard wording."""
        typed = self._written_out(_tokens(text))
        return self._in_set_terms(Reading(typed, _bare(typed)))

    def _written_out(self, typed: list[str]) -> list[str]:
        single, ambiguous = self._single, self._ambiguous
        if single.keys().isdisjoint(typed) and ambiguous.keys().isdisjoint(typed):
            return typed
        written: list[str] = []
        for place, token in enumerate(typed):
            if (form := single.get(token)) is not None:
                written += form
            elif (neighbours := ambiguous.get(token)) is not None:
                written += _decided(neighbours, typed, place) or [token]
            else:
                written.append(token)
        return written

    def _in_set_terms(self, reading: Reading) -> Reading:
        terms = self._terms
        if terms.keys().isdisjoint(reading.bare):
            return reading
        typed: list[str] = []
        bare: list[str] = []
        place = 0
        while place < len(reading.bare):
            for term, form in terms.get(reading.bare[place], ()):
                if reading.bare[place : place + len(term)] == term:
                    typed += form
                    bare += _bare(form)
                    place += len(term)
                    break
            else:
                typed.append(reading.typed[place])
                bare.append(reading.bare[place])
                place += 1
        return Reading(typed, bare)


def _bare(typed: Iterable[str]) -> list[str]:
    joined = " ".join(typed).translate(_FOLDS)
    return joined.split(" ") if joined else []


def _decided(neighbours: Mapping[str, list[str]], typed: list[str], place: int) -> list[str] | None:
    """Return the form that the word before decides, or else the word after."""
    for beside in (place - 1, place + 1):
        if 0 <= beside < len(typed) and (form := neighbours.get(folded(typed[beside]))):
            return form
    return None


@lru_cache(maxsize=8)
def wording_of(lexicon: Lexicon) -> Wording:
    """Return the reader of an office's lexicon, made once."""
    return Wording(lexicon.abbreviations, lexicon.ambiguous)
