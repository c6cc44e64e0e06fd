"""Tokens of reply addresses: random, in Crockford's base32, which survives dictation (no i, l, o, u)."""

from __future__ import annotations

import hashlib

_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
_REPAIR = str.maketrans("ilo", "110")
TOKEN_BYTES = 10


def token_of(random_bytes: bytes) -> str:
    """Return the token that spells *random_bytes*: five bits a letter, 16 letters for ten bytes."""
    number = int.from_bytes(random_bytes, "big")
    letters = len(random_bytes) * 8 // 5
    return "".join(_CROCKFORD[number >> 5 * place & 31] for place in reversed(range(letters)))


def token_hash(token: str) -> bytes:
    """Return what the store keeps of a token; what a person retyped with i, l or o for 1 and 0 hashes alike."""
    return hashlib.sha256(token.strip().lower().translate(_REPAIR).encode()).digest()
