"""A change of the working calendar, and what has outlived its time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from desk.rules.office import CalendarDay, DayKind
from desk.runtime import office as offices
from desk.runtime.database import transaction
from tasks.housekeeping import apply_retention, redate_batch
from tests.flows.conftest import Handle, Rows, Say, trusting_office

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
LOST_BOOK = "Tôi bị mất sổ bảo hiểm xã hội, xin hỏi thủ tục cấp lại sổ BHXH?"
pytestmark = pytest.mark.usefixtures("desk")


def change_calendar(kind: DayKind, day: date) -> None:
    row = CalendarDay(day=day, kind=kind, reason="Lịch thay đổi", source="Công văn thử")
    with transaction() as connection:
        office = trusting_office()
        offices.load(connection, replace(office, days=(*(d for d in office.days if d.day != day), row)))


def keep_house() -> None:
    while redate_batch.fn(NOW):
        pass


def test_a_new_day_off_moves_open_dates_later_and_is_told_once_in_one_digest(
    say: Say, handle: Handle, rows: Rows
) -> None:
    say("u1", LOST_BOOK, at=NOW - timedelta(minutes=20))
    say("u2", LOST_BOOK, at=NOW - timedelta(minutes=20))
    handle(NOW)
    change_calendar(DayKind.OFF, date(2026, 11, 25))

    keep_house()
    keep_house()

    assert rows("SELECT DISTINCT promised_on::text AS due FROM question") == [{"due": "2026-11-27"}]
    assert rows("SELECT DISTINCT told_on::text AS due FROM assignment") == [{"due": "2026-11-27"}]
    (digest,) = rows("SELECT parts->>'text' AS text FROM outbox WHERE kind = 'redating-digest'")
    assert digest["text"].count("thứ Sáu, 27/11/2026") == 2
    told = rows("SELECT key FROM outbox WHERE key LIKE :key", key="forwarded:%:2026-11-27")
    assert len(told) == 2


def test_a_new_working_saturday_never_moves_a_date_that_was_told_and_shows_the_stricter_one(
    say: Say, handle: Handle, rows: Rows
) -> None:
    say("u1", LOST_BOOK, at=NOW - timedelta(minutes=20))
    handle(NOW)
    change_calendar(DayKind.WORK, date(2026, 11, 21))

    keep_house()

    (question,) = rows(
        "SELECT promised_on::text AS told, due_by_rule_on::text AS rule, promised_because AS why FROM question"
    )
    assert (question["told"], question["rule"]) == ("2026-11-26", "2026-11-25")
    assert "Giữ nguyên ngày đã thông báo" in question["why"]
    assert rows("SELECT count(*) AS n FROM outbox WHERE kind = 'redating-digest'") == [{"n": 0}]


def test_a_question_that_cannot_be_dated_is_set_aside_and_those_of_its_day_go_on(
    say: Say, handle: Handle, rows: Rows
) -> None:
    for citizen in ("u1", "u2", "u3"):
        say(citizen, LOST_BOOK, at=NOW - timedelta(minutes=20))
    handle(NOW)
    rows("UPDATE question SET unit_count = -1 WHERE user_id IN ('u1', 'u2')")
    change_calendar(DayKind.OFF, date(2026, 11, 25))

    keep_house()

    dated = rows(
        "SELECT user_id, promised_on::text AS due, told_on::text AS told, parked_at IS NOT NULL AS aside "
        "FROM question JOIN assignment USING (question_id) ORDER BY user_id"
    )
    assert [tuple(row.values()) for row in dated] == [
        ("u1", "2026-11-26", "2026-11-26", True),
        ("u2", "2026-11-26", "2026-11-26", True),
        ("u3", "2026-11-27", "2026-11-27", False),
    ]
    items = rows("SELECT user_id FROM work_item JOIN question USING (question_id) WHERE kind = 'bug' ORDER BY user_id")
    assert [item["user_id"] for item in items] == ["u1", "u2"]


def test_each_of_several_units_and_a_question_with_the_duty_officer_keep_their_own_dates(
    say: Say, handle: Handle, rows: Rows
) -> None:
    for citizen in ("u1", "u2", "u3"):
        say(citizen, LOST_BOOK, at=NOW - timedelta(minutes=20))
    handle(NOW)
    rows("UPDATE question SET unit_count = 3 WHERE user_id = 'u1'")
    rows(
        "INSERT INTO assignment "
        "(question_id, unit_code, lettered_on, unit_due_on, unit_because, told_on, calendar_version) "
        "SELECT question_id, 'B_CSXH', '2026-11-23', '2026-11-30', '', '2026-11-30', calendar_version "
        "FROM question JOIN assignment USING (question_id, calendar_version) WHERE user_id = 'u1'"
    )
    rows("UPDATE question SET state = 'with_duty', promised_on = NULL WHERE user_id = 'u2'")
    rows(
        "UPDATE assignment SET state = 'withdrawn' FROM question "
        "WHERE question.question_id = assignment.question_id AND user_id = 'u2'"
    )
    change_calendar(DayKind.OFF, date(2026, 11, 25))

    keep_house()

    dated = rows(
        "SELECT user_id, promised_on::text AS due, due_by_rule_on::text AS rule FROM question ORDER BY user_id"
    )
    assert [tuple(row.values()) for row in dated] == [
        ("u1", "2026-12-01", "2026-12-01"),
        ("u2", None, "2026-11-23"),
        ("u3", "2026-11-27", "2026-11-27"),
    ]
    at_units = rows(
        "SELECT user_id, lettered_on::text AS lettered, unit_due_on::text AS due, told_on::text AS told "
        "FROM assignment JOIN question USING (question_id) ORDER BY user_id, assignment_id"
    )
    assert [tuple(row.values()) for row in at_units] == [
        ("u1", "2026-11-20", "2026-12-01", "2026-12-01"),
        ("u1", "2026-11-23", "2026-12-02", "2026-12-01"),
        ("u2", "2026-11-20", "2026-11-26", "2026-11-26"),
        ("u3", "2026-11-20", "2026-11-27", "2026-11-27"),
    ]


def test_payloads_are_erased_when_their_time_is_over_and_keys_stay(say: Say, handle: Handle, rows: Rows) -> None:
    long_ago = NOW - timedelta(days=6 * 365)
    say("u1", LOST_BOOK, at=NOW - timedelta(minutes=20))
    handle(NOW)
    rows("UPDATE message SET sent_at = :at", at=long_ago)
    rows("UPDATE question SET state = 'closed', closed_at = :at", at=long_ago)
    rows("UPDATE outbox SET state = 'sent', recorded_at = :at", at=long_ago)

    while apply_retention.fn(NOW):
        pass

    assert rows("SELECT text, raw FROM message") == [{"text": "", "raw": None}]
    assert rows("SELECT text FROM question") == [{"text": ""}]
    assert {row["parts"] for row in rows("SELECT parts FROM outbox")} == {None}
    assert rows("SELECT count(*) > 0 AS kept FROM outbox") == [{"kept": True}]


@pytest.mark.parametrize(("years_ago", "kept"), [(4, True), (6, False)])
def test_quoted_mails_and_names_go_with_the_work_and_questions_they_belong_to(
    say: Say, handle: Handle, rows: Rows, years_ago: int, *, kept: bool
) -> None:
    say("u1", LOST_BOOK, at=NOW - timedelta(minutes=20))
    handle(NOW)
    rows("UPDATE question SET state = 'closed', closed_at = :at", at=NOW - timedelta(days=years_ago * 366))
    rows("UPDATE assignment SET passed_to = 'đ/c Hùng'")
    work = """INSERT INTO work_item (key, kind, reason, owner, remedy, proposals, asked, asked_of, closed_at, closed_by)
              VALUES (:key, 'held_mail', 'vì sao', 'duty_officer', 'cách làm', '[{"label_vi": "gia hạn"}]',
                      '{"quoted": "Số CCCD của tôi là 001099012345"}', 'HA', :at, 'HA')"""
    rows(work, key="done", at=NOW - timedelta(days=years_ago * 366))
    rows(work, key="open", at=None)

    while apply_retention.fn(NOW):
        pass

    assert rows("SELECT passed_to <> '' AS kept FROM assignment") == [{"kept": kept}]
    found = rows("SELECT key, asked IS NOT NULL AS asked, proposals <> '[]' AS proposed FROM work_item ORDER BY key")
    assert found == [
        {"key": "done", "asked": kept, "proposed": kept},
        {"key": "open", "asked": True, "proposed": True},
    ]
    assert {row["reason"] for row in rows("SELECT reason FROM work_item")} == {"vì sao"}


@pytest.mark.parametrize(
    ("state", "days_ago", "copy_came_back", "kept"),
    [
        ("sent", 0, True, False),
        ("sent", 29, False, True),
        ("sent", 31, False, True),
        ("uncertain", 31, False, True),
        ("queued", 31, False, True),
    ],
)
def test_the_bytes_of_a_letter_are_kept_while_it_may_have_to_be_repeated(
    say: Say, handle: Handle, rows: Rows, state: str, days_ago: int, *, copy_came_back: bool, kept: bool
) -> None:
    say("u1", LOST_BOOK, at=NOW - timedelta(minutes=20))
    handle(NOW)
    rows("UPDATE outbox SET body = 'bytes'")
    rows(
        "UPDATE outbox SET state = :state, sent_at = :at, "
        "copy_seen_at = CASE WHEN :copy_came_back THEN CAST(:at AS timestamptz) END WHERE channel = 'mail'",
        state=state,
        at=NOW - timedelta(days=days_ago),
        copy_came_back=copy_came_back,
    )

    while apply_retention.fn(NOW):
        pass

    letters = rows("SELECT body IS NOT NULL AS kept, parts IS NOT NULL AS shown FROM outbox WHERE channel = 'mail'")
    assert letters == [{"kept": kept, "shown": True}]
    assert {row["kept"] for row in rows("SELECT body IS NOT NULL AS kept FROM outbox WHERE channel = 'zalo'")} == {True}
