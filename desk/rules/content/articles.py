"""An article as it is decided on, and as Zalo takes and gives it back (POST /v2.0/article/create, GET …/getdetail)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, TypeAlias
from unicodedata import normalize

from desk.rules.content.codes import find_content_codes

LONGEST_TITLE: Final = 150
LONGEST_AUTHOR: Final = 50
LONGEST_DESCRIPTION: Final = 300
_HTTPS: Final = "https://"
_MARK: Final = "Mã tin: "
_MARK_LINE = re.compile(rf"{_MARK}(ND-\d{{4}}-\d{{4,}})-v(\d+)")


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph; Zalo shows it as plain text."""

    content: str


@dataclass(frozen=True, slots=True)
class ImageBlock:
    """A picture, fetched by Zalo itself from a public https address (1 MB at most)."""

    url: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class VideoBlock:
    """A video by its public https address, with the picture shown before it plays."""

    url: str
    thumb: str = ""


Block: TypeAlias = TextBlock | ImageBlock | VideoBlock
_KINDS: Final[Mapping[str, type[Block]]] = {"text": TextBlock, "image": ImageBlock, "video": VideoBlock}
_NAMES: Final[Mapping[type[Block], str]] = {kind: name for name, kind in _KINDS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One text of an article, whole: what a version of a content item holds. `cover_url` empty: none was given yet."""

    title: str
    author: str = ""
    description: str = ""
    cover_url: str = ""
    blocks: tuple[Block, ...] = ()

    @property
    def picture_urls(self) -> tuple[str, ...]:
        """The addresses of its pictures, the cover first, each once."""
        pictures = [block.url for block in self.blocks if isinstance(block, ImageBlock)]
        thumbs = [block.thumb for block in self.blocks if isinstance(block, VideoBlock)]
        return tuple(dict.fromkeys(url for url in (self.cover_url, *pictures, *thumbs) if url))


def flaws(article: Article) -> list[str]:
    """Return why Zalo would refuse an article, each in Vietnamese with the remedy; empty where it may be proposed."""
    return [
        *_length("Tiêu đề", article.title, LONGEST_TITLE, is_needed=True),
        *_length("Tác giả", article.author, LONGEST_AUTHOR),
        *_length("Mô tả", article.description, LONGEST_DESCRIPTION, is_needed=True),
        *_cover(article),
        *_body(article.blocks),
    ]


def blocks_json(article: Article) -> list[dict[str, str]]:
    """Return the body as it is stored and hashed; fields that say nothing are left out."""
    return [
        {"type": _NAMES[type(block)]} | {name: value for name, value in asdict(block).items() if value}
        for block in article.blocks
    ]


def article_of_row(
    *, title: str, author: str, description: str, cover_url: str, blocks: Sequence[Mapping[str, str]]
) -> Article:
    """Return the article of a stored version."""
    return Article(
        title=title,
        author=author,
        description=description,
        cover_url=cover_url,
        blocks=tuple(
            _KINDS[block["type"]](**{name: value for name, value in block.items() if name != "type"})
            for block in blocks
        ),
    )


def mark(code: str, version: int) -> str:
    """Return the line at an article's end by which it is found again, whatever happened to Zalo's reply (law 6)."""
    return f"{_MARK}{code}-v{version}"


def mark_in(detail: Mapping[str, Any]) -> tuple[str, int] | None:
    """Return the code and version that an article on Zalo bears; None where it is none of ours."""
    for text in reversed(_texts(detail)):
        if found := _MARK_LINE.fullmatch(text.strip()):
            (code,) = find_content_codes(found[1])
            return code, int(found[2])
    return None


def zalo_form(article: Article, *, code: str, version: int, show: bool) -> dict[str, Any]:
    """Return what create and update take."""
    return {
        "type": "normal",
        "title": _nfc(article.title),
        "author": _nfc(article.author),
        "description": _nfc(article.description),
        "cover": {"cover_type": "photo", "photo_url": article.cover_url, "status": "show"},
        "body": [
            *({name: _nfc(value) for name, value in block.items()} for block in blocks_json(article)),
            {"type": "text", "content": mark(code, version)},
        ],
        "status": "show" if show else "hide",
        "comment": "hide",
    }


def differs(article: Article, detail: Mapping[str, Any], *, code: str, version: int) -> list[str]:
    """Return which parts of an article on Zalo are not as decided; pictures aside, which Zalo keeps elsewhere (A6)."""
    expected = zalo_form(article, code=code, version=version, show=False)
    parts = {"tiêu đề": "title", "tác giả": "author", "mô tả": "description"}
    different = [said for said, name in parts.items() if _plain(detail.get(name)) != _plain(expected[name])]
    if [_plain(text) for text in _texts(detail)] != [_plain(text) for text in _texts(expected)]:
        different.append("nội dung")
    return different


def _texts(form: Mapping[str, Any]) -> list[str]:
    body = form.get("body")
    blocks = body if isinstance(body, list) else []
    return [
        str(block.get("content") or "") for block in blocks if isinstance(block, dict) and block.get("type") == "text"
    ]


def _plain(value: object) -> str:
    return " ".join(_nfc(str(value or "")).split())


def _nfc(text: str) -> str:
    return normalize("NFC", text)


def _length(what: str, text: str, most: int, *, is_needed: bool = False) -> list[str]:
    if is_needed and not text.strip():
        return [f"Chưa có {what.lower()}; viết không quá {most} ký tự."]
    longer = len(_nfc(text)) - most
    return (
        [f"{what} dài {most + longer} ký tự, Zalo nhận không quá {most}; rút bớt {longer} ký tự."] if longer > 0 else []
    )


def _cover(article: Article) -> list[str]:
    if not article.cover_url:
        return ['Chưa có ảnh bìa; thêm dòng "Ảnh bìa: https://…" là địa chỉ công khai của ảnh, không quá 1 MB.']
    return _address("Ảnh bìa", article.cover_url)


def _body(blocks: Sequence[Block]) -> list[str]:
    if not any(isinstance(block, TextBlock) and block.content.strip() for block in blocks):
        return ["Chưa có nội dung; bài cần ít nhất một đoạn văn."]
    found: list[str] = []
    pictures = videos = 0
    for block in blocks:
        if isinstance(block, ImageBlock):
            pictures += 1
            found += _address(f"Ảnh {pictures}", block.url)
        elif isinstance(block, VideoBlock):
            videos += 1
            found += _address(f"Video {videos}", block.url)
            if block.thumb:
                found += _address(f"Ảnh đại diện của video {videos}", block.thumb)
    return found


def _address(what: str, url: str) -> list[str]:
    if url.startswith(_HTTPS) and len(url) > len(_HTTPS):
        return []
    return [
        f"{what} chưa có địa chỉ công khai; tải ảnh hoặc video lên cổng thông tin rồi ghi địa chỉ bắt đầu bằng https://."
    ]
