"""What Office programs write: drafts whose words may become the answer, and never go out as files (U15)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from io import BytesIO
from typing import Final
from unicodedata import normalize
from zipfile import ZipFile

import docx
from docx.document import Document
from docx.table import Table

from desk.documents.failures import BROKEN, ENCRYPTED, TOO_HEAVY, DocumentError
from desk.rules.attachments import AttachmentForm, Inspected

_ARCHIVE: Final = Inspected(form=AttachmentForm.ARCHIVE, refused="Tệp nén; đề nghị gửi lại dưới dạng PDF.")
_ONLY_WORDS: Final = "Tệp Word: chỉ lấy phần chữ, không gửi tệp cho công dân."
_NO_WORDS: Final = "Tệp Word không đọc được phần chữ; đề nghị gửi lại dưới dạng PDF."
_OTHER_OFFICE: Final = "Bảng tính hoặc tệp trình chiếu; đề nghị gửi lại dưới dạng PDF."
_MACROS: Final = "Tệp có macro; đề nghị gửi lại dưới dạng PDF."
_LARGEST_UNPACKED: Final = 100_000_000
_MOST_PARTS: Final = 5_000
_LONGEST_TEXT: Final = 100_000
# where Word keeps the flags of a document, in its first sector
_FIRST_SECTOR: Final = 512
_WORD_MAGIC: Final = 0xA5EC
_WORD_IS_ENCRYPTED: Final = 0x0100


def inspected_package(content: bytes) -> Inspected:
    """Return what a zip file is: a Word document, another of Office's, or an archive.

    Raises:
        DocumentError: it unpacks to more than a document does.
    """
    with ZipFile(BytesIO(content)) as package:
        parts = package.infolist()
    names = {part.filename for part in parts}
    if not names & {"word/document.xml", "xl/workbook.xml", "ppt/presentation.xml", "content.xml"}:
        return _ARCHIVE
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST_UNPACKED:
        raise DocumentError(TOO_HEAVY)
    if any(name.endswith("vbaProject.bin") for name in names):
        return Inspected(form=AttachmentForm.UNKNOWN, refused=_MACROS)
    if "word/document.xml" not in names:
        return Inspected(form=AttachmentForm.UNKNOWN, refused=_OTHER_OFFICE)
    return _draft("\n".join(_lines(docx.Document(BytesIO(content)))))


def inspected_ole(content: bytes) -> Inspected:
    """Return what a file of the old Office is; of its words nothing is read."""
    if _names_stream(content, "EncryptedPackage"):
        return Inspected(form=AttachmentForm.ENCRYPTED, refused=ENCRYPTED)
    if not _names_stream(content, "WordDocument"):
        return Inspected(form=AttachmentForm.UNKNOWN, refused=_OTHER_OFFICE)
    head = content[_FIRST_SECTOR : _FIRST_SECTOR + 12].ljust(12, b"\0")
    magic, flags = struct.unpack("<H8xH", head)
    if magic == _WORD_MAGIC and flags & _WORD_IS_ENCRYPTED:
        return Inspected(form=AttachmentForm.ENCRYPTED, refused=ENCRYPTED)
    return _draft("")


def inspected_rtf(content: bytes) -> Inspected:
    """Return what a file in Rich Text Format is: a draft, of whose words nothing is read."""
    return (
        _draft("")
        if content.rstrip(b"\0 \r\n").endswith(b"}")
        else Inspected(form=AttachmentForm.BROKEN, refused=BROKEN)
    )


def _draft(text: str) -> Inspected:
    text = normalize("NFC", text).replace("\0", "").strip()[:_LONGEST_TEXT]
    return Inspected(form=AttachmentForm.WORD, text=text or None, refused=_ONLY_WORDS if text else _NO_WORDS)


def _lines(document: Document) -> Iterator[str]:
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                # a merged cell is given once for each column it spans
                yield " | ".join(dict.fromkeys(text for cell in row.cells if (text := " ".join(cell.text.split()))))
        else:
            yield block.text


def _names_stream(content: bytes, name: str) -> bool:
    return name.encode("utf-16-le") in content
