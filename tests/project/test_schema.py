"""The lists of words in the schema are those of the code, and each role may do what law 9 lets it do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import ProgrammingError

from desk.rules.attachments import AttachmentForm
from desk.rules.classifier import Scope
from desk.rules.incoming_mail import MailKind
from desk.rules.office import DelegationScope, Role
from desk.rules.outgoing import Channel, UploadForm
from desk.rules.reading import OPENS_A_QUESTION, Purpose
from desk.rules.replies.readings import ReplyReading
from desk.rules.replies.senders import Standing
from desk.rules.states import (
    AnswerState,
    AssignmentState,
    BroadcastState,
    ContentState,
    OutboxState,
    PublicationState,
    QuestionState,
    TakedownState,
)
from desk.runtime.postgres import EmbeddedPostgres
from desk.store.classifier_versions import VersionState
from desk.store.delivery_modes import DeliveryMode

SQL = Path(__file__).parents[2] / "sql"

# purposes that no reading gives: what was sent before act_from, and the account's own rows
OF_PULLING = {"history", "echo", "by_hand"}
LISTS = {
    ("question", "state"): {state.value for state in QuestionState},
    ("question", "opened_as"): {purpose.value for purpose in OPENS_A_QUESTION},
    ("assignment", "state"): {state.value for state in AssignmentState},
    ("answer", "state"): {state.value for state in AnswerState},
    ("outbox", "state"): {state.value for state in OutboxState},
    ("outbox", "channel"): {channel.value for channel in Channel},
    ("message", "purpose"): {purpose.value for purpose in Purpose} | OF_PULLING,
    ("classification", "scope"): {scope.value for scope in Scope},
    ("inbound_mail", "kind"): {kind.value for kind in MailKind},
    ("reply", "reading"): {reading.value for reading in ReplyReading},
    ("reply", "standing"): {standing.value for standing in Standing},
    ("attachment", "form"): {form.value for form in AttachmentForm},
    ("zalo_upload", "form"): {form.value for form in UploadForm},
    ("classifier_version", "state"): {state.value for state in VersionState},
    ("delivery_mode", "mode"): {mode.value for mode in DeliveryMode},
    ("official", "role"): {role.value for role in Role},
    ("delegation", "scope"): {scope.value for scope in DelegationScope},
    ("content_item", "state"): {state.value for state in ContentState},
    ("approval", "decider_role"): {Role.HEAD.value, Role.DEPUTY_HEAD.value},
    ("publication", "state"): {state.value for state in PublicationState},
    ("takedown", "state"): {state.value for state in TakedownState},
    ("broadcast", "state"): {state.value for state in BroadcastState},
    ("oa_token", "source"): {"settings", "consent", "refresh", "spool"},
}

# written by the database itself, or by an administrator
NEVER_WRITTEN = {"official", "delegation", "portal_login"}
APPEND_ONLY = {
    *("event", "oa_token", "delivery_mode", "office_version", "classification", "approval", "content_version"),
    *("classifier_version", "label_event"),
    *NEVER_WRITTEN,
}
# what may change of a row is named; the rest of it stays as it was written
CHANGING = {
    "content_item": {"editor", "waits_for", "asked_at", "times_asked"},
    "publication": {
        *("state", "create_began_at", "creates", "looks", "create_token", "article_id", "compared_at", "show_began_at"),
        *("show_token", "shown_at", "link", "attempts", "next_attempt_at", "lease_until", "leased_by", "outcome"),
    },
    "takedown": {
        *("state", "hidden_at", "evidence", "evidence_sha256", "attempts", "next_attempt_at", "lease_until"),
        *("leased_by", "outcome"),
    },
    "broadcast": {
        *("state", "left_at", "message_id", "attempts", "next_attempt_at", "lease_until", "leased_by", "outcome"),
    },
}
AT_THE_PORTAL = {"content_item", "content_version", "approval", "publication", "takedown", "broadcast"}
EMPTIED_BY_USE = {"pull_todo", "rate_budget"}

TABLES = text("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'")
CHECKS = text(
    "SELECT conrelid::regclass::text AS of, attname AS name, pg_get_constraintdef(pg_constraint.oid) AS says"
    " FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]"
    " WHERE contype = 'c' AND connamespace = 'public'::regnamespace AND array_length(conkey, 1) = 1"
)


def tables(connection: Connection) -> set[str]:
    return set(connection.scalars(TABLES))


def rights(connection: Connection, right: str, role: str = "desk_app") -> set[str]:
    """Return the tables on which a role has a right, on the whole or on some column."""
    asked = text("SELECT has_table_privilege(:role, :name, :right)")
    if right in {"SELECT", "INSERT", "UPDATE"}:
        asked = text("SELECT has_any_column_privilege(:role, :name, :right)")
    return {
        name
        for name in tables(connection)
        if connection.scalar(asked, {"role": role, "name": f"public.{name}", "right": right})
    }


@contextmanager
def refused(connection: Connection) -> Iterator[None]:
    """Expect the database to refuse what the block does, and go on."""
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), connection.begin_nested():
        yield


def test_every_list_of_words_in_the_schema_is_that_of_the_code(connection: Connection) -> None:
    found = {(row.of, row.name): set(re.findall(r"'(\w+)'", row.says)) for row in connection.execute(CHECKS)}

    assert {place: words for place, words in found.items() if words} == LISTS


def test_the_states_that_statements_name_exist() -> None:
    known = {word for words in LISTS.values() for word in words}
    named = {
        word
        for path in SQL.glob("*/*.sql")
        for listed in re.findall(r"\bstate\s*(?:=|<>|IN)\s*\(?((?:'\w+'(?:,\s*)?)+)", path.read_text(encoding="utf-8"))
        for word in re.findall(r"'(\w+)'", listed)
    }

    assert named
    assert named <= known


def test_at_run_time_history_can_be_added_to_and_never_changed(connection: Connection) -> None:
    everything = tables(connection)

    assert rights(connection, "SELECT") == everything
    assert rights(connection, "INSERT") == everything - NEVER_WRITTEN
    assert rights(connection, "UPDATE") == everything - APPEND_ONLY
    assert rights(connection, "DELETE") == EMPTIED_BY_USE
    assert not rights(connection, "TRUNCATE")
    assert not rights(connection, "TRIGGER")
    assert not rights(connection, "REFERENCES")


@pytest.mark.parametrize("table", CHANGING)
def test_what_a_row_is_about_is_never_changed(connection: Connection, table: str) -> None:
    asked = text(
        "SELECT attname FROM pg_attribute WHERE attrelid = CAST(:name AS regclass) AND attnum > 0"
        " AND has_column_privilege('desk_app', attrelid, attnum, 'UPDATE')"
    )

    assert set(connection.scalars(asked, {"name": f"public.{table}"})) == CHANGING[table]


@pytest.mark.parametrize("table", sorted(APPEND_ONLY))
def test_the_database_itself_refuses_to_rewrite_history(connection: Connection, table: str) -> None:
    column = connection.scalar(
        text("SELECT attname FROM pg_attribute WHERE attrelid = CAST(:name AS regclass) AND attnum = 2"),
        {"name": f"public.{table}"},
    )
    for change in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}", f"TRUNCATE {table}"):  # noqa: S608
        with refused(connection):
            connection.exec_driver_sql(change)


@pytest.mark.parametrize(
    "change",
    [
        "CREATE TABLE mine (a int)",
        "CREATE VIEW mine AS SELECT 1",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "ALTER TABLE event ADD COLUMN mine int",
        "ALTER TABLE question DISABLE TRIGGER ALL",
        "DROP TABLE event",
        "CREATE INDEX mine ON question (text)",
        "SET ROLE desk_owner",
    ],
)
def test_at_run_time_nobody_changes_the_schema_or_takes_its_owners_place(connection: Connection, change: str) -> None:
    with refused(connection):
        connection.exec_driver_sql(change)


def test_who_reports_reads_no_messages_and_writes_nothing(connection: Connection) -> None:
    readable = rights(connection, "SELECT", "desk_reader")

    assert readable == {"unit", "assignment", "work_item", "event", "delivery_mode"}
    for right in ("INSERT", "UPDATE", "DELETE", "TRUNCATE"):
        assert not rights(connection, right, "desk_reader")


def test_at_the_portal_an_official_reads_articles_and_says_his_word_and_no_more(connection: Connection) -> None:
    assert rights(connection, "SELECT", "portal") == AT_THE_PORTAL
    assert rights(connection, "INSERT", "portal") == {"approval"}
    for right in ("UPDATE", "DELETE", "TRUNCATE"):
        assert not rights(connection, right, "portal")


def test_who_reports_is_not_shown_what_a_sensitive_question_says(cluster: EmbeddedPostgres, database_name: str) -> None:
    with create_engine(cluster.url(database_name, "postgres")).connect() as connection:
        connection.execute(text("INSERT INTO citizen (user_id) VALUES ('1')"))
        connection.execute(
            text(
                "INSERT INTO question (question_id, case_code, user_id, state, text, sensitive, received_at,"
                " last_message_at, sealed_at, window_closes_at)"
                " SELECT id, 'ZL ' || id, '1', 'in_triage', 'lời của người dân', sensitive, now(), now(), now(), now()"
                " FROM (VALUES (1, NULL), (2, 'to_cao')) AS given (id, sensitive)"
            )
        )
        connection.execute(text("SET LOCAL ROLE desk_reader"))
        shown = connection.execute(text("SELECT question_id, text FROM question_for_reading ORDER BY question_id"))

        assert [tuple(row) for row in shown] == [(1, "lời của người dân"), (2, None)]
        with refused(connection):
            connection.execute(text("SELECT text FROM question"))
        connection.rollback()
