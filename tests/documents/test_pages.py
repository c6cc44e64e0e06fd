"""A letter's pages as a citizen sees them on a telephone."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from desk.documents import DocumentError, pages
from desk.rules.attachments import LARGEST_PAGE
from tests.documents import papers


def seen(content: bytes) -> list[Image.Image]:
    return [Image.open(BytesIO(page)) for page in pages(content)]


def colour(page: Image.Image, place: tuple[int, int]) -> tuple[int, ...]:
    """Return the red, green and blue of a point."""
    found = page.convert("RGB").getpixel(place)
    assert isinstance(found, tuple)
    return found


def has_its_corner(page: Image.Image) -> bool:
    """Return whether the letter's black square is where it belongs, and nowhere else."""
    edge = page.width // 20
    right, bottom = page.width - edge, page.height - edge
    corners = ((edge, edge), (right, edge), (edge, bottom), (right, bottom))
    letters, *others = (colour(page, place) for place in corners)
    return max(letters) < 60 and min(map(min, others)) > 200


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_photograph_is_turned_the_way_its_camera_was_held(orientation: int) -> None:
    turned = {1: 0, 3: 180, 6: 90, 8: 270}[orientation]

    (page,) = seen(papers.photograph(papers.letter().rotate(turned, expand=True), orientation))

    assert has_its_corner(page)
    assert not page.getexif()


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_a_scan_is_turned_the_way_its_file_says(degrees: int) -> None:
    (page,) = seen(papers.turned_pdf(papers.letter().rotate(degrees, expand=True), degrees))

    assert has_its_corner(page)
    assert page.height > page.width


def test_a_scan_full_of_noise_still_fits_and_stays_as_sharp_as_small_print_needs() -> None:
    noisy = papers.with_noise(papers.letter(300), 200)

    (content,) = pages(papers.pdf(noisy, dpi=300))

    assert len(content) <= LARGEST_PAGE
    assert Image.open(BytesIO(content)).width >= 1240


def test_an_ordinary_scan_keeps_its_colours_at_200_dpi() -> None:
    sheet = papers.with_noise(papers.letter(300), 10)
    sheet.paste("red", (1000, 2400, 1400, 2800))

    (page,) = seen(papers.pdf(sheet, dpi=300))

    assert page.width == 1654
    red, green, blue = colour(page, (800, 1733))
    assert red > 200
    assert max(green, blue) < 60


def test_a_wide_page_comes_in_two_upright_halves_that_overlap() -> None:
    sheet = papers.letter(200, landscape=True)
    middle = sheet.width // 2
    sheet.paste("red", (middle - 5, 0, middle + 5, sheet.height))

    halves = seen(papers.pdf(sheet, dpi=200))

    assert len(halves) == 2
    for half, where in zip(halves, (0.96, 0.04), strict=True):
        assert half.height > half.width
        left, right = (round(half.width * (where + side)) for side in (-0.04, 0.04))
        strip = [colour(half, (across, half.height // 2)) for across in range(left, min(right, half.width))]
        assert any(red > 200 and green < 90 for red, green, _ in strip)


def test_each_page_of_a_fax_is_a_page_and_white_is_white() -> None:
    sheet = papers.letter(200).convert("1")

    faxed = seen(papers.saved(sheet, "TIFF", compression="group4", save_all=True, append_images=[sheet, sheet]))

    assert [has_its_corner(page) for page in faxed] == [True] * 3


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "LA", "I;16", "CMYK"])
def test_a_picture_is_seen_as_it_was_meant_whatever_it_is_made_of(mode: str) -> None:
    sheet = papers.letter()
    if mode in {"RGBA", "LA"}:
        sheet = sheet.convert(mode)
        sheet.putalpha(sheet.convert("L").point(lambda level: 255 - level))  # ink on nothing
    elif mode == "I;16":
        levels = sheet.convert("L").tobytes()
        sheet = Image.frombytes(mode, sheet.size, b"".join(bytes((level, level)) for level in levels))
    else:
        sheet = sheet.convert(mode)

    (page,) = seen(papers.saved(sheet, "TIFF" if mode == "CMYK" else "PNG"))

    assert has_its_corner(page)


def test_the_picture_of_a_digital_signature_is_on_the_page() -> None:
    (page,) = seen(papers.signed_pdf())

    grey = page.convert("L")
    assert grey.getpixel((page.width // 2, page.height // 4)) == 0
    assert grey.getpixel((page.width // 2, page.height * 3 // 4)) == 255


def test_a_page_that_claims_to_be_ten_metres_wide_is_as_large_as_any_other() -> None:
    (page,) = seen(papers.blank_pdf(width=28_800, height=28_800))

    assert page.size == (1654, 1654)


def test_a_long_strip_keeps_its_shape() -> None:
    (page,) = seen(papers.blank_pdf(width=200, height=10_000))

    assert page.height == pytest.approx(50 * page.width, rel=0.05)
    assert page.height < 5000


def test_a_book_has_no_pages_for_a_telephone() -> None:
    with pytest.raises(DocumentError, match="31 trang"):
        pages(papers.blank_pdf(31))
