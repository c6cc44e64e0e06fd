"""What reaches logs of a refused statement, and what a dry run leaves behind."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DataError, IntegrityError, ProgrammingError

from desk.runtime import database

NAME = "Nguyễn Thị Mai 0912345678"


def test_a_refused_value_is_not_quoted_in_the_error(connection: Connection) -> None:
    with pytest.raises(DataError) as refused, connection.begin_nested():
        connection.execute(text("SELECT CAST(:value AS bigint)"), {"value": NAME})

    assert "InvalidTextRepresentation 22P02" in str(refused.value)
    assert NAME not in str(refused.value) + str(refused.value.__cause__)


def test_a_violated_constraint_is_named_without_the_row(connection: Connection) -> None:
    add = text("INSERT INTO citizen (user_id) VALUES (:value)")
    connection.execute(add, {"value": NAME})

    with pytest.raises(IntegrityError) as refused, connection.begin_nested():
        connection.execute(add, {"value": NAME})

    assert "citizen_pkey" in str(refused.value)
    assert NAME not in str(refused.value)


def test_a_mistake_in_a_statement_is_told_in_full(connection: Connection) -> None:
    with pytest.raises(ProgrammingError, match='relation "nowhere" does not exist'), connection.begin_nested():
        connection.execute(text("SELECT 1 FROM nowhere"))


def test_a_dry_run_sees_what_it_wrote_and_leaves_nothing(desk_database: Engine) -> None:
    count = text("SELECT count(*) FROM citizen")

    with database.rehearsal():
        with database.transaction() as connection:
            connection.execute(text("INSERT INTO citizen (user_id) VALUES ('1')"))
        with database.transaction() as connection:
            assert connection.execute(count).scalar_one() == 1

    with database.transaction() as connection:
        assert connection.execute(count).scalar_one() == 0
    assert desk_database is database.engine()
