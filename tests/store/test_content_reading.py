"""What is read back of articles: as they stand, who took part, what waits, and their whole history."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from desk.rules.content.approvals import ApprovalStep
from desk.rules.states import ContentState
from desk.store import approvals, contents
from desk.store.content_histories import get_content_history
from tests.content_words import DECIDED, DECIDED_TO_CHANGE, EDIT, NOW, PROPOSED, REVIEWED, SUBMITTED, TEXT
from tests.contents import Contents


def test_a_text_comes_back_as_it_was_written(content: Contents) -> None:
    item_id = content.item()
    content.writes(item_id, article=replace(TEXT, title="Tiêu đề mới"))

    item = contents.get_item(content.connection, item_id)
    first = contents.get_version(content.connection, item_id, 1)

    assert (item.state, item.version, item.article.title) == (ContentState.DRAFT, 2, "Tiêu đề mới")
    assert (first.article, first.written_by, first.amends) == (TEXT, "AUTHOR", None)
    assert item.sha256 != first.sha256


def test_the_same_text_has_the_same_hash_in_any_article(content: Contents) -> None:
    hashes = {contents.get_item(content.connection, content.item()).sha256 for _ in range(2)}

    assert len(hashes) == 1


def test_an_article_is_found_by_number_or_code_and_otherwise_not(content: Contents) -> None:
    item = contents.get_item(content.connection, content.item())

    assert contents.claim_item(content.connection, content_item_id=item.content_item_id) == item
    assert contents.claim_item(content.connection, code=item.code) == item
    assert contents.claim_item(content.connection, code="ND-2026-9999") is None


def test_what_waits_for_a_word_is_found_oldest_first_until_it_moves(content: Contents) -> None:
    younger, older, moved, edited = (content.item() for _ in range(4))
    for item_id, hours in ((younger, 2), (older, 5), (moved, 6), (edited, 6)):
        contents.record_asked(content.connection, item_id, "EDITOR", NOW - timedelta(hours=hours))
    content.goes(moved, PROPOSED)
    content.goes(edited, EDIT)

    def waiting(hours: int) -> list[int]:
        asked_before = NOW - timedelta(hours=hours)
        found = contents.claim_waiting(content.connection, asked_before=asked_before, limit=10)
        return [item.content_item_id for item in found]

    assert waiting(1) == [older, younger]
    assert waiting(3) == [older]


def test_another_editor_may_take_an_article_over(content: Contents) -> None:
    item_id = content.item()

    contents.record_editor(content.connection, item_id, "EDITOR2")

    assert contents.get_item(content.connection, item_id).editor == "EDITOR2"


def test_who_took_part_is_named_once_the_author_and_the_editor_first(content: Contents) -> None:
    item_id = content.item()
    content.goes(item_id, "EDITOR2", PROPOSED, REVIEWED, SUBMITTED)

    took_part = contents.find_took_part(content.connection, item_id)

    assert took_part == ["AUTHOR", "EDITOR", "EDITOR2", "SECRETARY"]
    assert contents.find_writers(content.connection, item_id) == {"AUTHOR", "EDITOR2"}


def test_words_come_back_as_they_were_said(content: Contents) -> None:
    item_id = content.item()
    content.goes(item_id, PROPOSED, REVIEWED, SUBMITTED, DECIDED_TO_CHANGE)

    words = approvals.find_approvals(content.connection, item_id)

    assert [word.step for word in words] == ["propose", "review", "submit", "decide"]
    assert words[-1] == approvals.get_newest(content.connection, item_id, ApprovalStep.DECIDE)
    assert (words[-1].official_code, words[-1].reason) == ("HEAD", "đề nghị sửa đoạn 2")
    assert (words[2].decider, words[2].decider_role) == ("HEAD", "head")


def test_the_history_of_an_article_is_whole(content: Contents) -> None:
    item_id = content.brought_to(ContentState.TAKEN_DOWN)
    code = contents.get_item(content.connection, item_id).code

    history = get_content_history(content.connection, code)

    assert history
    assert history.item["state"] == "taken_down"
    assert [word["step"] for word in history.words][-3:] == ["publish", "ask_takedown", "decide_takedown"]
    assert [row["state"] for row in (*history.publications, *history.takedowns)] == ["published", "done"]
    assert (len(history.versions), history.letters, history.work, history.events) == (1, [], [], [])
    assert get_content_history(content.connection, "ND-2026-9999") is None


def test_a_decision_names_the_official_it_was_submitted_to(content: Contents) -> None:
    item_id = content.item()
    content.goes(item_id, PROPOSED, REVIEWED, SUBMITTED)
    assert contents.get_item(content.connection, item_id).decider == "HEAD"

    content.goes(item_id, DECIDED)

    assert contents.get_item(content.connection, item_id).decider == "HEAD"
