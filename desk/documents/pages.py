"""A page as it reaches a telephone: an upright JPEG that Zalo takes, sharp enough to read."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Final

from PIL.Image import Image, Resampling

from desk.documents.failures import TOO_HEAVY, DocumentError
from desk.rules.attachments import LARGEST_PAGE

# A4 at 200 dpi across, and a strip two and a half times as long as it is wide: a screen's picture, a till's roll.
BOX_WIDTH: Final = 1654
LONGEST: Final = 4135
# A page is read as A4 is, whatever size its file declares: below 150 dpi small print is lost.
_LEAST_WIDTH: Final = 1240
_WIDE: Final = 1.15
# of the whole width, in both halves: no line of a table falls into the cut
_OVERLAP: Final = 0.04
# (pixels across, quality, in colour); the first that fits. A seal keeps its red as long as it can.
_LADDER: Final = (
    (BOX_WIDTH, 80, True),
    (_LEAST_WIDTH, 80, True),
    (_LEAST_WIDTH, 65, True),
    (_LEAST_WIDTH, 50, True),
    (_LEAST_WIDTH, 50, False),
    (_LEAST_WIDTH, 30, False),
)


def is_wide(width: float, height: float) -> bool:
    """Return whether a page lies across: on a telephone its letters would be half as high."""
    return width > _WIDE * height


def jpegs(page: Image) -> Iterator[bytes]:
    """Yield an upright page as one JPEG file, a wide one as two.

    Raises:
        DocumentError: it does not fit into what Zalo takes and stay legible.
    """
    return (_jpeg(piece) for piece in _pieces(page))


def _pieces(page: Image) -> list[Image]:
    if not is_wide(page.width, page.height):
        return [page]
    half = round(page.width * (1 + _OVERLAP) / 2)
    return [page.crop((0, 0, half, page.height)), page.crop((page.width - half, 0, page.width, page.height))]


def _jpeg(piece: Image) -> bytes:
    for across, quality, in_colour in _LADDER:
        fitted = _fitted(piece, across)
        buffer = BytesIO()
        (fitted if in_colour else fitted.convert("L")).save(buffer, "JPEG", quality=quality)
        if buffer.tell() <= LARGEST_PAGE:
            return buffer.getvalue()
    raise DocumentError(TOO_HEAVY)


def _fitted(piece: Image, across: int) -> Image:
    scale = min(across / piece.width, across / BOX_WIDTH * LONGEST / piece.height)
    if scale >= 1:
        return piece
    size = max(1, round(piece.width * scale)), max(1, round(piece.height * scale))
    return piece.resize(size, Resampling.LANCZOS, reducing_gap=3.0)
