"""Mails that no decent program would send: none stops the line, and what could not be read is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.gateways.mail_in.html_text import html_text
from desk.gateways.mail_in.parsing import LONGEST_TEXT, MOST_LEAVES, MOST_TEXTS, parse_mail
from desk.rules.replies.trimming import trimmed

HEAD = b"From: hoa@unit.example.vn\r\nTo: hoidap@bhxh.example.vn\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
MIXED = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
SENT = ["Kính gửi: Phòng Chế độ BHXH\nCâu hỏi cần trả lời ngay cho công dân theo quy định"]


def nested(depth: int) -> bytes:
    opened = (
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (level, level) for level in range(depth)
    )
    return HEAD + b"".join(opened) + b"Content-Type: text/plain\r\n\r\nxin\r\n"


def test_ten_thousand_files_are_counted() -> None:
    part = b"--b\r\nContent-Type: application/pdf\r\n\r\n%PDF-\r\n"

    mail = parse_mail(HEAD + MIXED + part * 10_000 + b"--b--\r\n")

    assert len(mail.leaves) == MOST_LEAVES
    assert mail.defects == (f"{10_000 - MOST_LEAVES} parts more are not listed",)


def test_ten_thousand_texts_are_counted() -> None:
    mail = parse_mail(HEAD + MIXED + b"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n" * 10_000 + b"--b--\r\n")

    assert mail.text.split() == ["x"] * MOST_TEXTS
    assert mail.defects == (f"{10_000 - MOST_TEXTS} parts more are not listed",)


def test_parts_nested_beyond_reason_are_one_file_as_they_came() -> None:
    raw = nested(3_000)

    mail = parse_mail(raw)

    assert mail.from_address == "hoa@unit.example.vn"
    assert [leaf.content for leaf in mail.leaves] == [raw]
    assert mail.defects == ("not taken apart: RecursionError",)
    assert parse_mail(nested(50)).text == "xin"


def test_a_mail_whose_parts_have_no_boundary_is_shown_as_it_stands() -> None:
    for field in (b"Content-Type: multipart/mixed\r\n", b"Content-Type: multipart/mixed; boundary=zzz\r\n"):
        mail = parse_mail(HEAD + field + b"\r\n--a\r\nContent-Type: text/plain\r\n\r\nxin\r\n--a--\r\n")

        assert "xin" in mail.text
        assert mail.defects


def test_winmail_dat_is_a_file() -> None:
    raw = (
        HEAD
        + MIXED
        + b"--b\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\n\r\n\x78\x9f\x3e\x22\r\n--b--\r\n"
    )

    (leaf,) = parse_mail(raw).leaves

    assert (leaf.name, leaf.declared_type, leaf.content) == ("winmail.dat", "application/ms-tnef", b"\x78\x9f\x3e\x22")


@pytest.mark.parametrize(
    ("fields", "body", "text"),
    [
        (b"Content-Transfer-Encoding: base64\r\n", b"SGVsbG8=!!!", "Hello"),
        (b"Content-Transfer-Encoding: base64\r\n", b"SGVsbG8hA", "SGVsbG8hA"),
        (b"Content-Transfer-Encoding: quoted-printable\r\n", b"xin=ZZ=\r\n chao=", "xin=ZZ chao"),
        (b"Content-Type: text/plain; charset=utf-7\r\n", b"+ADw-b+AD4- +2AA-xin", "<b> xin"),
        (b"Content-Type: text/plain; charset=punycode\r\n", b"xin", "xin"),
        (b"Content-Type: text/plain; charset=zlib\r\n", b"xin", "xin"),
        (b"Content-Type: text/plain; charset=\xff\xfe\r\n", b"xin", "xin"),
        (b"Content-Type: text/plain; charset*=a'b'c'd\r\n", b"xin", "xin"),
        (b"Content-Type: ;;;=\r\n", b"xin", "xin"),
        (b"Date: Mon, 99 Foo 99999 99:99:99 +9999\r\n", b"xin", "xin"),
        (b"Message-ID: [\r\n", b"xin", "xin"),
        (b"Subject: =?utf-8?B?!?= =?x?Q?=FF?= =?=?=\r\n", b"xin", "xin"),
        (b"no header at all\r\n", b"xin", "no header at all\n\nxin"),
    ],
)
def test_nothing_malformed_hides_the_text(fields: bytes, body: bytes, text: str) -> None:
    assert parse_mail(HEAD + fields + b"\r\n" + body).text == text


@pytest.mark.parametrize(
    "fields",
    [
        b"X-A: " + b"a" * 5_000_000 + b"\r\n",
        b"X-A: a\r\n" * 50_000,
        b"References: " + b" ".join(b"<%d@x>" % number for number in range(100_000)) + b"\r\n",
    ],
)
def test_a_header_beyond_reason_is_cut_and_said(fields: bytes) -> None:
    mail = parse_mail(HEAD + fields + b"\r\nxin")

    assert mail.from_address == "hoa@unit.example.vn"
    assert mail.text == "xin"
    assert len(mail.defects) == 1


def test_a_text_beyond_reason_is_cut_and_said() -> None:
    mail = parse_mail(HEAD + b"\r\n" + b"xin\n" * LONGEST_TEXT)

    assert len(mail.text) <= LONGEST_TEXT
    assert mail.defects == ("the text is cut",)


# Each takes time that grows with the square of its length where a pattern looks back or ahead too far. The limit of a
# test's time is the proof.
@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "field",
    [b"(" * 99_000, b'"' * 99_000, b'\\"(' * 33_000, b"<" * 99_000, b"a" * 99_000, b"a@" * 49_000, b"=?" * 49_000],
)
def test_addresses_made_to_take_long_do_not(field: bytes) -> None:
    assert parse_mail(b"From: " + field + b"\r\nCc: " + field + b"\r\nSubject: " + field + b"\r\n\r\nxin").text == "xin"


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "piece",
    ["<", "<!--", "<![CDATA[", "<a ", "<a b=", '<a b="', "&", "&#", "<?", "</", "<style>", "<div>", "<blockquote>"],
)
def test_html_made_to_take_long_does_not(piece: str) -> None:
    html_text(piece * 30_000)


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "line",
    [">", "Vào ngày 1", "đã viết:", "Từ: a@b", "Trân trọng,", "-- ", f"{' ' * 900}:", "-" * 900, "> *" * 300 + ":"],
)
def test_a_reply_made_to_take_long_does_not(line: str) -> None:
    trimmed("\n".join([line] * (LONGEST_TEXT // (len(line) + 1))), SENT)


@given(st.binary(max_size=2_000))
def test_no_bytes_stop_the_line(raw: bytes) -> None:
    parse_mail(raw)


PIECES = [
    HEAD,
    MIXED,
    b"\r\n",
    b"--b\r\n",
    b"--b--",
    b"Content-Type: ",
    b"text/html",
    b"message/rfc822",
    b"multipart/alternative",
]
PIECES += [
    b"; boundary=b",
    b"; charset=",
    b"utf-7",
    b"Content-Transfer-Encoding: base64\r\n",
    b"\xff\x00",
    b"=?utf-8?B?",
    b"<p>",
]
PIECES += [b"message/delivery-status", b"multipart/report", b"Final-Recipient: rfc822; a@b\r\n", b"filename*0*=x'y'%"]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map(b"".join))
def test_no_heap_of_parts_stops_the_line(raw: bytes) -> None:
    mail = parse_mail(raw)

    assert [leaf.position for leaf in mail.leaves] == list(range(1, len(mail.leaves) + 1))
    assert not any(ord(character) < 32 and character not in "\t\n" for character in mail.text)
