"""Lines of our own letters found again in a reply: the one way to know a quote that needs no language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from desk.rules.replies.programs import MARKER

# Outlook writes a link behind its words.
_LINK = re.compile(r"<(?:mailto|https?):[^<>]*>|\[(?:mailto|https?):[^\[\]]*\]")
_NOT_LETTERS = re.compile(r"[\W_]+")
# Long enough that nobody types it by chance. Shorter lines count only beside such a one: a reply may be one of the
# words that the letter proposes.
_SURE = 24
_SEEN_FROM_HEAD = 6
_SURE_OF_HEAD = 2


class SentLetters:
    """The letters a reply may quote, read when first needed: most quotes are known without. False if there are none."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts

    def __bool__(self) -> bool:
        return any(text.strip() for text in self._texts)

    @cached_property
    def _letters(self) -> list[list[str]]:
        return [[key for line in text.split("\n") if (key := _key(line))] for text in self._texts]

    @cached_property
    def _all(self) -> str:
        return "\n".join("".join(letter) for letter in self._letters)

    @cached_property
    def _lines(self) -> frozenset[str]:
        return frozenset(key for letter in self._letters for key in letter)

    @cached_property
    def _heads(self) -> frozenset[str]:
        return frozenset(next((key for key in letter if key != _MARKER), "") for letter in self._letters) - {""}

    def are_in(self, lines: Sequence[str]) -> bool:
        """Tell whether any line is surely ours."""
        return any(self._is_sure(_key(line)) for line in lines)

    def left_of(self, lines: Sequence[str]) -> list[str]:
        """Return the lines of a quote that are not ours.

        A short line is ours only where it goes on from a sure one as in the letter: as a whole line of it, or as a
        piece that was wrapped off, when the next sure one goes on from it.
        """
        if not self:
            return list(lines)
        keys = [_key(line) for line in lines]
        sure = [number for number, key in enumerate(keys) if self._is_sure(key)]
        ours = set(sure)
        for before, after in pairwise([-1, *sure, len(lines)]):
            between = range(before + 1, after)
            if "".join(keys[max(before, 0) : after + 1]) in self._all:
                ours.update(between)
                continue
            ours.update(self._going_on(keys, [*between], keys[before] if before >= 0 else ""))
            if after < len(lines):
                ours.update(self._going_on(keys, [*reversed(between)], keys[after], backwards=True))
        return [line for number, line in enumerate(lines) if number not in ours]

    def _going_on(
        self, keys: Sequence[str], numbers: Sequence[int], from_: str, *, backwards: bool = False
    ) -> Iterator[int]:
        run = from_
        for number in numbers:
            run = keys[number] + run if backwards else run + keys[number]
            if not from_ or run not in self._all or (keys[number] and keys[number] not in self._lines):
                return
            yield number

    def head_in(self, lines: Sequence[str]) -> int | None:
        """Return where one of our letters begins, if it surely does: someone may paste a part of it to change it."""
        if not self:
            return None
        for number, line in enumerate(lines):
            if _key(line) in self._heads:
                following = [key for line in lines[number : number + 4 * _SEEN_FROM_HEAD] if (key := _key(line))]
                if sum(map(self._is_sure, following[:_SEEN_FROM_HEAD])) >= min(_SURE_OF_HEAD, len(following)):
                    return number
        return None

    def without_quoted_blocks(self, lines: Sequence[str]) -> list[str]:
        """Return the lines without those blocks marked as quoted in which something is ours."""
        if not self:
            return list(lines)
        kept: list[str] = []
        block: list[str] = []
        for line in [*lines, ""]:
            if line.lstrip().startswith(">"):
                block.append(line)
                continue
            if not self.are_in(block):
                kept += block
            block = []
            kept.append(line)
        return kept[:-1]

    def _is_sure(self, key: str) -> bool:
        return len(key) >= _SURE and key in self._all


def _key(line: str) -> str:
    return _NOT_LETTERS.sub("", _LINK.sub("", line) if ":" in line else line).lower()


_MARKER = _key(MARKER)
