"""What a mail's bytes come to: the text its writer typed, every file, every address, and nothing that was forged in."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime

import pytest

from desk.gateways.mail_in.html_text import html_text
from desk.gateways.mail_in.parsing import parse_mail
from desk.rules.incoming_mail import DeliveryReport

HEAD = "From: Hoa <hoa@unit.example.vn>\r\nTo: hoidap@bhxh.example.vn\r\nSubject: x\r\nMIME-Version: 1.0\r\n"


def a_mail(fields: str = "", body: str | bytes = "Xin chào.") -> bytes:
    content = body if isinstance(body, bytes) else body.encode()
    return f"{HEAD}{fields}\r\n".encode() + content


def parts(kind: str, *inner: str) -> bytes:
    body = "".join(f"--b\r\n{part}\r\n" for part in inner)
    return a_mail(f'Content-Type: multipart/{kind}; boundary="b"\r\n', f"{body}--b--\r\n")


def a_part(content_type: str, content: str, more: str = "") -> str:
    return f"Content-Type: {content_type}\r\n{more}\r\n{content}"


def test_header_fields_are_read_as_people_read_them() -> None:
    mail = parse_mail(
        b"Return-Path: <Hoa@Unit.example.vn>\r\n"
        b"Delivered-To: hoidap+q7f3a91@bhxh.example.vn\r\n"
        b"X-Original-To: Hoidap+Q7F3A91@bhxh.example.vn\r\n"
        b"From: =?utf-8?B?Tmd1eeG7hW4sIEhvYQ==?= <Hoa@unit.example.vn>\r\n"
        b"Sender: thuky@unit.example.vn\r\n"
        b'To: "Lan, BHXH <lan@other.example.vn>" <hoidap@bhxh.example.vn>,\r\n'
        b"\tPhong Thu <thu@unit.example.vn>; an@unit.example.vn\r\n"
        b"Cc: (cu) binh@unit.example.vn\r\n"
        b"Subject: =?utf-8?Q?Tr=E1=BA=A3?=\r\n =?utf-8?Q?_l=E1=BB=9Di?=\r\n"
        b"Date: Mon, 23 Nov 2026 10:00:00 +0700\r\n"
        b"Message-ID: <one@unit.example.vn>\r\n"
        b"References: <first@bhxh.example.vn>\r\n <a-long-one\r\n -folded@unit.example.vn>\r\n"
        b"In-Reply-To: <first@bhxh.example.vn>\r\n"
        b"Received: by second\r\nReceived: by first\r\n\r\nok"
    )

    assert mail.from_address == "hoa@unit.example.vn"
    assert mail.from_name == "Nguyễn, Hoa"
    assert mail.sender_address == "thuky@unit.example.vn"
    assert mail.headers["return-path"] == ("<Hoa@Unit.example.vn>",)
    assert mail.recipients == (
        "hoidap+q7f3a91@bhxh.example.vn",
        "hoidap@bhxh.example.vn",
        "thu@unit.example.vn",
        "an@unit.example.vn",
        "binh@unit.example.vn",
    )
    assert mail.subject == "Trả lời"
    assert mail.written_at == datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
    assert mail.message_id == "<one@unit.example.vn>"
    assert mail.referred_ids == ("<first@bhxh.example.vn>", "<a-long-one-folded@unit.example.vn>")
    assert mail.headers["received"] == ("by second", "by first")
    assert mail.text == "ok"
    assert mail.defects == ()


def test_whoever_names_two_senders_names_none() -> None:
    twice = parse_mail(b"From: boss@bhxh.example.vn\r\nFrom: evil@example.vn\r\n\r\nok")

    assert twice.from_address == ""
    assert twice.defects == ("more than one sender",)


@pytest.mark.parametrize(
    "sender",
    [
        '"boss@bhxh.example.vn" <evil@example.vn>',
        "boss@bhxh.example.vn <evil@example.vn>",
        '"Boss <boss@bhxh.example.vn>," <evil@example.vn>',
        "=?utf-8?Q?<boss@bhxh.example.vn>,?= <evil@example.vn>",
        "(<boss@bhxh.example.vn>) evil@example.vn",
    ],
)
def test_an_address_in_a_name_is_a_name(sender: str) -> None:
    assert parse_mail(f"From: {sender}\r\n\r\nx".encode()).from_address == "evil@example.vn"


@pytest.mark.parametrize(
    ("charset", "content"),
    [
        ("utf-8", "Trả lời".encode()),
        ("windows-1258", b"Tra\xd2 l\xf5\xcci"),
        ("us-ascii", "Trả lời".encode()),
        ("iso-8859-1", "Trả lời".encode()),
        ("x-unknown", "Trả lời".encode()),
        ("utf-7", "Trả lời".encode("utf-7")),
        ("utf-16", "Trả lời".encode("utf-16")),
    ],
)
def test_a_text_is_read_by_the_charset_it_has_whatever_it_says(charset: str, content: bytes) -> None:
    assert parse_mail(a_mail(f"Content-Type: text/plain; charset={charset}\r\n", content)).text == "Trả lời"


def test_text_is_nfc_with_plain_line_ends_and_no_controls() -> None:
    assert parse_mail(a_mail(body="Tra\u0309\x00 lo\u031b\u0300i\r\nhai\rba\u202e")).text == "Trả lời\nhai\nba"


def test_lines_wrapped_for_the_way_are_put_together() -> None:
    flowed = "Người lao động \r\nnộp hồ sơ.\r\n> Cần giấy \r\n> tờ gì?\r\n-- \r\nHoa\r\n"

    mail = parse_mail(a_mail("Content-Type: text/plain; charset=utf-8; format=flowed\r\n", flowed))

    assert mail.text == "Người lao động nộp hồ sơ.\n> Cần giấy tờ gì?\n-- \nHoa"


def test_plain_text_is_preferred_and_html_read_where_there_is_none() -> None:
    html = a_part("text/html", "<p>html</p>")

    assert parse_mail(parts("alternative", a_part("text/plain", "plain"), html)).text == "plain"
    assert parse_mail(parts("alternative", a_part("text/plain", " \r\n"), html)).text == "html"
    assert parse_mail(parts("related", html)).text == "html"


def test_a_file_in_the_middle_of_the_body_does_not_cut_the_text() -> None:
    inline = "Content-Disposition: inline\r\nContent-Transfer-Encoding: base64\r\n"

    mail = parse_mail(
        parts(
            "mixed",
            a_part("text/plain", "Một."),
            a_part("application/pdf; name=cv.pdf", "JVBERi0=", inline),
            a_part("text/plain", "Hai."),
            a_part("text/html", "<b>Ba.</b>"),
        )
    )

    assert mail.text == "Một.\n\nHai.\n\nBa."
    assert [(leaf.position, leaf.name, leaf.content, leaf.is_inline) for leaf in mail.leaves] == [
        (1, "cv.pdf", b"%PDF-", True)
    ]


def test_files_that_stand_among_the_alternatives_are_not_lost() -> None:
    inner = (a_part("text/html", "<p>Một</p>"), a_part("application/pdf", "%PDF-"))
    apple = a_part("multipart/mixed; boundary=c", "".join(f"--c\r\n{part}\r\n" for part in inner) + "--c--")

    mail = parse_mail(parts("alternative", a_part("text/plain", "Một"), apple))

    assert mail.text == "Một"
    assert [leaf.declared_type for leaf in mail.leaves] == ["application/pdf"]


def test_text_files_are_files_but_what_exchange_calls_a_file_is_text() -> None:
    mail = parse_mail(
        parts(
            "mixed",
            a_part("text/plain", "Một."),
            a_part("text/plain; name=bang-ke.txt", "1;2"),
            a_part("text/plain; name=ATT00001.txt", "Hai."),
            a_part("text/plain", "ghi chú", "Content-Disposition: attachment\r\n"),
        )
    )

    assert mail.text == "Một.\n\nHai."
    assert [leaf.name for leaf in mail.leaves] == ["bang-ke.txt", ""]


@pytest.mark.parametrize(
    "field",
    [
        'Content-Disposition: attachment; filename="Công văn.pdf"',
        "Content-Disposition: attachment; filename==?utf-8?B?Q8O0bmcgdsSDbi5wZGY=?=",
        "Content-Disposition: attachment; filename*=utf-8''C%C3%B4ng%20v%C4%83n.pdf",
        "Content-Disposition: attachment; filename*0*=utf-8''C%C3%B4ng%20; filename*1*=v%C4%83n.pdf",
        'Content-Type: application/pdf; name="Công văn.pdf"',
    ],
)
def test_file_names_are_read_in_every_spelling(field: str) -> None:
    mail = parse_mail(a_mail(f"{field}\r\n", "%PDF-"))

    assert [leaf.name for leaf in mail.leaves] == ["Công văn.pdf"]


def test_an_enclosed_mail_is_a_file_as_it_came() -> None:
    enclosed = "From: a@b.example.vn\r\nSubject:  giữ nguyên\r\n\r\n--b2\r\nnội dung"

    (plain,) = parse_mail(parts("mixed", a_part("message/rfc822", enclosed))).leaves
    (coded,) = parse_mail(
        parts(
            "mixed",
            a_part("message/rfc822", b64encode(enclosed.encode()).decode(), "Content-Transfer-Encoding: base64\r\n"),
        )
    ).leaves

    assert plain.content == coded.content == enclosed.encode()
    assert plain.declared_type == "message/rfc822"


def test_a_delivery_report_tells_whom_it_is_about_and_of_which_letter() -> None:
    status = (
        "Reporting-MTA: dns; mx.test\r\n\r\n"
        "Final-Recipient: rfc822; CheDo@unit.example.vn\r\nAction: failed\r\nStatus: 5.1.1 (unknown)\r\n\r\n"
        "Original-Recipient: rfc822;thu@unit.example.vn\r\nAction: Delayed\r\nStatus: 4.4.1\r\n"
    )
    mail = parse_mail(
        parts(
            "report; report-type=delivery-status",
            a_part("text/plain", "Không gửi được."),
            a_part("message/delivery-status", status),
            a_part("message/rfc822", "Subject: x\r\nMessage-ID:\r\n <0b00@bhxh.example.vn>\r\n\r\nMessage-ID: <no@x>"),
        )
    )

    assert mail.text == "Không gửi được."
    assert mail.reports == (
        DeliveryReport(
            final_recipient="chedo@unit.example.vn",
            action="failed",
            status="5.1.1",
            original_message_id="<0b00@bhxh.example.vn>",
        ),
        DeliveryReport(
            final_recipient="thu@unit.example.vn",
            action="delayed",
            status="4.4.1",
            original_message_id="<0b00@bhxh.example.vn>",
        ),
    )
    assert len(mail.leaves) == 2


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<div>Một<br>Hai</div><div><br></div><div>Ba</div>", "Một\nHai\n\nBa"),
        ("<p>Một</p><p>Hai</p>", "Một\n\nHai"),
        ('<p class="MsoNormal">Một</p><p class=MsoNormal>Hai</p>', "Một\nHai"),
        ("<html><head><title>x</title><style>p{}</style></head><body></body></html>", ""),
        ("<html><head><meta charset=utf-8><body>Một", "Một"),
        ("Một<div style='display: none'>ẩn</div><span hidden>ẩn</span><script>a<b</script>", "Một"),
        ("<blockquote>Một<br>Hai<blockquote>Ba</blockquote></blockquote>Bốn", "> Một\n> Hai\n> > Ba\nBốn"),
        ("<blockquote style='margin:0 0 0 40px;border:none'>Một</blockquote>", "Một"),
        ("<ol><li>Một</li><li>Hai</li></ol><ul><li>Ba</ul>", "1. Một\n2. Hai\n- Ba"),
        ("<table><tr><td><p>Từ</p></td><td><p>Đến</p></td></tr><tr><td>a<td>b</table>c", "Từ | Đến\na | b\nc"),
        ("Mức &lt; 5 &amp; &gt; 3&nbsp;%", "Mức < 5 & > 3\xa0%"),
        ("<!-- ẩn -->Một<![if !mso]>Hai<![endif]>", "MộtHai"),
        ("<pre>Một\n  Hai</pre>", "Một\n  Hai"),
        ('<a title="a > b" href=x>Một</a>', "Một"),
        ("Lương < 5 triệu và > 3 triệu", "Lương < 5 triệu và > 3 triệu"),
    ],
)
def test_html_is_read_as_its_reader_sees_it(html: str, text: str) -> None:
    assert html_text(html) == text
