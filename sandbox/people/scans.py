"""A letter with a head, a number and a date, as văn thư scan it: a page of print, a little askew, grey with age."""

from __future__ import annotations

import unicodedata
from datetime import date
from io import BytesIO
from random import Random
from textwrap import wrap

from PIL import Image, ImageChops, ImageDraw, ImageFont

from sandbox.people.programs import File

_DPI = 150
_PAGE = (1240, 1754)
_MARGIN, _LINE = 130, 38
# with Vietnamese letters; Pillow's own font has none
_FONTS = ("DejaVuSerif.ttf", "LiberationSerif-Regular.ttf", "NotoSerif-Regular.ttf", "times.ttf")


def scanned_letter(unit: str, text: str, on: date, draw: Random) -> File:
    """Return a unit's letter as a scanned PDF or a photographed JPEG."""
    number = f"{draw.randint(1000, 4999)}/BHXH-VP"
    page = _printed(unit, text, number, on)
    page = page.rotate(draw.uniform(-0.8, 0.8), fillcolor="white", resample=Image.Resampling.BICUBIC)
    page = ImageChops.darker(page, Image.effect_noise(page.size, 14).point(lambda grey: 255 - abs(128 - grey)))
    content = BytesIO()
    if draw.random() < 0.6:  # noqa: PLR2004 - more offices have a scanner than use a telephone
        page.save(content, "PDF", resolution=_DPI, quality=60)
        return File(f"CV {number.partition('/')[0]}.pdf", "application/pdf", content.getvalue())
    page.save(content, "JPEG", quality=70, dpi=(_DPI, _DPI))
    return File("IMG_2231.jpg", "image/jpeg", content.getvalue())


def _printed(unit: str, text: str, number: str, on: date) -> Image.Image:
    page = Image.new("L", _PAGE, 255)
    pen = ImageDraw.Draw(page)
    font, has_accents = _font(27)
    lines = [
        "BẢO HIỂM XÃ HỘI VIỆT NAM",
        unit.upper(),
        f"Số: {number}",
        f"Hà Nội, ngày {on:%d} tháng {on:%m} năm {on:%Y}",
        "",
        "Kính gửi: Ban Quản trị Zalo Bảo hiểm xã hội Việt Nam",
        "",
        *(line for paragraph in text.split("\n") for line in [*wrap(paragraph, 66), ""]),
        "Trân trọng./.",
    ]
    for place, line in enumerate(lines):
        shown = line if has_accents else _bare(line)
        pen.text((_MARGIN, _MARGIN + place * _LINE), shown, font=font, fill=20)
    return page


def _font(size: int) -> tuple[ImageFont.FreeTypeFont | ImageFont.ImageFont, bool]:
    for name in _FONTS:
        try:
            return ImageFont.truetype(name, size), True
        except OSError:
            continue
    return ImageFont.load_default(size), False


def _bare(line: str) -> str:
    plain = line.replace("Đ", "D").replace("đ", "d")
    return "".join(letter for letter in unicodedata.normalize("NFD", plain) if not unicodedata.combining(letter))
