"""Whose word counts on an article: the regulation's table of persons, and nobody judging his own (Điều 11)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from desk.rules.content.approvals import ApprovalStep, Verdict
from desk.rules.office import Role
from desk.rules.states import ContentState
from tests.content_words import (
    ASKED,
    CONFORMED,
    DECIDED,
    DECIDED_TO_CHANGE,
    EDIT,
    NOW,
    ORDERED,
    PROPOSED,
    REVIEWED,
    STOPPED,
    SUBMITTED,
    TO_PUBLISH,
    WAYS,
    Word,
)
from tests.contents import Contents, refused

Way = Sequence[Word | str]

TO_DEPUTY = replace(SUBMITTED, decider="DEPUTY", decider_role=Role.DEPUTY_HEAD)
TO_UNDELEGATED = replace(SUBMITTED, decider="UNDELEGATED", decider_role=Role.DEPUTY_HEAD)
TO_SECRETARY_HEAD = replace(SUBMITTED, decider="SECRETARY_HEAD", decider_role=Role.HEAD)
BY_DEPUTY = replace(DECIDED, by="DEPUTY", role=Role.DEPUTY_HEAD)
REFUSED = replace(DECIDED, verdict=Verdict.REFUSE)
PUBLISHED = WAYS[ContentState.PUBLISHED]


@dataclass(frozen=True)
class Case:
    """A word after what has happened, and why it is refused; empty where it is not."""

    way: Way
    word: Word
    refused: str


WHO: dict[str, Case] = {
    "an author does not propose": Case((), replace(PROPOSED, by="AUTHOR", role=Role.AUTHOR), "wrong-role"),
    "an author is no editor": Case((), replace(PROPOSED, by="AUTHOR"), "wrong-role"),
    "another editor proposes": Case((), replace(PROPOSED, by="EDITOR2"), ""),
    "an editor does not review": Case((PROPOSED,), replace(REVIEWED, by="EDITOR", role=Role.EDITOR), "wrong-role"),
    "another secretary submits": Case((PROPOSED, REVIEWED), replace(SUBMITTED, by="SECRETARY2"), ""),
    "who edited does not review": Case(
        ("EDITOR_SECRETARY", PROPOSED), replace(REVIEWED, by="EDITOR_SECRETARY"), "own-item"
    ),
    "who edited does not submit": Case(
        ("EDITOR_SECRETARY", PROPOSED, REVIEWED), replace(SUBMITTED, by="EDITOR_SECRETARY"), "own-item"
    ),
    "it is not submitted to who edited": Case(
        ("EDITOR_HEAD", PROPOSED, REVIEWED),
        replace(SUBMITTED, decider="EDITOR_HEAD", decider_role=Role.HEAD),
        "own-item",
    ),
    "nobody submits to himself": Case(
        (PROPOSED, REVIEWED), replace(TO_SECRETARY_HEAD, by="SECRETARY_HEAD"), "same-person"
    ),
    "it is not submitted to who reviewed": Case(
        (PROPOSED, replace(REVIEWED, by="SECRETARY_HEAD")), TO_SECRETARY_HEAD, "same-person"
    ),
    "a deputy needs a delegation": Case((PROPOSED, REVIEWED), TO_UNDELEGATED, "no-delegation"),
    "a deputy with a delegation will do": Case((PROPOSED, REVIEWED), TO_DEPUTY, ""),
    "a deputy is no head": Case(
        (PROPOSED, REVIEWED), replace(SUBMITTED, decider="DEPUTY", decider_role=Role.HEAD), "wrong-role"
    ),
    "a duty officer decides on nothing": Case(
        (PROPOSED, REVIEWED), replace(SUBMITTED, decider="DUTY", decider_role=Role.HEAD), "wrong-role"
    ),
    "the secretary does not decide": Case(
        (PROPOSED, REVIEWED, SUBMITTED), replace(DECIDED, by="SECRETARY", role=Role.SECRETARY), "wrong-role"
    ),
    "the head waits where a deputy was named": Case((PROPOSED, REVIEWED, TO_DEPUTY), DECIDED, "not-the-decider"),
    "a deputy waits where the head was named": Case((PROPOSED, REVIEWED, SUBMITTED), BY_DEPUTY, "not-the-decider"),
    "who was named before waits": Case(
        (PROPOSED, REVIEWED, SUBMITTED, Word(step=ApprovalStep.WITHDRAW), TO_DEPUTY), DECIDED, "not-the-decider"
    ),
    "who decided does not confirm": Case(
        (
            *(PROPOSED, REVIEWED, TO_SECRETARY_HEAD),
            *(replace(DECIDED_TO_CHANGE, by="SECRETARY_HEAD"), EDIT, PROPOSED),
        ),
        replace(CONFORMED, by="SECRETARY_HEAD"),
        "same-person",
    ),
    "who decided does not review the next text": Case(
        (PROPOSED, REVIEWED, TO_SECRETARY_HEAD, replace(REFUSED, by="SECRETARY_HEAD"), EDIT, PROPOSED),
        replace(REVIEWED, by="SECRETARY_HEAD"),
        "same-person",
    ),
    "who edited does not confirm": Case(
        (PROPOSED, REVIEWED, SUBMITTED, DECIDED_TO_CHANGE, "EDITOR_SECRETARY", PROPOSED),
        replace(CONFORMED, by="EDITOR_SECRETARY"),
        "own-item",
    ),
    "changes are made before they are proposed": Case(
        (PROPOSED, REVIEWED, SUBMITTED, DECIDED_TO_CHANGE), PROPOSED, "unchanged"
    ),
    "a secretary does not publish": Case(
        WAYS[ContentState.AGREED], replace(TO_PUBLISH, by="SECRETARY", role=Role.SECRETARY), "wrong-role"
    ),
    "ten minutes are kept to stop it": Case(
        WAYS[ContentState.AGREED], replace(TO_PUBLISH, publish_at=NOW + timedelta(minutes=9)), "too-soon"
    ),
    "who took no part stops nothing": Case(
        WAYS[ContentState.TO_PUBLISH], replace(STOPPED, by="SECRETARY2", role=Role.SECRETARY), "took-no-part"
    ),
    "the author stops nothing": Case(
        WAYS[ContentState.TO_PUBLISH], replace(STOPPED, by="AUTHOR", role=Role.AUTHOR), "wrong-role"
    ),
    "who decided may stop it": Case(WAYS[ContentState.TO_PUBLISH], replace(STOPPED, by="HEAD", role=Role.HEAD), ""),
    "who edited may stop it": Case(("EDITOR2", *WAYS[ContentState.TO_PUBLISH]), replace(STOPPED, by="EDITOR2"), ""),
    "what is leaving is not stopped": Case((*WAYS[ContentState.TO_PUBLISH], "leaves"), STOPPED, "leaving"),
    "an editor asks for no takedown": Case(PUBLISHED, replace(ASKED, by="EDITOR", role=Role.EDITOR), "wrong-role"),
    "the head takes nothing down": Case((*PUBLISHED, ASKED), replace(ORDERED, by="HEAD", role=Role.HEAD), "wrong-role"),
    "any deputy takes down": Case((*PUBLISHED, ASKED), replace(ORDERED, by="UNDELEGATED"), ""),
    "who asked does not take down": Case(
        (*PUBLISHED, replace(ASKED, by="SECRETARY_DEPUTY")), replace(ORDERED, by="SECRETARY_DEPUTY"), "same-person"
    ),
}


@pytest.mark.parametrize("rule", WHO)
def test_a_word_is_for_whom_the_regulation_names(content: Contents, rule: str) -> None:
    case = WHO[rule]
    item_id = content.item()
    content.goes(item_id, *case.way)

    with refused(content.connection, case.refused):
        content.says(item_id, case.word)


def test_who_wrote_the_first_text_judges_no_later_one(content: Contents) -> None:
    item_id = content.item(author="EDITOR_SECRETARY")
    content.goes(item_id, EDIT, PROPOSED)

    with refused(content.connection, "own-item"):
        content.says(item_id, replace(REVIEWED, by="EDITOR_SECRETARY"))


@pytest.mark.parametrize(
    ("without", "delegated", "last", "reason"),
    [
        ((), (), "", "no-delegation"),
        ((), ("DEPUTY",), "2026-11-22", "no-delegation"),
        ((), ("DEPUTY",), "2026-11-23", ""),
        (("DEPUTY",), ("DEPUTY",), "", "wrong-role"),
    ],
)
def test_a_delegation_that_ends_between_letter_and_reply_ends_the_decision(
    content: Contents, without: Sequence[str], delegated: Sequence[str], last: str, reason: str
) -> None:
    item_id = content.item()
    content.goes(item_id, PROPOSED, REVIEWED, TO_DEPUTY)
    content.office(without=without, delegated=delegated, last=last)

    with refused(content.connection, reason):
        content.says(item_id, BY_DEPUTY)


def test_who_left_office_says_no_more_words(content: Contents) -> None:
    item_id = content.brought_to(ContentState.IN_DECISION)
    content.office(without=["HEAD"])

    with refused(content.connection, "wrong-role"):
        content.says(item_id, DECIDED)
