"""What makes a word an official's: a mail from his address by a reply address of his own, or his own login."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, NullPool, create_engine, text
from sqlalchemy.exc import ProgrammingError

from desk.rules.calendar import HCM
from desk.rules.content.approvals import ApprovalStep, Verdict
from desk.rules.states import ContentState
from desk.runtime.postgres import EmbeddedPostgres
from desk.store import approvals, contents
from desk.store.content_law import ContentRefusedError, refusals
from tests.content_words import EDIT, NOW, PROPOSED, REVIEWED, Evidence, Word
from tests.contents import Contents, refused
from tests.kept_tokens import as_root

STALE: dict[str, dict[str, Any]] = {
    "the version before": {"version": 1},
    "a version to come": {"version": 3},
    "another text": {"sha256": b"0" * 32},
}


@pytest.mark.parametrize("what", STALE)
def test_a_word_is_on_the_text_in_force(content: Contents, what: str) -> None:
    item_id = content.item()
    content.goes(item_id, EDIT)

    with refused(content.connection, "stale-version"):
        content.says(item_id, PROPOSED, **STALE[what])


EVIDENCE: dict[str, tuple[Evidence, dict[str, Any]]] = {
    "another person's reply address": (Evidence(official_code="SECRETARY2"), {}),
    "a reply address of another version": (Evidence(version=2), {}),
    "a reply address for another word": (Evidence(step="content-draft"), {}),
    "a reply address that has expired": (Evidence(expires_on=(NOW - timedelta(days=1)).date()), {}),
    "a reply address that was used": (Evidence(used_at=NOW), {}),
    "no such reply address": (Evidence(), {"token_sha256": b"0" * 32}),
    "another person's mail": (Evidence(from_address="secretary2@bhxh.example.vn"), {}),
    "a mail that was held": (Evidence(kind="held"), {}),
    "no such mail": (Evidence(), {"inbound_mail_id": 10**9}),
}


@pytest.mark.parametrize("what", EVIDENCE)
def test_a_word_needs_its_evidence(content: Contents, what: str) -> None:
    item_id = content.brought_to(ContentState.IN_REVIEW)
    evidence, changed = EVIDENCE[what]

    with refused(content.connection, "no-evidence"):
        content.says(item_id, REVIEWED, evidence, **changed)


def test_a_reply_address_of_another_article_is_no_evidence(content: Contents) -> None:
    item_id, other_id = content.brought_to(ContentState.IN_REVIEW), content.brought_to(ContentState.IN_REVIEW)

    with refused(content.connection, "no-evidence"):
        content.says(item_id, REVIEWED, Evidence(content_item_id=other_id))


def test_an_address_counts_however_it_is_written(content: Contents) -> None:
    item_id = content.brought_to(ContentState.IN_REVIEW)

    with refused(content.connection, ""):
        content.says(item_id, REVIEWED, Evidence(from_address="Secretary@BHXH.example.vn"))


def test_one_mail_says_a_word_once_even_where_the_second_would_be_passed_over(content: Contents) -> None:
    item_id = content.item()
    row = content.row(contents.get_item(content.connection, item_id), PROPOSED, Evidence())
    approvals.add_approval(content.connection, row)
    content.says(item_id, Word(step=ApprovalStep.REVIEW, verdict=Verdict.RETURN))
    other = content.row(contents.get_item(content.connection, item_id), PROPOSED, Evidence())

    with refused(content.connection, "no-evidence"):
        approvals.add_approval(content.connection, replace(other, inbound_mail_id=row.inbound_mail_id))
    with refused(content.connection, "no-evidence"):
        approvals.add_approval(content.connection, replace(other, token_sha256=row.token_sha256))
    with refused(content.connection, "no-evidence"):
        content.connection.execute(
            text(
                "INSERT INTO approval (content_item_id, version, sha256, step, verdict, official_code, role,"
                " decided_at, inbound_mail_id, token_sha256)"
                " SELECT content_item_id, version, sha256, step, verdict, official_code, role, decided_at,"
                " inbound_mail_id, :token FROM approval WHERE step = 'propose' ON CONFLICT DO NOTHING"
            ),
            {"token": other.token_sha256},
        )


def test_the_desk_does_not_speak_as_a_login_of_the_portal(content: Contents) -> None:
    item_id = content.brought_to(ContentState.IN_REVIEW)
    row = content.row(contents.get_item(content.connection, item_id), REVIEWED, Evidence())

    with refused(content.connection, "no-evidence"):
        content.connection.execute(
            text(
                "INSERT INTO approval (content_item_id, version, sha256, step, verdict, official_code, role,"
                " decided_at, login) VALUES (:item, 1, :sha256, 'review', 'agree', 'SECRETARY',"
                " 'secretary', :at, 'desk_app')"
            ),
            {"item": item_id, "sha256": row.sha256, "at": NOW},
        )


@pytest.fixture
def login(cluster: EmbeddedPostgres, database_name: str) -> Iterator[str]:
    """Yield a login in role portal; it is nobody's as yet."""
    name = f"portal_{database_name}"
    with as_root(cluster, database_name) as root:
        with root.begin():
            root.exec_driver_sql(f'CREATE ROLE "{name}" LOGIN IN ROLE portal')
        yield name
        with root.begin():
            root.exec_driver_sql(f'DROP ROLE "{name}"')


