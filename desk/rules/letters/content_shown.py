"""An article as letters show it, and the two forms of a letter on one: a request, and a notice (Điều 11, U17)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desk.rules.content.articles import Article, ImageBlock, TextBlock, VideoBlock, mark
from desk.rules.content.diffs import Change
from desk.rules.letters.commands import Command, buttons
from desk.rules.office import Official
from desk.rules.outgoing import Letter


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentShown:
    """A version of an article as officials see it. *author* and *editor* are names of officials.

    `occasion` tells letters apart that are written at different times for the same version: what gave rise to them.
    `is_reminder`: the same was asked before.
    """

    content_item_id: int
    code: str
    version: int
    article: Article
    author: str
    editor: str
    occasion: str
    is_reminder: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyTo:
    """The reply address of a letter, for its addressee, this version and this step alone."""

    address: str
    token: str


def request(
    shown: ContentShown,
    to: Official,
    reply: ReplyTo,
    *,
    subject: str,
    said: Sequence[str],
    options: tuple[Command, ...],
    facts: Sequence[tuple[str, str]] = (),
    changes: Sequence[Change] = (),
) -> Letter:
    """Return a letter that asks for a word, the whole article below it."""
    shown_subject = f"Kính đề nghị sớm cho ý kiến: {subject}" if shown.is_reminder else subject
    more = {"subject_vi": shown_subject, "said": tuple(said), "facts": tuple(facts), "changes": tuple(changes)}
    return letter("content-request", shown, to, reply, options=options, more=more)


def notice(
    shown: ContentShown,
    to: Official,
    reply: ReplyTo | None,
    *,
    subject: str,
    said: Sequence[str],
    options: tuple[Command, ...],
) -> Letter:
    """Return a letter that tells something, and may be answered where it has a reply address."""
    more = {"subject_vi": subject, "said": tuple(said)}
    return letter("content-notice", shown, to, reply, options=options, more=more)


def letter(
    template: str,
    shown: ContentShown,
    to: Official,
    reply: ReplyTo | None,
    *,
    options: tuple[Command, ...],
    more: Mapping[str, object],
) -> Letter:
    """Return a letter by its template, with what every letter on an article shows."""
    offered = buttons(options, address=reply.address, case_code=shown.code) if reply else ()
    return Letter(
        template=template,
        key=f"{template}:{shown.content_item_id}:{shown.version}:{shown.occasion}:{to.code}",
        stream=f"official:{to.code}",
        to=to.email,
        content_item_id=shown.content_item_id,
        reply_token=reply.token if reply else None,
        context={
            "official": to.name,
            "code": shown.code,
            "version": shown.version,
            "mark": mark(shown.code, shown.version),
            "author": shown.author,
            "editor": shown.editor,
            "article": shown.article,
            "blocks": [_shown_block(block) for block in shown.article.blocks],
            "is_reminder": shown.is_reminder,
            "buttons": offered,
            **more,
        },
    )


def _shown_block(block: TextBlock | ImageBlock | VideoBlock) -> dict[str, str]:
    """Return a block as the preview shows it."""
    match block:
        case TextBlock(content):
            return {"kind": "văn bản", "text": content, "url": "", "thumb": ""}
        case ImageBlock(url, caption):
            return {"kind": "ảnh", "text": caption, "url": url, "thumb": url}
        case VideoBlock(url, thumb):
            return {"kind": "video", "text": "", "url": url, "thumb": thumb}
