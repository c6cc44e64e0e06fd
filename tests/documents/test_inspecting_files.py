"""What a file is, by its content, and why it cannot be used."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from PIL import Image

from desk.documents import DocumentError, inspect, pages
from desk.rules.attachments import AttachmentForm, Inspected
from tests.documents import papers

SMIME = b"\x30\x82\x10\x00\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02" + bytes(range(256)) * 8


def a_package(*names: str) -> bytes:
    return papers.zipped(dict.fromkeys(names, b"<x/>"))


FORMS: Mapping[str, tuple[Callable[[], bytes], AttachmentForm]] = {
    "pdf": (lambda: papers.pdf(papers.letter()), AttachmentForm.PDF),
    "pdf behind what a gateway wrote": (lambda: b"X-Scanned: yes\r\n" * 9 + papers.blank_pdf(), AttachmentForm.PDF),
    "jpeg": (lambda: papers.saved(papers.letter(), "JPEG"), AttachmentForm.IMAGE),
    "png": (lambda: papers.saved(papers.letter(), "PNG"), AttachmentForm.IMAGE),
    "webp": (lambda: papers.saved(papers.letter(), "WEBP"), AttachmentForm.IMAGE),
    "heic": (lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200), AttachmentForm.UNKNOWN),
    "docx": (lambda: papers.draft("Kính gửi Quý Ban"), AttachmentForm.WORD),
    "docm": (lambda: a_package("word/document.xml", "word/vbaProject.bin"), AttachmentForm.UNKNOWN),
    "xlsx": (lambda: a_package("xl/workbook.xml"), AttachmentForm.UNKNOWN),
    "doc": (lambda: papers.ole("WordDocument"), AttachmentForm.WORD),
    "doc with a password": (lambda: papers.ole("WordDocument", flags=0x0100), AttachmentForm.ENCRYPTED),
    "docx with a password": (lambda: papers.ole("EncryptedPackage"), AttachmentForm.ENCRYPTED),
    "xls": (lambda: papers.ole("Workbook"), AttachmentForm.UNKNOWN),
    "rtf": (lambda: b"{\\rtf1\\ansi K\\'ednh g\\u7917?i}", AttachmentForm.WORD),
    "pdf with a password": (papers.locked_pdf, AttachmentForm.ENCRYPTED),
    "zip": (lambda: a_package("cong van.pdf"), AttachmentForm.ARCHIVE),
    "rar": (lambda: b"Rar!\x1a\x07\x01\x00" + bytes(100), AttachmentForm.ARCHIVE),
    "7z": (lambda: b"7z\xbc\xaf\x27\x1c" + bytes(100), AttachmentForm.ARCHIVE),
    "calendar": (lambda: b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", AttachmentForm.CALENDAR),
    "mail": (lambda: b"Return-Path: <a@example.vn>\r\nReceived: from b\r\n\tby c\r\n\r\nx", AttachmentForm.MAIL),
    "signature of a mail": (lambda: b"-----BEGIN PGP SIGNATURE-----\n", AttachmentForm.SIGNATURE),
    "p7m": (lambda: SMIME, AttachmentForm.UNKNOWN),
    "winmail.dat": (lambda: b"\x78\x9f\x3e\x22" + bytes(100), AttachmentForm.UNKNOWN),
    "web page": (lambda: b"<!DOCTYPE html><html><body>x</body></html>", AttachmentForm.TEXT),
    "plain text": ("Kính gửi".encode, AttachmentForm.TEXT),
    "nothing": (lambda: b"", AttachmentForm.UNKNOWN),
    "noise": (lambda: bytes(range(256)) * 40, AttachmentForm.UNKNOWN),
    "half a pdf": (lambda: papers.pdf(papers.letter())[:9000], AttachmentForm.BROKEN),
    "half a jpeg": (lambda: papers.saved(papers.letter(), "JPEG")[:30], AttachmentForm.BROKEN),
    "half a docx": (lambda: papers.draft("x")[:5000], AttachmentForm.BROKEN),
    "half an rtf": (lambda: b"{\\rtf1\\ansi K\\'ednh", AttachmentForm.BROKEN),
    "pdf in name only": (lambda: b"%PDF-1.7 and nothing else", AttachmentForm.BROKEN),
}
USED_AS_THEY_ARE = {"pdf", "pdf behind what a gateway wrote", "jpeg", "png", "webp"}


@pytest.mark.parametrize("name", FORMS)
def test_a_file_is_what_its_bytes_say_and_what_cannot_be_sent_says_why(name: str) -> None:
    make, form = FORMS[name]

    found = inspect(make())

    assert found.form is form
    assert (found.refused is None) == (name in USED_AS_THEY_ARE)


@pytest.mark.parametrize("name", ["zip", "rar", "7z", "pdf with a password", "doc", "p7m", "half a pdf", "heic"])
def test_what_may_be_the_units_letter_is_asked_for_again_as_pdf(name: str) -> None:
    found = inspect(FORMS[name][0]())

    assert found.is_asked_for_again
    assert not found.is_usable
    assert "đề nghị gửi lại" in (found.refused or "")
    assert "PDF" in (found.refused or "")


@pytest.mark.parametrize("name", ["pdf", "jpeg", "docx", "calendar", "signature of a mail", "plain text"])
def test_what_can_be_used_or_is_no_letter_is_not_asked_for_again(name: str) -> None:
    assert not inspect(FORMS[name][0]()).is_asked_for_again


def test_the_signature_of_a_mail_is_told_from_a_signed_container_by_what_the_mail_says() -> None:
    assert inspect(SMIME, declared_type="application/pkcs7-signature").form is AttachmentForm.SIGNATURE


def test_a_mail_inside_a_mail_is_known_though_its_headers_are_odd() -> None:
    assert inspect("Chủ đề: Kính gửi".encode(), declared_type="message/rfc822").form is AttachmentForm.MAIL


def test_the_words_of_a_draft_are_read_in_their_order_and_its_tables_row_by_row() -> None:
    table = (("Thời gian", "Mức đóng"), ("Từ 01/2026", "2.340.000 đồng"))

    found = inspect(papers.draft("Kính gửi Ban Quản trị", "Tra\u0309 lời:", table=table))

    assert found.text == "Kính gửi Ban Quản trị\nTrả lời:\nThời gian | Mức đóng\nTừ 01/2026 | 2.340.000 đồng"
    assert found.is_usable


def test_a_draft_that_is_only_a_picture_is_asked_for_again() -> None:
    found = inspect(papers.draft(""))

    assert (found.form, found.text) == (AttachmentForm.WORD, None)
    assert found.is_asked_for_again


def test_a_digital_signature_is_seen() -> None:
    assert inspect(papers.signed_pdf()) == Inspected(form=AttachmentForm.PDF, is_signed=True, page_count=1)
    assert not inspect(papers.blank_pdf()).is_signed
    assert not inspect(papers.signed_pdf().replace(b"/V 5 0 R", b"").replace(b"/ByteRange [0 9 20 9]", b"")).is_signed


def test_pages_are_counted_and_a_book_is_refused() -> None:
    assert inspect(papers.blank_pdf(30)) == Inspected(form=AttachmentForm.PDF, page_count=30)

    book = inspect(papers.blank_pdf(31))

    assert (book.form, book.page_count) == (AttachmentForm.PDF, 31)
    assert "31 trang" in (book.refused or "")


# -- made to do harm -----------------------------------------------------------------------------------------------


def a_png_of_a_billion_pixels() -> bytes:
    return papers.saved(Image.new("1", (30_000, 30_000)), "PNG")


def a_docx_that_unpacks_to_gigabytes() -> bytes:
    parts = papers.parts_of(papers.draft("x"))
    return papers.zipped({**parts, **{f"word/media/{n}": bytes(30_000_000) for n in range(4)}})


def a_docx_of_entities_in_entities() -> bytes:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    xml = (
        f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY e0 "x">{levels}]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>&e11;</w:t></w:r></w:p></w:body></w:document>"
    )
    return papers.zipped({**papers.parts_of(papers.draft("x")), "word/document.xml": xml.encode()})


@pytest.mark.parametrize(
    "make",
    [
        a_png_of_a_billion_pixels,
        a_docx_that_unpacks_to_gigabytes,
        lambda: papers.blank_pdf(5000),
        papers.locked_pdf,
        lambda: b"%PDF-1.7\n" + b"<<" * 200_000,
        lambda: b"\x89PNG\r\n\x1a\n" + bytes(1000),
        lambda: b"PK\x03\x04" + bytes(1000),
    ],
)
def test_a_file_made_to_do_harm_is_refused_with_a_reason(make: Callable[[], bytes]) -> None:
    content = make()

    assert inspect(content).refused
    with pytest.raises(DocumentError) as refusal:
        pages(content)
    assert refusal.value.reason.endswith(".")


@pytest.mark.parametrize("form", ["JPEG", "TIFF"])
def test_a_picture_that_was_cut_off_on_its_way_has_no_pages(form: str) -> None:
    with pytest.raises(DocumentError, match="Tệp hỏng"):
        pages(papers.saved(papers.letter(), form)[:-5000])


def test_entities_in_entities_are_not_unfolded() -> None:
    found = inspect(a_docx_of_entities_in_entities())

    assert found.refused
    assert len(found.text or "") < 1000
