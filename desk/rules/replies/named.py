"""Offices and people that a sentence names: "phòng Chế độ BHXH", "đ/c Hùng", "chị Hoa phòng TST"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from desk.rules.wording import folded

OFFICE, PERSON = "<office>", "<person>"

# As typed with accents: "sổ" and "có" are other words than "sở" and "cô".
_OFFICE_HEADS = ("phòng", "ban", "vụ", "bhxh", "bộ phận", "trung tâm", "tổ", "sở", "bộ", "cục", "lãnh đạo", "văn phòng",
                 "giám đốc", "bên", "p")  # fmt: skip
_PERSON_HEADS = ("đ/c", "đc", "dc", "đồng chí", "anh", "chị", "em", "a", "c", "e", "cô", "chú", "bác", "ông", "bà",
                 "ac", "sếp")  # fmt: skip
_KINDS = {head: kind for kind, heads in ((OFFICE, _OFFICE_HEADS), (PERSON, _PERSON_HEADS)) for head in heads}
_KINDS |= {folded(head): kind for head, kind in _KINDS.items()}
_FIRST_WORDS = frozenset(folded(head).split()[0] for head in _KINDS)
_STANDS_ALONE = "lanh dao"
_NEXT_OFFICE = frozenset({"phòng", "trung tâm", "tổ"})
# in small letters within a title: "đồng chí Phó Giám đốc"
_OF_TITLES = frozenset({"đốc", "ban", "doc"})

# What ends a name written in small letters, "phong thu | kiem tra": verbs of two syllables, and words of one.
_VERBS = frozenset(tuple(verb.split("-")) for verb in folded(
    "xử-lý tham-mưu trả-lời giải-quyết nghiên-cứu kiểm-tra phối-hợp thực-hiện theo-dõi rà-soát cho-ý tiếp-nhận đã-nhận"
    " xác-nhận xác-minh xem-xét tổng-hợp báo-cáo dự-thảo liên-hệ cung-cấp tiếp-tục chỉ-đạo theo-thẩm theo-chức theo-quy"
    " theo-đúng phụ-trách tra-cứu báo-lại bổ-sung cho-biết chủ-trì làm-đầu phản-hồi nơi-cư nơi-đang gần-nhất có-ý"
    " của-công của-người xác-định quản-trị biên-tập"
).split())  # fmt: skip
_OTHER_WORDS = frozenset(folded(
    "xem coi sẽ đang đã xin chưa hiện nhận để giúp nhé nha a nghen hen rồi và cho trước trong ngày sớm vui sau hôm"
    " chiều sáng mai nơi như được không chuyển có là thì cũng gửi trình làm ký hộ với luôn em anh chị ơi câu văn viết"
    " kính cần nên phải nêu hỏi dùm thay bên này mình tôi tui ra lên đi ?"
).split())  # fmt: skip
_LONGEST_NAME = 9


class Named(NamedTuple):
    """A sentence's words without accents, each office and person one word; and what stood there, in order."""

    reduced: list[str]
    names: list[str]


def with_names(typed: Sequence[str]) -> Named:
    """Return a sentence's words with the offices and people it names put together."""
    bare = folded(" ".join(typed)).split(" ")
    found = Named([], [])
    place = 0
    while place < len(bare):
        kind, end = _name_at(typed, bare, place) if bare[place] in _FIRST_WORDS else ("", place)
        found.reduced.append(kind or bare[place])
        if kind:
            found.names.append(" ".join(typed[place:end]))
        place = max(end, place + 1)
    return found


def _name_at(typed: Sequence[str], bare: Sequence[str], place: int) -> tuple[str, int]:
    """Return what kind of name begins at a place, and where it ends."""
    if tuple(bare[place : place + 2]) in _VERBS:
        return "", place
    for length in (2, 1):
        head = " ".join(typed[place : place + length]).lower()
        kind = _KINDS.get(head, "")
        start = min(place + length, len(bare))
        end = _end_of_name(typed, bare, start, kind) if kind else start
        if kind == PERSON and start < end < len(bare) and _KINDS.get(typed[end].lower()) == OFFICE:
            end = _end_of_name(typed, bare, end + 1, OFFICE)
        if kind and (end > start or folded(head) == _STANDS_ALONE):
            return kind, end
    return "", place


def _end_of_name(typed: Sequence[str], bare: Sequence[str], start: int, kind: str) -> int:
    """Return where a name ends; people's names have capitals wherever the writer takes the trouble of accents."""
    is_careful = typed[1:] != bare[1:]
    needs_capitals = kind == PERSON and (is_careful or len(bare[start - 1]) == 1)
    end = start
    while end < len(bare) and end - start < _LONGEST_NAME:
        is_capital = typed[end][:1].isupper()
        is_verb = tuple(bare[end : end + 2]) in _VERBS
        is_word = is_verb or (bare[end] in _OTHER_WORDS and typed[end] != "cơ")
        if end > start and typed[end].lower() in _NEXT_OFFICE:
            break
        if (
            bare[end] == "va"
            and end > start
            and kind == OFFICE
            and typed[end + 1 : end + 2]
            and typed[end + 1][0].isupper()
        ):
            end += 1
            continue
        if not is_capital and (is_word or (needs_capitals and typed[end] not in _OF_TITLES)):
            break
        # "Phòng Kiểm tra": a capital makes a name of the verb
        end += 2 if is_verb else 1
    return min(end, len(bare))
