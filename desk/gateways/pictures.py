"""Pictures of articles, fetched as Zalo will: over https, from public hosts, 1 MB at most (POST article/create)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from enum import StrEnum
from typing import Final
from urllib.parse import urljoin, urlsplit

import requests

from desk.gateways.public_hosts import PrivateAddressError, PublicAdapter

LARGEST_PICTURE: Final = 1_000_000
_CHUNK: Final = 65_536
_MOST_REDIRECTS: Final = 3
# a picture may take so many times the time-out of one read
_PATIENCE: Final = 3


class PictureFlaw(StrEnum):
    """Why Zalo would not get a picture; the value is what the editor reads after the picture's address."""

    NOT_HTTPS = "không phải địa chỉ https"
    NOT_PUBLIC = "không nằm trên internet công cộng"
    NOT_FOUND = "không có ảnh tại địa chỉ này"
    NO_PICTURE = "không phải tệp ảnh JPG, PNG hoặc GIF"
    TOO_LARGE = "lớn hơn 1 MB"
    NO_ANSWER = "máy chủ không phản hồi"


class PictureFetcher:
    """Looks at pictures. *stand_in*: where the sandbox has those of all hosts, as http://127.0.0.1:8099/host/path.

    TLS is that of the machine: 1.2 at least, a certificate that is trusted.
    """

    def __init__(self, *, timeout_seconds: float, stand_in: str = "") -> None:
        self._timeout = timeout_seconds
        self._stand_in = stand_in.rstrip("/")
        self._session = requests.Session()
        if not stand_in:
            self._session.mount("https://", PublicAdapter())

    def flaw(self, url: str) -> PictureFlaw | None:
        """Return why Zalo would not get the picture at an address; None where it would."""
        try:
            for _ in range(_MOST_REDIRECTS + 1):
                found = self._look(url)
                if not isinstance(found, str) or isinstance(found, PictureFlaw):
                    return found
                url = urljoin(url, found)
        except PrivateAddressError:
            return PictureFlaw.NOT_PUBLIC
        except (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema, UnicodeError, ValueError):
            return PictureFlaw.NOT_FOUND
        except requests.RequestException:
            return PictureFlaw.NO_ANSWER
        return PictureFlaw.NOT_FOUND

    def _look(self, url: str) -> PictureFlaw | str | None:
        """Return what is wrong, where the address leads instead, or None."""
        parts = urlsplit(url)
        if parts.scheme.lower() != "https":
            return PictureFlaw.NOT_HTTPS
        at = f"{self._stand_in}/{url[len('https://') :]}" if self._stand_in else url
        headers = {"Accept": "image/*", "Accept-Encoding": "identity"}
        with self._session.get(
            at, headers=headers, timeout=self._timeout, stream=True, allow_redirects=False
        ) as response:
            if response.is_redirect:
                return str(response.headers["Location"])
            if response.status_code >= requests.codes.internal_server_error:
                return PictureFlaw.NO_ANSWER
            if response.status_code != requests.codes.ok:
                return PictureFlaw.NOT_FOUND
            return self._flaw_of(response)

    def _flaw_of(self, response: requests.Response) -> PictureFlaw | None:
        if response.headers.get("Content-Type", "").partition(";")[0].strip().lower() not in _TYPES:
            return PictureFlaw.NO_PICTURE
        content = bytearray()
        for chunk in self._chunks(response):
            content += chunk
            if len(content) > LARGEST_PICTURE:
                return PictureFlaw.TOO_LARGE
        return None if content.startswith(_BEGINNINGS) else PictureFlaw.NO_PICTURE

    def _chunks(self, response: requests.Response) -> Iterator[bytes]:
        """Yield what comes, as long as it comes in time.

        Raises:
            requests.Timeout: it does not.
        """
        give_up_at = time.monotonic() + _PATIENCE * self._timeout
        for chunk in response.iter_content(_CHUNK):
            if time.monotonic() > give_up_at:
                raise requests.Timeout
            yield chunk


_TYPES: Final = frozenset({"image/jpeg", "image/jpg", "image/png", "image/gif"})
_BEGINNINGS: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8")
