"""Texts of articles as rows bring them along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from desk.rules.content.articles import Article, article_of_row


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredText:
    """The text of an article, as it is stored."""

    title: str
    author: str
    description: str
    cover_url: str
    blocks: Sequence[Mapping[str, str]] = field(repr=False)

    @property
    def article(self) -> Article:
        """The text, read when it is needed: one that cannot be read is this row's trouble alone."""
        return article_of_row(
            title=self.title,
            author=self.author,
            description=self.description,
            cover_url=self.cover_url,
            blocks=self.blocks,
        )