def at_the_portal(engine: Engine, item_id: int, *, official: str, login: str) -> str:
    """Decide on an article as whoever the engine connects as; returns why that is refused."""
    decide = text(
        "INSERT INTO approval (content_item_id, version, sha256, step, verdict, official_code, role, decided_at, login)"
        " SELECT content_item_id, version, sha256, 'decide', 'agree', :official, 'head', '2024-01-05', :login"
        " FROM content_version WHERE content_item_id = :item_id"
    )
    try:
        with engine.begin() as connection, refusals():
            connection.execute(decide, {"item_id": item_id, "official": official, "login": login})
    except ContentRefusedError as error:
        return error.reason_code
    return ""


def test_at_the_portal_a_login_speaks_for_its_official_alone(
    desk_database: Engine, cluster: EmbeddedPostgres, database_name: str, login: str
) -> None:
    with desk_database.begin() as connection:
        content = Contents(connection)
        content.office()
        item_id = content.brought_to(ContentState.IN_DECISION)
    portal = create_engine(cluster.url(database_name, login), poolclass=NullPool)

    assert at_the_portal(portal, item_id, official="HEAD", login=login) == "no-evidence"
    with as_root(cluster, database_name) as root, root.begin():
        root.execute(text("INSERT INTO portal_login VALUES (:login, 'HEAD'), ('other', 'DEPUTY')"), {"login": login})

    assert at_the_portal(portal, item_id, official="HEAD", login="other") == "no-evidence"
    assert at_the_portal(portal, item_id, official="DEPUTY", login=login) == "wrong-role"
    assert at_the_portal(desk_database, item_id, official="HEAD", login=login) == "no-evidence"
    assert at_the_portal(portal, item_id, official="HEAD", login=login) == ""
    with desk_database.connect() as connection:
        decided = approvals.get_newest(connection, item_id, ApprovalStep.DECIDE)
        assert decided.login == login
        # the hour is the database's own, whatever was written
        assert decided.decided_at > datetime(2025, 1, 1, tzinfo=HCM)


def test_at_the_portal_nobody_brings_mail(
    desk_database: Engine, cluster: EmbeddedPostgres, database_name: str, login: str
) -> None:
    with desk_database.begin() as connection:
        content = Contents(connection)
        content.office()
        item_id = content.brought_to(ContentState.IN_DECISION)
        row = content.row(contents.get_item(connection, item_id), Word(step=ApprovalStep.DECIDE), Evidence())
    portal = create_engine(cluster.url(database_name, login), poolclass=NullPool)

    with portal.connect() as connection:
        with pytest.raises(ProgrammingError, match="permission denied"):
            approvals.add_approval(connection, row)
        connection.rollback()
        with pytest.raises(ProgrammingError, match="permission denied"):
            connection.exec_driver_sql("SELECT * FROM mail_token")
