"""What officials write around what they say: greetings, thanks, names at the end, the marker of our own letters."""

from __future__ import annotations

import re

from desk.rules.wording import folded, words

_WHOM = (
    r"(anh|chi|em|ong|ba|co|chu|bac|ac|a|c|quy|cac|ban (quan tri|bien tap|zalo)|dong chi|d/c|lanh dao|team|all"
    r"|moi nguoi|ca nha)\b"
)
_GREETING = re.compile(
    rf"(da )?((kinh (gui|thua|chao)|dear|hello|hi|xin chao)\b|(than gui|thua|chao|gui) ?:? ?{_WHOM})"
    r"[^;.!?]{0,150}[;.!:]*"
)
# "Kính gửi phòng Thu xử lý" hands on, "Kính gửi Ban, đơn vị đã nhận" says something: neither only greets
_SAYS_MORE = re.compile(
    r"\b(xu ly|tham muu|tra loi|giai quyet|nghien cuu|xem|kiem tra|cho y kien|phoi hop|thuc hien|van ban|cong van|ho so"
    r"|file|tep|dinh kem|noi dung|theo|da (tiep |nhan|chuyen|xem|co)|dang|se|tiep nhan|duoc|khong|dong y|de nghi"
    r"|chua)\b"
)
_CLOSING_WORDS = frozenset(
    folded(word)
    for word in words(
        "trân trọng kính chào thư thân mến ái xin chân thành rất cảm cám ơn thank thanks you tks thks regards best kind"
        " warm sincerely br nhé nha ạ nhiều anh chị em ông bà quý đơn vị ban các đồng chí đ/c sự hợp tác phối quan tâm"
        " dạ vâng và đã hỗ trợ giúp đỡ a ac mọi người team"
    )
)
_LEAVES = re.compile(r"\b(tran trong|than (men|ai)|cam on|thanks?|tks|thks|regards|kinh (chao|thu)|br)\b")
_SIGNED_BY = re.compile(
    r"(chuyen vien|can bo|truong|pho|giam doc|chanh|phong|ban|vu|trung tam|van phong|bhxh|bao hiem xa hoi|to|dt|sdt|kt"
    r"|dien thoai|tel|mobile|email|e-mail|hotline|dia chi|fax|zalo|www|http|gui tu|sent from|get outlook|dong chi|tl"
    r"|tuq)\b.{0,90}"
)
_NAME = re.compile(r"(?:[A-ZÀ-ỸĐ][a-zà-ỹđ]*\.?\s*){1,5}|[A-ZÀ-ỸĐ\s]{4,40}")
_OUR_MARKER = "##-"
_LONGEST_GREETING = 22
_LONGEST_FAREWELL = 12


def is_greeting(line: str) -> bool:
    """Return whether a line only says whom it is for ("Kính gửi: Ban Quản trị,"), or is the marker of our letters."""
    bare = " ".join(folded(line).split())
    if bare.startswith(_OUR_MARKER):
        return True
    is_short = len(bare.split()) <= _LONGEST_GREETING
    return is_short and bool(_GREETING.fullmatch(bare)) and not _SAYS_MORE.search(bare)


def is_closing(line: str) -> bool:
    """Return whether a line only thanks and takes leave ("Trân trọng cảm ơn./.")."""
    said = [folded(word) for word in words(line)]
    is_short = 0 < len(said) <= _LONGEST_FAREWELL
    return is_short and _CLOSING_WORDS.issuperset(said) and bool(_LEAVES.search(" ".join(said)))


def without_courtesies(text: str) -> str:
    """Return what a text says without greeting, leave-taking and the names below it; perhaps nothing."""
    lines = [line for line in text.strip().split("\n") if not is_greeting(line)]
    leaves_at = next((place for place, line in enumerate(lines) if is_closing(line)), len(lines))
    end = len(lines)
    while end and (not words(lines[end - 1]) or (end > leaves_at and _is_farewell(lines[end - 1].strip()))):
        end -= 1
    return "\n".join(lines[:end]).strip()


def _is_farewell(line: str) -> bool:
    """Return whether a line takes leave, or is a name or an office as it stands below that."""
    return is_closing(line) or bool(_NAME.fullmatch(line) or _SIGNED_BY.fullmatch(folded(line)))
