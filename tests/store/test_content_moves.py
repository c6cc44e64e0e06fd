"""Every word, text, publication and takedown in every state of an article: where it leads, or that it is refused."""

from __future__ import annotations

from itertools import product

import pytest
from sqlalchemy import text

from desk.rules.content.approvals import ApprovalStep, Verdict
from desk.rules.office import Role
from desk.rules.states import (
    CONTENT_EDITS,
    CONTENT_MOVES,
    PUBLICATION_MOVES,
    TAKEDOWN_MOVES,
    ContentState,
    PublicationState,
    TakedownState,
)
from desk.store import approvals, contents
from desk.store.content_law import ContentRefusedError, refusals
from tests.content_words import (
    APPEARS,
    ASKED,
    CONFORMED,
    DECIDED_TO_CHANGE,
    EDIT,
    GOES,
    LEAVES,
    NOW,
    ORDERED,
    PROPOSED,
    REVIEWED,
    STOPPED,
    SUBMITTED,
    TO_PUBLISH,
    TOKEN_STEPS,
    WAYS,
    Word,
)
from tests.contents import Contents


def test_the_database_knows_the_moves_that_the_code_knows(content: Contents) -> None:
    rows = content.connection.execute(text("SELECT step, verdict, before, after, token_steps FROM content_move"))
    found = [(ApprovalStep(row.step), Verdict(row.verdict), row.before, row.after, row.token_steps) for row in rows]

    assert {(step, verdict, before, after) for step, verdict, before, after, _ in found} == {
        (*word, before, after) for word, moves in CONTENT_MOVES.items() for before, after in moves.items()
    }
    assert all(steps == [TOKEN_STEPS[step]] for step, _, _, _, steps in found)


@pytest.mark.parametrize("state", ContentState)
def test_a_word_leads_where_it_should_or_is_out_of_order(content: Contents, state: ContentState) -> None:
    item_id = content.brought_to(state)

    for step, verdict in product(ApprovalStep, Verdict):
        savepoint = content.connection.begin_nested()
        led_to: object
        try:
            content.says(item_id, Word(step=step, verdict=verdict))
            led_to = content.state(item_id)
        except approvals.ApprovalRefusedError as error:
            led_to = error.reason_code
        savepoint.rollback()

        assert led_to == CONTENT_MOVES.get((step, verdict), {}).get(state, "out-of-order"), (step, verdict)


@pytest.mark.parametrize("state", ContentState)
def test_a_new_text_leads_where_it_should_or_comes_too_late(content: Contents, state: ContentState) -> None:
    item_id = content.brought_to(state)

    if state in CONTENT_EDITS:
        before = contents.get_item(content.connection, item_id)
        version = content.writes(item_id)
        after = contents.get_item(content.connection, item_id)
        assert (after.state, after.version, after.decider) == (CONTENT_EDITS[state], version, None)
        assert version == before.version + 1
    else:
        with pytest.raises(contents.VersionRefusedError, match="published"):
            content.writes(item_id)


def moved(content: Contents, table: str, item_id: int, after: str) -> str:
    """Try a move of a publication or takedown, and return why it is refused."""
    savepoint = content.connection.begin_nested()
    try:
        with refusals():
            content.moves(table, item_id, after)
    except ContentRefusedError as error:
        return error.reason_code
    finally:
        savepoint.rollback()
    return ""


@pytest.mark.parametrize("before", PublicationState)
def test_a_publication_moves_as_the_code_says(content: Contents, before: PublicationState) -> None:
    item_id = content.brought_to(ContentState.TO_PUBLISH)
    for state in {PublicationState.PUBLISHED: ("leaving",), PublicationState.FAILED: ("leaving",)}.get(before, ()):
        content.moves("publication", item_id, state)
    content.moves("publication", item_id, before)

    for after in set(PublicationState) - {before}:
        expected = "" if after in PUBLICATION_MOVES[before] else "out-of-order"
        assert moved(content, "publication", item_id, after) == expected, after


@pytest.mark.parametrize("before", TakedownState)
def test_a_takedown_moves_as_the_code_says(content: Contents, before: TakedownState) -> None:
    item_id = content.brought_to(ContentState.TAKING_DOWN)
    content.moves("takedown", item_id, before)

    for after in set(TakedownState) - {before}:
        expected = "" if after in TAKEDOWN_MOVES[before] else "out-of-order"
        assert moved(content, "takedown", item_id, after) == expected, after


