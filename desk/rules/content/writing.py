"""Articles as people write them in a mail: a title, what is said of it, then paragraphs, in plain text or Markdown.

# Tiêu đề
Tác giả: …
Mô tả: …
Ảnh bìa: https://…

Một đoạn văn.

![chú thích](https://… ảnh)

[video](https://… video)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from unicodedata import normalize

from desk.rules.content.articles import Article, Block, ImageBlock, TextBlock, VideoBlock
from desk.rules.replies.courtesies import is_greeting

_SUBJECT = re.compile(
    r"^\s*(?:(?:re|fw|fwd|trả lời|chuyển tiếp)\s*:\s*)*(?:b[àa]i\s*(?:viết|viet|đăng|dang|tin)?\s*:\s*)?", re.IGNORECASE
)
_HEADING = re.compile(r"^#{1,6}(?:\s+(.*?))?\s*#*$")
_TITLE = re.compile(r"#\s+\S")
_PICTURE = re.compile(r"^!\[([^\]]*)\]\(\s*(\S*?)\s*\)$")
_VIDEO = re.compile(r"^\[video\]\(\s*(\S+?)(?:\s+\"?(\S+?)\"?)?\s*\)$", re.IGNORECASE)
_LINK = re.compile(r"(?<!!)\[([^\]]+)\]\(\s*(\S+?)\s*\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_FIELDS: Final = {"tác giả": "author", "mô tả": "description", "tóm tắt": "description", "ảnh bìa": "cover_url"}
_FIELD = re.compile(rf"^({'|'.join(_FIELDS)})\s*:\s*(.*)$", re.IGNORECASE)
_PARAGRAPHS = re.compile(r"\n[^\S\n]*\n\s*")


def article_from(text: str, *, subject: str = "", author: str = "") -> Article:
    """Return the article that a text is, without the greeting of the mail above it.

    *subject* and *author* stand in for a title and an author that it does not name.
    """
    text = _past_greetings(normalize("NFC", text).replace("\r\n", "\n"))
    paragraphs = [part.strip() for part in _PARAGRAPHS.split(text)]
    fields, body = _head([part for part in paragraphs if part])
    return Article(
        title=fields.get("title", _SUBJECT.sub("", " ".join(normalize("NFC", subject).split()))),
        author=fields.get("author", author),
        description=fields.get("description", ""),
        cover_url=fields.get("cover_url", ""),
        blocks=tuple(block for part in body for block in _blocks(part)),
    )


def whole_text(text: str) -> str:
    """Return a mail's text from the title of an article on, greetings aside; empty where it begins otherwise."""
    article = _past_greetings(text)
    return article if _TITLE.match(article.split("\n", 1)[0].strip()) else ""


def written(article: Article) -> str:
    """Return an article as an editor edits it: read again, it is the same article."""
    head = [f"# {article.title}".strip(), f"Tác giả: {article.author}", f"Mô tả: {article.description}"]
    paragraphs = [
        "\n".join(line.rstrip() for line in [*head, f"Ảnh bìa: {article.cover_url}"]),
        *map(_written, article.blocks),
    ]
    return "\n\n".join(paragraphs) + "\n"


def _past_greetings(text: str) -> str:
    lines = text.split("\n")
    begins = next((place for place, line in enumerate(lines) if line.strip() and not is_greeting(line)), len(lines))
    return "\n".join(lines[begins:])


def _head(paragraphs: list[str]) -> tuple[dict[str, str], list[str]]:
    """Return the title and the fields under it, and the paragraphs that follow."""
    fields: dict[str, str] = {}
    for place, paragraph in enumerate(paragraphs):
        lines = paragraph.split("\n")
        for number, line in enumerate(lines):
            if (heading := _HEADING.match(line.strip())) and not fields:
                fields["title"] = _plain(heading[1] or "")
            elif field := _FIELD.match(line.strip()):
                fields[_FIELDS[field[1].lower()]] = _plain(field[2])
            else:
                rest = "\n".join(lines[number:])
                return fields, [rest, *paragraphs[place + 1 :]]
    return fields, []


def _blocks(paragraph: str) -> Iterator[Block]:
    """Yield what a paragraph holds: pictures and videos stand on lines of their own."""
    said: list[str] = []
    for line in (raw.strip() for raw in paragraph.split("\n")):
        picture, video = _PICTURE.match(line), _VIDEO.match(line)
        if not (picture or video):
            said.append(_said(line))
            continue
        yield from _paragraph(said)
        said = []
        if picture:
            yield ImageBlock(picture[2], _plain(picture[1]))
        elif video:
            yield VideoBlock(video[1], video[2] or "")
    yield from _paragraph(said)


def _paragraph(lines: list[str]) -> Iterator[TextBlock]:
    if content := "\n".join(line for line in lines if line):
        yield TextBlock(content)


def _said(line: str) -> str:
    if line.startswith("\\"):
        return line[1:].strip()
    heading = _HEADING.match(line)
    return _plain(heading[1] or "" if heading else line)


def _plain(text: str) -> str:
    """Return a line as Zalo shows it: no marks of Markdown, links with their address beside them."""
    before = ""
    while text != before:
        before, text = text, _STRONG.sub(r"\2", _LINK.sub(r"\1 (\2)", text)).strip()
    return text


def _written(block: Block) -> str:
    match block:
        case TextBlock(content):
            return "\n".join(_escaped(line, first=place == 0) for place, line in enumerate(content.split("\n")))
        case ImageBlock(url, caption):
            return f"![{caption}]({url})"
        case VideoBlock(url, thumb):
            return f"[video]({url} {thumb})" if thumb else f"[video]({url})"


def _escaped(line: str, *, first: bool) -> str:
    """Return a line so that it is read as plain text again, whatever it looks like."""
    is_special = _said(line) != line or _PICTURE.match(line) or _VIDEO.match(line) or (first and _FIELD.match(line))
    return f"\\{line}" if is_special else line
