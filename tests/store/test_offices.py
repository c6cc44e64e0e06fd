from __future__ import annotations

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, NoResultFound

from desk.store import offices


def add(connection: Connection, sha256: str, calendar_version: int = 1) -> int:
    return offices.add_version(
        connection,
        calendar_version=calendar_version,
        sha256=sha256,
        calendar_sha256=f"calendar of {sha256}",
        content='{"name": "BHXH Việt Nam"}',
    )


def test_the_newest_version_counts(connection: Connection) -> None:
    add(connection, "first")
    version = add(connection, "second", calendar_version=2)

    assert offices.get_newest(connection) == offices.OfficeVersion(
        version=version, calendar_version=2, sha256="second", calendar_sha256="calendar of second"
    )


def test_an_empty_store_has_no_newest_version(connection: Connection) -> None:
    assert offices.get_newest(connection) is None


def test_the_content_comes_back_as_it_was_kept(connection: Connection) -> None:
    version = add(connection, "first")

    assert offices.get_content(connection, version) == '{"name": "BHXH Việt Nam"}'


def test_the_content_of_a_version_that_never_was_is_refused(connection: Connection) -> None:
    with pytest.raises(NoResultFound):
        offices.get_content(connection, 10**9)


def test_a_unit_keeps_one_row_under_its_newest_name(connection: Connection) -> None:
    offices.record_units(connection, {"VP": "Văn phòng", "PC": "Vụ Pháp chế"})
    offices.record_units(connection, {"PC": "Ban Pháp chế"})

    rows = connection.execute(text("SELECT unit_code, name FROM unit ORDER BY unit_code"))
    assert [tuple(row) for row in rows] == [("PC", "Ban Pháp chế"), ("VP", "Văn phòng")]


def test_a_version_once_kept_cannot_be_changed(connection: Connection) -> None:
    add(connection, "first")

    with pytest.raises(DBAPIError, match="permission denied"), connection.begin_nested():
        connection.execute(text("UPDATE office_version SET sha256 = 'other'"))


def test_two_processes_load_one_after_the_other(connection: Connection) -> None:
    offices.take_turn(connection)

    with connection.engine.connect() as other:
        assert not other.scalar(text("SELECT pg_try_advisory_xact_lock(hashtext('office_version'))"))
