"""Files as offices send them, made when a test needs one."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Mapping
from io import BytesIO

import docx
import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFont

EXIF_ORIENTATION = 0x0112


def letter(dpi: int = 100, *, landscape: bool = False) -> Image.Image:
    """Return a sheet of A4 with lines of print and a black square in its upper left corner."""
    width, height = round(8.27 * dpi), round(11.69 * dpi)
    if landscape:
        width, height = height, width
    sheet = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((0, 0, width // 8, width // 8), fill="black")
    font = ImageFont.load_default(size=dpi // 8)
    for line in range(20):
        draw.text((width // 5, (line + 1) * height // 22), "So 1234/CSXH-HT  " * 3, fill="black", font=font)
    return sheet


def with_noise(sheet: Image.Image, sigma: float) -> Image.Image:
    noise = Image.effect_noise(sheet.size, sigma).convert("RGB")
    return ImageChops.add(sheet, noise, 1, -128)


def pdf(*sheets: Image.Image, dpi: int = 100) -> bytes:
    return saved(sheets[0], "PDF", resolution=dpi, save_all=True, append_images=sheets[1:])


def blank_pdf(count: int = 1, *, width: float = 595, height: float = 842) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(count):
        document.new_page(width, height)
    return written(document)


def turned_pdf(sheet: Image.Image, degrees: int) -> bytes:
    document = pypdfium2.PdfDocument(pdf(sheet))
    document[0].set_rotation(degrees)
    return written(document)


def written(document: pypdfium2.PdfDocument) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def saved(sheet: Image.Image, form: str, **options: object) -> bytes:
    file = BytesIO()
    sheet.save(file, form, **options)
    return file.getvalue()


def photograph(sheet: Image.Image, orientation: int) -> bytes:
    exif = Image.Exif()
    exif[EXIF_ORIENTATION] = orientation
    exif[0x010F] = "the maker of a camera"
    return saved(sheet, "JPEG", exif=exif)


def zipped(parts: Mapping[str, bytes]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def draft(*paragraphs: str, table: tuple[tuple[str, ...], ...] = ()) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if table:
        cells = document.add_table(rows=len(table), cols=len(table[0]))
        for row, texts in zip(cells.rows, table, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def parts_of(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(package)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def ole(stream: str, *, flags: int = 0) -> bytes:
    """Return the outline of a file of the old Office: its first sectors and the name of its main stream."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
    return head + struct.pack("<H8xH", 0xA5EC, flags).ljust(512, b"\0") + stream.encode("utf-16-le").ljust(128, b"\0")


def raw_pdf(*objects: str, trailer: str = "/Root 1 0 R") -> bytes:
    """Return a PDF file of numbered objects, without a table of where they are: readers make one."""
    numbered = "".join(f"{number} 0 obj\n{body}\nendobj\n" for number, body in enumerate(objects, start=1))
    return f"%PDF-1.7\n{numbered}trailer\n<< {trailer} /Size {len(objects) + 1} >>\n%%EOF\n".encode("latin-1")


def locked_pdf() -> bytes:
    lock = f"<< /Filter /Standard /V 1 /R 2 /P -4 /O <{'00' * 32}> /U <{'11' * 32}> >>"
    trailer = f"/Root 1 0 R /Encrypt {lock} /ID [<00> <00>]"
    return raw_pdf("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>", trailer=trailer)


def signed_pdf() -> bytes:
    """Return a PDF file with a digital signature that shows as a black field over the upper half of its page."""
    seal = "0 0 595 421 re f"
    return raw_pdf(
        "<< /Type /Catalog /Pages 2 0 R /AcroForm << /SigFlags 3 /Fields [4 0 R] >> >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Annots [4 0 R] >>",
        "<< /Type /Annot /Subtype /Widget /FT /Sig /T (chu ky so) /F 4 /Rect [0 421 595 842] /V 5 0 R "
        "/AP << /N 6 0 R >> /P 3 0 R >>",
        "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /ByteRange [0 9 20 9] /Contents <> >>",
        f"<< /Type /XObject /Subtype /Form /BBox [0 0 595 421] /Length {len(seal)} >>\nstream\n{seal}\nendstream",
    )
