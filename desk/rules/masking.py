"""Personal data in what citizens write, hidden from every reader who can do without it (Luật 91/2025/QH15, Điều 3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple


class Personal(StrEnum):
    """A kind of personal data; the value is what stands in its place."""

    SECRET = "[mật khẩu, mã xác thực]"  # noqa: S105 - stands in a password's place
    EMAIL = "[thư điện tử]"
    HEALTH_CARD = "[số thẻ BHYT]"
    FILE_CODE = "[mã hồ sơ]"
    ACCOUNT = "[số tài khoản]"
    INSURANCE = "[mã số BHXH]"
    OLD_ID = "[số CMND]"
    CITIZEN_ID = "[số CCCD]"
    PHONE = "[số điện thoại]"


_BANKS = "vietcombank|vcb|agribank|bidv|vietinbank|techcombank|mb ?bank|sacombank|acb|vpbank|tpbank|hdbank"
_OF_ME = "của (?:em|tôi|mình)|cua (?:em|toi|minh)"
# what may stand between the word that names a number and the number
_LINK = rf"[\s:#.=-]*(?:(?:là|la|số|so|mới|moi|cũ|cu|{_OF_ME})[\s:#.=-]+){{0,3}}"

# Each finds one kind; the group `it`, or else the whole, is the value. What an earlier one found, a later one leaves.
# None stands for what only looks like personal data: laws, dates, our case codes, hotlines, sums of money.
_FINDERS: tuple[tuple[Personal | None, str], ...] = (
    (
        Personal.SECRET,
        (
            r"\b(?:otp|mật khẩu|mat khau|mk|pass(?:word|code)?|mã xác (?:thực|nhận)|ma xac (?:thuc|nhan)|mã pin|ma pin)"
            rf"(?:\s+(?:vssid|app|đăng nhập|dang nhap|hiện tại|hien tai))*{_LINK}"
            r"(?<=[\s:=-])(?P<it>(?=[^\s,;]{0,40}[\d@#$%^&*])[^\s,;\[\]]{4,})"
        ),
    ),
    (None, r"(?<!\d)\d{1,5}(?:/\d{4})?/[^\W\d_]{2,8}(?:-[^\W\d_]{2,12})*\d{0,2}(?!\d)"),
    (None, r"(?<![\d./-])(?:0?[1-9]|[12]\d|3[01])[/.-](?:0?[1-9]|1[0-2])[/.-](?:19|20)?\d\d(?![./-]?\d)"),
    (None, r"(?<![\d-])(?:19|20)\d\d-\d\d-\d\d(?![-\d])"),
    (None, r"\bzl[\s.:#-]*\d{2}[\s.-]*\d{6}[\s.-]*\d(?!\d)"),
    (None, r"(?<!\d)1[89]00(?:[ .]?\d{4}|[ .]\d{6})(?![ .]?\d)"),
    (None, r"(?<![\d.,+])[1-9]\d{0,2}(?:[.,]\d{3})+(?![.,]?\d)"),
    (
        None,
        (
            r"(?<![\d.,+])[1-9]\d{0,11}(?:[.,]\d{1,3})*\s?"
            r"(?:đồng|dong|đ|vnđ|vnd|triệu|trieu|tr|nghìn|nghin|ngàn|ngan|tỷ|tỉ|usd|%)(?![\w/])"
        ),
    ),
    (Personal.EMAIL, r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+"),
    (Personal.HEALTH_CARD, r"\b[a-z]{2}[ .-]?\d(?:[ .-]?\d){12}(?!\d)"),
    (
        Personal.FILE_CODE,
        (
            r"\b(?:(?:mã|ma|số|so) (?:hồ sơ|ho so|biên nhận|bien nhan|phiếu hẹn|phieu hen|giấy hẹn|giay hen))"
            rf"{_LINK}(?P<it>(?=[\w./-]*\d)[a-z\d][\w./-]{{2,}}\w)"
        ),
    ),
    (
        Personal.ACCOUNT,
        (
            rf"\b(?:stk|tài khoản|tai khoan|tk|ngân hàng|ngan hang|{_BANKS})[^\d\n;!?]{{0,30}}?"
            r"(?P<it>(?<!\d)\d(?:[ .-]?\d){5,18}(?!\d))"
        ),
    ),
    (
        Personal.INSURANCE,
        (
            r"(?:bhxh|bảo hiểm(?: xã hội)?|bao hiem(?: xa hoi)?|\bbh|sổ|mã số|ma so)"
            rf"{_LINK}(?P<it>(?<!\d)\d(?:[ .-]?\d){{9}}(?!\d))"
        ),
    ),
    (
        Personal.OLD_ID,
        rf"\b(?:cmnd|cmt|chứng minh\D{{0,12}}|chung minh\D{{0,12}}){_LINK}(?P<it>\d(?:[ .-]?\d){{8}}(?!\d))",
    ),
    (Personal.CITIZEN_ID, r"(?<!\d)(?:\d{12}|0(?:[ .-]?\d){11})(?!\d)"),
    (
        Personal.PHONE,
        r"(?<!\d)(?:(?:\+?84|0)[ .-]?[35789](?:[ .-]?\d){8}|(?:\+?84|0)[ .-]?2(?:[ .-]?\d){9})(?!\d)",
    ),
    (Personal.INSURANCE, r"(?<!\d)\d{10}(?!\d)"),
    (Personal.OLD_ID, r"(?<!\d)\d{9}(?!\d)"),
    (Personal.ACCOUNT, r"(?<!\d)(?:\d{11,}|\d{4}(?:[ -]\d{4}){3})(?!\d)"),
)
_COMPILED = tuple((kind, re.compile(finder, re.IGNORECASE)) for kind, finder in _FINDERS)
# most texts have a figure, few one that could be somebody's: looked for first, because every message is masked
_HAS_FIGURES = re.compile(r"\d|@")
_MAY_HOLD_ANY = re.compile(
    r"@|\d(?:[ .-]?\d){5}|otp|m[ậa]t kh[ẩa]u|mk|pass|m[ãa] (?:x[áa]c|pin)"
    r"|h[ồo] s[ơo]|bi[êe]n nh[ậa]n|(?:phi[ếe]u|gi[ấa]y) h[ẹe]n",
    re.IGNORECASE,
)


class _Found(NamedTuple):
    start: int
    end: int
    kind: Personal | None


def masked(text: str) -> str:
    """Return a text in which personal data is replaced by the name of its kind. Safe to repeat.

    Dates, sums of money, numbers of laws, hotlines and case codes stay.
    """
    pieces: list[str] = []
    done = 0
    for found in _personal(text):
        pieces += [text[done : found.start], str(found.kind)]
        done = found.end
    return "".join([*pieces, text[done:]])


def without_personal(text: str) -> str:
    """Return a text without the personal data in it; a space stands in its place."""
    pieces: list[str] = []
    done = 0
    for found in _personal(text):
        pieces += [text[done : found.start], " "]
        done = found.end
    return "".join([*pieces, text[done:]])


def identity_numbers(text: str) -> tuple[str, ...]:
    """Return each mã số BHXH and mã hồ sơ that a text gives, as typed: what a unit needs to find a file (U20)."""
    needed = {Personal.INSURANCE, Personal.FILE_CODE}
    return tuple(dict.fromkeys(text[found.start : found.end] for found in _personal(text) if found.kind in needed))


def holds_secret(text: str) -> bool:
    """Tell whether a text gives away a password or a one-time code."""
    return any(found.kind is Personal.SECRET for found in _personal(text))


def find_personal(text: str) -> tuple[tuple[Personal, str], ...]:
    """Return each piece of personal data in a text with its kind, in order."""
    return tuple((found.kind, text[found.start : found.end]) for found in _personal(text) if found.kind is not None)


def _personal(text: str) -> Iterator[_Found]:
    """Yield personal data in the order of the text."""
    if not (_HAS_FIGURES.search(text) and _MAY_HOLD_ANY.search(text)):
        return
    taken: list[_Found] = []
    for kind, finder in _COMPILED:
        group = "it" if "it" in finder.groupindex else 0
        for match in finder.finditer(text):
            start, end = match.span(group)
            if all(end <= other.start or other.end <= start for other in taken):
                taken.append(_Found(start, end, kind))
    yield from sorted(found for found in taken if found.kind is not None)
