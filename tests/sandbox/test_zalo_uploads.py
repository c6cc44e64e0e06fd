"""Uploads: kinds, limits, and the seven days they are kept."""

from __future__ import annotations

import pytest

from tests.sandbox.zalo_client import CITIZEN, DAY, Zalo

MEGABYTE = 1024 * 1024


@pytest.mark.parametrize(
    ("kind", "filename", "id_name"),
    [
        ("image", "a.jpg", "attachment_id"),
        ("image", "A.PNG", "attachment_id"),
        ("gif", "a.gif", "attachment_id"),
        ("file", "a.pdf", "token"),
        ("file", "a.docx", "token"),
    ],
)
def test_an_upload_returns_its_id(zalo: Zalo, kind: str, filename: str, id_name: str) -> None:
    reply = zalo.upload(f"/v2.0/oa/upload/{kind}", filename, b"content")

    assert reply["error"] == 0
    assert reply["data"][id_name]


@pytest.mark.parametrize(
    ("kind", "filename", "size", "code"),
    [
        ("image", "a.jpg", MEGABYTE, 0),
        ("image", "a.jpg", MEGABYTE + 1, -210),
        ("gif", "a.gif", 5 * MEGABYTE + 1, -210),
        ("file", "a.pdf", 5 * MEGABYTE + 1, -210),
        ("image", "a.pdf", 1, -201),
        ("file", "a.exe", 1, -201),
        ("file", "a.pdf", 0, -201),
    ],
)
def test_uploads_are_judged_by_extension_and_size(zalo: Zalo, kind: str, filename: str, size: int, code: int) -> None:
    assert zalo.upload(f"/v2.0/oa/upload/{kind}", filename, b"x" * size)["error"] == code


def test_a_name_without_an_extension_succeeds_with_nothing(zalo: Zalo) -> None:
    assert zalo.upload("/v2.0/oa/upload/image", "scan", b"jpeg") == {"data": {}, "error": 0, "message": "Success"}


def test_the_file_must_be_in_the_part_named_file(zalo: Zalo) -> None:
    url = f"{zalo.simulator.base_url}/v2.0/oa/upload/image"

    assert zalo.session.post(url, files={"image": ("a.jpg", b"x")}, timeout=5).json()["error"] == -201


def test_an_upload_can_be_sent_for_seven_days(zalo: Zalo) -> None:
    token = zalo.upload("/v2.0/oa/upload/file", "a.pdf", b"%PDF")["data"]["token"]
    message = {"attachment": {"type": "file", "payload": {"token": token}}}
    zalo.use_lasting_token()

    zalo.advance(7 * DAY - 1)
    zalo.writes({"message": "hỏi"})
    assert zalo.post("/v3.0/oa/message/cs", {"recipient": {"user_id": CITIZEN}, "message": message})["error"] == 0
    zalo.advance(1)
    assert zalo.post("/v3.0/oa/message/cs", {"recipient": {"user_id": CITIZEN}, "message": message})["error"] == -100


def test_five_thousand_uploads_of_a_kind_make_a_month(zalo: Zalo) -> None:
    counts = zalo.simulator.account.uploads.in_month
    counts["image", 2026, 11] = 4_999

    assert zalo.upload("/v2.0/oa/upload/image", "a.jpg", b"x")["error"] == 0
    assert zalo.upload("/v2.0/oa/upload/image", "a.jpg", b"x")["error"] == -211
    assert zalo.upload("/v2.0/oa/upload/gif", "a.gif", b"x")["error"] == 0
