"""Two transactions at once on one article: the second waits for the first, and then sees what it did (A11)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import Connection, Engine, text

from desk.rules.content.approvals import ApprovalStep, Verdict
from desk.rules.office import Role
from desk.rules.states import ContentState
from desk.store import contents
from desk.store.approvals import add_approval
from desk.store.content_law import ContentRefusedError, refusals
from tests.content_words import (
    DECIDED,
    NOW,
    ORDERED,
    PROPOSED,
    REVIEWED,
    STOPPED,
    SUBMITTED,
    TEXT,
    TO_PUBLISH,
    Evidence,
    Word,
)
from tests.contents import Contents
from tests.kept_tokens import waited_for

Deed = Callable[[Connection], object]

TO_DEPUTY = replace(SUBMITTED, decider="DEPUTY", decider_role=Role.DEPUTY_HEAD)
BY_DEPUTY = replace(DECIDED, by="DEPUTY", role=Role.DEPUTY_HEAD)
_WAITS = text("SELECT EXISTS (SELECT FROM pg_locks WHERE pid = :pid AND NOT granted)")


def an_article(engine: Engine, *way: Word | str) -> int:
    with engine.begin() as connection:
        content = Contents(connection)
        content.office()
        item_id = content.item()
        content.goes(item_id, *way)
    return item_id


def saying(engine: Engine, item_id: int, word: Word) -> Deed:
    """Return the deed of saying a word, whose mail is there already."""
    with engine.begin() as connection:
        row = Contents(connection).row(contents.get_item(connection, item_id), word, Evidence())
    return lambda connection: add_approval(connection, row)


def editing(item_id: int) -> Deed:
    return lambda connection: contents.add_version(
        connection, item_id, TEXT, written_by="EDITOR", inbound_mail_id=None, written_at=NOW
    )


def loading(delegated: tuple[str, ...]) -> Deed:
    return lambda connection: Contents(connection).office(delegated=delegated)


def leaving(item_id: int) -> Deed:
    def leave(connection: Connection) -> None:
        contents.claim_item(connection, content_item_id=item_id)
        Contents(connection).moves("publication", item_id, "leaving")

    return leave


def at_once(engine: Engine, first: Deed, second: Deed) -> str:
    """Let the second begin before the first is committed; returns why the second is refused, if it is."""
    with engine.connect() as one, engine.connect() as other, ThreadPoolExecutor(1) as thread:
        pid = other.scalar(text("SELECT pg_backend_pid()"))
        other.commit()
        first(one)
        result = thread.submit(done, other, second)
        with engine.connect() as watching:
            waited_for(lambda: result.done() or watching.execute(_WAITS, {"pid": pid}).scalar_one())
        assert not result.done(), "the second did not wait for the first"
        one.commit()
        return result.result()


def done(connection: Connection, deed: Deed) -> str:
    try:
        with refusals():
            deed(connection)
    except ContentRefusedError as error:
        connection.rollback()
        return error.reason_code
    connection.commit()
    return ""


def state(engine: Engine, item_id: int) -> ContentState:
    with engine.connect() as connection:
        return contents.get_item(connection, item_id).state


def test_a_decision_that_comes_with_an_edit_is_about_a_text_no_longer_in_force(desk_database: Engine) -> None:
    item_id = an_article(desk_database, PROPOSED, REVIEWED, SUBMITTED)

    assert at_once(desk_database, editing(item_id), saying(desk_database, item_id, DECIDED)) == "stale-version"
    assert state(desk_database, item_id) is ContentState.DRAFT


def test_an_edit_that_comes_with_a_decision_voids_it(desk_database: Engine) -> None:
    item_id = an_article(desk_database, PROPOSED, REVIEWED, SUBMITTED)

    assert at_once(desk_database, saying(desk_database, item_id, DECIDED), editing(item_id)) == ""
    assert state(desk_database, item_id) is ContentState.DRAFT


@pytest.mark.parametrize("verdict", [Verdict.AGREE, Verdict.REFUSE])
def test_of_two_decisions_in_one_second_the_first_counts(desk_database: Engine, verdict: Verdict) -> None:
    item_id = an_article(desk_database, PROPOSED, REVIEWED, SUBMITTED)
    agreed = saying(desk_database, item_id, DECIDED)
    decided = saying(desk_database, item_id, replace(DECIDED, verdict=verdict))

    assert at_once(desk_database, agreed, decided) == "out-of-order"
    assert state(desk_database, item_id) is ContentState.AGREED


def test_of_two_deputies_the_first_takes_an_article_down(desk_database: Engine) -> None:
    asked = Word(step=ApprovalStep.ASK_TAKEDOWN)
    item_id = an_article(desk_database, PROPOSED, REVIEWED, SUBMITTED, DECIDED, TO_PUBLISH, "leaves", "appears", asked)
    kept = replace(ORDERED, verdict=Verdict.REFUSE, by="UNDELEGATED")

    first, second = saying(desk_database, item_id, kept), saying(desk_database, item_id, ORDERED)

    assert at_once(desk_database, first, second) == "out-of-order"
    assert state(desk_database, item_id) is ContentState.PUBLISHED


@pytest.mark.parametrize(
    ("way", "word"), [((PROPOSED, REVIEWED), TO_DEPUTY), ((PROPOSED, REVIEWED, TO_DEPUTY), BY_DEPUTY)]
)
def test_a_word_that_comes_with_the_end_of_a_delegation_is_too_late(
    desk_database: Engine, way: tuple[Word, ...], word: Word
) -> None:
    item_id = an_article(desk_database, *way)

    assert at_once(desk_database, loading(()), saying(desk_database, item_id, word)) == "no-delegation"


def test_a_delegation_ends_after_the_decision_that_it_covers(desk_database: Engine) -> None:
    item_id = an_article(desk_database, PROPOSED, REVIEWED, TO_DEPUTY)

    assert at_once(desk_database, saying(desk_database, item_id, BY_DEPUTY), loading(())) == ""
    assert state(desk_database, item_id) is ContentState.AGREED


def test_what_was_stopped_does_not_leave(desk_database: Engine) -> None:
    item_id = an_article(desk_database, PROPOSED, REVIEWED, SUBMITTED, DECIDED, TO_PUBLISH)

    assert at_once(desk_database, saying(desk_database, item_id, STOPPED), leaving(item_id)) == "out-of-order"
    assert state(desk_database, item_id) is ContentState.AGREED


def test_what_is_leaving_is_not_stopped(desk_database: Engine) -> None:
    item_id = an_article(desk_database, PROPOSED, REVIEWED, SUBMITTED, DECIDED, TO_PUBLISH)

    assert at_once(desk_database, leaving(item_id), saying(desk_database, item_id, STOPPED)) == "leaving"
    assert state(desk_database, item_id) is ContentState.TO_PUBLISH


def test_what_is_edited_does_not_leave_and_what_is_leaving_is_not_edited(desk_database: Engine) -> None:
    item_id = an_article(desk_database, PROPOSED, REVIEWED, SUBMITTED, DECIDED, TO_PUBLISH)
    other_id = an_article(desk_database, PROPOSED, REVIEWED, SUBMITTED, DECIDED, TO_PUBLISH)

    assert at_once(desk_database, editing(item_id), leaving(item_id)) == "out-of-order"
    assert at_once(desk_database, leaving(other_id), editing(other_id)) == "leaving"


def test_two_articles_begun_at_once_have_codes_of_their_own(desk_database: Engine) -> None:
    def begin(connection: Connection) -> object:
        return contents.add_item(connection, author="AUTHOR", editor="EDITOR", opened_at=NOW, year=2026)

    assert at_once(desk_database, begin, begin) == ""

    with desk_database.connect() as connection:
        codes = connection.scalars(text("SELECT code FROM content_item ORDER BY code"))
        assert list(codes) == ["ND-2026-0001", "ND-2026-0002"]
