"""First bytes: whatever they are, something is said of them, and nothing is opened."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.documents import may_be_letter
from desk.documents.formats import Format, format_of
from tests.documents import papers


@given(st.binary(max_size=3000), st.sampled_from(["", "message/rfc822", "application/pkcs7-signature"]))
def test_any_bytes_are_of_some_format(content: bytes, declared_type: str) -> None:
    assert isinstance(format_of(content, declared_type=declared_type), Format)


@given(st.text(min_size=1))
def test_text_is_never_taken_for_a_letter(text: str) -> None:
    assert not may_be_letter(text.encode())


@pytest.mark.parametrize(
    ("content", "is_inline", "expected"),
    [
        (papers.blank_pdf(), False, True),
        (papers.saved(papers.letter(20), "PNG"), True, False),
        (papers.saved(papers.letter(20), "PNG"), False, True),
        (papers.draft("Kính gửi"), False, True),
        (papers.zipped({"cong-van.pdf": b"%PDF-1.7"}), False, False),
        (papers.ole("WordDocument"), False, False),
    ],
)
def test_what_looks_like_an_answer_is_known_before_it_is_opened(
    content: bytes, *, is_inline: bool, expected: bool
) -> None:
    assert may_be_letter(content, is_inline=is_inline) is expected
