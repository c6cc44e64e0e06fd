"""First bytes: whatever they are, something is said of them, and nothing is opened."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desk.documents.formats import Format, format_of


@given(st.binary(max_size=3000), st.sampled_from(["", "message/rfc822", "application/pkcs7-signature"]))
def test_any_bytes_are_of_some_format(content: bytes, declared_type: str) -> None:
    assert isinstance(format_of(content, declared_type=declared_type), Format)


@given(st.text(min_size=1))
def test_text_is_never_taken_for_a_letter(text: str) -> None:
    assert format_of(text.encode()) not in (Format.PDF, Format.PICTURE)
