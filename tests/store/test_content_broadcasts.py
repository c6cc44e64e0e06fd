"""Who has an article go to all who follow the account, and when the database lets it leave."""

from __future__ import annotations

import pytest

from desk.rules.content.approvals import ApprovalStep, Verdict
from desk.rules.office import Role
from desk.rules.states import BROADCAST_MOVES, BroadcastState, ContentState
from desk.store import broadcasts
from tests.content_words import ASKED, BROADCAST, GOES, NOW, ORDERED, TO_BROADCAST, Evidence, Word
from tests.contents import Contents, refused

REFUSED = Word(step=ApprovalStep.DECIDE_BROADCAST, verdict=Verdict.REFUSE)


def by_deputy(code: str) -> Word:
    return Word(step=ApprovalStep.DECIDE_BROADCAST, by=code, role=Role.DEPUTY_HEAD)


def decided(content: Contents) -> int:
    """Return an article that a decider has let go to everybody."""
    item_id = content.brought_to(ContentState.PUBLISHED)
    order(content, item_id, content.says(item_id, BROADCAST))
    return item_id


def order(content: Contents, item_id: int, approval_id: int) -> None:
    broadcasts.add_broadcast(content.connection, content_item_id=item_id, approval_id=approval_id, decided_at=NOW)


def moved(content: Contents, item_id: int, before: BroadcastState) -> None:
    if before not in {BroadcastState.WAITING, BroadcastState.LEAVING}:
        content.moves("broadcast", item_id, BroadcastState.LEAVING)
    if before is not BroadcastState.WAITING:
        content.moves("broadcast", item_id, before)


def test_the_head_and_a_delegated_deputy_may_decide_and_nobody_else(content: Contents) -> None:
    item_id = content.brought_to(ContentState.PUBLISHED)

    for word, why in (
        (BROADCAST, ""),
        (by_deputy("DEPUTY"), ""),
        (by_deputy("UNDELEGATED"), "no-delegation"),
        (Word(step=ApprovalStep.DECIDE_BROADCAST, by="EDITOR_HEAD", role=Role.EDITOR), "wrong-role"),
        (Word(step=ApprovalStep.DECIDE_BROADCAST, by="SECRETARY", role=Role.SECRETARY), "wrong-role"),
    ):
        with refused(content.connection, why):
            content.says(item_id, word)


def test_it_is_the_editor_who_asks(content: Contents) -> None:
    item_id = content.brought_to(ContentState.PUBLISHED)

    with refused(content.connection, "wrong-role"):
        content.says(item_id, Word(step=ApprovalStep.ASK_BROADCAST, by="SECRETARY", role=Role.SECRETARY))


def test_who_wrote_or_reviewed_an_article_does_not_send_it_to_everybody(content: Contents) -> None:
    item_id = content.item(editor="EDITOR_HEAD")
    content.writes(item_id, by="EDITOR_HEAD")
    content.goes(item_id, *(Word(step=step) for step in (ApprovalStep.PROPOSE, ApprovalStep.REVIEW)))
    content.goes(item_id, Word(step=ApprovalStep.SUBMIT), Word(step=ApprovalStep.DECIDE))
    content.goes(item_id, Word(step=ApprovalStep.PUBLISH), "leaves", "appears", TO_BROADCAST)

    with refused(content.connection, "own-item"):
        content.says(item_id, Word(step=ApprovalStep.DECIDE_BROADCAST, by="EDITOR_HEAD", role=Role.HEAD))


def test_a_decision_needs_a_question_and_answers_it_once(content: Contents) -> None:
    item_id = content.brought_to(ContentState.PUBLISHED)
    content.says(item_id, REFUSED)

    with refused(content.connection, "out-of-order"):
        content.says(item_id, BROADCAST)
    content.goes(item_id, TO_BROADCAST, BROADCAST)
    with refused(content.connection, "out-of-order"):
        content.says(item_id, by_deputy("DEPUTY"))


def test_a_decision_comes_by_the_letter_that_asked_for_it(content: Contents) -> None:
    item_id = content.brought_to(ContentState.PUBLISHED)

    for evidence in (Evidence(step="content-decision"), Evidence(official_code="DEPUTY")):
        with refused(content.connection, "no-evidence"):
            content.says(item_id, BROADCAST, evidence)


@pytest.mark.parametrize("word", [REFUSED, TO_BROADCAST])
def test_nothing_goes_to_everybody_without_a_deciders_agreement(content: Contents, word: Word) -> None:
    item_id = content.brought_to(ContentState.PUBLISHED)
    approval_id = content.says(item_id, word)

    with refused(content.connection, "not-ordered"):
        order(content, item_id, approval_id)


def test_an_article_goes_to_everybody_once_unless_zalo_did_not_take_it(content: Contents) -> None:
    item_id = decided(content)

    with refused(content.connection, "sent-before"):
        content.says(item_id, TO_BROADCAST)
    content.moves("broadcast", item_id, BroadcastState.LEAVING)
    content.moves("broadcast", item_id, BroadcastState.FAILED)
    content.goes(item_id, TO_BROADCAST)
    order(content, item_id, content.says(item_id, BROADCAST))

    assert content.states_of("broadcast", item_id) == ["failed", "waiting"]


@pytest.mark.parametrize("before", BroadcastState)
def test_a_broadcast_moves_as_the_code_says(content: Contents, before: BroadcastState) -> None:
    item_id = decided(content)
    moved(content, item_id, before)

    for after in set(BroadcastState) - {before}:
        with refused(content.connection, "" if after in BROADCAST_MOVES[before] else "out-of-order"):
            content.moves("broadcast", item_id, after)


def test_an_article_whose_removal_is_asked_for_goes_to_nobody(content: Contents) -> None:
    item_id = decided(content)

    content.goes(item_id, ASKED)
    with refused(content.connection, "not-ordered"):
        content.moves("broadcast", item_id, BroadcastState.LEAVING)
    assert broadcasts.claim_broadcast(content.connection, worker="w", lease_seconds=60) is None
    content.goes(item_id, ORDERED, GOES)

    assert content.states_of("broadcast", item_id) == ["failed"]
