-- One delivery will never succeed as it stands. With it goes the rest of its answer, for half an answer is none, or all that
-- waits in its stream. In one statement: the next row of a stream may be leased as soon as this one has ended. Returns the
-- code of the question it was about.
--   outbox_id     bigint
--   outcome       text
--   whole_stream  boolean   nothing reaches this recipient
WITH failed AS (
    UPDATE outbox
    SET state = 'failed', outcome = :outcome, lease_until = NULL, leased_by = NULL, walks_without = 0, uncertain_at = NULL
    WHERE outbox_id = :outbox_id AND state IN ('sending', 'uncertain')
    RETURNING outbox_id, question_id, assignment_id, key, stream
), cancelled AS (
    UPDATE outbox SET state = 'cancelled', outcome = 'follows a delivery that failed'
    FROM failed
    WHERE outbox.stream = failed.stream AND outbox.state = 'queued' AND outbox.outbox_id > failed.outbox_id
      AND (:whole_stream
           OR starts_with(failed.key, 'answer:')
              AND starts_with(outbox.key, 'answer:' || split_part(failed.key, ':', 2) || ':'))
    RETURNING outbox.outbox_id, outbox.question_id, outbox.assignment_id
), told AS (
    INSERT INTO event (kind, question_id, assignment_id, outbox_id, details)
    SELECT 'delivery_failed', question_id, assignment_id, outbox_id, jsonb_build_object('reason', CAST(:outcome AS text))
    FROM failed
    UNION ALL
    SELECT 'delivery_cancelled', question_id, assignment_id, outbox_id, '{"reason": "follows a delivery that failed"}'
    FROM cancelled
)
SELECT case_code FROM failed LEFT JOIN question USING (question_id)
