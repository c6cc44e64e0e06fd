"""What the regulation forbids about content, tried as the desk itself: each refusal says which rule it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from desk.rules.content.approvals import ApprovalStep, Verdict
from desk.rules.content.articles import Article, ImageBlock, TextBlock, VideoBlock, flaws
from desk.rules.office import Role
from desk.rules.states import ContentState
from desk.store import approvals, contents
from desk.store.content_law import ContentRefusedError, refusals
from tests.contents import (
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
    TEXT,
    TO_PUBLISH,
    WAYS,
    Contents,
    Evidence,
    Word,
)

Way = Sequence[Word | str]

TO_DEPUTY = replace(SUBMITTED, decider="DEPUTY", decider_role=Role.DEPUTY_HEAD)
TO_UNDELEGATED = replace(SUBMITTED, decider="UNDELEGATED", decider_role=Role.DEPUTY_HEAD)
TO_SECRETARY_HEAD = replace(SUBMITTED, decider="SECRETARY_HEAD", decider_role=Role.HEAD)
BY_DEPUTY = replace(DECIDED, by="DEPUTY", role=Role.DEPUTY_HEAD)
REFUSED = replace(DECIDED, verdict=Verdict.REFUSE)
ASKED = Word(step=ApprovalStep.ASK_TAKEDOWN)
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


@contextmanager
def refused(content: Contents, reason: str) -> Iterator[None]:
    """Expect a refusal for that reason, none where it is empty, and go on."""
    found = ""
    savepoint = content.connection.begin_nested()
    try:
        with refusals():
            yield
    except ContentRefusedError as error:
        found = error.reason_code
    savepoint.rollback()

    assert found == reason


@pytest.mark.parametrize("rule", WHO)
def test_a_word_is_for_whom_the_regulation_names(content: Contents, rule: str) -> None:
    case = WHO[rule]
    item_id = content.item()
    content.goes(item_id, *case.way)

    with refused(content, case.refused):
        content.says(item_id, case.word)


def test_who_wrote_the_first_text_judges_no_later_one(content: Contents) -> None:
    item_id = content.item(author="EDITOR_SECRETARY")
    content.goes(item_id, EDIT, PROPOSED)

    with refused(content, "own-item"):
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

    with refused(content, reason):
        content.says(item_id, BY_DEPUTY)


def test_who_left_office_says_no_more_words(content: Contents) -> None:
    item_id = content.brought_to(ContentState.IN_DECISION)
    content.office(without=["HEAD"])

    with refused(content, "wrong-role"):
        content.says(item_id, DECIDED)


STALE: dict[str, dict[str, Any]] = {
    "the version before": {"version": 1},
    "a version to come": {"version": 3},
    "another text": {"sha256": b"0" * 32},
}


@pytest.mark.parametrize("what", STALE)
def test_a_word_is_on_the_text_in_force(content: Contents, what: str) -> None:
    item_id = content.item()
    content.goes(item_id, EDIT)

    with refused(content, "stale-version"):
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

    with refused(content, "no-evidence"):
        content.says(item_id, REVIEWED, evidence, **changed)


def test_a_reply_address_of_another_article_is_no_evidence(content: Contents) -> None:
    item_id, other_id = content.brought_to(ContentState.IN_REVIEW), content.brought_to(ContentState.IN_REVIEW)

    with refused(content, "no-evidence"):
        content.says(item_id, REVIEWED, Evidence(content_item_id=other_id))


def test_an_address_counts_however_it_is_written(content: Contents) -> None:
    item_id = content.brought_to(ContentState.IN_REVIEW)

    with refused(content, ""):
        content.says(item_id, REVIEWED, Evidence(from_address="Secretary@BHXH.example.vn"))


def test_one_mail_says_a_word_once_even_where_the_second_would_be_passed_over(content: Contents) -> None:
    item_id = content.item()
    row = content.row(contents.get_item(content.connection, item_id), PROPOSED, Evidence())
    approvals.add_approval(content.connection, row)
    content.says(item_id, Word(step=ApprovalStep.REVIEW, verdict=Verdict.RETURN))
    other = content.row(contents.get_item(content.connection, item_id), PROPOSED, Evidence())

    with refused(content, "no-evidence"):
        approvals.add_approval(content.connection, replace(other, inbound_mail_id=row.inbound_mail_id))
    with refused(content, "no-evidence"):
        approvals.add_approval(content.connection, replace(other, token_sha256=row.token_sha256))
    with refused(content, "no-evidence"):
        content.connection.execute(
            text(
                "INSERT INTO approval (content_item_id, version, sha256, step, verdict, official_code, role,"
                " decided_at, inbound_mail_id, token_sha256) SELECT content_item_id, version, sha256, step, verdict, official_code,"
                " role, decided_at, inbound_mail_id, :token FROM approval WHERE step = 'propose' ON CONFLICT DO NOTHING"
            ),
            {"token": other.token_sha256},
        )


def test_the_desk_does_not_speak_as_a_login_of_the_portal(content: Contents) -> None:
    item_id = content.brought_to(ContentState.IN_REVIEW)
    row = content.row(contents.get_item(content.connection, item_id), REVIEWED, Evidence())

    with refused(content, "no-evidence"):
        content.connection.execute(
            text(
                "INSERT INTO approval (content_item_id, version, sha256, step, verdict, official_code, role,"
                " decided_at, login) VALUES (:item, 1, :sha256, 'review', 'agree', 'SECRETARY', 'secretary', :at, 'desk_app')"
            ),
            {"item": item_id, "sha256": row.sha256, "at": NOW},
        )


PARTS: dict[str, Article] = {
    "as it should be": TEXT,
    "no title": replace(TEXT, title=" \n"),
    "a title of 150 letters": replace(TEXT, title="ế" * 150),
    "a title of 151 letters": replace(TEXT, title="ế" * 151),
    "a title of 150 letters written in two signs each": replace(TEXT, title="e\u0301" * 150),
    "an author of 51 letters": replace(TEXT, author="a" * 51),
    "no author": replace(TEXT, author=""),
    "no description": replace(TEXT, description=""),
    "a description of 301 letters": replace(TEXT, description="a" * 301),
    "no cover": replace(TEXT, cover_url=""),
    "a cover without a server": replace(TEXT, cover_url="https://"),
    "a cover that is not encrypted": replace(TEXT, cover_url="http://portal.example.vn/anh.jpg"),
    "no body": replace(TEXT, blocks=()),
    "a body of pictures": replace(TEXT, blocks=(ImageBlock("https://portal.example.vn/1.jpg"),)),
    "a blank body": replace(TEXT, blocks=(TextBlock(" \n"),)),
    "a picture without an address": replace(TEXT, blocks=(*TEXT.blocks, ImageBlock("anh.jpg"))),
    "a picture": replace(TEXT, blocks=(*TEXT.blocks, ImageBlock("https://portal.example.vn/1.jpg", "Ảnh 1"))),
    "a video": replace(TEXT, blocks=(*TEXT.blocks, VideoBlock("https://portal.example.vn/1.mp4"))),
    "a video with a bare thumb": replace(TEXT, blocks=(*TEXT.blocks, VideoBlock("https://a.vn/1.mp4", "1.jpg"))),
}


@pytest.mark.parametrize("what", PARTS)
def test_what_zalo_would_refuse_is_not_proposed(content: Contents, what: str) -> None:
    item_id = content.item()
    content.writes(item_id, article=PARTS[what])

    with refused(content, "limits" if flaws(PARTS[what]) else ""):
        content.says(item_id, PROPOSED)


def test_what_was_not_looked_at_or_has_bad_pictures_is_not_proposed(content: Contents) -> None:
    item_id = content.item()
    content.writes(item_id, flaws=["Ảnh bìa nặng 2 MB"])
    with refused(content, "limits"):
        content.says(item_id, PROPOSED)

    contents.add_version(content.connection, item_id, TEXT, written_by="EDITOR", inbound_mail_id=None, written_at=NOW)
    with refused(content, "not-checked"):
        content.says(item_id, PROPOSED)


EDITS: dict[str, tuple[Way, str, str]] = {
    "the author hands it over": ((), "AUTHOR", "wrong-role"),
    "another editor": ((), "EDITOR2", ""),
    "a duty officer": ((), "DUTY", "wrong-role"),
    "nobody we know": ((), "X", "wrong-role"),
    "who reviewed it": ((PROPOSED, replace(REVIEWED, by="EDITOR_SECRETARY")), "EDITOR_SECRETARY", "own-item"),
    "who decided on it": (
        (
            *(PROPOSED, REVIEWED, replace(SUBMITTED, decider="EDITOR_HEAD", decider_role=Role.HEAD)),
            replace(REFUSED, by="EDITOR_HEAD"),
        ),
        "EDITOR_HEAD",
        "own-item",
    ),
    "while it leaves": ((*WAYS[ContentState.TO_PUBLISH], "leaves"), "EDITOR", "leaving"),
}


@pytest.mark.parametrize("who", EDITS)
def test_a_text_is_changed_by_whom_the_regulation_names(content: Contents, who: str) -> None:
    way, by, reason = EDITS[who]
    item_id = content.item()
    content.goes(item_id, *way)

    with refused(content, reason):
        content.writes(item_id, by=by)


@pytest.mark.parametrize(
    ("by", "reason"), [("AUTHOR", ""), ("COLLABORATOR", ""), ("EDITOR", ""), ("DUTY", "wrong-role")]
)
def test_a_first_text_comes_from_who_writes(content: Contents, by: str, reason: str) -> None:
    with refused(content, reason):
        content.item(author=by)


def an_approval(content: Contents, item_id: int, step: ApprovalStep) -> int:
    return approvals.get_newest(content.connection, item_id, step).approval_id


COMPLETE = {ContentState.TO_PUBLISH, ContentState.PUBLISHED}


@pytest.mark.parametrize("state", [state for state in ContentState if WAYS[state] and state not in COMPLETE])
def test_nothing_goes_out_on_words_that_are_not_complete(content: Contents, state: ContentState) -> None:
    item_id = content.brought_to(state)
    version = contents.get_item(content.connection, item_id).version

    for approval in approvals.find_approvals(content.connection, item_id):
        with refused(content, "not-publishable"):
            content.publication(item_id, approval.approval_id, version=version)


def test_a_publication_is_of_the_text_and_hour_that_were_said(content: Contents) -> None:
    item_id, other_id = content.brought_to(ContentState.AGREED), content.brought_to(ContentState.AGREED)
    approval_id = content.says(item_id, TO_PUBLISH)
    content.says(other_id, TO_PUBLISH)

    attempts: dict[str, tuple[Callable[[], None], str]] = {
        "another article": (lambda: content.publication(other_id, approval_id), "not-publishable"),
        "another version": (lambda: content.publication(item_id, approval_id, version=2), "not-publishable"),
        "an hour too early": (lambda: content.publication(item_id, approval_id, late=9), "not-publishable"),
        "as it was said": (lambda: content.publication(item_id, approval_id), ""),
    }
    for attempt, reason in attempts.values():
        with refused(content, reason):
            attempt()


def test_a_takedown_takes_a_deputys_word_on_that_article(content: Contents) -> None:
    item_id, other_id = content.brought_to(ContentState.PUBLISHED), content.brought_to(ContentState.PUBLISHED)
    content.says(item_id, ASKED)
    with refused(content, "not-ordered"):
        content.takedown(item_id, an_approval(content, item_id, ApprovalStep.ASK_TAKEDOWN))

    content.says(item_id, ORDERED)
    with refused(content, "not-ordered"):
        content.takedown(other_id, an_approval(content, item_id, ApprovalStep.DECIDE_TAKEDOWN))
    with refused(content, "not-ordered"):
        content.takedown(item_id, an_approval(content, item_id, ApprovalStep.ASK_TAKEDOWN))


def test_in_a_transaction_that_sees_the_past_nothing_is_decided(content: Contents) -> None:
    engine = content.connection.engine.execution_options(isolation_level="REPEATABLE READ")
    with engine.connect() as other, pytest.raises(ContentRefusedError, match="isolation"), refusals():
        Contents(other).item()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE content_item SET state = 'agreed'",
        "UPDATE content_item SET version = 1",
        "UPDATE content_item SET author = 'DUTY'",
        "UPDATE publication SET approval_id = 1",
        "UPDATE publication SET publish_at = now()",
        "UPDATE takedown SET publication_id = 1",
        "DELETE FROM publication",
        "INSERT INTO content_item (code, author, editor, opened_at, state) VALUES ('ND-2026-9', 'A', 'E', now(), 'agreed')",
        "INSERT INTO official VALUES (1, 'DUTY', 'head', 'n', 't', 'a', '[2026-01-01,)')",
        "INSERT INTO delegation VALUES (1, 'UNDELEGATED', 'content', 'act', '[2026-01-01,)')",
        "INSERT INTO approval (approval_id) OVERRIDING SYSTEM VALUE VALUES (1)",
        "INSERT INTO approval (act) VALUES ('act')",
        "INSERT INTO content_version (amends) VALUES (1)",
        "INSERT INTO publication (state) VALUES ('published')",
        "SELECT hold_content_item(1)",
    ],
)
def test_no_number_state_or_role_is_written_by_hand(content: Contents, change: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), content.connection.begin_nested():
        content.connection.exec_driver_sql(change)
