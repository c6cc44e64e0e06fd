"""Data of somebody's dossier in an answer: a Zalo account proves nobody's identity (U11)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desk.rules.masking import Personal, find_personal

_NAME_SHOWN = "[họ tên]"
_SUM_SHOWN = "[số tiền]"
_CAPITAL = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_WORD = rf"[{_CAPITAL}][^\W\d_]*"
# "bà Nguyễn Thị Lan", never "Ông/Bà" nor "ông Giám đốc BHXH": names have no word in capitals alone
_NAMED = re.compile(
    r"(?<![/\w])(?:[ôÔ]ng|[bB]à|[aA]nh|[cC]hị|[cC]háu|họ tên:?|người lao động|NLĐ)"
    rf"\s+(?P<it>{_WORD}(?:\s+{_WORD}){{1,4}})"
)
_NO_NAME = re.compile(r"[A-ZĐ]{2}|Giám|Trưởng|Phó|Bảo|Ban|Phòng|Sở|Ủy|Việt|Quý|Zalo")
# Landlines and mail addresses in an answer are an office's.
_MOBILE = re.compile(r"\D*(?:84|0)\D*[35789]")
_SUM = re.compile(r"(?<![\d.,])\d{1,3}(?:[.,]\d{3})+(?:\s*(?:đồng|đ|VNĐ))?(?![\w.,]*\d)")
_OF_A_DOSSIER = re.compile(
    r"hồ sơ của|sổ BHXH của|đã (?:chi trả|chuyển|duyệt|giải quyết|hưởng|nhận|đóng)"
    r"|quá trình (?:đóng|tham gia) của|mức hưởng của (?:Ông|Bà)|số tiền của (?:Ông|Bà)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?!\s|$)[^.!?\n]*)*")


def dossier_data(text: str, asker: str = "") -> tuple[tuple[str, str], ...]:
    """Return what in an answer belongs to one person's dossier: each piece as written, with what may stand for it.

    *asker* is the name the citizen goes by on Zalo. Sums of money count where their sentence speaks of a dossier: those
    of a regulation are everybody's.
    """
    return tuple(dict.fromkeys(_found(text, asker)))


def without_dossier_data(text: str, asker: str = "") -> str:
    """Return an answer in which the data of a dossier is replaced by what it is."""
    for piece, shown in sorted(dossier_data(text, asker), key=lambda found: -len(found[0])):
        text = text.replace(piece, shown)
    return text


def _found(text: str, asker: str) -> Iterator[tuple[str, str]]:
    for kind, piece in find_personal(text):
        if kind is Personal.EMAIL or (kind is Personal.PHONE and not _MOBILE.match(piece)):
            continue
        yield piece, str(kind)
    for named in _NAMED.finditer(text):
        if not _NO_NAME.search(named["it"]):
            yield named["it"], _NAME_SHOWN
    if " " in asker.strip() and asker.strip() in text:
        yield asker.strip(), _NAME_SHOWN
    for sentence in _SENTENCE.findall(text):
        if _OF_A_DOSSIER.search(sentence):
            yield from ((found, _SUM_SHOWN) for found in _SUM.findall(sentence))
