"""Files that citizens attach, fetched from the addresses in their rows: bounded in size, time and kind.

What a file is, its first bytes say and no header.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

import requests

from desk.gateways.failures import Failure, PermanentFailure, TemporaryFailure
from desk.gateways.public_hosts import PrivateAddressError, PublicAdapter

_CHUNK: Final = 65_536
_HEAD: Final = 16
# a file may take so many times the time-out of one read
_PATIENCE: Final = 10
_GONE: Final = frozenset({400, 401, 403, 404, 410})
# (offset, bytes, type); the first that fits
_MAGIC: Final = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF8", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypM4A", "audio/mp4"),
    (4, b"ftyp", "video/mp4"),
    (8, b"WAVE", "audio/wav"),
    (0, b"OggS", "audio/ogg"),
    (0, b"#!AMR", "audio/amr"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"\xff\xf1", "audio/aac"),
    (0, b"\xff\xf9", "audio/aac"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"PK\x03\x04", "application/zip"),  # docx and xlsx too
    (0, b"\xd0\xcf\x11\xe0", "application/x-ole-storage"),  # doc and xls
)


@dataclass(frozen=True, slots=True)
class FetchedFile:
    """A file and what its first bytes say it is."""

    content_type: str
    content: bytes = field(repr=False)


class MediaFetcher:
    """Fetches files. *own_url* is where the OA API itself is: its host is trusted, be it a sandbox on loopback."""

    def __init__(self, own_url: str, *, timeout_seconds: float) -> None:
        self._own_origin = _origin(own_url)
        self._timeout = timeout_seconds
        self._own = requests.Session()
        self._public = requests.Session()
        for scheme in ("http://", "https://"):
            self._public.mount(scheme, PublicAdapter())

    def fetch(self, url: str, max_bytes: int) -> FetchedFile:
        """Return the file at an address.

        Raises:
            PermanentFailure: it is gone, too large, of no kind that is kept, or not at a public address; `code` says.
            TemporaryFailure: it may be had later.
        """
        origin = _origin(url)
        if origin[0] not in {"http", "https"}:
            raise _refused(code="scheme")
        session = self._own if origin == self._own_origin else self._public
        try:
            with session.get(
                url,
                headers={"Accept-Encoding": "identity"},
                timeout=self._timeout,
                stream=True,
                allow_redirects=False,
            ) as response:
                return self._read(response, max_bytes)
        except PrivateAddressError:
            raise _refused(code="private_address") from None
        except (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema, UnicodeError):
            raise _refused(code="address") from None
        except requests.RequestException as error:
            reason = f"media: {type(error).__name__}"
            raise TemporaryFailure(reason) from None

    def _read(self, response: requests.Response, max_bytes: int) -> FetchedFile:
        if response.status_code != requests.codes.ok:
            raise _failure_of_status(response.status_code)
        give_up_at = time.monotonic() + _PATIENCE * self._timeout
        content = bytearray()
        for chunk in response.iter_content(_CHUNK):
            content += chunk
            if len(content) > max_bytes:
                raise _refused(code="too_large")
            if time.monotonic() > give_up_at:
                reason = "media: too slow"
                raise TemporaryFailure(reason)
        content_type = content_type_of(bytes(content[:_HEAD]))
        if content_type is None:
            raise _refused(code="unknown_kind")
        return FetchedFile(content_type, bytes(content))


def content_type_of(head: bytes) -> str | None:
    """Return what a file is by its first bytes, None for a kind that is not kept (a page, a program, a script)."""
    return next((name for offset, magic, name in _MAGIC if head[offset : offset + len(magic)] == magic), None)


def _origin(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", ""
    return parts.scheme.lower(), parts.netloc.lower()


def _failure_of_status(status: int) -> Failure:
    reason = f"media: HTTP {status}"
    return PermanentFailure(reason, code="gone") if status in _GONE else TemporaryFailure(reason)


def _refused(*, code: str) -> PermanentFailure:
    reason = f"media: {code}"
    return PermanentFailure(reason, code=code)
