"""What citizens write after their answer: thanks and taps are kept, more is taken up again, the rest is new."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from desk.rules.taps import NOT_SATISFIED, SATISFIED, payload
from tests.dates import at
from tests.flows.conftest import Handle, Rows, Say

ASKED = at("Thu 2026-11-19 09:00")
ANSWERED = at("Fri 2026-11-20 15:00")
LOST_BOOK = "Tôi bị mất sổ bảo hiểm xã hội, xin hỏi thủ tục cấp lại sổ BHXH?"
pytestmark = pytest.mark.usefixtures("desk")


@pytest.fixture(autouse=True)
def answered(desk: object, say: Say, handle: Handle, rows: Rows) -> None:  # noqa: ARG001 - in office first
    """Let a question be answered on a Friday afternoon."""
    rows("UPDATE pull_cursor SET swept_at = '2027-01-01'")
    say("lan", LOST_BOOK, at=ASKED)
    handle(ASKED + timedelta(minutes=10))
    rows(
        "UPDATE question SET state = 'answered', answered_at = :at, closed_at = :at, unit_count = 1",
        at=ANSWERED,
    )
    rows("UPDATE assignment SET state = 'closed'")
    rows("UPDATE work_item SET closed_at = now()")


def states(rows: Rows) -> list[str]:
    return [str(row["state"]) for row in rows("SELECT state FROM question ORDER BY question_id")]


def last_purpose(rows: Rows) -> str:
    return str(rows("SELECT purpose FROM message ORDER BY sent_at DESC LIMIT 1")[0]["purpose"])


def write(say: Say, handle: Handle, said: str, moment: datetime) -> None:
    say("lan", said, at=moment)
    handle(moment + timedelta(minutes=10))


def test_more_about_an_answer_opens_the_question_again_for_the_duty_officer(
    say: Say, handle: Handle, rows: Rows
) -> None:
    write(say, handle, "Vậy trường hợp của tôi thì làm thế nào?", at("Mon 2026-11-23 20:00"))

    (question,) = rows(
        "SELECT state, received_at, due_by_rule_on::text, promised_on, closed_at, answered_at, text, case_code "
        "FROM question"
    )
    assert question["state"] == "in_triage"
    assert question["received_at"] == at("Mon 2026-11-23 20:00")
    assert question["due_by_rule_on"] == "2026-11-25"
    assert question["promised_on"] is question["closed_at"] is question["answered_at"] is None
    assert question["text"] == f"{LOST_BOOK}\nVậy trường hợp của tôi thì làm thế nào?"
    (item,) = rows("SELECT reason, owner FROM work_item WHERE closed_at IS NULL")
    assert item == {
        "reason": f"Công dân hỏi tiếp sau câu trả lời cho câu hỏi {question['case_code']}.",
        "owner": "duty_officer",
    }
    (event,) = rows("SELECT details->>'answered_at' AS answered_at FROM event WHERE kind = 'asked_on'")
    assert datetime.fromisoformat(str(event["answered_at"])) == ANSWERED


@pytest.mark.parametrize("said", ["Cảm ơn ad nhiều ạ", "dạ em cảm ơn", "ok"])
def test_thanks_are_kept_with_the_question_and_nothing_is_done(said: str, say: Say, handle: Handle, rows: Rows) -> None:
    before = rows("SELECT count(*) AS n FROM outbox")

    write(say, handle, said, at("Fri 2026-11-20 15:30"))

    assert states(rows) == ["answered"]
    assert rows("SELECT purpose, question_id IS NOT NULL AS kept FROM message ORDER BY sent_at DESC LIMIT 1") == [
        {"purpose": "thanks", "kept": True}
    ]
    assert rows("SELECT count(*) AS n FROM outbox") == before
    assert rows("SELECT count(*) AS n FROM work_item WHERE closed_at IS NULL") == [{"n": 0}]


@pytest.mark.parametrize(("tapped", "is_satisfied"), [(SATISFIED, "true"), (NOT_SATISFIED, "false")])
def test_what_a_citizen_taps_under_an_answer_is_counted_and_nothing_else(
    tapped: str, is_satisfied: str, say: Say, handle: Handle, rows: Rows
) -> None:
    (question,) = rows("SELECT question_id FROM question")

    write(say, handle, payload(tapped, int(str(question["question_id"]))), at("Fri 2026-11-20 15:30"))

    assert states(rows) == ["answered"]
    assert last_purpose(rows) == "rating"
    assert rows("SELECT details->>'is_satisfied' AS said, question_id FROM event WHERE kind = 'answer_rated'") == [
        {"said": is_satisfied, **question}
    ]


def test_nobody_rates_the_answer_of_another(say: Say, handle: Handle, rows: Rows) -> None:
    (question,) = rows("SELECT question_id FROM question")

    say("hung", payload(SATISFIED, int(str(question["question_id"]))), at=at("Fri 2026-11-20 15:30"))
    handle(at("Fri 2026-11-20 15:40"))

    assert rows("SELECT count(*) AS n FROM event WHERE kind = 'answer_rated'") == [{"n": 0}]


def test_another_matter_or_one_that_comes_days_later_is_a_new_question(say: Say, handle: Handle, rows: Rows) -> None:
    write(say, handle, "Mức hưởng trợ cấp thất nghiệp tính thế nào?", at("Fri 2026-11-20 16:00"))
    assert states(rows) == ["answered", "routed"]
    rows("UPDATE question SET state = 'answered', closed_at = :at, answered_at = :at", at=ANSWERED)

    write(say, handle, "Vậy trường hợp của tôi thì làm thế nào?", at("Fri 2026-11-27 08:00"))

    assert states(rows)[:2] == ["answered", "answered"]
    assert len(states(rows)) == 3


def test_whoever_quotes_the_answer_asks_on_about_it_weeks_later(say: Say, handle: Handle, rows: Rows) -> None:
    rows(
        "INSERT INTO outbox (key, channel, kind, stream, recipient, question_id, queued_on, state) "
        "SELECT 'answer:1:text:1', 'zalo', 'answer', 'citizen:lan', 'lan', question_id, '2026-11-20', 'sent' "
        "FROM question"
    )
    rows(
        "INSERT INTO message (message_id, user_id, from_citizen, sent_at, kind, text, purpose, outbox_id) "
        "SELECT 'answer', 'lan', false, :at, 'text', '', 'echo', outbox_id FROM outbox WHERE kind = 'answer'",
        at=ANSWERED,
    )
    say("lan", "Chỗ này tôi chưa rõ, trường hợp của tôi thì thế nào?", at=at("Mon 2026-12-14 08:00"))
    rows("UPDATE message SET quoted_id = 'answer' WHERE purpose IS NULL")

    handle(at("Mon 2026-12-14 08:10"))

    assert states(rows) == ["in_triage"]


def test_a_photo_after_an_answer_goes_with_its_question(say: Say, handle: Handle, rows: Rows) -> None:
    say("lan", "", at=at("Fri 2026-11-20 15:30"), kind="photo")
    handle(at("Fri 2026-11-20 15:40"))

    assert states(rows) == ["in_triage"]
    assert last_purpose(rows) == "follow_up"
