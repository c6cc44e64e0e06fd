"""What must be held back from machines and most eyes: denunciations, threats, the press, children, secrets (U6)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from desk.rules.matching import Matcher, outermost
from desk.rules.office import Lexicon
from desk.rules.wording import Reading, wording_of

# The list of office/sensitive.yaml whose longer phrases take the alarm out of the shorter ones inside them.
_HARMLESS = "harmless"

# What officials read for a class of office/sensitive.yaml; it completes "có dấu hiệu …".
CLASS_NAMES: Mapping[str, str] = {
    "to_cao": "khiếu nại, tố cáo",
    "de_doa": "đe dọa hoặc tự gây hại",
    "bao_chi": "liên quan báo chí, truyền thông",
    "tre_em": "trẻ em bị xâm hại",
    "lo_otp": "lộ mã OTP, mật khẩu",
    "cap_cuu": "nguy hiểm đến tính mạng",
    "sap_mo": "sắp phẫu thuật",
    "ra_vien": "chưa được ra viện",
    "mat_tien": "bị chiếm đoạt tiền",
    "tu_hai": "tự gây hại",
}


def sensitive_class(text: str, lexicon: Lexicon) -> str | None:
    """Return the first class of office/sensitive.yaml that a text falls under; it is held for the narrow circle."""
    return sensitive_class_of(wording_of(lexicon).read(text), lexicon)


def sensitive_class_of(reading: Reading, lexicon: Lexicon) -> str | None:
    """Return the first sensitive class of a text already read."""
    return _first_class(reading, lexicon.sensitive, _sensitive(lexicon))


def urgent_class(text: str, lexicon: Lexicon) -> str | None:
    """Return the first class of urgency that a text falls under: somebody must look today, not within three days."""
    return _first_class(wording_of(lexicon).read(text), lexicon.urgent, _urgent(lexicon))


def _first_class(reading: Reading, classes: Mapping[str, tuple[str, ...]], matcher: Matcher[str]) -> str | None:
    found = {match.entry for match in outermost(matcher.find(reading)) if match.agreement == 1}
    return next((name for name in classes if name in found and name != _HARMLESS), None)


@lru_cache(maxsize=8)
def _sensitive(lexicon: Lexicon) -> Matcher[str]:
    return _matcher(lexicon, lexicon.sensitive)


@lru_cache(maxsize=8)
def _urgent(lexicon: Lexicon) -> Matcher[str]:
    return _matcher(lexicon, lexicon.urgent)


def _matcher(lexicon: Lexicon, classes: Mapping[str, tuple[str, ...]]) -> Matcher[str]:
    return Matcher(((phrase, name) for name, listed in classes.items() for phrase in listed), wording_of(lexicon))
