from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from desk.rules.office import Block, DayKind, LetterRhythm
from desk.runtime.office import NoOfficeError, current, load, read_files
from tests.offices import FOLDER, TODAY, the_office

Edit = Callable[[str, str, str], Path]


def test_the_office_of_this_repository_is_free_of_mistakes() -> None:
    office = the_office()

    assert len(office.units) == 37
    assert len([unit for unit in office.provincial_units if unit.valid_to is None]) == 34
    assert office.policy(TODAY).hours == (Block(start=time(8), end=time(12)), Block(start=time(13), end=time(17)))


def test_every_address_of_this_repository_is_invented() -> None:
    office = the_office()
    addresses = [
        *(address for unit in office.units for address in (*unit.emails, unit.head_email or "x@example.vn")),
        *(address for place in office.provincial_units for address in place.emails),
        *(official.email for official in office.officials),
    ]

    assert all(address.endswith("example.vn") for address in addresses)


def test_a_file_saved_on_another_system_says_the_same(edited: Edit) -> None:
    folder = edited("topics.yaml", "", "")
    text = (folder / "roster.csv").read_text(encoding="utf-8")
    (folder / "roster.csv").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())

    assert read_files(folder).roster == the_office().roster


def test_words_that_yaml_would_take_for_something_else_stay_words(edited: Edit) -> None:
    folder = edited("topics.yaml", "", "")
    short = "abbreviations: {no: nó, on: ôn, y: ý, 1: một}\nambiguous: {}\n"
    (folder / "abbreviations.yaml").write_text(short, encoding="utf-8")

    assert read_files(folder).lexicon.abbreviations == {"no": "nó", "on": "ôn", "y": "ý", "1": "một"}


def test_hours_without_quotes_are_hours_all_the_same(edited: Edit) -> None:
    folder = edited("policy.yaml", 'unit_reply_by: "15:00"', "unit_reply_by: 15:30")

    assert read_files(folder).policy(TODAY).unit_reply_by == time(15, 30)


def test_a_half_day_has_hours_of_its_own(edited: Edit) -> None:
    folder = edited(
        "calendar.csv", "2026-11-24,off,", "2026-11-20,half,họp cơ quan,Thông báo,08:00-11:30\n2026-11-24,off,"
    )

    (half,) = (day for day in read_files(folder).days if day.kind is DayKind.HALF)

    assert (half.day, half.blocks) == (date(2026, 11, 20), (Block(start=time(8), end=time(11, 30)),))


def test_an_office_comes_back_from_the_store_as_it_went_in(connection: Connection) -> None:
    office = the_office()

    version = load(connection, office)
    found = current(connection)

    assert (found.version, found.calendar_version) == (version, 1)
    assert (found.office.units, found.office.policies, found.office.roster) == (
        office.units,
        office.policies,
        office.roster,
    )
    # the first class a text falls under is the one it is held for: their order counts
    assert list(found.office.lexicon.sensitive.items()) == list(office.lexicon.sensitive.items())
    assert found.office.lexicon.phrases == office.lexicon.phrases
    assert found.office.units[21].letters is LetterRhythm.TWICE_DAILY


def test_loading_the_same_office_again_makes_no_new_version(connection: Connection) -> None:
    first = load(connection, the_office())

    assert load(connection, read_files(FOLDER)) == first
    assert current(connection).office is current(connection).office


def test_a_changed_unit_makes_a_new_version_but_leaves_the_calendars(connection: Connection, edited: Edit) -> None:
    first = load(connection, the_office())

    second = load(connection, read_files(edited("units.yaml", "letters: twice_daily", "letters: each")))

    assert second > first
    assert current(connection).calendar_version == 1


def test_a_new_day_off_makes_a_new_calendar_version(connection: Connection, edited: Edit) -> None:
    load(connection, the_office())

    load(
        connection,
        read_files(edited("calendar.csv", "2026-11-24,off,", "2027-03-01,off,bão,Thông báo,\n2026-11-24,off,")),
    )

    assert current(connection).calendar_version == 2
    assert any(day.day == date(2027, 3, 1) for day in current(connection).office.days)


def test_rows_of_the_calendar_in_another_order_are_the_same_calendar(connection: Connection, edited: Edit) -> None:
    load(connection, the_office())
    folder = edited("calendar.csv", "", "")
    header, *rows = (folder / "calendar.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "calendar.csv").write_text(header + "".join(reversed(rows)), encoding="utf-8")

    load(connection, read_files(folder))

    assert current(connection).calendar_version == 1


def test_a_store_without_an_office_says_how_to_load_one(connection: Connection) -> None:
    with pytest.raises(NoOfficeError, match="load the files"):
        current(connection)


def test_officials_and_delegations_are_rows_of_the_version_they_came_with(connection: Connection) -> None:
    office = the_office()
    version = load(connection, office)

    officials = connection.execute(
        text(
            "SELECT official_code, role, address, lower(in_office) AS first, upper(in_office) - 1 AS last FROM official"
            " WHERE office_version = :version"
        ),
        {"version": version},
    )
    assert {tuple(row) for row in officials} == {
        (one.code, role.value, one.email, one.valid_from, one.valid_to)
        for one in office.officials
        for role in one.roles
    }
    delegations = connection.execute(
        text(
            "SELECT official_code, scope, act, lower(in_force) AS first FROM delegation WHERE office_version = :version"
        ),
        {"version": version},
    )
    assert {tuple(row) for row in delegations} == {
        (given.official, given.scope.value, given.act, given.valid_from) for given in office.delegations
    }
