"""What is refused of texts, publications and takedowns, and by hand; each refusal says which rule it was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import ProgrammingError

from desk.rules.content.approvals import ApprovalStep, Verdict
from desk.rules.content.articles import Article, ImageBlock, TextBlock, VideoBlock, flaws
from desk.rules.office import Role
from desk.rules.states import ContentState
from desk.store import approvals, contents
from desk.store.content_law import ContentRefusedError, refusals
from tests.content_words import (
    ASKED,
    DECIDED,
    NOW,
    ORDERED,
    PROPOSED,
    REVIEWED,
    SUBMITTED,
    TEXT,
    TO_PUBLISH,
    WAYS,
    Word,
)
from tests.contents import Contents, refused

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

    with refused(content.connection, "limits" if flaws(PARTS[what]) else ""):
        content.says(item_id, PROPOSED)


def test_what_was_not_looked_at_or_has_bad_pictures_is_not_proposed(content: Contents) -> None:
    item_id = content.item()
    content.writes(item_id, flaws=["Ảnh bìa nặng 2 MB"])
    with refused(content.connection, "limits"):
        content.says(item_id, PROPOSED)

    contents.add_version(content.connection, item_id, TEXT, written_by="EDITOR", inbound_mail_id=None, written_at=NOW)
    with refused(content.connection, "not-checked"):
        content.says(item_id, PROPOSED)


EDITS: dict[str, tuple[Sequence[Word | str], str, str]] = {
    "the author hands it over": ((), "AUTHOR", "wrong-role"),
    "another editor": ((), "EDITOR2", ""),
    "a duty officer": ((), "DUTY", "wrong-role"),
    "nobody we know": ((), "X", "wrong-role"),
    "who reviewed it": ((PROPOSED, replace(REVIEWED, by="EDITOR_SECRETARY")), "EDITOR_SECRETARY", "own-item"),
    "who decided on it": (
        (
            *(PROPOSED, REVIEWED, replace(SUBMITTED, decider="EDITOR_HEAD", decider_role=Role.HEAD)),
            replace(DECIDED, verdict=Verdict.REFUSE, by="EDITOR_HEAD"),
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

    with refused(content.connection, reason):
        content.writes(item_id, by=by)


@pytest.mark.parametrize(
    ("by", "reason"), [("AUTHOR", ""), ("COLLABORATOR", ""), ("EDITOR", ""), ("DUTY", "wrong-role")]
)
def test_a_first_text_comes_from_who_writes(content: Contents, by: str, reason: str) -> None:
    with refused(content.connection, reason):
        content.item(author=by)


def an_approval(content: Contents, item_id: int, step: ApprovalStep) -> int:
    return approvals.get_newest(content.connection, item_id, step).approval_id


COMPLETE = {ContentState.TO_PUBLISH, ContentState.PUBLISHED}


@pytest.mark.parametrize("state", [state for state in ContentState if WAYS[state] and state not in COMPLETE])
def test_nothing_goes_out_on_words_that_are_not_complete(content: Contents, state: ContentState) -> None:
    item_id = content.brought_to(state)
    version = contents.get_item(content.connection, item_id).version

    for approval in approvals.find_approvals(content.connection, item_id):
        with refused(content.connection, "not-publishable"):
            content.publication(item_id, approval.approval_id, version=version)


def test_a_publication_is_of_the_text_and_hour_that_were_said(content: Contents) -> None:
    item_id, other_id = content.brought_to(ContentState.AGREED), content.brought_to(ContentState.AGREED)
    approval_id = content.says(item_id, TO_PUBLISH)
    content.says(other_id, TO_PUBLISH)

    attempts: dict[str, tuple[Callable[[], None], str]] = {
        "another article": (lambda: content.publication(other_id, approval_id), "not-publishable"),
        "another version": (lambda: content.publication(item_id, approval_id, version=2), "not-publishable"),
        "an hour too early": (
            lambda: content.publication(item_id, approval_id, publish_at=NOW + timedelta(minutes=9)),
            "not-publishable",
        ),
        "as it was said": (lambda: content.publication(item_id, approval_id), ""),
    }
    for attempt, reason in attempts.values():
        with refused(content.connection, reason):
            attempt()


def test_a_takedown_takes_a_deputys_word_on_that_article(content: Contents) -> None:
    item_id, other_id = content.brought_to(ContentState.PUBLISHED), content.brought_to(ContentState.PUBLISHED)
    content.says(item_id, ASKED)
    with refused(content.connection, "not-ordered"):
        content.takedown(item_id, an_approval(content, item_id, ApprovalStep.ASK_TAKEDOWN))

    content.says(item_id, ORDERED)
    with refused(content.connection, "not-ordered"):
        content.takedown(other_id, an_approval(content, item_id, ApprovalStep.DECIDE_TAKEDOWN))
    with refused(content.connection, "not-ordered"):
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
        "INSERT INTO content_item (code, author, editor, opened_at, state) VALUES ('ND', 'A', 'E', now(), 'agreed')",
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
