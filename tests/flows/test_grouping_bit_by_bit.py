"""Questions as the store holds them do not depend on how the pulls were cut, nor on when anybody sealed (A23)."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest

from tasks.grouping import seal_batch
from tests.dates import at
from tests.flows.conftest import LOST_BOOK, Rows, Say

pytestmark = pytest.mark.usefixtures("desk")

MORNING = at("Fri 2026-11-20 08:00")
EVENING = MORNING + timedelta(hours=10)
TEXTS = (
    LOST_BOOK,
    "Chế độ thai sản khi sinh đôi được hưởng thế nào?",
    "em đóng bảo hiểm được 5 năm rồi, thai sản ấy",
    "Em chào anh chị ạ",
    "Cảm ơn nhiều nhé",
    "sao lâu quá vậy ad",
    "à còn cái này nữa",
    "mã số bhxh của em là 7912345678",
    "Tôi muốn tố cáo cán bộ BHXH nhận tiền làm hồ sơ thai sản",
    "",
)


def sealed_at(moment: datetime) -> None:
    while seal_batch.fn(moment):
        pass


def came_to(rows: Rows, user: str) -> list[dict[str, Any]]:
    """Return what each message of a citizen was taken for, and which of the citizen's questions it belongs to."""
    return rows(
        "SELECT sent_at, message.text, purpose, dense_rank() OVER (ORDER BY question_id) AS nth, question.text AS of, "
        "topics, sensitive, received_at, last_message_at "
        "FROM message LEFT JOIN question USING (question_id) WHERE message.user_id = :user ORDER BY sent_at",
        user=user,
    )


@pytest.mark.parametrize("seed", range(4))
def test_rows_in_any_order_and_any_cut_come_to_the_questions_of_one_look(say: Say, rows: Rows, seed: int) -> None:
    randomly = Random(seed)  # noqa: S311 - a seeded draw
    said, sent_at = [], MORNING
    for _ in range(25):
        sent_at += timedelta(seconds=randomly.choice([5, 40, 200, 290, 400, 1700, 4000]))
        text = randomly.choice(TEXTS)
        said.append((sent_at, text, "text" if text else "photo"))
    looks = sorted(randomly.uniform(0, (sent_at - MORNING).total_seconds()) for _ in range(9))

    for moment, text, kind in said:
        say("whole", text, at=moment, kind=kind)
    sealed_at(EVENING)
    for since, until in zip([0.0, *looks], [*looks, float("inf")], strict=True):
        page = [one for one in said if since < (one[0] - MORNING).total_seconds() <= until]
        randomly.shuffle(page)
        for moment, text, kind in page:
            say("cut", text, at=moment, kind=kind)
        sealed_at(min(EVENING, MORNING + timedelta(seconds=min(until, 36_000))))

    whole = came_to(rows, "whole")
    assert came_to(rows, "cut") == whole
    assert len({row["nth"] for row in whole}) > 2
    assert rows("SELECT * FROM message WHERE purpose IS NULL") == []


def test_what_turns_up_late_joins_the_open_question_it_was_said_beside_and_regroups_nothing(
    say: Say, rows: Rows
) -> None:
    say("u1", LOST_BOOK, at=MORNING)
    say("u1", "Cảm ơn nhiều nhé", at=MORNING + timedelta(hours=1))
    sealed_at(MORNING + timedelta(hours=2))
    say("u1", "sổ cũ cấp năm 2010", at=MORNING + timedelta(seconds=90))
    sealed_at(MORNING + timedelta(hours=3))

    taken = [(row["text"], row["purpose"]) for row in came_to(rows, "u1")]
    assert taken[:2] == [(LOST_BOOK, "question"), ("sổ cũ cấp năm 2010", "late")]
    assert len(rows("SELECT * FROM question")) == 1


def test_what_turns_up_late_and_was_said_beside_nothing_open_is_read_like_anything_else(say: Say, rows: Rows) -> None:
    say("u1", LOST_BOOK, at=MORNING)
    sealed_at(MORNING + timedelta(minutes=10))
    rows("UPDATE question SET state = 'closed', closed_at = :at", at=MORNING + timedelta(minutes=20))
    say("u1", "Em chào anh chị ạ", at=MORNING + timedelta(hours=5))
    sealed_at(MORNING + timedelta(hours=6))
    for line, text in enumerate(["Em muốn hỏi", "chế độ thai sản khi sinh đôi được hưởng thế nào?"]):
        say("u1", text, at=MORNING + timedelta(hours=4, seconds=line))
    say("u1", "còn thẻ thì sao", at=MORNING + timedelta(seconds=60))
    sealed_at(MORNING + timedelta(hours=7))

    texts = [row["text"] for row in rows("SELECT text FROM question WHERE closed_at IS NULL ORDER BY received_at")]
    assert texts == ["còn thẻ thì sao", "Em muốn hỏi\nchế độ thai sản khi sinh đôi được hưởng thế nào?"]


def test_a_late_denunciation_is_no_part_of_an_ordinary_question(say: Say, rows: Rows) -> None:
    say("u1", LOST_BOOK, at=MORNING)
    say("u1", "Cảm ơn nhiều nhé", at=MORNING + timedelta(hours=1))
    sealed_at(MORNING + timedelta(hours=2))
    say("u1", "Tôi muốn tố cáo cán bộ nhận tiền làm hồ sơ", at=MORNING + timedelta(seconds=90))
    sealed_at(MORNING + timedelta(hours=3))

    assert [row["sensitive"] for row in rows("SELECT sensitive FROM question ORDER BY question_id")] == [None, "to_cao"]
