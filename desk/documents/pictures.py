"""Pictures: scans and photographs of letters, in one frame or several."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps, ImageSequence

from desk.documents.failures import TOO_HEAVY, DocumentError
from desk.rules.attachments import MOST_PAGES, AttachmentForm, Inspected

# A4 at 600 dpi.
Image.MAX_IMAGE_PIXELS = 40_000_000
warnings.simplefilter("error", Image.DecompressionBombWarning)
_FORMATS: Final = ("JPEG", "PNG", "TIFF", "WEBP", "GIF")
_TOO_LARGE: Final = (Image.DecompressionBombWarning, Image.DecompressionBombError)


def inspected_picture(content: bytes) -> Inspected:
    """Return what a picture is.

    Raises:
        DocumentError: it is larger than A4 at 600 dpi.
    """
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as picture:
            count = int(getattr(picture, "n_frames", 1)) if picture.format == "TIFF" else 1
            picture.verify()
    except _TOO_LARGE:
        raise DocumentError(TOO_HEAVY) from None
    refused = TOO_HEAVY if count > MOST_PAGES else None
    return Inspected(form=AttachmentForm.IMAGE, page_count=count, refused=refused)


def upright_frames(content: bytes) -> Iterator[Image.Image]:
    """Yield the pages of a picture in colour on white, turned as its camera says; of what moves, the first frame.

    Raises:
        DocumentError: it is too large or too long.
    """
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as picture:
            for number, frame in enumerate(ImageSequence.Iterator(picture)):
                if number >= MOST_PAGES:
                    raise DocumentError(TOO_HEAVY)
                yield _on_white(ImageOps.exif_transpose(frame))
                if picture.format != "TIFF":
                    return
    except _TOO_LARGE:
        raise DocumentError(TOO_HEAVY) from None


def _on_white(frame: Image.Image) -> Image.Image:
    if frame.mode.startswith("I"):  # 16 bits a pixel
        frame = frame.point(lambda level: level / 256).convert("L")
    if frame.has_transparency_data:
        shown = frame.convert("RGBA")
        white = Image.new("RGBA", shown.size, "white")
        return Image.alpha_composite(white, shown).convert("RGB")
    return frame.convert("RGB")
