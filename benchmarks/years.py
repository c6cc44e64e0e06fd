"""What years of work leave behind, and what is open in front of it: filled by set-based statements."""

from __future__ import annotations

from sqlalchemy import Connection, text

from benchmarks.desks import AS_OF

# so many citizens have asked all questions, and go on asking
CITIZENS = 400_000
# of what is open, one in so many waits for each kind of step
ONE_IN = 20

# before AS_OF, spread over nearly five years: retention has not come to any of it
_CLOSED_AT = "CAST(:as_of AS timestamptz) - interval '30 days' - (:number - n) * interval '1700 days' / :number"

_CLOSED = (
    """
    INSERT INTO citizen (user_id, display_name, complete_to, walked_at, last_act_at, sealed_to)
    SELECT 'c' || n, 'Nguyễn Văn An', :as_of, :as_of, :as_of, :as_of FROM generate_series(0, :citizens - 1) AS n
    """,
    f"""
    INSERT INTO question (question_id, case_code, user_id, state, text, topics, received_at, last_message_at, sealed_at,
                          acknowledged, unit_count, promised_on, due_by_rule_on, promised_because, calendar_version,
                          window_closes_at, reported_at, routed_at, closed_at, recorded_at)
    SELECT n, 'ZL 21-' || lpad(n::text, 7, '0'), 'c' || n % :citizens, 'closed',
           'Tôi nghỉ việc từ tháng 5, đã chốt sổ BHXH, xin hỏi thủ tục và nơi nộp hồ sơ hưởng trợ cấp thất nghiệp?',
           '{{bhtn}}', at, at, at, true, 1, at::date, at::date, 'Nhận thứ Hai 16/11/2026; hạn: hết thứ Năm 19/11/2026.',
           1, at, at, at, at, at
    FROM (SELECT n, {_CLOSED_AT} AS at FROM generate_series(1, :number) AS n) AS closed
    """,
    """
    INSERT INTO message (message_id, user_id, from_citizen, sent_at, kind, text, raw, purpose, question_id, recorded_at)
    SELECT 'old' || question_id, user_id, true, received_at, 'text', text, '{"type": "text"}', 'question', question_id,
           received_at
    FROM question
    """,
    """
    INSERT INTO classification (question_id, topics, competences, scope, redirect, confidence, evidence, version,
                                decision)
    SELECT question_id, topics, '{TST}', 'in', '{}', 0.9, '[]', 'a1b2c3d4e5f6', 'Route' FROM question
    """,
    """
    INSERT INTO assignment (question_id, unit_code, state, lettered_on, lettered_at, unit_due_on, unit_because, told_on,
                            calendar_version)
    SELECT question_id, 'B_QLT', 'closed', promised_on, closed_at, promised_on, promised_because, promised_on, 1
    FROM question
    """,
    """
    INSERT INTO outbox (key, channel, kind, stream, recipient, question_id, parts, queued_on, state, attempts, sent_at,
                        outside_id, copy_seen_at, outcome, recorded_at, next_attempt_at)
    SELECT made.kind || ':' || question_id, made.channel, made.kind,
           CASE made.channel WHEN 'zalo' THEN 'citizen:' || user_id ELSE 'question:' || question_id || '\\:B_QLT' END,
           CASE made.channel WHEN 'zalo' THEN user_id ELSE 'qlt@bhxh.example.vn' END, question_id, '{"text": "…"}',
           promised_on, 'sent', 1, closed_at, CASE made.channel WHEN 'zalo' THEN made.kind || question_id END,
           CASE made.channel WHEN 'mail' THEN closed_at END, '250 2.0.0 Ok', closed_at, closed_at
    FROM question,
         (VALUES ('acknowledgement', 'zalo'), ('unit-letter', 'mail'), ('answer', 'zalo')) AS made (kind, channel)
    """,
    """
    INSERT INTO event (kind, question_id, details, as_of, recorded_at)
    SELECT kind, question_id, '{}', received_at, received_at
    FROM question, unnest(CAST('{question_opened,routed,delivered,delivered,closed}' AS text[])) AS kind
    """,
)

