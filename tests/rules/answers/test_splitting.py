"""An answer in messages that Zalo takes and a reader can follow."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.answers.splitting import LONGEST, PREFERRED, size, split
from desk.rules.case_codes import delivery_mark

MARK = f"\n{delivery_mark(10**17)}"
NUMBERED = re.compile(r"^\((\d+)/(\d+)\) ")
WHOLE = (
    "Điều 54 Luật BHXH số 41/2024/QH15",
    "điểm a khoản 1 Điều 54 Luật Bảo hiểm xã hội năm 2024",
    "khoản 2 Điều 5 Nghị định số 158/2025/NĐ-CP ngày 25 tháng 6 năm 2025",
    "Công văn số 1234/BHXH-CSXH ngày 23/11/2026",
    "thứ Năm, 26/11/2026",
    "ngày 01 tháng 7 năm 2025",
    "1.234.567 đồng",
    "12 triệu đồng",
    "1900 9068",
    "(024) 3936 1778",
    "ZL 26-004512-8",
    "https://baohiemxahoi.gov.vn/tracuu/Pages/tra-cuu-qua-trinh-tham-gia.aspx?id=1",
)
PIECES = st.one_of(
    st.sampled_from(WHOLE),
    st.sampled_from(
        ["Ông/Bà", "được hưởng", "chế độ thai sản.", "theo quy định,", "hồ sơ;", "👍🏽", "\n", "\n\n", "1."]
    ),
    st.text(max_size=12),
)


def bare(text: str) -> str:
    """Return a text without its blanks: what must come through whatever is cut."""
    return "".join(unicodedata.normalize("NFC", text).split())


def unnumbered(parts: tuple[str, ...]) -> list[str]:
    return [NUMBERED.sub("", part) for part in parts] if len(parts) > 1 else list(parts)


@given(st.lists(PIECES, max_size=400).map(" ".join))
def test_nothing_is_lost_nothing_added_and_every_limit_holds(text: str) -> None:
    parts = split(text)

    assert bare("".join(unnumbered(parts))) == bare(text)
    assert all(size(part + MARK) <= PREFERRED for part in parts)
    if len(parts) > 1:
        found = [NUMBERED.match(part) for part in parts]
        assert [match and match.groups() for match in found] == [
            (str(number), str(len(parts))) for number in range(1, len(parts) + 1)
        ]


@given(st.lists(st.sampled_from(WHOLE), min_size=60, max_size=120), st.sampled_from([" ", ", ", " và ", ". ", "\n"]))
def test_what_a_reader_must_find_whole_is_never_cut(spans: list[str], joint: str) -> None:
    together = " | ".join(unnumbered(split(f" x{joint}x ".join(spans))))

    for whole in set(spans):
        assert together.count(whole) == spans.count(whole) + sum(
            other.count(whole) for other in spans if other != whole
        )


@given(st.text(alphabet=st.characters(max_codepoint=0x1FAFF, exclude_categories=["Cs"]), min_size=20, max_size=200))
def test_a_text_without_any_order_is_still_taken_by_zalo(letters: str) -> None:
    text = letters * 100
    parts = split(text)

    assert bare("".join(unnumbered(parts))) == bare(text)
    assert all(len(part + MARK) <= size(part + MARK) <= LONGEST for part in parts)


def test_a_short_answer_is_one_message_without_a_number() -> None:
    assert split("  Ông/Bà được hưởng chế độ thai sản. ") == ("Ông/Bà được hưởng chế độ thai sản.",)


@pytest.mark.parametrize(
    ("joint", "ends"),
    [("\n\n", "kết thúc."), ("\n", "kết thúc."), (" ", "kết thúc.")],
    ids=["paragraph", "line", "sentence"],
)
def test_it_is_cut_where_a_paragraph_a_line_or_a_sentence_ends(joint: str, ends: str) -> None:
    sentence = "Theo quy định, người lao động " + "đóng bảo hiểm " * 20 + ends

    parts = split(joint.join([sentence] * 6))

    assert len(parts) == 3
    assert all(part.endswith(ends) for part in parts)


def test_an_enumeration_does_not_end_with_its_number() -> None:
    text = "Hồ sơ gồm " + "giấy tờ " * 95 + "như sau\n1. " + "đơn đề nghị " * 60

    assert not [part for part in split(text) if part.endswith("1.")]


def test_an_address_longer_than_a_message_by_preference_makes_a_longer_one() -> None:
    address = "https://dichvucong.gov.vn/" + "a" * 1200

    parts = split(f"Xem tại {address} để biết thêm.")

    assert any(address in part for part in parts)
    assert max(map(size, parts)) <= LONGEST


def test_decomposed_letters_and_emoji_are_counted_as_zalo_counts_them() -> None:
    decomposed = unicodedata.normalize("NFD", "Ông/Bà được hưởng chế độ. " * 100)
    assert len(split(decomposed)) == len(split(unicodedata.normalize("NFC", decomposed)))

    parts = split("👩‍👩‍👧‍👦" * 400)

    assert all(size(part) <= PREFERRED for part in parts)
    assert all(unnumbered(parts)[place].startswith("👩") for place in range(len(parts)))
