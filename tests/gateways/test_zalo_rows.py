from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.gateways.zalo.rows import clean_name, read_rows
from desk.rules.incoming import PulledRow

ROW: dict[str, Any] = {
    "src": 1,
    "time": 1759512710557,
    "sent_time": "00:31:50 04/10/2025",
    "from_id": "3103741396296991610",
    "from_display_name": "Nguyễn Văn A",
    "to_id": "3592353763697768582",
    "to_display_name": "BHXH Việt Nam",
    "message_id": "92a905608e14174c4e03",
    "type": "text",
    "message": "Cho tôi hỏi",
}


def a_row(**changed: object) -> PulledRow:
    (row,) = read_rows([{name: value for name, value in (ROW | changed).items() if value is not ...}])
    return row


def test_a_text_row_is_read_as_it_was_written() -> None:
    row = a_row()

    assert (row.message_id, row.user_id, row.from_citizen) == ("92a905608e14174c4e03", "3103741396296991610", True)
    assert row.sent_at == datetime(2025, 10, 3, 17, 31, 50, 557000, UTC)
    assert (row.kind, row.text, row.display_name) == ("text", "Cho tôi hỏi", "Nguyễn Văn A")
    assert json.loads(row.raw) == ROW


def test_a_row_of_the_account_belongs_to_the_citizen_it_was_sent_to() -> None:
    row = a_row(src=0, from_id=ROW["to_id"], to_id=ROW["from_id"], to_display_name="Nguyễn Văn A")

    assert (row.user_id, row.from_citizen, row.display_name) == ("3103741396296991610", False, "Nguyễn Văn A")


def test_an_id_that_comes_as_a_bare_number_keeps_every_digit() -> None:
    (row,) = read_rows(json.loads('[{"src": "1", "time": "1759512710557", "from_id": 3103741396296991610}]'))

    assert row.user_id == "3103741396296991610"
    assert row.sent_at.year == 2025


@pytest.mark.parametrize(
    ("changed", "kind", "text", "media_url"),
    [
        ({"type": "GIF", "url": "https://z.vn/a.gif", "message": ...}, "gif", "", "https://z.vn/a.gif"),
        ({"type": "photo", "message": "", "description": "sổ của tôi", "url": "u"}, "photo", "sổ của tôi", "u"),
        ({"type": "image", "message": "sổ", "description": "sổ", "url": "u"}, "photo", "sổ", "u"),
        ({"type": "voice", "message": ..., "url": "https://z.vn/a.m4a"}, "voice", "", "https://z.vn/a.m4a"),
        ({"type": "sticker", "message": ..., "url": "https://z.vn/s"}, "sticker", "", None),
        ({"type": "nosupport", "message": ...}, "nosupport", "", None),
        ({"type": "hologram", "message": None, "url": "https://z.vn/h"}, "hologram", "", None),
        ({"type": "links", "message": ..., "links": ["https://z.vn/1", 7]}, "link", "https://z.vn/1", None),
        ({"links": [{"title": "T", "url": "https://z.vn/1"}], "type": "link", "message": "xem"}, "link",
         "xem\nT\nhttps://z.vn/1", None),
        ({"type": "link", "message": ..., "url": "https://zalo.me/1",
          "description": '{"phone": 84912345678, "qrCodeUrl": "https://z.vn/q"}'}, "link",
         "https://zalo.me/1\n84912345678", None),
        ({"type": "location", "message": ..., "location": '{"longitude": "106.69", "latitude": "10.77"}'}, "location",
         "10.77, 106.69", None),
        ({"type": "location", "message": ..., "location": "{broken"}, "location", "", None),
        ({"message": "query:12:abc:#hoi"}, "text", "query:12:abc:#hoi", None),
        ({"message": "a\0b\u202e\u200bđ"}, "text", "ab\u202e\u200bđ", None),
        ({"message": "nửa \ud83d chữ"}, "text", "nửa \ufffd chữ", None),
    ],
)  # fmt: skip
def test_what_can_be_read_of_a_row_is_read(
    changed: dict[str, object], kind: str, text: str, media_url: str | None
) -> None:
    row = a_row(**changed)

    assert (row.kind, row.text, row.media_url) == (kind, text, media_url)


def test_a_row_without_an_id_is_known_again() -> None:
    assert a_row(message_id=...).message_id == a_row(message_id=...).message_id != a_row().message_id


def test_a_row_without_its_epoch_is_dated_by_its_local_time() -> None:
    assert a_row(time=...).sent_at == datetime(2025, 10, 3, 17, 31, 50, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given_name", "name"),
    [
        ("A\r\nBcc: x@example.vn", "A Bcc: x@example.vn"),
        ("\u202eevil\u202c", "evil"),
        ("  Nguye\u0302\u0303n  ", "Nguyễn"),
        ("\0\t", ""),
        ("x" * 500, "x" * 100),
    ],
)
def test_a_name_fits_on_one_line(given_name: str, name: str) -> None:
    assert clean_name(given_name) == name


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda children: st.lists(children) | st.dictionaries(st.text(), children),
    max_leaves=5,
)


@given(st.lists(st.dictionaries(st.sampled_from([*ROW, "url", "links", "location", "description"]), JSON) | JSON))
def test_no_row_is_too_odd_to_read(rows: list[object]) -> None:
    for row in read_rows(rows):
        assert row.user_id
        assert "\0" not in row.text + row.user_id + row.message_id + row.display_name
        (row.raw + row.text).encode()
