"""PDF files: what they are, and their pages as pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import pypdfium2
from PIL.Image import Image
from pypdfium2 import raw

from desk.documents.failures import BROKEN, ENCRYPTED, DocumentError
from desk.documents.pages import BOX_WIDTH, LONGEST, is_wide
from desk.rules.attachments import MOST_PAGES, AttachmentForm, Inspected

# What a signature covers: never inside a compressed stream. A field that waits for its signature has none.
_SIGNATURE: Final = re.compile(rb"/ByteRange\s*\[\s*\d")


def inspected_pdf(content: bytes) -> Inspected:
    """Return what a PDF file is.

    Raises:
        DocumentError: it has no pages.
    """
    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            return Inspected(form=AttachmentForm.ENCRYPTED, refused=ENCRYPTED)
        raise
    count = len(pdf)
    if not count:
        raise DocumentError(BROKEN)
    return Inspected(
        form=AttachmentForm.PDF,
        is_signed=_SIGNATURE.search(content) is not None,
        page_count=count,
        refused=_too_long(count) if count > MOST_PAGES else None,
    )


def rendered_pages(content: bytes) -> Iterator[Image]:
    """Yield the pages of a PDF file as they print, at 200 dpi of A4 however large the file says they are.

    Raises:
        DocumentError: it is too long.
    """
    pdf = pypdfium2.PdfDocument(content)
    if len(pdf) > MOST_PAGES:
        raise DocumentError(_too_long(len(pdf)))
    pdf.init_forms()  # or what was filled in, and the picture of a digital signature, would be left out
    for page in pdf:
        width, height = page.get_size()
        across = 2 * BOX_WIDTH if is_wide(width, height) else BOX_WIDTH
        yield page.render(scale=min(across / width, LONGEST / height)).to_pil()
        page.close()


def _too_long(count: int) -> str:
    return f"Văn bản có {count} trang, nhiều hơn {MOST_PAGES} trang; đề nghị gửi riêng phần trả lời công dân."
