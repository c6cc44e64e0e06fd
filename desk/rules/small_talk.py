"""What a burst of messages is when it is not a question: thanks, a greeting, "how far is it", a photo (U12)."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from typing import Protocol

from desk.rules.case_codes import find_case_codes
from desk.rules.masking import Personal, find_personal, without_personal
from desk.rules.matching import Matcher, outermost
from desk.rules.office import Lexicon
from desk.rules.taps import is_tap, rating
from desk.rules.wording import SENTENCE_ENDS, Reading, wording_of


class SmallTalk(StrEnum):
    """What a burst is that asks nothing new; anger about an answer that does not come is ASKS_HOW_FAR, not ABUSE."""

    THANKS = "thanks"
    GREETING = "greeting"
    ASKS_HOW_FAR = "asks_how_far"
    ADVERTISEMENT = "advertisement"
    ABUSE = "abuse"
    KEEP_OPEN = "keep_open"
    RATING = "rating"
    MEDIA = "media"
    EMPTY = "unreadable"


class Said(Protocol):
    """One message of a burst: the type Zalo gives it, and its text or caption."""

    @property
    def kind(self) -> str:
        """Zalo's type in lower case."""

    @property
    def text(self) -> str:
        """Text or caption; may be empty."""


# Without a text these hold nothing for a person to look at: a recalled message, a picture that is a mood.
_NOTHING_TO_SEE = frozenset({"text", "sticker", "gif", "nosupport"})
# Lists of office/small_talk.yaml that are no kind of small talk: words that say nothing; words of our business, or of a
# question, which make a question of any talk.
FILLER, SUBJECT = "filler", "subject"
# What people call the numbers by which they are known; no kind of small talk either.
IDENTITY = "identity"
_RANKED = (
    SmallTalk.ASKS_HOW_FAR,
    SmallTalk.KEEP_OPEN,
    SmallTalk.ABUSE,
    SmallTalk.ADVERTISEMENT,
    SmallTalk.GREETING,
    SmallTalk.THANKS,
)
# these are known by one phrase, whatever stands around it, unless a subject is named
_SAID_IN_ANY_WORDS = frozenset({SmallTalk.ABUSE, SmallTalk.ADVERTISEMENT})
# so many words beside a phrase of small talk may stay unexplained
_UNEXPLAINED_WORDS = 1
_LONGEST_NAME = 5


def small_talk(burst: Sequence[Said], lexicon: Lexicon) -> SmallTalk | None:
    """Return what a burst is if it asks nothing; None is a question, also a greeting or anger followed by one."""
    texts = [said.text for said in burst if said.text and not is_tap(said.text)]
    text = "\n".join(texts)
    talk = talk_of(text, wording_of(lexicon).read(text), lexicon)
    if talk is None:
        return None
    if any(said.kind not in _NOTHING_TO_SEE for said in burst):
        return SmallTalk.MEDIA
    if talk is SmallTalk.EMPTY and any(is_tap(said.text) for said in burst):
        return SmallTalk.RATING if any(rating(said.text) for said in burst) else SmallTalk.KEEP_OPEN
    return talk


def talk_of(text: str, reading: Reading, lexicon: Lexicon) -> SmallTalk | None:
    """Return what a text is if it asks nothing, already read."""
    spoken = [place for place, word in enumerate(reading.bare) if word[0] not in SENTENCE_ENDS]
    if not spoken:
        return SmallTalk.EMPTY
    matches = [match for match in outermost(_matcher(lexicon).find(reading)) if match.agreement == 1]
    kinds = {SmallTalk(match.entry) for match in matches if match.entry not in {FILLER, SUBJECT}}
    explained = _places_of_case_codes(text, reading)
    if explained:
        kinds.add(SmallTalk.ASKS_HOW_FAR)
    has_subject = any(match.entry == SUBJECT for match in matches)
    for match in matches:
        explained |= match.places if match.entry != SUBJECT else 0
    unexplained = sum(not explained >> place & 1 for place in spoken)
    if not kinds and not has_subject and (not unexplained or len(spoken) == 1):
        return SmallTalk.GREETING
    for kind in _RANKED:
        if kind in kinds and not has_subject and (kind in _SAID_IN_ANY_WORDS or unexplained <= _UNEXPLAINED_WORDS):
            return kind
    return None


def without_greeting(text: str, lexicon: Lexicon) -> str:
    """Return a text without the lines before the question that only greet: they say nothing of what it is about."""
    lines = text.split("\n")
    first = next((place for place, line in enumerate(lines[:-1]) if not _greets(line, lexicon)), len(lines) - 1)
    return "\n".join(lines[first:])


def _greets(line: str, lexicon: Lexicon) -> bool:
    reading = wording_of(lexicon).read(line)
    matches = [match for match in outermost(_matcher(lexicon).find(reading)) if match.agreement == 1]
    explained = 0
    for match in matches:
        explained |= match.places if match.entry in {FILLER, SmallTalk.GREETING} else 0
    spoken = [place for place, word in enumerate(reading.bare) if word[0] not in SENTENCE_ENDS]
    greets = any(match.entry == SmallTalk.GREETING for match in matches)
    return greets and all(explained >> place & 1 for place in spoken)


def gives_identity_only(text: str, lexicon: Lexicon) -> bool:
    """Tell whether a text gives a number or a name by which somebody is known, and asks nothing."""
    if not any(kind is not Personal.SECRET for kind, _ in find_personal(text)):
        return False
    rest = wording_of(lexicon).read(_without_names(without_personal(text)))
    explained = 0
    for match in outermost(_identity_matcher(lexicon).find(rest)):
        explained |= match.places
    spoken = [place for place, word in enumerate(rest.bare) if word[0] not in SENTENCE_ENDS and not word.isdigit()]
    return all(explained >> place & 1 for place in spoken)


def _without_names(text: str) -> str:
    """Return a text without what may be names of persons: several words in a row that begin with a capital."""
    kept: list[str] = []
    for is_capital, run in groupby(text.split(), lambda word: word[0].isupper()):
        together = list(run)
        kept += [] if is_capital and 1 < len(together) <= _LONGEST_NAME else together
    return " ".join(kept)


def _places_of_case_codes(text: str, reading: Reading) -> int:
    """Return the places of what a case code is made of, if the text holds one, or one with a slip in it after "ZL"."""
    if not find_case_codes(text) and not any(word.startswith("zl") for word in reading.bare):
        return 0
    return sum(1 << place for place, word in enumerate(reading.bare) if word.isdigit() or word.startswith("zl"))


@lru_cache(maxsize=8)
def _matcher(lexicon: Lexicon) -> Matcher[str]:
    kinds = ((kind, listed) for kind, listed in lexicon.small_talk.items() if kind != IDENTITY)
    return Matcher(((phrase, kind) for kind, listed in kinds for phrase in listed), wording_of(lexicon))


@lru_cache(maxsize=8)
def _identity_matcher(lexicon: Lexicon) -> Matcher[str]:
    phrases = ((phrase, kind) for kind in (FILLER, IDENTITY) for phrase in lexicon.small_talk.get(kind, ()))
    return Matcher(phrases, wording_of(lexicon))
