"""A picture of what was taken for what, as an SVG: it is small, sharp at every size and needs no drawing library."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from html import escape
from textwrap import shorten
from typing import Final

from desk.rules.classifier.confusion import NOTHING, Confusion

_CELL: Final = 40  # pixels
_ROW_NAMES: Final = 350
_COLUMN_NAMES: Final = 100
_BESIDE: Final = 70
_BELOW: Final = 34
# white to full: blue where the topic was found, red where it was taken for another
_RIGHT: Final = (47, 111, 171)
_WRONG: Final = (200, 62, 45)
# a quarter of a topic's cases gone to one other is as bad as the picture tells
_WORST_SHARE: Final = 0.25
_LONGEST_NAME: Final = 44  # letters
_DARK: Final = 0.55
_STYLE: Final = "font-family:'Noto Sans',Inter,Arial,sans-serif;font-size:13px"


def confusion_picture(confusion: Confusion, labels: Sequence[str], names: Mapping[str, str]) -> str:
    """Return the picture as a `data:` address: a row for what it is, a column for what it was taken for.

    *labels*: the rows and columns in their order; the last of each is for all others and for nothing.
    """
    shown = [*labels, NOTHING]
    counts = _counts(confusion, labels)
    side = len(shown) * _CELL
    width, height = _ROW_NAMES + side + _BESIDE, _COLUMN_NAMES + side + _BELOW
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">',
        f'<rect width="{width}" height="{height}" fill="#fff"/><g style="{_STYLE}" fill="#222">',
    ]
    for place, label in enumerate(shown):
        middle = place * _CELL + _CELL // 2
        row = f"{_short(names[label])} ({label})" if label else "chủ đề khác, hoặc không có"
        turned = f"translate({_ROW_NAMES + middle + 4} {_COLUMN_NAMES - 8}) rotate(-45)"
        parts += [
            f'<text x="{_ROW_NAMES - 8}" y="{_COLUMN_NAMES + middle + 4}" text-anchor="end">{escape(row)}</text>',
            f'<text transform="{turned}">{escape(label or "khác, không nói")}</text>',
        ]
    for y, right in enumerate(shown):
        for x, taken in enumerate(shown):
            count = counts.get((right, taken), 0)
            # what was said too much is a share of what was said
            whole = sum(counts.get((right, each) if right else (each, taken), 0) for each in shown)
            parts.append(_cell(x, y, count, whole, is_right=right == taken))
    parts.append(
        f'<text x="{_ROW_NAMES}" y="{height - 12}">Hàng: đúng ra là. Cột: máy nói là. '
        f"Ô xanh: đúng; ô đỏ: nhầm, càng đậm càng nhiều.</text></g></svg>"
    )
    return f"data:image/svg+xml;base64,{base64.b64encode(''.join(parts).encode()).decode()}"


def _short(name: str) -> str:
    return shorten(re.split("[:;]", name, maxsplit=1)[0], _LONGEST_NAME, placeholder="…")


def _counts(confusion: Confusion, labels: Sequence[str]) -> dict[tuple[str, str], int]:
    """Return the counts of what is shown, without what has neither row nor column of its own."""
    counts: dict[tuple[str, str], int] = {}
    for (right, taken), count in confusion.items():
        pair = (right if right in labels else NOTHING, taken if taken in labels else NOTHING)
        if pair != (NOTHING, NOTHING):
            counts[pair] = counts.get(pair, 0) + count
    return counts


def _cell(x: int, y: int, count: int, whole: int, *, is_right: bool) -> str:
    share = count / whole if whole else 0.0
    depth = share if is_right else min(1.0, share / _WORST_SHARE)
    left, top = _ROW_NAMES + x * _CELL, _COLUMN_NAMES + y * _CELL
    box = (
        f'<rect x="{left}" y="{top}" width="{_CELL}" height="{_CELL}" fill="{_shade(depth, is_right)}" stroke="#ddd"/>'
    )
    if not count:
        return box
    ink = "#fff" if depth > _DARK else "#222"
    middle = f'x="{left + _CELL // 2}" y="{top + _CELL // 2 + 4}"'
    return f'{box}<text {middle} text-anchor="middle" fill="{ink}">{count}</text>'


def _shade(depth: float, is_right: bool) -> str:  # noqa: FBT001 - the colour's other name
    full = _RIGHT if is_right else _WRONG
    return "#" + "".join(f"{round(255 - (255 - part) * depth):02x}" for part in full)
