"""An HTML mail as plain text: what a reader sees of it, in lines; quotes marked with ">" as plain mail marks them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from html import unescape
from typing import NamedTuple

RULE = "_" * 32

_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_UNSEEN = frozenset({"head", "title", "template", "noscript", "select", "textarea", "object", "svg"})
_LISTS = frozenset({"ol", "ul"})
_ROWS = frozenset({"tr", "table"})
_DEEPEST_QUOTE = 20
_LINES = frozenset({"address", "article", "center", "dd", "div", "dl", "dt", "footer", "form", "header", "li", "main"})
_LINES |= {"ol", "pre", "section", "table", "tbody", "tr", "ul", "blockquote"}
_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6"})
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|max-height\s*:\s*0(?![\d.]*[1-9])", re.IGNORECASE
)
# People indent their own text with such a block; what is quoted has a bar, or no style at all.
_INDENT_ONLY = re.compile(r"border(?:-left)?\s*:\s*(?:medium\s+)?none", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|<[!?][^<>]*>", re.DOTALL)
# Neither may look beyond the next "<": time stays in proportion to length, whatever is sent. The parser of the
# standard library takes minutes for 150 kB of "<a ".
_PROGRAM = re.compile(r"<(style|script)\b(?:[^<]|<(?!/?(?:style|script)\b))*+</\1[^<>]*>", re.IGNORECASE)
_TAG = re.compile(
    r"""<(?P<ends>/?)(?P<tag>[a-zA-Z][\w:.-]{0,40})(?P<attributes>(?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+[^<>]*)>"""
)
_ATTRIBUTE = re.compile(r"""\b(style|class|hidden)\b(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")


class _Element(NamedTuple):
    tag: str
    hides: bool
    quotes: bool


def html_text(html: str) -> str:
    """Return the text of an HTML mail; what is hidden from its reader is left out."""
    html = _PROGRAM.sub("", _COMMENT.sub("", html))
    page = _Page()
    done = 0
    for found in _TAG.finditer(html):
        page.add_text(unescape(html[done : found.start()]))
        done = found.end()
        if found["ends"]:
            page.end(found["tag"].lower())
        else:
            page.begin(found["tag"].lower(), found["attributes"])
    page.add_text(unescape(html[done:]))
    return page.text()


class _Page:
    """Writes lines as tags come; tags that are never closed, or never opened, do no harm."""

    def __init__(self) -> None:
        self._open: list[_Element] = []
        self._opened: Counter[str] = Counter()
        self._hidden = self._quotes = 0
        self._lists: list[int | None] = []
        self._lines: list[str] = []
        self._line = ""
        self._gap = False
        self._row_start = 0
        self._row = ""

    def text(self) -> str:
        """Return what was written."""
        self._end_row()
        return "\n".join(self._lines).strip("\n")

    def begin(self, tag: str, attributes: str) -> None:
        """Open an element, or write what stands for an empty one."""
        if tag == "body":
            self.end("head")
        if tag in _LINES or tag in _PARAGRAPHS:
            self._end_line()
        given = {name.lower(): value.strip("\"'") for name, value in _ATTRIBUTE.findall(attributes)}
        if tag not in _VOID and not (attributes.endswith("/") and tag not in _LINES):
            self._push(tag, given)
        if not self._hidden:
            self._write(tag, given)

    def end(self, tag: str) -> None:
        """Close an element, and all that were left open in it."""
        if not self._opened[tag]:
            return
        if tag in _LINES or tag in _PARAGRAPHS:
            self._end_line()
        if tag in _ROWS:
            self._end_row()
        while self._open:
            element = self._open.pop()
            self._opened[element.tag] -= 1
            self._hidden -= element.hides
            self._quotes -= element.quotes
            if element.tag in _LISTS and self._lists:
                self._lists.pop()
            if element.tag == tag:
                break
        self._gap |= tag in _PARAGRAPHS and tag != "p"

    def add_text(self, text: str) -> None:
        """Write text on the line that is open."""
        if self._hidden or not text:
            return
        if self._opened["pre"]:
            first, *others = text.split("\n")
            self._line += first
            for line in others:
                self._end_line(keep_empty=True)
                self._line = line
            return
        spaced = _SPACE.sub(" ", text)
        self._line += spaced.lstrip(" ") if not self._line or self._line.endswith(" ") else spaced

    def _push(self, tag: str, given: Mapping[str, str]) -> None:
        style = given.get("style", "")
        hides = tag in _UNSEEN or "hidden" in given or bool(_HIDDEN.search(style))
        quotes = tag == "blockquote" and not _INDENT_ONLY.search(style) and self._quotes < _DEEPEST_QUOTE
        self._open.append(_Element(tag, hides, quotes))
        self._opened[tag] += 1
        self._hidden += hides
        self._quotes += quotes
        if tag in _LISTS:
            self._lists.append(0 if tag == "ol" else None)

    def _write(self, tag: str, given: Mapping[str, str]) -> None:
        match tag:
            case "br":
                self._end_line(keep_empty=True)
            case "hr":
                self._end_line()
                self._line = RULE
                self._end_line()
            case "li":
                self._line += self._bullet()
            case "tr" | "table":
                self._end_row()
            case "td" | "th":
                self._begin_cell()
            # Outlook's paragraphs are lines.
            case "p" if "mso" not in given.get("class", "").lower():
                self._gap = True
            case _:
                pass

    def _begin_cell(self) -> None:
        """Go on in the line of the row where the cells before have but one."""
        self._end_line()
        if not self._row and len(self._lines) == self._row_start + 1:
            self._row = self._lines.pop().lstrip("> ")

    def _end_row(self) -> None:
        self._end_line()
        self._line, self._row = self._row, ""
        self._end_line()
        self._row_start = len(self._lines)

    def _bullet(self) -> str:
        if not self._lists or (count := self._lists[-1]) is None:
            return "- "
        self._lists[-1] = count + 1
        return f"{count + 1}. "

    def _end_line(self, *, keep_empty: bool = False) -> None:
        line, self._line = self._line.rstrip(), ""
        if not line and not keep_empty:
            return
        if line and self._row:
            line, self._row = f"{self._row} | {line}", ""
        mark = "> " * self._quotes
        if self._gap and self._lines and self._lines[-1].strip("> "):
            self._lines.append(mark.rstrip())
            self._row_start += 1
        self._gap = False
        self._lines.append(f"{mark}{line}".rstrip())