def test_an_article_agreed_with_changes_is_published_as_changed(content: Contents) -> None:
    item_id = content.item()

    content.goes(item_id, PROPOSED, REVIEWED, SUBMITTED, DECIDED_TO_CHANGE)
    assert contents.get_item(content.connection, item_id).agreed_version == 1
    content.goes(item_id, EDIT, PROPOSED, Word(step=ApprovalStep.CONFORM, verdict=Verdict.RETURN), EDIT, PROPOSED)
    content.goes(item_id, CONFORMED, TO_PUBLISH, LEAVES, APPEARS)

    assert content.state(item_id) is ContentState.PUBLISHED
    assert contents.get_version(content.connection, item_id, 3).amends == 1


def test_an_article_withdrawn_and_submitted_to_another_is_his_to_decide(content: Contents) -> None:
    item_id = content.item()
    to_deputy = Word(step=ApprovalStep.SUBMIT, decider="DEPUTY", decider_role=Role.DEPUTY_HEAD)

    content.goes(item_id, PROPOSED, REVIEWED, SUBMITTED, Word(step=ApprovalStep.WITHDRAW), to_deputy)
    content.goes(item_id, Word(step=ApprovalStep.DECIDE, by="DEPUTY", role=Role.DEPUTY_HEAD), TO_PUBLISH)

    assert content.state(item_id) is ContentState.TO_PUBLISH
    decided = approvals.get_newest(content.connection, item_id, ApprovalStep.DECIDE)
    assert decided.act == "Quyết định về DEPUTY"


def test_a_publication_is_stopped_by_a_word_and_may_be_ordered_again(content: Contents) -> None:
    item_id = content.brought_to(ContentState.TO_PUBLISH)

    content.says(item_id, STOPPED)
    assert content.state(item_id) is ContentState.AGREED
    assert not approvals.is_publishable(content.connection, item_id)
    content.goes(item_id, TO_PUBLISH)

    assert content.states_of("publication", item_id) == ["stopped", "waiting"]
    assert approvals.is_publishable(content.connection, item_id)


def test_a_publication_that_failed_gives_the_article_back_to_be_ordered_again(content: Contents) -> None:
    item_id = content.brought_to(ContentState.TO_PUBLISH)

    content.goes(item_id, LEAVES)
    content.moves("publication", item_id, "failed")
    assert content.state(item_id) is ContentState.AGREED
    content.goes(item_id, TO_PUBLISH, LEAVES, APPEARS)

    assert content.state(item_id) is ContentState.PUBLISHED


def test_a_new_text_stops_a_publication_that_waits(content: Contents) -> None:
    item_id = content.brought_to(ContentState.TO_PUBLISH)

    content.writes(item_id)

    assert content.states_of("publication", item_id) == ["stopped"]
    assert content.state(item_id) is ContentState.DRAFT
    assert not approvals.is_publishable(content.connection, item_id)


def test_a_takedown_that_failed_leaves_the_article_to_be_taken_down(content: Contents) -> None:
    item_id = content.brought_to(ContentState.TAKING_DOWN)

    content.moves("takedown", item_id, "failed")
    assert content.state(item_id) is ContentState.TAKING_DOWN
    content.goes(item_id, GOES)

    assert content.state(item_id) is ContentState.TAKEN_DOWN


def test_an_article_that_stays_can_be_asked_about_again(content: Contents) -> None:
    item_id = content.brought_to(ContentState.PUBLISHED)

    content.goes(item_id, ASKED, Word(step=ApprovalStep.DECIDE_TAKEDOWN, verdict=Verdict.REFUSE), ASKED, ORDERED, GOES)

    assert content.state(item_id) is ContentState.TAKEN_DOWN


def test_articles_of_a_year_are_numbered_from_one(content: Contents) -> None:
    codes = [contents.get_item(content.connection, content.item()).code for _ in range(2)]

    assert codes == ["ND-2026-0001", "ND-2026-0002"]


@pytest.mark.parametrize("state", [state for state in ContentState if len(WAYS[state]) > 1])
def test_who_was_asked_is_waited_for_until_the_article_moves(content: Contents, state: ContentState) -> None:
    item_id = content.item()
    contents.record_asked(content.connection, item_id, "EDITOR", NOW)
    assert contents.get_item(content.connection, item_id).times_asked == 1

    content.goes(item_id, *WAYS[state])

    item = contents.get_item(content.connection, item_id)
    assert (item.waits_for, item.asked_at, item.times_asked) == (None, None, 0)
