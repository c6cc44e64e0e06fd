"""Pictures of articles, looked at as Zalo will fetch them."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import pytest

from desk.gateways.pictures import LARGEST_PICTURE, PictureFetcher, PictureFlaw

JPEG, PNG = b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n"
HOST = "https://anh.example.vn"


GIVEN = {
    "fine.jpg": ("image/jpeg", JPEG + bytes(100)),
    "fine.png": ("image/png; charset=binary", PNG + bytes(100)),
    "largest.jpg": ("image/jpeg", JPEG.ljust(LARGEST_PICTURE, b"\0")),
    "larger.jpg": ("image/jpeg", JPEG.ljust(LARGEST_PICTURE + 1, b"\0")),
    "page.html": ("text/html", JPEG),
    "page-called-picture.jpg": ("image/jpeg", b"<html>"),
    "slow.jpg": ("image/jpeg", JPEG),
}
MOVED = {
    "moved": f"{HOST}/fine.jpg",
    "moved-nearby": "fine.jpg",
    "moved-to-http": "http://anh.example.vn/fine.jpg",
    "moved-for-ever": f"{HOST}/moved-for-ever",
}


class Pictures(BaseHTTPRequestHandler):
    """Has what a path names; what is slow comes once the test is over."""

    over = Event()

    def do_GET(self) -> None:
        name = self.path.rpartition("/")[2]
        if name == "slow.jpg":
            self.over.wait(timeout=10)
        if name in GIVEN:
            self.give(*GIVEN[name])
        elif name in MOVED:
            self.lead(MOVED[name])
        else:
            self.send_error(503 if name == "broken" else 404)

    def give(self, content_type: str, content: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        self.end_headers()
        self.wfile.write(content)

    def lead(self, location: str) -> None:
        self.send_response(302)
        self.send_header("Location", location)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        pass


@pytest.fixture(scope="module")
def pictures() -> Iterator[PictureFetcher]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pictures)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield PictureFetcher(timeout_seconds=0.5, stand_in=f"http://127.0.0.1:{server.server_port}")
    Pictures.over.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize("path", ["fine.jpg", "fine.png", "largest.jpg", "moved", "moved-nearby"])
def test_what_zalo_would_take_has_no_flaw(pictures: PictureFetcher, path: str) -> None:
    assert pictures.flaw(f"{HOST}/{path}") is None


@pytest.mark.parametrize(
    ("path", "flaw"),
    [
        ("larger.jpg", PictureFlaw.TOO_LARGE),
        ("page.html", PictureFlaw.NO_PICTURE),
        ("page-called-picture.jpg", PictureFlaw.NO_PICTURE),
        ("nothing.jpg", PictureFlaw.NOT_FOUND),
        ("moved-to-http", PictureFlaw.NOT_HTTPS),
        ("moved-for-ever", PictureFlaw.NOT_FOUND),
        ("broken", PictureFlaw.NO_ANSWER),
        ("slow.jpg", PictureFlaw.NO_ANSWER),
    ],
)
def test_what_zalo_would_not_get_is_named(pictures: PictureFetcher, path: str, flaw: PictureFlaw) -> None:
    assert pictures.flaw(f"{HOST}/{path}") is flaw


@pytest.mark.parametrize(
    "url", ["http://anh.example.vn/fine.jpg", "ftp://anh.example.vn/a.jpg", "file:///etc/passwd", "anh.jpg"]
)
def test_only_https_is_asked(pictures: PictureFetcher, url: str) -> None:
    assert pictures.flaw(url) is PictureFlaw.NOT_HTTPS


def test_hosts_of_the_agencys_own_network_are_never_asked() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        for host in ("127.0.0.1", "localhost"):
            assert PictureFetcher(timeout_seconds=0.5).flaw(f"https://{host}:{port}/a.jpg") is PictureFlaw.NOT_PUBLIC


@pytest.mark.parametrize("url", ["https://", "https://[::1", "https://anh example/a.jpg", "https://\udcff/a.jpg"])
def test_what_is_no_address_leads_nowhere(url: str) -> None:
    assert PictureFetcher(timeout_seconds=0.5).flaw(url) in {PictureFlaw.NOT_FOUND, PictureFlaw.NO_ANSWER}
