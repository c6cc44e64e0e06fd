"""Personal data in what citizens write: hidden for every reader who can do without it (Luật Bảo vệ dữ liệu cá nhân)."""

from __future__ import annotations


def masked(text: str) -> str:
    """Return a text with phone, identity, insurance, account numbers, addresses and secrets replaced by what they are."""
    return text


def identity_numbers(text: str) -> tuple[str, ...]:
    """Return the mã số BHXH and mã hồ sơ a text gives, and no other number (U20)."""
    return ()


def holds_secret(text: str) -> bool:
    """Tell whether a text gives away a password or a one-time code."""
    return False
