from __future__ import annotations

import pytest

from desk.rules.attachments import has_cloud_link, is_logo, sent_on_purpose
from desk.rules.incoming_mail import Leaf


@pytest.mark.parametrize(
    ("size", "is_inline", "was_seen", "expected"),
    [
        (4_000, True, False, True),  # a logo in a signature
        (4_000, False, False, False),  # a small scan: sent as a file, never before
        (45_000, True, True, True),  # a banner under every mail of that sender
        (45_000, False, True, True),
        (300_000, False, True, False),  # the same scan sent again, because a reminder came
        (300_000, True, False, False),  # a photograph of the letter, pasted into the mail
    ],
)
def test_a_logo_is_small_and_in_the_text_or_comes_with_every_mail(
    size: int, *, is_inline: bool, was_seen: bool, expected: bool
) -> None:
    assert is_logo(size, is_inline=is_inline, was_seen=was_seen) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Văn bản tại https://drive.google.com/file/d/1x/view", True),
        ("https://bhxh-my.sharepoint.com/:b:/g/x", True),
        ("Tra cứu tại https://baohiemxahoi.gov.vn/pages/default.aspx", False),
        ("gửi qua drive.google.com", False),
    ],
)
def test_a_link_to_a_file_kept_elsewhere_is_told_from_a_page_to_read(text: str, *, expected: bool) -> None:
    assert has_cloud_link(text) is expected


@pytest.mark.parametrize(
    ("declared_type", "size", "is_inline", "expected"),
    [
        ("application/pdf", 90_000, False, True),
        ("application/zip", 90_000, False, True),  # perhaps the letter; asked for again as a PDF
        ("application/msword", 90_000, False, True),
        ("image/png", 4_000, False, True),
        ("image/png", 4_000, True, False),  # a logo in a signature
        ("text/calendar", 900, False, False),
        ("application/pkcs7-signature", 3_000, False, False),
    ],
)
def test_what_belongs_to_the_mail_itself_is_no_file_of_its_sender(
    declared_type: str, size: int, *, is_inline: bool, expected: bool
) -> None:
    leaf = Leaf(position=1, name="tep", declared_type=declared_type, content=bytes(size), is_inline=is_inline)

    assert sent_on_purpose([leaf]) == ((leaf,) if expected else ())
