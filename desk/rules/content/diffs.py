"""What an editor changed between two versions, for the Secretary who confirms it (U17)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from desk.rules.content.articles import Article, Block, ImageBlock, TextBlock, VideoBlock

# a sentence with what follows it, a line break, or what is left
_SENTENCES = re.compile(r"[^.!?…\n]+[.!?…]*|[.!?…]+")


class ChangeKind(StrEnum):
    """Whether a sentence stands in both versions, in the earlier or in the later alone."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence, with the part it belongs to named where it is not running text ("Tiêu đề: …")."""

    kind: ChangeKind
    text: str


def changes(before: Article, after: Article) -> list[Change]:
    """Return two versions side by side, sentence by sentence, in reading order."""
    old, new = list(_sentences(before)), list(_sentences(after))
    found: list[Change] = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [Change(ChangeKind.SAME, text) for text in old[old_from:old_to]]
            continue
        found += [Change(ChangeKind.GONE, text) for text in old[old_from:old_to]]
        found += [Change(ChangeKind.NEW, text) for text in new[new_from:new_to]]
    return found


def _sentences(article: Article) -> Iterator[str]:
    yield f"Tiêu đề: {article.title}"
    yield f"Tác giả: {article.author}"
    yield f"Mô tả: {article.description}"
    yield f"Ảnh bìa: {article.cover_url}"
    for block in article.blocks:
        yield from _of_block(block)


def _of_block(block: Block) -> Iterator[str]:
    match block:
        case TextBlock(content):
            yield from (found.strip() for found in _SENTENCES.findall(content) if found.strip())
        case ImageBlock(url, caption):
            yield f"Ảnh: {caption} ({url})" if caption else f"Ảnh: {url}"
        case VideoBlock(url, _):
            yield f"Video: {url}"
