from __future__ import annotations

import socket

import pytest

from desk.gateways.failures import PermanentFailure, TemporaryFailure
from desk.gateways.zalo.media import MediaFetcher, content_type_of
from sandbox.zalo import Simulator

PNG = b"\x89PNG\r\n\x1a\n" + bytes(1000)


def put(zalo: Simulator, name: str, content: bytes, content_type: str = "image/png") -> str:
    with zalo.account.lock:
        zalo.account.media[name] = (content_type, content)
    return f"{zalo.base_url}/_media/{name}"


@pytest.fixture
def fetcher(zalo: Simulator) -> MediaFetcher:
    return MediaFetcher(zalo.base_url, timeout_seconds=0.5)


def test_a_photo_is_fetched_whole(zalo: Simulator, fetcher: MediaFetcher) -> None:
    found = fetcher.fetch(put(zalo, "the.png", PNG), 10_000)

    assert (found.content_type, found.content) == ("image/png", PNG)


def test_what_a_file_is_its_bytes_say_and_not_its_name(zalo: Simulator, fetcher: MediaFetcher) -> None:
    assert fetcher.fetch(put(zalo, "a.txt", b"%PDF-1.7 ...", "text/plain"), 10_000).content_type == "application/pdf"


@pytest.mark.parametrize(
    ("content", "max_bytes", "code"),
    [(PNG, 100, "too_large"), (b"<html>", 100, "unknown_kind"), (b"MZ\x90", 100, "unknown_kind")],
)
def test_a_file_that_is_not_kept_is_refused_with_its_reason(
    zalo: Simulator, fetcher: MediaFetcher, content: bytes, max_bytes: int, code: str
) -> None:
    with pytest.raises(PermanentFailure) as raised:
        fetcher.fetch(put(zalo, "a", content), max_bytes)
    assert raised.value.code == code


def test_a_file_that_is_gone_is_not_asked_for_again(zalo: Simulator, fetcher: MediaFetcher) -> None:
    with pytest.raises(PermanentFailure) as raised:
        fetcher.fetch(f"{zalo.base_url}/_media/never-there", 100)
    assert raised.value.code == "gone"


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.vn/a", "javascript:1", "", "http://[::1"])
def test_only_web_addresses_are_fetched(fetcher: MediaFetcher, url: str) -> None:
    with pytest.raises(PermanentFailure) as raised:
        fetcher.fetch(url, 100)
    assert raised.value.code == "scheme"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_an_address_inside_the_house_is_not_fetched(zalo: Simulator, host: str) -> None:
    url = put(zalo, "the.png", PNG).replace("127.0.0.1", host)
    elsewhere = MediaFetcher("https://openapi.zalo.me", timeout_seconds=0.5)

    with pytest.raises(PermanentFailure) as raised:
        elsewhere.fetch(url, 10_000)
    assert raised.value.code == "private_address"
    assert zalo.account.log.entries() == []


def test_a_host_that_does_not_answer_is_asked_later() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        nobody = f"http://127.0.0.1:{taken.getsockname()[1]}"

    with pytest.raises(TemporaryFailure):
        MediaFetcher(nobody, timeout_seconds=0.5).fetch(f"{nobody}/a.png", 100)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"RIFF\0\0\0\0WEBP", "image/webp"),
        (b"\0\0\0\x20ftypM4A ", "audio/mp4"),
        (b"\0\0\0\x20ftypmp42", "video/mp4"),
        (b"#!AMR\n", "audio/amr"),
        (b"PK\x03\x04", "application/zip"),
        (b"", None),
    ],
)
def test_kinds_are_told_by_their_first_bytes(head: bytes, kind: str | None) -> None:
    assert content_type_of(head) == kind