_OPEN = (
    """
    INSERT INTO citizen (user_id, display_name, complete_to, walked_at, last_act_at, sealed_to)
    SELECT 'c' || n % :citizens, 'Nguyễn Văn An', :as_of, :as_of, :as_of, :as_of FROM generate_series(1, :number) AS n
    ON CONFLICT DO NOTHING
    """,
    """
    INSERT INTO question (question_id, case_code, user_id, state, text, topics, received_at, last_message_at, sealed_at,
                          acknowledged, unit_count, promised_on, due_by_rule_on, promised_because, calendar_version,
                          window_closes_at, reported_at, routed_at, closed_at)
    SELECT :before + n, 'ZL 26-' || lpad(n::text, 7, '0'), 'c' || n % :citizens,
           CASE WHEN waits THEN 'sealed' WHEN closed_at IS NULL THEN 'routed' ELSE 'closed' END,
           'Tôi nghỉ việc từ tháng 5, đã chốt sổ BHXH, xin hỏi thủ tục và nơi nộp hồ sơ hưởng trợ cấp thất nghiệp?',
           '{bhtn}', at, at, at, true, 1, due, due, 'Nhận thứ Hai 16/11/2026; hạn: hết thứ Năm 19/11/2026.',
           CASE WHEN waits THEN NULL ELSE 0 END, at, CASE WHEN n % :one_in <> 1 THEN at END, at,
           closed_at
    FROM (SELECT n, n % :one_in = 0 AS waits, at, CASE WHEN n % :one_in <> 0 THEN at::date + 3 END AS due,
                 CASE WHEN n % :one_in = 4 THEN at - interval '10 years' END AS closed_at
          FROM (SELECT n, CAST(:as_of AS timestamptz) - n * interval '20 days' / :number AS at
                FROM generate_series(1, :number) AS n) AS received) AS open
    """,
    """
    INSERT INTO message (message_id, user_id, from_citizen, sent_at, kind, text, raw, purpose, question_id)
    SELECT 'new' || question_id, user_id, true, coalesce(closed_at, received_at), 'text', text, '{"type": "text"}',
           'question', question_id
    FROM question WHERE question_id > :before
    """,
    """
    INSERT INTO assignment (question_id, unit_code, lettered_on, lettered_at, unit_due_on, unit_because, told_on,
                            calendar_version)
    SELECT question_id, 'B_QLT', received_at::date, received_at, promised_on, promised_because, promised_on, 0
    FROM question WHERE closed_at IS NULL AND state = 'routed'
    """,
    """
    INSERT INTO outbox (key, channel, kind, stream, recipient, question_id, parts, queued_on, next_attempt_at)
    SELECT 'letter:' || question_id || '\\:B_QLT\\:1', 'mail', 'unit-letter', 'question:' || question_id || '\\:B_QLT',
           'qlt@bhxh.example.vn', question_id, '{"text": "…"}', CAST(:as_of AS timestamptz)::date, now()
    FROM question WHERE closed_at IS NULL AND question_id % :one_in = 2
    """,
    """
    INSERT INTO outbox (key, channel, kind, stream, recipient, question_id, parts, queued_on, state, attempts, sent_at,
                        outside_id, outcome, recorded_at)
    SELECT 'acknowledgement\\:' || question_id, 'zalo', 'acknowledgement', 'citizen\\:' || user_id, user_id,
           question_id, '{"text": "…"}', CAST(:as_of AS timestamptz)::date, 'sent', 1,
           received_at, 'sent' || question_id, '1',
           coalesce(closed_at, received_at)
    FROM question WHERE question_id > :before
    """,
    """
    INSERT INTO pull_cursor (oa_id, high_water, swept_at) VALUES ('oa', now(), now() + interval '1 day')
    ON CONFLICT DO NOTHING
    """,
    """
    INSERT INTO message (message_id, user_id, from_citizen, sent_at, kind, text, raw)
    SELECT 'unsealed' || question_id, user_id, true, :as_of, 'text', 'Em chào anh chị', '{"type": "text"}'
    FROM question WHERE closed_at IS NULL AND question_id % :one_in = 3
    """,
    """
    UPDATE citizen SET seal_due_at = CAST(:as_of AS timestamptz) - interval '1 hour'
    FROM message WHERE message.purpose IS NULL AND message.user_id = citizen.user_id
    """,
)


def years_have_passed(connection: Connection, number: int) -> None:
    """Fill the tables with closed questions and all that was written about them."""
    _run(connection, _CLOSED, number, before=0)


def questions_are_open(connection: Connection, number: int, *, before: int = 0) -> None:
    """Fill the tables with open questions of an older calendar, numbered after *before*, and work of each kind."""
    _run(connection, _OPEN, number, before=before)


def _run(connection: Connection, statements: tuple[str, ...], number: int, *, before: int) -> None:
    values = {"number": number, "before": before, "citizens": CITIZENS, "as_of": AS_OF, "one_in": ONE_IN}
    for statement in statements:
        clause = text(statement)
        connection.execute(clause, {name: values[name] for name in clause.compile().params})
