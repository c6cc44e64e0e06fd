"""The words the rules read by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A weighted phrase that speaks for a topic or an authority: 3 decides, 2 is strong, 1 hints, negative excludes."""

    phrase: str
    weight: float
    target: str
    author: str = ""
    added_on: date | None = None
    status: str = "active"


# compared by identity: what the rules compile of it is kept for as long as the one loaded object is
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lexicon:
    """The words the rules read by: abbreviations, small talk, what must be held. All lists are data the office edits.

    `abbreviations` maps a typed token to its long form; `ambiguous` maps a token to {neighbour token: long form};
    `small_talk` maps a kind (thanks, greeting, asks_how_far, advertisement, abuse, keep_open) to phrases;
    `sensitive` and `urgent` map a class (to_cao, tu_hai, bao_chi, …) to phrases.
    """

    abbreviations: Mapping[str, str]
    ambiguous: Mapping[str, Mapping[str, str]]
    phrases: tuple[Phrase, ...]
    small_talk: Mapping[str, tuple[str, ...]]
    sensitive: Mapping[str, tuple[str, ...]]
    urgent: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandWords:
    """A command and the words people write for it; the first are those the desk's letters show.

    `code` is a value of desk.rules.commands.CommandCode; `argument` says what follows the colon, empty for none.
    """

    code: str
    words: tuple[str, ...]
    argument: str = ""
