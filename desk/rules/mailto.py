"""Mailto links: buttons in a letter that open a reply with the command already written (U14)."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote

# Outlook and old browsers cut longer links off, unseen.
LONGEST_URL = 1800


def mailto(address: str, *, subject: str, body: str) -> str:
    """Return a link that opens a mail to the address, subject and body filled in, UTF-8 percent-encoded.

    Raises:
        ValueError: the link would pass 1,800 bytes.
    """
    name, _, domain = address.rpartition("@")
    text = _quoted("\r\n".join(body.splitlines()))
    url = f"mailto:{_quoted(name)}@{_quoted(domain)}?subject={_quoted(subject)}&body={text}"
    if len(url) > LONGEST_URL:
        message = f"a mailto link of {len(url)} bytes: {LONGEST_URL} are safe, shorten subject or body"
        raise ValueError(message)
    return url


# the buttons of a letter share their address, those of all letters what they write
@lru_cache(maxsize=256)
def _quoted(part: str) -> str:
    return quote(part, safe="")
